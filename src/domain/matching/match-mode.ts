/**
 * What is kept of a customer's number, to find the customer by. suffix: its last digits, readable · hmac-trunc: the first
 * bits of a keyed token, so that several customers share one, and none can be read · hmac-full: the whole keyed token.
 */
export type MatchMode =
  | { readonly kind: 'suffix'; readonly digits: number }
  | { readonly kind: 'hmac-trunc'; readonly bits: number }
  | { readonly kind: 'hmac-full' };

export const SUFFIX_DIGITS = { least: 4, most: 9 } as const;
export const TRUNC_BITS = { least: 16, most: 40 } as const;
export const DEFAULT_MODE: MatchMode = { kind: 'suffix', digits: 5 };

/** A mode and the version of the key it was made with: what stands beside every key of the database. `s5`, `t20v1`, `fv2`. */
export type MatchForm = string & { readonly __brand: 'MatchForm' };

/** The form of keys that a mode makes at the moment. Suffixes need no secret key, so they have no version. */
export function formOf(mode: MatchMode, version: number): MatchForm {
  switch (mode.kind) {
    case 'suffix':
      return `s${mode.digits}` as MatchForm;
    case 'hmac-trunc':
      return `t${mode.bits}v${version}` as MatchForm;
    case 'hmac-full':
      return `fv${version}` as MatchForm;
  }
}

/** Undefined when the text is no form. */
export function readForm(form: string): { readonly mode: MatchMode; readonly version: number } | undefined {
  const suffix = /^s(\d)$/.exec(form);
  if (suffix !== null) return { mode: { kind: 'suffix', digits: Number(suffix[1]) }, version: 0 };
  const token = /^(?:t(\d{1,2})|f)v(\d{1,6})$/.exec(form);
  if (token === null) return undefined;
  const bits = token[1];
  return { mode: bits === undefined ? { kind: 'hmac-full' } : { kind: 'hmac-trunc', bits: Number(bits) }, version: Number(token[2]) };
}

/** How many different keys a mode has; null: so many that no two numbers share one. */
export function bucketsOf(mode: MatchMode): number | null {
  if (mode.kind === 'suffix') return 10 ** mode.digits;
  return mode.kind === 'hmac-trunc' ? 2 ** mode.bits : null;
}

/** Digits that a number must have before its last ones say anything about whose it is. */
const LEAST_DIGITS = 7;

/** The last digits of a number in any form; undefined for extensions and short codes. */
export function suffixOf(number: string, digits: number): string | undefined {
  const bare = number.replace(/\D/g, '');
  return bare.length < Math.max(LEAST_DIGITS, digits) ? undefined : bare.slice(-digits);
}
