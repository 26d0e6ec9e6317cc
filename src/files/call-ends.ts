import { createReadStream } from 'node:fs';
import { readdir } from 'node:fs/promises';
import path from 'node:path';
import { createInterface } from 'node:readline';
import type { CallEnds } from '../ports/call-ends.ts';
import type { Log } from '../ports/log.ts';

const DAY_MS = 86_400_000;

/** Reads the dialplan's notes `ended-YYYYMMDD.csv` (UTC days; lines `channel,epoch seconds`) in Asterisk's log directory. */
export function callEndsIn(logDir: string, log: Log): CallEnds {
  return {
    async of(channelIds, since) {
      const wanted = new Set(channelIds);
      const found = new Map<string, number>();
      if (wanted.size === 0) return found;
      const from = `ended-${new Date(since - DAY_MS).toISOString().slice(0, 10).replaceAll('-', '')}.csv`;
      try {
        const files = (await readdir(logDir)).filter((name) => /^ended-\d{8}\.csv$/.test(name) && name >= from).sort();
        for (const file of files) await readEnds(path.join(logDir, file), wanted, found);
      } catch (error) {
        log.warn({ err: error }, 'the notes of ended calls cannot be read; calls that ended unwatched get the time they were found');
      }
      return found;
    },
  };
}

async function readEnds(file: string, wanted: ReadonlySet<string>, found: Map<string, number>): Promise<void> {
  for await (const line of createInterface({ input: createReadStream(file, 'utf8'), crlfDelay: Number.POSITIVE_INFINITY })) {
    const [channelId, seconds] = line.split(',');
    if (channelId !== undefined && wanted.has(channelId) && /^\d+$/.test(seconds ?? '')) found.set(channelId, Number(seconds) * 1000);
  }
}
