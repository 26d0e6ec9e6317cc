import type { BrandId } from '../../domain/brand.ts';
import { type Consent, type ConsentType, type DoNotContact, EARLIEST_CONSENT } from '../../domain/consent.ts';
import { SantralError } from '../../domain/errors.ts';
import type { IdSource } from '../../domain/ids.ts';
import { parsePhoneNumber } from '../../domain/phone-number.ts';
import type { Clock } from '../../ports/clock.ts';
import type { ConsentLine, ConsentStore, RecipientStanding, Recorded } from '../../ports/consents.ts';

/** What somebody who works here writes down of what a person said. */
export type ConsentInput = Omit<Consent, 'brand' | 'consentDate'> & { readonly consentDate: number | null };

export interface Consents {
  /** All that stands of a number or e-mail address, and the newest lines of its history. */
  find(brand: BrandId, recipient: string): Promise<RecipientStanding & { readonly history: readonly ConsentLine[] }>;
  record(brand: BrandId, input: ConsentInput, by: string): Promise<Recorded>;
  block(brand: BrandId, recipient: string, reason: string, by: string): Promise<void>;
  /** False when the recipient was not blocked. */
  unblock(brand: BrandId, recipient: string, by: string): Promise<boolean>;
}

const HISTORY_LINES = 50;
/** Clocks of other systems run ahead of ours. */
const CLOCK_SLACK_MS = 60_000;
const EMAIL = /^[^\s,;:<>()"@\\]{1,64}@[A-Za-z0-9.-]{1,190}$/;

/** Consents as people who work here see and change them. Rejects with `request.invalid` where something cannot be taken. */
export function createConsents({
  store,
  clock,
  ids,
}: {
  readonly store: ConsentStore;
  readonly clock: Clock;
  readonly ids: IdSource;
}): Consents {
  const how = (by: string) => ({ id: ids.next('consent'), at: clock.now(), by });
  return {
    async find(brand, text) {
      const recipient = recipientOf(text);
      const [standing, history] = await Promise.all([store.of(brand, recipient), store.history(brand, recipient, HISTORY_LINES)]);
      return { ...standing, history };
    },
    async record(brand, input, by) {
      const recipient = recipientFor(input.type, input.recipient);
      const consentDate = dateOf(input.consentDate ?? clock.now(), input.source, clock.now());
      return store.record({ ...input, brand, recipient, consentDate }, how(by));
    },
    async block(brand, text, reason, by) {
      const entry: DoNotContact = { brand, recipient: recipientOf(text), reason, since: clock.now(), by };
      await store.setDoNotContact(entry, ids.next('consent'));
    },
    unblock: async (brand, text, by) => store.liftDoNotContact(brand, recipientOf(text), how(by)),
  };
}

/** A number in any usual form as E.164, or an e-mail address in small letters. */
export function recipientOf(text: string): string {
  return text.includes('@') ? emailOf(text) : numberOf(text);
}

function recipientFor(type: ConsentType, text: string): string {
  return type === 'EPOSTA' ? emailOf(text) : numberOf(text);
}

function emailOf(text: string): string {
  const address = text.trim().toLowerCase();
  if (!EMAIL.test(address)) throw invalid('recipient', 'is not one e-mail address');
  return address;
}

function numberOf(text: string): string {
  const parsed = parsePhoneNumber(text);
  if (parsed.kind !== 'ok') throw invalid('recipient', 'is not a telephone number');
  return parsed.e164;
}

function dateOf(date: number, source: Consent['source'], now: number): number {
  if (date > now + CLOCK_SLACK_MS) throw invalid('consentDate', 'lies in the future');
  if (date < EARLIEST_CONSENT) throw invalid('consentDate', 'lies before 1 May 2015, the first day the registry knows');
  if (source === 'HS_2015' && date !== EARLIEST_CONSENT) throw invalid('consentDate', 'must be 1 May 2015 with the source HS_2015');
  return date;
}

function invalid(field: string, what: string): SantralError {
  const errors = [{ path: `body.${field}`, code: 'custom', message: what }];
  return new SantralError('request.invalid', `body.${field} ${what}`, { details: { errors } });
}
