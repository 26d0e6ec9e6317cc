import type { BrandId } from './brand.ts';
import type { MessageChannel, MessageClass } from './message.ts';

/** BIREYSEL: a private person, who must have agreed · TACIR: a trader, who must not have refused. The registry's own words. */
export const RECIPIENT_TYPES = ['BIREYSEL', 'TACIR'] as const;
export type RecipientType = (typeof RECIPIENT_TYPES)[number];

/** ARAMA: calls · MESAJ: SMS · EPOSTA: e-mail. */
export const CONSENT_TYPES = ['ARAMA', 'MESAJ', 'EPOSTA'] as const;
export type ConsentType = (typeof CONSENT_TYPES)[number];

/** ONAY: agreed · RET: refused. */
export const CONSENT_STATUSES = ['ONAY', 'RET'] as const;
export type ConsentStatus = (typeof CONSENT_STATUSES)[number];

/** Where a consent was given or refused, in the words of the national registry (İYS); those with IYS_ come from the citizen's side. */
export const CONSENT_SOURCES = [
  'HS_FIZIKSEL_ORTAM',
  'HS_ISLAK_IMZA',
  'HS_WEB',
  'HS_CAGRI_MERKEZI',
  'HS_SOSYAL_MEDYA',
  'HS_EPOSTA',
  'HS_MESAJ',
  'HS_MOBIL',
  'HS_EORTAM',
  'HS_ETKINLIK',
  'HS_2015',
  'HS_ATM',
  'HS_KARAR',
  'IYS_WEB',
  'IYS_CM',
  'IYS_MOBIL',
  'IYS_KISA_LINK',
  'IYS_3338',
] as const;
export type ConsentSource = (typeof CONSENT_SOURCES)[number];

/** The registry knows no consent of before 1 May 2015. */
export const EARLIEST_CONSENT = Date.UTC(2015, 4, 1) - 3 * 3_600_000;
export const MAX_EVIDENCE = 500;

/** What a person said about being called or written to. Brand, recipient, recipient type and type together are the key. */
export interface Consent {
  readonly brand: BrandId;
  /** E.164, or an e-mail address with EPOSTA. */
  readonly recipient: string;
  readonly recipientType: RecipientType;
  readonly type: ConsentType;
  readonly status: ConsentStatus;
  readonly source: ConsentSource;
  /** When it was said (UTC ms), which may be long before it is recorded. */
  readonly consentDate: number;
  /** What proves it: a call, a recording, a form; empty when there is nothing. No number, no name. */
  readonly evidence: string;
}

/** "Never contact me again": stands above every consent, for information too. */
export interface DoNotContact {
  readonly brand: BrandId;
  readonly recipient: string;
  readonly reason: string;
  readonly since: number;
  /** User or part of the engine that wrote it. */
  readonly by: string;
}

/** Whether `newer` takes the place of what stands: the later date wins, and of two of one instant the refusal. */
export function supersedes(newer: Pick<Consent, 'consentDate' | 'status'>, standing: Pick<Consent, 'consentDate' | 'status'>): boolean {
  if (newer.consentDate !== standing.consentDate) return newer.consentDate > standing.consentDate;
  return newer.status === 'RET' && standing.status === 'ONAY';
}

export const CONSENT_OF_CHANNEL = { sms: 'MESAJ', email: 'EPOSTA' } as const satisfies Record<
  Exclude<MessageChannel, 'webhook'>,
  ConsentType
>;

export type Receipt =
  | { readonly kind: 'allowed' }
  | { readonly kind: 'blocked'; readonly reason: 'do-not-contact' | 'refused' | 'no-consent' };

/** What is known of a recipient at the moment of sending. */
export interface Standing {
  readonly consents: readonly Pick<Consent, 'recipientType' | 'type' | 'status'>[];
  readonly doNotContact: boolean;
}

/**
 * Whether a person may be called or written to. Information goes to everybody but those who never want to be contacted.
 * Advertising needs the consent of a private person; a trader must not have refused. Who is not known is a private
 * person, and a refusal in either role counts.
 */
export function mayReceive(messageClass: MessageClass, type: ConsentType, { consents, doNotContact }: Standing): Receipt {
  if (doNotContact) return { kind: 'blocked', reason: 'do-not-contact' };
  if (messageClass === 'informational') return { kind: 'allowed' };
  const ofType = consents.filter((consent) => consent.type === type);
  if (ofType.some(({ status }) => status === 'RET')) return { kind: 'blocked', reason: 'refused' };
  const agreed = ofType.some(({ status }) => status === 'ONAY');
  const trader = consents.some(({ recipientType }) => recipientType === 'TACIR');
  const person = consents.some(({ recipientType }) => recipientType === 'BIREYSEL');
  return agreed || (trader && !person) ? { kind: 'allowed' } : { kind: 'blocked', reason: 'no-consent' };
}
