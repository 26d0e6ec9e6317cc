import type { BrandId } from '../domain/brand.ts';
import type { RecordingId } from '../domain/ids.ts';
import type { Recording, RecordingKind } from '../domain/recording.ts';

export interface RecordingFilter {
  readonly brand: BrandId;
  readonly kind?: RecordingKind;
  readonly flow?: string;
  /** UTC ms, inclusive. */
  readonly from?: number;
  /** UTC ms, exclusive. */
  readonly to?: number;
  /** true: only those nobody has marked as heard. */
  readonly unheard?: boolean;
  /** Older than this one, for paging: newest first. */
  readonly before?: RecordingId;
  readonly limit: number;
}

/** What is known of recordings. Rows come with the turn of the call that made them (`CallChange.recordings`). */
export interface RecordingStore {
  get(id: RecordingId): Promise<Recording | undefined>;
  list(filter: RecordingFilter): Promise<readonly Recording[]>;
  /** Marks it as heard; who was first stays. False when there is none. */
  heard(id: RecordingId, by: string, at: number): Promise<boolean>;
  remove(id: RecordingId): Promise<boolean>;
  /** Those whose time is over. */
  expired(now: number, limit: number): Promise<readonly RecordingId[]>;
  /** Which of these are known. */
  known(ids: readonly RecordingId[]): Promise<ReadonlySet<RecordingId>>;
}

/** The audio of recordings: WAV files that Asterisk writes. Rejects when the directory cannot be used. */
export interface RecordingFiles {
  /** Where Asterisk finds it, absolute and without extension. */
  pathOf(id: RecordingId): string;
  /** Bytes; undefined when there is no such file. */
  size(id: RecordingId): Promise<number | undefined>;
  /** Its bytes from `from` to `to`, both inclusive. */
  read(id: RecordingId, from: number, to: number): AsyncIterable<Uint8Array>;
  /** False when there was none. */
  remove(id: RecordingId): Promise<boolean>;
  /** All that were last written before this time (UTC ms). */
  olderThan(time: number): Promise<readonly RecordingId[]>;
  /** Those that lie open on the disk, as Asterisk wrote them. */
  unsealed(): Promise<readonly RecordingId[]>;
  /** Seals one of them; false when there is none. */
  seal(id: RecordingId): Promise<boolean>;
}
