import type { Language } from '../../domain/language.ts';
import { el } from './element.ts';
import type { Answer, Engine, OpenForm, Reply } from './engine.ts';
import { type Fields, fieldsOf, type Typed, timeText } from './fields.ts';
import { WORDS } from './words.ts';

/** A form that is sent again and again by itself would never end. */
const TRIES = 3;
/** There is no such form, or not for this page: another try gives the same. */
const GONE = /unknown|forbidden|invalid/;
/** The engine's clock and ours do not begin in the same moment. */
const SLACK_MS = 250;

export interface FormOptions {
  readonly engine: Engine;
  /** null: the form's first one. */
  readonly language: Language | null;
  /** It is all that the page has: its heading is the page's, and its language can be changed. */
  readonly isPage: boolean;
}

/** Draws the form below `root`, and takes it from there. */
export function startForm(root: ParentNode & Node, { engine, language: wanted, isPage }: FormOptions): void {
  let language: Language = wanted ?? 'tr';
  let opened: OpenForm | null = null;
  let sendableAt = 0;
  /** What the engine may have though its answer never came. */
  let inDoubt = '';

  const words = () => WORDS[language];
  /** `title`: takes the focus where it is to be read out. */
  function show(title: string | null, ...nodes: readonly (Node | null)[]): HTMLElement {
    const head = title === null ? null : el(isPage ? 'h1' : 'h2', { tabindex: '-1' }, title);
    const card = el('section', { class: 'card', lang: language, 'aria-label': title }, otherLanguage(), head, ...nodes);
    root.replaceChildren(card);
    if (isPage) document.documentElement.lang = language;
    if (isPage && title !== null) document.title = title;
    return card;
  }

  let redraw: () => void = () => undefined;

  function otherLanguage(): HTMLElement | null {
    if (!isPage || (opened?.form.languages.length ?? 0) < 2) return null;
    const button = el('button', { type: 'button', class: 'other', lang: language === 'tr' ? 'en' : 'tr' }, words().other);
    button.onclick = () => {
      language = language === 'tr' ? 'en' : 'tr';
      redraw();
    };
    return button;
  }

  /** A form with a token that is good from now on. */
  async function open(): Promise<Reply<OpenForm>> {
    const reply = await engine.open();
    if (!reply.ok) return reply;
    opened = reply.body;
    sendableAt = Date.now() + opened.waitMs + SLACK_MS;
    if (!opened.form.languages.includes(language)) language = opened.form.languages[0] ?? language;
    return reply;
  }

  async function begin(): Promise<void> {
    show(null, el('p', { role: 'status' }, words().loading));
    const reply = await open();
    if (reply.ok) return draw(reply.body, {}, null);
    redraw = () => undefined;
    const isGone = GONE.test(reply.code);
    const again = el('button', {}, words().again);
    again.onclick = () => void begin();
    show(null, el('p', { role: 'alert' }, isGone ? words().unknown : words().trouble), isGone ? null : again);
  }

  function draw(form: OpenForm, typed: Typed, fault: string | null): void {
    const fields = fieldsOf(form, language, words(), typed);
    const told = el('p', { class: 'fault', role: 'alert' }, fault ?? '');
    const button = el('button', {}, words().send);
    const body = el('form', { novalidate: true }, ...fields.nodes, told, button);
    body.onsubmit = (event) => {
      event.preventDefault();
      told.textContent = '';
      if (button.disabled || !fields.complete()) return;
      button.disabled = true;
      button.textContent = words().sending;
      void deliver(fields.answer(language)).then((reply) => {
        button.disabled = false;
        button.textContent = words().send;
        if (reply.ok) thank(reply.body.callsFrom);
        else told.textContent = refusal(reply, fields) ?? '';
      });
    };
    redraw = () => draw(form, fields.typed(), null);
    const from = form.callsFrom === null ? null : el('p', { class: 'notice' }, `${words().closed} ${timeText(form.callsFrom, language)}.`);
    show(form.form.title[language], el('p', {}, form.form.intro[language]), from, body);
  }

  /** What is wrong, for people; null: it stands beside its field. */
  function refusal({ code, fields: names }: Extract<Reply<unknown>, { ok: false }>, fields: Fields): string | null {
    switch (code) {
      case 'request.invalid':
        return fields.refuse(names) ? null : words().invalid;
      case 'request.too-many':
        return words().tooMany;
      case 'request.conflict':
        if (opened !== null) draw(opened, { ...fields.typed(), consent: '' }, words().changed);
        return null;
      default:
        return GONE.test(code) ? words().unknown : words().trouble;
    }
  }

  /** Sends it; what another opening mends is mended by itself. */
  async function deliver(answer: Answer): Promise<Reply<{ readonly callsFrom: number | null }>> {
    const text = JSON.stringify(answer);
    let reply: Reply<{ readonly callsFrom: number | null }> = { ok: false, code: 'unreachable', fields: [] };
    for (let tries = 0; tries < TRIES; tries += 1) {
      await until(sendableAt);
      reply = await engine.send(opened?.token ?? '', answer);
      if (reply.ok) return reply;
      // The one before got through: this is what it was answered.
      if (reply.code === 'form.token-used' && inDoubt === text)
        return { ok: true, body: { callsFrom: answer.notBefore ?? opened?.callsFrom ?? null } };
      if (reply.code === 'unreachable') inDoubt = text;
      if (reply.code === 'form.too-soon') sendableAt = Date.now() + (opened?.waitMs ?? 0);
      else if (reply.code.startsWith('form.token-') || reply.code === 'request.conflict') {
        const fresh = await open();
        if (!fresh.ok || reply.code === 'request.conflict') return fresh.ok ? reply : fresh;
      } else return reply;
    }
    return reply;
  }

  function thank(callsFrom: number | null): void {
    const text = callsFrom === null ? words().soonCalled : `${words().calledFrom} ${timeText(callsFrom, language)}.`;
    redraw = () => thank(callsFrom);
    const card = show(words().thanks, el('p', {}, text), el('p', { class: 'hint' }, words().never));
    card.querySelector<HTMLElement>('[tabindex]')?.focus();
  }

  void begin();
}

function until(time: number): Promise<void> {
  return new Promise((resolve) => setTimeout(resolve, Math.max(0, time - Date.now())));
}
