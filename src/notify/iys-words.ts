import { z } from 'zod';
import { CONSENT_SOURCES, CONSENT_STATUSES, CONSENT_TYPES, RECIPIENT_TYPES } from '../domain/consent.ts';
import { maskNumbersIn } from '../domain/mask-number.ts';
import type { RegistryChange, RegistryConsent, RegistryVerdict } from '../ports/consent-registry.ts';

/** The registry's clock: three hours before UTC, all year. */
const OFFSET_MS = 3 * 3_600_000;
const DATE = /^\d{4}-\d\d-\d\d \d\d:\d\d:\d\d$/;
const MAX_REASON = 300;
/** Codes that say that the time within which a consent may be told is over. */
const LATE_CODES: ReadonlySet<string> = new Set(['H174', 'H175', 'H178']);

/** `2026-11-27 10:20:30` on the registry's clock. */
export function toRegistryDate(at: number): string {
  return new Date(at + OFFSET_MS).toISOString().slice(0, 19).replace('T', ' ');
}

/** undefined: it is no time. */
export function fromRegistryDate(text: string): number | undefined {
  if (!DATE.test(text)) return undefined;
  const at = Date.parse(`${text.replace(' ', 'T')}Z`);
  return Number.isNaN(at) ? undefined : at - OFFSET_MS;
}

export function toRegistryBody({ recipient, recipientType, type, status, source, consentDate }: RegistryConsent) {
  return { consentDate: toRegistryDate(consentDate), source, recipient, recipientType, status, type };
}

const consentShape = z.object({
  recipient: z.string().regex(/^(?:\+\d{7,15}|[^\s@]{1,64}@[^\s@]{1,190})$/),
  recipientType: z.enum(RECIPIENT_TYPES),
  type: z.enum(CONSENT_TYPES),
  status: z.enum(CONSENT_STATUSES),
  source: z.enum(CONSENT_SOURCES),
  consentDate: z.string(),
});

/** undefined: it is none that we understand. Who traders are may be registered without a source and a date: then that of its entry counts. */
export function fromRegistryBody(value: unknown): RegistryConsent | undefined {
  const raw = z.looseObject({ recipientType: z.unknown(), creationDate: z.unknown() }).safeParse(value);
  if (!raw.success) return undefined;
  const trader = raw.data.recipientType === 'TACIR' ? { source: 'HS_EORTAM', consentDate: raw.data.creationDate } : {};
  const given = Object.fromEntries(Object.entries(raw.data).filter(([, one]) => one != null));
  const parsed = consentShape.safeParse({ ...trader, ...given });
  if (!parsed.success) return undefined;
  const consentDate = fromRegistryDate(parsed.data.consentDate);
  return consentDate === undefined ? undefined : { ...parsed.data, consentDate };
}

const keyShape = consentShape.pick({ recipient: true, recipientType: true, type: true });

export function changeFrom(value: unknown): RegistryChange {
  return fromRegistryBody(value) ?? { unread: keyShape.safeParse(value).data ?? null };
}

export const tokenShape = z.object({
  access_token: z.string().min(1),
  refresh_token: z.string().min(1).optional(),
  expires_in: z.number().min(1),
  refresh_expires_in: z.number().min(0).default(0),
});
export const addedShape = z.object({ transactionId: z.string() });
export const takenShape = z.object({ requestId: z.string().min(1), subRequests: z.array(z.unknown()) });
export const changesShape = z.object({ after: z.string().nullish(), list: z.array(z.unknown()).nullish() });

const CODE = /^[A-Z]{1,3}\d{1,4}$/;
/** What stands in the place of a code and is none is not passed on: it may be anything. */
const codeShape = z.string().transform((code) => (CODE.test(code) ? code : '?'));
const faultShape = z.object({ code: codeShape, message: z.string().default('') });
const faultsShape = z.object({ errors: z.array(faultShape).min(1) });
const subRequestShape = z.union([
  z.object({ subrequestId: z.string() }).transform(({ subrequestId }) => subrequestId),
  z.object({ subRequestId: z.string() }).transform(({ subRequestId }) => subRequestId),
]);
const judgedShape = z.discriminatedUnion('status', [
  z.looseObject({ status: z.literal('success'), transactionId: z.string().nullish() }),
  z.looseObject({ status: z.literal('failure'), error: faultShape }),
  z.looseObject({ status: z.literal('enqueue') }),
]);

/** The name of a consent's part in a request, with whom it is about; undefined: it cannot be read. */
export function subRequestOf(value: unknown): { readonly place: string; readonly key: string } | undefined {
  const place = subRequestShape.safeParse(value);
  const about = keyShape.safeParse(value);
  return place.success && about.success ? { place: place.data, key: keyOf(about.data) } : undefined;
}

export function keyOf({ recipient, recipientType, type }: Pick<RegistryConsent, 'recipient' | 'recipientType' | 'type'>): string {
  return `${type} ${recipientType} ${recipient.toLowerCase()}`;
}

export function judgedOf(value: unknown): { readonly place: string; readonly verdict: RegistryVerdict } | undefined {
  const place = subRequestShape.safeParse(value);
  const judged = judgedShape.safeParse(value);
  if (!place.success || !judged.success) return undefined;
  return { place: place.data, verdict: verdictOf(judged.data) };
}

function verdictOf(judged: z.output<typeof judgedShape>): RegistryVerdict {
  switch (judged.status) {
    case 'success':
      return { kind: 'accepted', reference: judged.transactionId ?? null };
    case 'failure':
      return rejection(judged.error);
    case 'enqueue':
      return { kind: 'waiting' };
  }
}

type Rejection = Extract<RegistryVerdict, { kind: 'rejected' }>;

/** What the registry says is wrong; undefined: the answer does not say. */
export function rejectionOf(answer: unknown): Rejection | undefined {
  const parsed = faultsShape.safeParse(answer);
  if (!parsed.success) return undefined;
  const [first, ...more] = parsed.data.errors;
  const late = parsed.data.errors.find(({ code }) => LATE_CODES.has(code));
  const chosen = late ?? first;
  return chosen === undefined ? undefined : rejection(chosen, more.length);
}

function rejection({ code, message }: z.output<typeof faultShape>, more = 0): Rejection {
  const others = more === 0 ? '' : ` (+${more})`;
  return { kind: 'rejected', code, reason: `${code}: ${plain(message)}${others}`, late: LATE_CODES.has(code) };
}

/** The registry quotes what it was sent: numbers and addresses are not kept. */
export function plain(text: string): string {
  const masked = maskNumbersIn(text)
    .replace(/\S+@\S+/g, '…@…')
    .replace(/[\s\p{Cc}]+/gu, ' ')
    .trim();
  return masked.length > MAX_REASON ? `${masked.slice(0, MAX_REASON)}…` : masked;
}
