import type { RecordingId } from '../domain/ids.ts';

/** What callers said, as Asterisk recorded it. */
export interface CallRecordings {
  /** The bytes of the WAV; undefined when there is none of that name, or it lies on another machine. */
  read(recording: RecordingId): Promise<Uint8Array | undefined>;
}
