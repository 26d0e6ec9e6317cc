import type { MessageChannel } from '../domain/message.ts';
import { type E164, parsePhoneNumber } from '../domain/phone-number.ts';
import { NAME_PATTERN } from './parts.ts';

/** As much of an address as keeps slips and tricks out; whether somebody reads there only the mail server knows. */
const EMAIL = /^[^\s@<>(),;:"\\]{1,64}@(?:[a-z0-9](?:[a-z0-9-]{0,61}[a-z0-9])?\.)+[a-z]{2,63}$/i;

/** Where a message can go as it stands, in the form of `MessageDraft.to`; null when nobody can be reached there. */
export function addressOf(channel: MessageChannel, text: string): string | null {
  switch (channel) {
    case 'sms':
      return writableNumber(text);
    case 'email':
      return EMAIL.test(text) ? text : null;
    case 'webhook':
      return NAME_PATTERN.test(text) ? text : null;
  }
}

/** A number that can be called: of a subscriber at home, or abroad where `abroad` allows it. Never a service number, which costs. */
export function callableNumber(text: string, abroad: boolean): E164 | null {
  const parsed = parsePhoneNumber(text);
  if (parsed.kind !== 'ok') return null;
  return parsed.type === 'mobile' || parsed.type === 'geographic' || (abroad && parsed.type === 'foreign') ? parsed.e164 : null;
}

/** SMS reach mobile numbers; of numbers abroad nobody knows, so they are tried. */
function writableNumber(text: string): E164 | null {
  const parsed = parsePhoneNumber(text);
  return parsed.kind === 'ok' && (parsed.type === 'mobile' || parsed.type === 'foreign') ? parsed.e164 : null;
}
