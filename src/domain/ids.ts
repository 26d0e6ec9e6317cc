/**
 * Sortable ids that carry their kind: `call_01jd9v…`. 48 bits of UTC milliseconds, then 80 random bits,
 * both in Crockford's base 32 (lower case), so ids sort by the time they were made.
 */
export const ID_KINDS = {
  call: 'call',
  leg: 'leg',
  session: 'ses',
  recording: 'rec',
  bridge: 'br',
  user: 'usr',
  token: 'tok',
  message: 'msg',
  simulation: 'sim',
  appointment: 'apt',
  audit: 'aud',
  consent: 'cns',
  callback: 'cbr',
  callbackEntry: 'cbk',
  invitation: 'inv',
  response: 'rsp',
  acdEvent: 'acd',
  offer: 'off',
  import: 'imp',
  campaign: 'cmp',
  list: 'lst',
  contact: 'ctc',
  attempt: 'att',
  missedCall: 'mis',
  absence: 'abs',
  formRequest: 'frm',
} as const;

export type IdKind = keyof typeof ID_KINDS;
declare const idKind: unique symbol;
export type Id<K extends IdKind> = string & { readonly [idKind]: K };
export type CallId = Id<'call'>;
export type LegId = Id<'leg'>;
export type SessionId = Id<'session'>;
export type UserId = Id<'user'>;
export type TokenId = Id<'token'>;
export type MessageId = Id<'message'>;
export type SimulationId = Id<'simulation'>;
export type AuditId = Id<'audit'>;
export type RecordingId = Id<'recording'>;
export type CallbackRequestId = Id<'callback'>;
export type CallbackId = Id<'callbackEntry'>;
export type AppointmentId = Id<'appointment'>;
/** One line of the history of consents. */
export type ConsentEntryId = Id<'consent'>;
export type InvitationId = Id<'invitation'>;
export type ResponseId = Id<'response'>;
/** One fact of the floor. */
export type AcdEventId = Id<'acdEvent'>;
/** One sending of a web form that asks to be called back. */
export type FormRequestId = Id<'formRequest'>;
export type OfferId = Id<'offer'>;
export type ImportId = Id<'import'>;
export type CampaignId = Id<'campaign'>;
/** A list of contacts. */
export type ListId = Id<'list'>;
export type ContactId = Id<'contact'>;
/** One try to reach a contact. */
export type AttemptId = Id<'attempt'>;
export type MissedCallId = Id<'missedCall'>;
export type AbsenceId = Id<'absence'>;

/** Where ids come from; injected, so that tests can count. */
export interface IdSource {
  next<K extends IdKind>(kind: K): Id<K>;
}

const ALPHABET = '0123456789abcdefghjkmnpqrstvwxyz';
const TIME_CHARS = 10;
const RANDOM_CHARS = 16;
const ID_PATTERN = /^[0-9a-hjkmnp-tv-z]{26}$/;

/** Makes an id from UTC milliseconds and 16 random numbers in 0..31. */
export function makeId<K extends IdKind>(kind: K, nowMs: number, random: readonly number[]): Id<K> {
  let time = '';
  for (let left = nowMs, i = 0; i < TIME_CHARS; i += 1) {
    time = `${ALPHABET[left % 32]}${time}`;
    left = Math.floor(left / 32);
  }
  let tail = '';
  for (let i = 0; i < RANDOM_CHARS; i += 1) tail += ALPHABET[(random[i] ?? 0) & 31];
  return `${ID_KINDS[kind]}_${time}${tail}` as Id<K>;
}

/** The id of that kind, or undefined when the text is not one. */
export function parseId<K extends IdKind>(kind: K, text: string): Id<K> | undefined {
  const prefix = `${ID_KINDS[kind]}_`;
  return text.startsWith(prefix) && ID_PATTERN.test(text.slice(prefix.length)) ? (text as Id<K>) : undefined;
}
