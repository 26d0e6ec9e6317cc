import { mkdtempSync, rmSync } from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { openStores } from '../../src/store/open-stores.ts';
import { silentLog } from '../kit/asterisk.ts';
import { startTestPostgres } from '../kit/postgres.ts';
import { TEST_SEAL } from '../kit/seal.ts';
import { type RaceResult, raceForSlot } from '../kit/slot-race.ts';

const CALLERS = 200;
const PLACES = 50;
/** Engines that share the database. */
const ENGINES = 2;

/** 200 callers who want the same time, which has 50 places, on each database: one line each. Gives what makes it wrong. */
export async function benchSlots(): Promise<readonly string[]> {
  const doubts: string[] = [];
  for (const [database, race] of [
    ['sqlite', onSqlite],
    ['postgresql', onPostgres],
  ] as const) {
    const { booked, doubleBooked, offeredAnother, left } = await race();
    process.stdout.write(`${JSON.stringify({ bench: 'slots', callers: CALLERS, places: PLACES, booked, doubleBooked, database })}\n`);
    if (booked !== PLACES || doubleBooked > 0) doubts.push(`${database}: ${booked} of ${PLACES} places booked, ${doubleBooked} twice`);
    if (offeredAnother !== CALLERS - PLACES || left > 0)
      doubts.push(`${database}: ${offeredAnother} of ${CALLERS - PLACES} callers were offered another time, ${left} were left`);
  }
  return doubts;
}

async function onSqlite(): Promise<RaceResult> {
  const dir = mkdtempSync(path.join(os.tmpdir(), 'santral-slots-'));
  try {
    return await race({ sqliteFile: path.join(dir, 'slots.db') });
  } finally {
    rmSync(dir, { recursive: true, force: true });
  }
}

async function onPostgres(): Promise<RaceResult> {
  const postgres = await startTestPostgres();
  try {
    return await race({ sqliteFile: '/nowhere', databaseUrl: await postgres.createDatabase('slots') });
  } finally {
    await postgres.stop();
  }
}

async function race(place: { readonly sqliteFile: string; readonly databaseUrl?: string }): Promise<RaceResult> {
  const engines = [];
  try {
    for (let n = 0; n < ENGINES; n += 1) engines.push(await openStores({ ...place, log: silentLog, seal: TEST_SEAL }));
    return await raceForSlot(engines, { callers: CALLERS, places: PLACES });
  } finally {
    for (const engine of engines) await engine.close();
  }
}
