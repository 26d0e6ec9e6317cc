import { isLanguage } from '../../domain/language.ts';
import { engineAt } from './engine.ts';
import { startForm } from './form.ts';
import { dress } from './style.ts';

/**
 * A form that asks to be called back, in any page:
 * `<script src="https://santral.example.com/embed/callback.js" data-form="call-me" data-lang="tr"></script>`
 * It appears behind the script, or in the element that `data-target` selects. With `data-page` it is our own page /callback/<form>.
 */
function place(script: HTMLScriptElement): void {
  const { form, lang, target, page } = script.dataset;
  const isPage = page !== undefined;
  const name = isPage ? (location.pathname.split('/').at(-1) ?? '') : encodeURIComponent(form ?? '');
  const host = document.createElement('div');
  const root = host.attachShadow({ mode: 'open' });
  dress(root);
  const chosen = target === undefined ? null : document.querySelector(target);
  if (chosen !== null) chosen.append(host);
  else if (document.body.contains(script)) script.after(host);
  else document.body.append(host);
  const engine = engineAt(new URL(`../api/v1/callback-forms/${name}`, script.src).href);
  // A page of others says which language it speaks; ours speaks the reader's.
  const said = isPage
    ? [new URLSearchParams(location.search).get('lang') ?? '', ...navigator.languages]
    : [lang ?? document.documentElement.lang];
  startForm(root, { engine, language: said.map((tag) => tag.slice(0, 2)).find(isLanguage) ?? null, isPage });
}

const script = document.currentScript;
if (script instanceof HTMLScriptElement) {
  if (document.readyState === 'loading') addEventListener('DOMContentLoaded', () => place(script));
  else place(script);
}
