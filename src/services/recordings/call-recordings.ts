import type { AuditEntry, Audited } from '../../domain/audit.ts';
import type { CallRecording } from '../../domain/call-recording.ts';
import type { CallId, IdSource, RecordingId } from '../../domain/ids.ts';
import type { AuditStore } from '../../ports/audit.ts';
import type { CallAudioFiles, CallRecordingStore } from '../../ports/call-recordings.ts';
import type { Clock } from '../../ports/clock.ts';
import type { Log } from '../../ports/log.ts';
import type { Metrics } from '../metrics/metrics.ts';
import { FINISH_AFTER_MS, Finisher } from './finish.ts';
import { Listening } from './listening.ts';
import type { Audio } from './recordings.ts';
import { sealsOneByOne } from './sealing.ts';
import type { Swept } from './sweep.ts';

/** Rows of one step. */
const CHUNK = 200;
/** Who removes what has been kept long enough. */
const HOUSE = 'santral';

export interface CallRecordingDeps {
  readonly store: CallRecordingStore;
  readonly audit: Pick<AuditStore, 'add'>;
  readonly files: CallAudioFiles;
  readonly clock: Clock;
  readonly ids: IdSource;
  readonly log: Log;
  readonly meter: Pick<Metrics, 'callRecordingFailed'>;
  /** A file that no row names is left alone this long: its call may not be over. */
  readonly orphanMs: number;
  /** Somebody who goes on listening to the same recording is written down once in this time, ms. */
  readonly listeningMs: number;
}

/** Recordings of whole calls: put together when the call is over, heard, removed. */
export interface CallRecordings {
  /** The call is over: its recording is put together in a moment. */
  finishSoon(id: RecordingId): void;
  /** Puts together what a former process, or a full disk, left over. Gives how many. */
  finishAll(): Promise<number>;
  ofCall(callId: CallId): Promise<CallRecording | undefined>;
  /** Undefined when there is no such recording, or its audio is not there (yet). */
  audio(id: RecordingId): Promise<Audio | undefined>;
  /** Written down that somebody listens to it, before they do; who goes on listening is not written down again. */
  heard(recording: CallRecording, by: string): Promise<void>;
  /** Removes audio and row; false when there was none. */
  remove(recording: CallRecording, by: string): Promise<boolean>;
  /** Removes what has been kept long enough, and files that belong to nothing. */
  sweep(): Promise<Swept>;
  /** Seals what lies open, as versions before the sealing left it. Gives how many. */
  sealOver(): Promise<number>;
  stop(): void;
}

export function createCallRecordings(deps: CallRecordingDeps): CallRecordings {
  const { store, files, clock, audit, ids } = deps;
  const timers = new Set<() => void>();
  const finisher = new Finisher(deps);
  const listening = new Listening(clock, deps.listeningMs);

  function entry({ id, brand, callId }: CallRecording, actor: string, what: Audited): AuditEntry {
    return { id: ids.next('audit'), brand, at: clock.now(), actor, via: 'api', what, subject: id, details: { call: callId } };
  }

  return {
    finishSoon(id) {
      const cancel = clock.setTimer(FINISH_AFTER_MS, () => {
        timers.delete(cancel);
        void finisher.one(id);
      });
      timers.add(cancel);
    },
    finishAll: () => finisher.all(),
    ofCall: (callId) => store.ofCall(callId),
    async audio(id) {
      const found = await store.get(id);
      const size = found?.state === 'kept' ? await files.size(id) : undefined;
      return size === undefined ? undefined : { size, read: (from, to) => files.read(id, from, to) };
    },
    heard: (recording, by) => listening.tell(recording.id, by, () => audit.add(entry(recording, by, 'call-recording-heard'))),
    async remove(recording, by) {
      // The audio first: as long as the row is there somebody can try again.
      await files.remove(recording.id);
      return store.remove(recording.id, entry(recording, by, 'call-recording-removed'));
    },
    sweep: () => sweep(deps, (recording) => entry(recording, HOUSE, 'call-recording-expired')),
    sealOver: sealsOneByOne({ files, log: deps.log }),
    stop() {
      for (const cancel of timers) cancel();
      timers.clear();
    },
  };
}

async function sweep(
  { store, files, clock, log, orphanMs }: CallRecordingDeps,
  entry: (recording: CallRecording) => AuditEntry,
): Promise<Swept> {
  const now = clock.now();
  let expired = 0;
  for (let some = await store.expired(now, CHUNK); some.length > 0; some = await store.expired(now, CHUNK)) {
    for (const recording of some) {
      await files.remove(recording.id);
      await store.remove(recording.id, entry(recording));
    }
    expired += some.length;
  }
  const old = await files.olderThan(now - orphanMs);
  const known = await store.known(old);
  const orphans = old.filter((id) => !known.has(id));
  for (const id of orphans) await files.remove(id);
  if (expired + orphans.length > 0) log.info({ expired, orphans: orphans.length }, 'recordings of calls were removed');
  return { expired, orphans: orphans.length };
}
