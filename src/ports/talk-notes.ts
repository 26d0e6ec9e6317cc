import type { BrandId } from '../domain/brand.ts';
import type { AcdEventId, CallId, UserId } from '../domain/ids.ts';

/** What an agent wrote about a talk. Times are UTC ms. */
export interface TalkNote {
  readonly talkId: AcdEventId;
  readonly callId: CallId;
  readonly brand: BrandId;
  readonly agent: UserId;
  readonly at: number;
  /** May be about people: lies sealed. */
  readonly note: string;
  /** When the customer is to be called again; null: not. */
  readonly followUp: number | null;
}

export interface TalkNoteStore {
  /** One per talk: the later one stands. */
  put(note: TalkNote): Promise<void>;
  /** In the order of the talks. */
  ofCall(callId: CallId): Promise<readonly TalkNote[]>;
}
