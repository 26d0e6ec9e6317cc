import { LANGUAGES } from '../../domain/language.ts';
import type { Happening } from '../playing/play.ts';
import type { ExpectedPrompt, Step } from './scenario.ts';
import { shortened } from './words.ts';

export type Heard = Extract<Happening, { kind: 'heard' }>;

export interface Difference {
  readonly message: string;
  readonly expected: string;
  readonly actual: string;
}

/** What a `hears…` step finds in what was heard since the caller last did something. `next`: where the next step goes on. */
export type Hearing = { readonly kind: 'as-expected'; readonly next: number } | ({ readonly kind: 'otherwise' } & Difference);

/** Compares what was heard, from `from` on, with what is expected. */
export function compareHeard({ how, prompts }: Step & { kind: 'hears' }, heard: readonly Heard[], from: number): Hearing {
  switch (how) {
    case 'in-order':
      return inOrder(prompts, heard, from);
    case 'only':
      return only(prompts, heard, from);
    case 'not':
      return none(prompts, heard, from);
  }
}

function inOrder(prompts: readonly ExpectedPrompt[], heard: readonly Heard[], from: number): Hearing {
  let next = from;
  for (const prompt of prompts) {
    const found = heard.findIndex((one, at) => at >= next && isHeard(prompt, one));
    if (found < 0) return otherwise(`${nameOf(prompt)} is not heard`, [prompt], heard.slice(next));
    next = found + 1;
  }
  return { kind: 'as-expected', next };
}

function only(prompts: readonly ExpectedPrompt[], heard: readonly Heard[], from: number): Hearing {
  const rest = heard.slice(from);
  const same = rest.length === prompts.length && prompts.every((prompt, at) => isHeard(prompt, rest[at] as Heard));
  return same ? { kind: 'as-expected', next: heard.length } : otherwise('something else is heard', prompts, rest);
}

function none(prompts: readonly ExpectedPrompt[], heard: readonly Heard[], from: number): Hearing {
  const found = prompts.find((prompt) => heard.some((one) => isHeard(prompt, one)));
  if (found === undefined) return { kind: 'as-expected', next: from };
  return { ...otherwise(`${nameOf(found)} is heard`, [found], heard), expected: `not ${nameOf(found)}` };
}

function otherwise(message: string, prompts: readonly ExpectedPrompt[], rest: readonly Heard[]): Hearing & { kind: 'otherwise' } {
  const expected = prompts.length === 0 ? 'nothing' : prompts.map(nameOf).join(', ');
  // Where words are expected, the words that came instead tell more than keys.
  const wordy = prompts.some(({ key: _key, ...parts }) => Object.values(parts).some((part) => typeof part === 'string'));
  const actual = rest.length === 0 ? 'nothing more' : rest.map((one) => sayHeard(one, wordy)).join(', ');
  return { kind: 'otherwise', message, expected, actual };
}

/** Every part that says something of this language. One that says nothing of it is not heard. */
function isHeard(prompt: ExpectedPrompt, { key, item }: Heard): boolean {
  const wantedKey = prompt.key ?? null;
  const parts = [prompt.text, prompt[item.language]].flatMap((part) => part ?? []);
  if (wantedKey === null && parts.length === 0) return false;
  return (wantedKey === null || key === wantedKey) && parts.every((part) => flat(item.text).includes(flat(part)));
}

function flat(text: string): string {
  return text.replaceAll(/\s+/g, ' ').trim();
}

function nameOf({ key, text, ...languages }: ExpectedPrompt): string {
  const words = [text, ...LANGUAGES.map((language) => languages[language])].flatMap((part) => part ?? []).map((part) => shortened(part));
  return [
    ...(key === null || key === undefined ? [] : [key]),
    ...words.map((part) => (words.length === 1 && !key ? part : `"${part}"`)),
  ].join(' ');
}

/** `dealer.read "Kara Elmas …"`: the words where the key alone does not tell them, or when asked for. */
export function sayHeard({ key, item }: Heard, wordy = false): string {
  if (key !== null && item.key !== null && !wordy) return key;
  const words = `"${shortened(item.text)}"`;
  return key === null ? words : `${key} ${words}`;
}
