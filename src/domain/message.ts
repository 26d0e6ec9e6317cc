import type { BrandId } from './brand.ts';
import type { CallId, MessageId } from './ids.ts';
import type { Language } from './language.ts';
import type { ValueMap } from './value.ts';

export const MESSAGE_CHANNELS = ['sms', 'email', 'webhook'] as const;
export type MessageChannel = (typeof MESSAGE_CHANNELS)[number];

/** informational: about something the person has or asked for · commercial: promotes, and needs consent. */
export const MESSAGE_CLASSES = ['informational', 'commercial'] as const;
export type MessageClass = (typeof MESSAGE_CLASSES)[number];

/**
 * queued: not tried yet · sending: somebody has taken it · retrying: failed, and tried again · sent: the provider has it ·
 * dead: given up, can be replayed · suppressed: consent forbids it · cancelled: by a person.
 */
export const MESSAGE_STATES = ['queued', 'sending', 'retrying', 'sent', 'dead', 'suppressed', 'cancelled'] as const;
export type MessageState = (typeof MESSAGE_STATES)[number];

/** What is to be told to whom, before it has an id: what flows and services ask for. */
export interface MessageDraft {
  readonly channel: MessageChannel;
  /** A number in E.164, an e-mail address, or the name of a webhook. */
  readonly to: string;
  /** Key of the message's template. */
  readonly template: string;
  readonly language: Language;
  readonly messageClass: MessageClass;
  /** What the template reads. */
  readonly data: ValueMap;
}

/** A message on its way: written with the fact that caused it, in one transaction. */
export interface Message extends MessageDraft {
  /** Also the idempotency key towards the provider. */
  readonly id: MessageId;
  readonly brand: BrandId;
  /** A second message of the same key is not stored. */
  readonly dedupeKey: string;
  /** Messages of the same key and channel go out one after the other, oldest first; one that is not due yet holds up nobody. null: whenever. */
  readonly orderKey: string | null;
  readonly callId: CallId | null;
  readonly createdAt: number;
  /** Not sent before this time (UTC ms). */
  readonly notBefore: number;
}
