import { POLICY_TYPES, parsePhoneNumber } from '../phone-number.ts';

const EXTENSION = /^[0-9]{2,6}$/;

/** The one form in which a caller is known by number: E.164, an extension as it is; null when it was withheld or is no number. */
export function callerOf(ani: string): string | null {
  const text = ani.trim();
  if (EXTENSION.test(text)) return text;
  const parsed = parsePhoneNumber(text, { region: 'TR', allow: POLICY_TYPES });
  return parsed.kind === 'ok' ? parsed.e164 : null;
}

/** The number in E.164 when an SMS can reach it: a mobile one, or a foreign one, whose kind we do not know; else null. */
export function textableNumber(text: string): string | null {
  const parsed = parsePhoneNumber(text);
  return parsed.kind === 'ok' && (parsed.type === 'mobile' || parsed.type === 'foreign') ? parsed.e164 : null;
}
