import { copyFileSync, readdirSync, rmSync, statSync, truncateSync } from 'node:fs';
import path from 'node:path';

const BYTES_KEPT = 10_000_000;
const DAY_MS = 86_400_000;
/** No call lasts as long: the engine has read these notes. */
const ENDED_DAYS = 7;

/** Empties logs that grew large (one older copy is kept) and removes old notes of ended calls. Asterisk appends, so it need not be told. */
export function keepLogsSmall(folder: string, now: number): void {
  for (const name of ['messages.log', 'console.log']) {
    const file = path.join(folder, name);
    if ((statSync(file, { throwIfNoEntry: false })?.size ?? 0) <= BYTES_KEPT) continue;
    copyFileSync(file, `${file}.old`);
    truncateSync(file);
  }
  const oldest = `ended-${new Date(now - ENDED_DAYS * DAY_MS).toISOString().slice(0, 10).replaceAll('-', '')}.csv`;
  for (const name of readdirSync(folder)) if (/^ended-\d{8}\.csv$/.test(name) && name < oldest) rmSync(path.join(folder, name));
}
