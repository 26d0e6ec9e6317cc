import type { Key } from '../domain/keys.ts';
import type { CollectEnd, CollectSpec } from './commands.ts';

/** What the keys typed so far mean. `more`: go on listening · `ambiguous`: taken unless another key follows in time. */
export type Verdict =
  | { readonly kind: 'more' }
  | { readonly kind: 'ambiguous' }
  /** The key means nothing here and is passed over (A to D where they are not listed). */
  | { readonly kind: 'ignored' }
  | {
      readonly kind: 'done';
      readonly digits: string;
      readonly end: CollectEnd /** The full length was reached without a terminator. */;
      readonly full: boolean;
    };

const MORE: Verdict = { kind: 'more' };
const AMBIGUOUS: Verdict = { kind: 'ambiguous' };
const IGNORED: Verdict = { kind: 'ignored' };

function done(digits: string, end: CollectEnd, full = false): Verdict {
  return { kind: 'done', digits, end, full };
}

/** The verdict on one more key after `typed`. */
export function matchKey(spec: CollectSpec, typed: string, key: Key): Verdict {
  if (key === spec.terminator && !isListed(spec, typed + key)) return terminated(spec, typed);
  if (key >= 'A' && key <= 'D' && !isListed(spec, typed + key)) return IGNORED;
  const next = typed + key;
  switch (spec.match.kind) {
    case 'options':
      return matchMasks(spec.match.options, next, isOption);
    case 'masks':
      return matchMasks(spec.match.masks, next, fitsMask);
    case 'digits':
      return matchDigits(spec.match, key, next);
  }
}

/** The verdict when the inter-digit time runs out after `typed`, which is not empty. */
export function matchTimeout(spec: CollectSpec, typed: string): Verdict {
  switch (spec.match.kind) {
    case 'options':
      return done(typed, spec.match.options.includes(typed) ? 'matched' : 'no-match');
    case 'masks':
      return done(typed, spec.match.masks.some((mask) => mask.length === typed.length && fitsMask(mask, typed)) ? 'matched' : 'incomplete');
    case 'digits':
      return done(typed, typed.length >= spec.match.min ? 'matched' : 'incomplete');
  }
}

function isListed(spec: CollectSpec, next: string): boolean {
  const key = next.at(-1) as Key;
  switch (spec.match.kind) {
    case 'options':
      return spec.match.options.some((option) => option.startsWith(next));
    case 'masks':
      return spec.match.masks.some((mask) => fitsMask(mask, next));
    case 'digits':
      return spec.match.keys.includes(key);
  }
}

/** The letters of a mask, as dial plans have them; every other sign stands for itself. */
export const MASK_LETTERS: Readonly<Record<string, string>> = { X: '0123456789', Z: '123456789', N: '23456789' };

/** Whether the keys fit the beginning of the mask. */
export function fitsMask(mask: string, keys: string): boolean {
  if (keys.length > mask.length) return false;
  return [...keys].every((key, at) => {
    const sign = mask.charAt(at);
    return MASK_LETTERS[sign]?.includes(key) ?? sign === key;
  });
}

function isOption(option: string, keys: string): boolean {
  return option.startsWith(keys);
}

function terminated(spec: CollectSpec, typed: string): Verdict {
  if (typed === '') return done('', 'empty');
  return matchTimeout(spec, typed);
}

function matchMasks(masks: readonly string[], next: string, fits: (mask: string, keys: string) => boolean): Verdict {
  const fitting = masks.filter((mask) => fits(mask, next));
  const longer = fitting.some((mask) => mask.length > next.length);
  if (fitting.some((mask) => mask.length === next.length)) return longer ? AMBIGUOUS : done(next, 'matched', true);
  return longer ? MORE : done(next, 'no-match');
}

function matchDigits(
  match: { readonly min: number; readonly max: number; readonly keys: readonly Key[] },
  key: Key,
  next: string,
): Verdict {
  if (!match.keys.includes(key)) return done(next, 'no-match');
  return next.length >= match.max ? done(next, 'matched', true) : MORE;
}
