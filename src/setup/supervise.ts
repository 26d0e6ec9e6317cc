import { setTimeout as wait } from 'node:timers/promises';
import type { Log } from '../ports/log.ts';
import { PROVEN_MS, restartDelay } from './back-off.ts';

/** A process as the supervisor sees it. */
export interface Supervised {
  /** Settles with the reason when the process is gone. */
  readonly exited: Promise<string>;
  stop(): Promise<void>;
}

export interface SuperviseOptions<P extends Supervised> {
  readonly name: string;
  /** Resolves when the process runs; a rejection counts as an end. */
  readonly start: () => Promise<P>;
  readonly log: Log;
  /** Aborted when everything is to end. */
  readonly stopping: AbortSignal;
}

export interface Supervision<P> {
  readonly first: P;
  /** Settles when, after `stopping`, the process was stopped. */
  readonly done: Promise<void>;
}

/** Starts a process and, whenever it ends by itself, starts it again after a growing pause. The first start must succeed. */
export async function supervise<P extends Supervised>(options: SuperviseOptions<P>): Promise<Supervision<P>> {
  const first = await options.start();
  return { first, done: keepRunning(first, options) };
}

async function keepRunning<P extends Supervised>(first: P, { name, start, log, stopping }: SuperviseOptions<P>): Promise<void> {
  const stopped = new Promise<undefined>((resolve) => {
    if (stopping.aborted) resolve(undefined);
    else stopping.addEventListener('abort', () => resolve(undefined), { once: true });
  });
  let restarts = 0;
  for (let running: P | undefined = first; ; ) {
    const began = Date.now();
    const reason: string | undefined = running === undefined ? 'it did not start' : await Promise.race([running.exited, stopped]);
    if (stopping.aborted) return running?.stop();
    restarts = Date.now() - began > PROVEN_MS ? 1 : restarts + 1;
    const delay = restartDelay(restarts);
    log.error({ reason, restartInMs: delay }, `${name} ended; it is started again`);
    await wait(delay, undefined, { signal: stopping }).catch(() => undefined);
    if (stopping.aborted) return;
    running = await start().catch((error: unknown) => {
      log.error({ err: String(error) }, `${name} could not be started`);
      return undefined;
    });
  }
}
