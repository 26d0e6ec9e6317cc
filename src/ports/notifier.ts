import type { BrandId } from '../domain/brand.ts';
import type { CrmEventName, WebhookFormat } from '../domain/crm-event.ts';
import type { CallId, MessageId } from '../domain/ids.ts';
import type { ValueMap } from '../domain/value.ts';

/** A message in its last form: what leaves the house. `id` is the idempotency key, the same at every attempt. */
export type Outgoing =
  | { readonly kind: 'sms'; readonly id: MessageId; readonly from: string | null; readonly to: string; readonly text: string }
  | {
      readonly kind: 'email';
      readonly id: MessageId;
      readonly from: string | null;
      readonly to: string;
      readonly subject: string;
      readonly text: string;
    }
  | {
      readonly kind: 'webhook';
      readonly id: MessageId;
      /** Name of the webhook. */
      readonly to: string;
      readonly event: string;
      readonly brand: BrandId;
      readonly callId: CallId | null;
      readonly createdAt: number;
      readonly data: ValueMap;
    };

export type Delivery =
  | { readonly kind: 'sent'; readonly reference: string | null }
  /** May go well another time. `afterMs`: when the receiver wishes it to be tried again. */
  | { readonly kind: 'later'; readonly reason: string; readonly afterMs?: number }
  /** Will never go well as it is. */
  | { readonly kind: 'refused'; readonly reason: string };

/** A way out for one kind of message. Reasons are one sentence without numbers, addresses and secrets. */
export interface Notifier<K extends Outgoing['kind']> {
  /** For the screens: `sms gateway at sms.example`. */
  readonly name: string;
  /** Never rejects. `signal` ends the attempt; it then counts as `later`. */
  send(message: Extract<Outgoing, { readonly kind: K }>, signal: AbortSignal): Promise<Delivery>;
  close(): Promise<void>;
}

/** What is configured; null: messages of the kind wait. */
export interface Notifiers {
  readonly sms: Notifier<'sms'> | null;
  readonly email: Notifier<'email'> | null;
  readonly webhook: Notifier<'webhook'> | null;
}

/** A system that wants to be told. */
export interface WebhookTarget {
  readonly name: string;
  /** `{secret}` in it stands for the webhook's secret, for receivers who know us by their address alone. */
  readonly url: string;
  readonly format: WebhookFormat;
  /** What of every call it is told; what flows tell it comes besides. */
  readonly events: readonly CrmEventName[];
}
