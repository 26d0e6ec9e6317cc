import type { RecordingDeps } from './deps.ts';

/** Rows of one step, so that a large house is swept without holding everything in memory. */
const CHUNK = 200;

export interface Swept {
  /** Kept as long as the setting says. */
  readonly expired: number;
  /** Files of recordings that were broken off, discarded or never stored. */
  readonly orphans: number;
}

/** Removes audio first, then the row: what is broken off in between is found by the next sweep. */
export async function sweepRecordings({ store, files, clock, log, orphanMs }: RecordingDeps): Promise<Swept> {
  const now = clock.now();
  let expired = 0;
  for (let ids = await store.expired(now, CHUNK); ids.length > 0; ids = await store.expired(now, CHUNK)) {
    for (const id of ids) {
      await files.remove(id);
      await store.remove(id);
    }
    expired += ids.length;
  }
  const old = await files.olderThan(now - orphanMs);
  const known = await store.known(old);
  const orphans = old.filter((id) => !known.has(id));
  for (const id of orphans) await files.remove(id);
  if (expired + orphans.length > 0) log.info({ expired, orphans: orphans.length }, 'recordings were removed');
  return { expired, orphans: orphans.length };
}
