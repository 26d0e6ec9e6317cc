import type { AuditEntry } from '../domain/audit.ts';
import type { CallRecording } from '../domain/call-recording.ts';
import type { CallId, RecordingId } from '../domain/ids.ts';

/** A page of what is left to be put together. */
export interface UnfinishedPage {
  readonly endedBefore: number;
  readonly after: RecordingId | null;
  readonly limit: number;
}

/** What a recording is when it is done with. */
export type FinishedRecording = Pick<CallRecording, 'startedAt' | 'durationMs' | 'peaks'> & {
  readonly state: Exclude<CallRecording['state'], 'open'>;
};

/** What is known of recorded calls. Rejects when the database refuses. */
export interface CallRecordingStore {
  /** Writes it down, in place of what was known of it. */
  put(recording: CallRecording): Promise<void>;
  get(id: RecordingId): Promise<CallRecording | undefined>;
  /** One call has one at most. */
  ofCall(callId: CallId): Promise<CallRecording | undefined>;
  /** Recordings that are not put together yet although their call was over before `endedBefore` (UTC ms), by id, those after `after` alone. */
  unfinished(page: UnfinishedPage): Promise<readonly CallRecording[]>;
  /** Put together: written down unless somebody else has done so or it is gone; false then. */
  finish(id: RecordingId, done: FinishedRecording): Promise<boolean>;
  /** Those whose time is over. */
  expired(now: number, limit: number): Promise<readonly CallRecording[]>;
  /** Removed, and written down who did it; false when there was none. */
  remove(id: RecordingId, entry: AuditEntry): Promise<boolean>;
  /** Which of these are known. */
  known(ids: readonly RecordingId[]): Promise<ReadonlySet<RecordingId>>;
}

/** A part and where in the whole it begins, in ms. */
export interface PlacedPart {
  readonly name: string;
  readonly atMs: number;
}

/** What putting a recording together gave. */
export interface Joined {
  readonly durationMs: number;
  readonly peaks: string;
}

/** The audio of recorded calls. All reject when the disk cannot be used. */
export interface CallAudioFiles {
  /** Bytes Asterisk has written of a part so far; undefined when there is no such file. */
  partSize(name: string): Promise<number | undefined>;
  /** Puts the parts into one file, silence between them, and removes them; null when none of them holds anything. May be done again. */
  join(id: RecordingId, parts: readonly PlacedPart[]): Promise<Joined | null>;
  /** Bytes of the whole; undefined when there is no such file. */
  size(id: RecordingId): Promise<number | undefined>;
  /** Its bytes from `from` to `to`, both inclusive. */
  read(id: RecordingId, from: number, to: number): AsyncIterable<Uint8Array>;
  /** The whole and all parts. */
  remove(id: RecordingId): Promise<void>;
  /** Recordings of which a file was last written before this time (UTC ms). */
  olderThan(time: number): Promise<readonly RecordingId[]>;
  /** Those that lie open on the disk, as Asterisk wrote them. */
  unsealed(): Promise<readonly RecordingId[]>;
  /** Seals one of them; false when there is none. */
  seal(id: RecordingId): Promise<boolean>;
}
