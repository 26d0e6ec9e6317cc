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
  return spec.match.kind === 'options' ? matchOption(spec.match.options, next) : matchDigits(spec.match, key, next);
}

/** The verdict when the inter-digit time runs out after `typed`, which is not empty. */
export function matchTimeout(spec: CollectSpec, typed: string): Verdict {
  if (spec.match.kind === 'options') return done(typed, spec.match.options.includes(typed) ? 'matched' : 'no-match');
  return done(typed, typed.length >= spec.match.min ? 'matched' : 'incomplete');
}

function isListed(spec: CollectSpec, next: string): boolean {
  const key = next.at(-1) as Key;
  return spec.match.kind === 'options' ? spec.match.options.some((option) => option.startsWith(next)) : spec.match.keys.includes(key);
}

function terminated(spec: CollectSpec, typed: string): Verdict {
  if (typed === '') return done('', 'empty');
  return matchTimeout(spec, typed);
}

function matchOption(options: readonly string[], next: string): Verdict {
  const longer = options.some((option) => option.length > next.length && option.startsWith(next));
  if (options.includes(next)) return longer ? AMBIGUOUS : done(next, 'matched', true);
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
