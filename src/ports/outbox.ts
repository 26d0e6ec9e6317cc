import type { BrandId } from '../domain/brand.ts';
import type { CallId, MessageId } from '../domain/ids.ts';
import type { Message, MessageChannel, MessageClass, MessageState } from '../domain/message.ts';

/** A message as it stands in the outbox. */
export interface StoredMessage {
  readonly id: MessageId;
  readonly brand: BrandId;
  readonly channel: MessageChannel;
  readonly template: string;
  readonly messageClass: MessageClass;
  readonly language: Message['language'];
  readonly callId: CallId | null;
  readonly state: MessageState;
  /** How often it was tried. */
  readonly attempts: number;
  /** UTC ms: not tried before; while it is being sent, when another may take it over. */
  readonly nextAt: number;
  readonly createdAt: number;
  readonly endedAt: number | null;
  /** Why it stands where it stands: the fault of the last attempt, or what forbade it. */
  readonly reason: string | null;
  /** The provider's own id of it. */
  readonly reference: string | null;
  /** null when it has been wiped, or was sealed with another key. */
  readonly to: string | null;
}

/** A message taken to be sent. `attempt` counts from 1 and makes sure that nobody else ends it. */
export type ClaimedMessage =
  | { readonly kind: 'whole'; readonly message: Message; readonly attempt: number }
  /** Its sealed part cannot be opened. */
  | { readonly kind: 'unreadable'; readonly id: MessageId; readonly channel: MessageChannel; readonly attempt: number };

export type Ending =
  | { readonly kind: 'sent'; readonly reference: string | null }
  | { readonly kind: 'retrying'; readonly at: number; readonly reason: string }
  | { readonly kind: 'dead' | 'suppressed'; readonly reason: string };

export interface MessageFilter {
  readonly brand?: BrandId;
  readonly state?: MessageState;
  readonly channel?: MessageChannel;
  readonly template?: string;
  /** UTC ms of being stored, inclusive. */
  readonly from?: number;
  /** UTC ms, exclusive. */
  readonly to?: number;
  /** Messages older than this id, for paging: newest first. */
  readonly before?: MessageId;
  readonly limit: number;
}

export interface OutboxFigure {
  readonly channel: MessageChannel;
  readonly state: MessageState;
  readonly count: number;
}

export type Changed = 'done' | 'unknown' | 'wrong-state' | 'wiped';

export interface OutboxStore {
  /** Stores messages on their own; one whose `dedupeKey` is known is left as it is. */
  add(messages: readonly Message[]): Promise<void>;
  /**
   * Takes up to `limit` messages that are due, and gives them to nobody else before `leaseUntil`. Of messages with one
   * order key and channel only the oldest unfinished one is given.
   */
  claim(
    channel: MessageChannel,
    options: { readonly now: number; readonly leaseUntil: number; readonly limit: number },
  ): Promise<readonly ClaimedMessage[]>;
  /** False when somebody else has taken it over meanwhile. `wipe`: the sealed part is not needed any more. */
  end(id: MessageId, attempt: number, ending: Ending, now: number, wipe: boolean): Promise<boolean>;
  /** When the next message of these channels is due, or a lease runs out; undefined when nothing waits. */
  nextDue(channels: readonly MessageChannel[]): Promise<number | undefined>;
  list(filter: MessageFilter): Promise<readonly StoredMessage[]>;
  get(id: MessageId): Promise<StoredMessage | undefined>;
  /** A dead letter is queued again with all its attempts. */
  replay(id: MessageId, now: number): Promise<Changed>;
  /** All dead letters of the filter that are not wiped; gives how many. */
  replayAll(filter: Pick<MessageFilter, 'brand' | 'channel' | 'template'>, now: number): Promise<number>;
  /** Only what waits can be cancelled. */
  cancel(id: MessageId, now: number): Promise<Changed>;
  /** Ends messages that should have gone before this time; gives how many. */
  expire(dueBefore: number, now: number, reason: string): Promise<number>;
  /** Wipes what ended before these times: whom it went to and what it said. Gives how many. */
  wipe(before: { readonly ended: number; readonly dead: number }): Promise<number>;
  figures(): Promise<readonly OutboxFigure[]>;
}
