import type { CallId } from '../../domain/ids.ts';
import type { Clock } from '../../ports/clock.ts';
import type { Log } from '../../ports/log.ts';
import type { RecordingFiles, RecordingStore } from '../../ports/recordings.ts';

export interface RecordingDeps {
  readonly store: RecordingStore;
  readonly files: RecordingFiles;
  /** Whether the call has ended: until then Asterisk may play what was recorded in it. */
  readonly isOver: (call: CallId) => Promise<boolean>;
  readonly clock: Clock;
  readonly log: Log;
  /** A file that no row names is left alone this long: its call may not be over. */
  readonly orphanMs: number;
  /** Somebody who goes on listening to the same recording is logged once in this time, ms. */
  readonly listeningMs: number;
}
