import type { RecordingId } from '../../domain/ids.ts';
import type { Recording } from '../../domain/recording.ts';
import type { RecordingFilter } from '../../ports/recordings.ts';
import type { RecordingDeps } from './deps.ts';
import { Listening } from './listening.ts';
import { sealsOneByOne } from './sealing.ts';
import { type Swept, sweepRecordings } from './sweep.ts';

/** The audio of a recording. */
export interface Audio {
  readonly size: number;
  read(from: number, to: number): AsyncIterable<Uint8Array>;
}

/** What callers recorded: to be found, heard and removed. */
export interface Recordings {
  list(filter: RecordingFilter): Promise<readonly Recording[]>;
  get(id: RecordingId): Promise<Recording | undefined>;
  /** Undefined when there is no such recording, or its file is gone. */
  audio(id: RecordingId): Promise<Audio | undefined>;
  /** Logged that somebody listens to it; who goes on listening is not logged again. */
  listens(id: RecordingId, by: string): Promise<void>;
  /** Marks it as heard by somebody; who was first stays. False when there is none. */
  heard(id: RecordingId, by: string): Promise<boolean>;
  /** Removes audio and row; false when there was none. */
  remove(id: RecordingId, by: string): Promise<boolean>;
  /** Removes what has been kept long enough, and files that belong to nothing. */
  sweep(): Promise<Swept>;
  /** Seals what lies open of calls that are over. Gives how many. */
  sealOver(): Promise<number>;
}

export function createRecordings(deps: RecordingDeps): Recordings {
  const { store, files, clock, log } = deps;
  const listening = new Listening(clock, deps.listeningMs);
  return {
    list: (filter) => store.list(filter),
    get: (id) => store.get(id),
    async audio(id) {
      const size = (await store.get(id)) === undefined ? undefined : await files.size(id);
      return size === undefined ? undefined : { size, read: (from, to) => files.read(id, from, to) };
    },
    listens: (id, by) => listening.tell(id, by, async () => log.info({ recording: id, by }, 'a recording is listened to')),
    heard: (id, by) => store.heard(id, by, clock.now()),
    async remove(id, by) {
      // The audio first: as long as the row is there somebody can try again.
      if ((await store.get(id)) === undefined) return false;
      await files.remove(id);
      const removed = await store.remove(id);
      if (removed) log.info({ recording: id, by }, 'a recording was removed');
      return removed;
    },
    sweep: () => sweepRecordings(deps),
    sealOver: sealsOneByOne({
      files,
      log,
      // What no row names is discarded, or in the making.
      async isDue(id) {
        const row = await store.get(id);
        return row !== undefined && deps.isOver(row.callId);
      },
    }),
  };
}
