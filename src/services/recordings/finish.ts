import { type CallRecording, partName } from '../../domain/call-recording.ts';
import type { RecordingId } from '../../domain/ids.ts';
import type { CallAudioFiles, CallRecordingStore } from '../../ports/call-recordings.ts';
import type { Clock } from '../../ports/clock.ts';
import type { Log } from '../../ports/log.ts';
import type { Metrics } from '../metrics/metrics.ts';

/** Asterisk closes its files within milliseconds of the channel's end; a busy one needs longer. */
export const FINISH_AFTER_MS = 2000;
/** Rows of one page. */
const PAGE = 200;

export interface FinishDeps {
  readonly store: Pick<CallRecordingStore, 'get' | 'unfinished' | 'finish'>;
  readonly files: Pick<CallAudioFiles, 'join' | 'partSize'>;
  readonly clock: Clock;
  readonly log: Log;
  readonly meter: Pick<Metrics, 'callRecordingFailed'>;
  /** No call can be using a file any more that is as old as this, ms. */
  readonly orphanMs: number;
}

/** Puts recordings together whose call is over, each by one at a time in this process. */
export class Finisher {
  readonly #deps: FinishDeps;
  readonly #underWay = new Map<RecordingId, Promise<boolean>>();

  constructor(deps: FinishDeps) {
    this.#deps = deps;
  }

  /** The recording of a call that this process had. True when it is done with now. */
  async one(id: RecordingId): Promise<boolean> {
    try {
      return await this.#once(id, true);
    } catch (error) {
      this.#deps.log.warn({ recording: id, err: error }, 'a recording could not be looked up; the next hour tries again');
      return false;
    }
  }

  /** What a former process or a full disk left over, page by page. Gives how many are done with now. */
  async all(): Promise<number> {
    const { store, clock } = this.#deps;
    const endedBefore = clock.now() - FINISH_AFTER_MS;
    let count = 0;
    let after: RecordingId | null = null;
    for (;;) {
      const page: readonly CallRecording[] = await store.unfinished({ endedBefore, after, limit: PAGE });
      // Those that fail stay unfinished: the next page begins behind them.
      for (const { id } of page) if (await this.#once(id, false)) count += 1;
      after = page.at(-1)?.id ?? null;
      if (page.length < PAGE) return count;
    }
  }

  /** Two who want the same one share it: its parts are removed when it is joined. */
  #once(id: RecordingId, ours: boolean): Promise<boolean> {
    const work = this.#underWay.get(id) ?? this.#finish(id, ours).finally(() => this.#underWay.delete(id));
    this.#underWay.set(id, work);
    return work;
  }

  /** `ours`: its audio cannot lie with another engine. */
  async #finish(id: RecordingId, ours: boolean): Promise<boolean> {
    const { store, files, log } = this.#deps;
    const recording = await store.get(id);
    if (recording?.state !== 'open') return false;
    const { parts } = recording;
    const begin = parts[0]?.from ?? recording.startedAt;
    try {
      const joined = await files.join(
        id,
        parts.map(({ from }, index) => ({ name: partName(id, index), atMs: from - begin })),
      );
      if (joined !== null) return await store.finish(id, { state: 'kept', startedAt: begin, ...joined });
      if (!ours && parts.length > 0 && (await this.#mayLieElsewhere(recording))) return false;
      if (parts.length > 0) log.warn({ recording: id, callId: recording.callId }, 'nothing was written of a recording: it is empty');
      return await store.finish(id, { state: 'empty', startedAt: recording.startedAt, durationMs: 0, peaks: '' });
    } catch (error) {
      this.#deps.meter.callRecordingFailed();
      log.error(
        { recording: id, callId: recording.callId, err: error },
        'a recording could not be put together; the next hour tries again',
      );
      return false;
    }
  }

  /** Engines on one database see each other's rows but not each other's files: the one that has them puts them together. */
  async #mayLieElsewhere({ id, parts, endedAt, startedAt }: CallRecording): Promise<boolean> {
    if (this.#deps.clock.now() - (endedAt ?? startedAt) >= this.#deps.orphanMs) return false;
    const sizes = await Promise.all(parts.map((_, index) => this.#deps.files.partSize(partName(id, index))));
    return sizes.every((size) => size === undefined);
  }
}
