import type { Happening } from '../playing/play.ts';
import type { ExpectedPrompt, Step } from './scenario.ts';
import { oneLine, shortened } from './words.ts';

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
    if (found < 0) return otherwise(`"${nameOf(prompt)}" is not heard`, nameOf(prompt), heard.slice(next));
    next = found + 1;
  }
  return { kind: 'as-expected', next };
}

function only(prompts: readonly ExpectedPrompt[], heard: readonly Heard[], from: number): Hearing {
  const rest = heard.slice(from);
  const same = rest.length === prompts.length && prompts.every((prompt, at) => isHeard(prompt, rest[at] as Heard));
  if (same) return { kind: 'as-expected', next: heard.length };
  return otherwise('something else is heard', prompts.length === 0 ? 'nothing' : prompts.map(nameOf).join(', '), rest);
}

function none(prompts: readonly ExpectedPrompt[], heard: readonly Heard[], from: number): Hearing {
  const found = prompts.find((prompt) => heard.some((one) => isHeard(prompt, one)));
  if (found === undefined) return { kind: 'as-expected', next: from };
  return otherwise(`"${nameOf(found)}" is heard`, `not ${nameOf(found)}`, heard);
}

function otherwise(message: string, expected: string, rest: readonly Heard[]): Hearing {
  return { kind: 'otherwise', message, expected, actual: rest.length === 0 ? 'nothing more' : rest.map(sayHeard).join(', ') };
}

function isHeard({ key, text }: ExpectedPrompt, heard: Heard): boolean {
  if (key !== null && heard.key !== key) return false;
  // A text in one language says nothing about the other.
  const part = typeof text === 'string' || text === null ? text : (text[heard.item.language] ?? null);
  if (part === null) return key !== null || typeof text !== 'object' || text === null;
  return flat(heard.item.text).includes(flat(part));
}

function flat(text: string): string {
  return text.replaceAll(/\s+/g, ' ').trim();
}

function nameOf({ key, text }: ExpectedPrompt): string {
  if (key === null) return typeof text === 'string' ? text : oneLine(text);
  return text === null ? key : `${key}: ${typeof text === 'string' ? text : oneLine(text)}`;
}

/** `dealer.read "Kara Elmas …"`: the words where the key alone does not tell them. */
export function sayHeard({ key, item }: Heard): string {
  if (key !== null && item.key !== null) return key;
  const words = `"${shortened(item.text)}"`;
  return key === null ? words : `${key} ${words}`;
}
