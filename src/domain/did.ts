import { POLICY_TYPES, parsePhoneNumber } from './phone-number.ts';

/** The route of every number that has none of its own. */
export const ANY_DID = '*';

/**
 * A dialled number in the one form numbers are kept and looked up in: `+902125550010` for `02125550010`, `902125550010`
 * and `0090 212 555 00 10`; short codes, extensions and names as they are, blanks cut off.
 */
export function normaliseDid(text: string): string {
  const trimmed = text.trim();
  const parsed = parsePhoneNumber(trimmed, { region: 'TR', allow: POLICY_TYPES });
  if (parsed.kind === 'ok') return parsed.e164;
  return parsed.kind === 'short' ? parsed.dial : trimmed;
}
