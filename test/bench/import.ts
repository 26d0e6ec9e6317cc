import { mkdtempSync, rmSync } from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { monitorEventLoopDelay } from 'node:perf_hooks';
import { Readable } from 'node:stream';
import { setTimeout as pause } from 'node:timers/promises';
import DatabaseConnection from 'better-sqlite3';
import { parse } from 'csv-parse';
import { evenHash } from '../../src/domain/hash.ts';
import { resume, start } from '../../src/flow/interpreter.ts';
import type { World } from '../../src/flow/world.ts';
import type { threadReader as fromSources } from '../../src/import-desk.ts';
import type { Stores } from '../../src/ports/stores.ts';
import type { ImportReader } from '../../src/services/importer/import-job.ts';
import { openStores } from '../../src/store/open-stores.ts';
import { systemIds } from '../../src/system-clock.ts';
import { shippedRelease } from '../flows/player.ts';
import { silentLog } from '../kit/asterisk.ts';
import { importHouse, MATCH_BRAND } from '../kit/imports.ts';
import { TEST_SEAL } from '../kit/seal.ts';
import { call, entry, id } from '../store/fixtures.ts';
import { turnsOf } from './flow.ts';

const ROWS = 1_000_000;
const CHUNK_ROWS = 1000;
const CALLS_PER_SECOND = 20;
/** A caller's turns come this far apart. */
const TURN_MS = 500;
const SAMPLE_MS = 50;
const MEGABYTE = 1_048_576;
const LIMITS = { rssGrowthMb: 150, loopDelayP99Ms: 100, ratioToRaw: 3 };
const HEADER = 'telefon;ad soyad;borç tutarı;son ödeme;şehir\n';

/**
 * A million contacts into a list, from the first byte of the upload to the last row that counts, while calls are played by
 * the interpreter and stored turn by turn in the same database. Then the same file parsed and written raw, with no check at all.
 */
export async function benchImport(args: readonly string[]): Promise<readonly string[]> {
  const rows = Number(args[0] ?? ROWS);
  const dir = mkdtempSync(path.join(os.tmpdir(), 'santral-import-'));
  const stores = await openStores({ sqliteFile: path.join(dir, 'santral.db'), log: silentLog, seal: TEST_SEAL });
  try {
    // Half of it before and half of it after: a machine that has other work at one of these times is not the same one.
    const before = await writeRaw(path.join(dir, 'before.db'), 0, rows / 2);
    const calls = serveCalls(stores);
    const { seconds, cpuSeconds, rssGrowthMb, loopDelayP99Ms, added } = await loadList(stores, rows);
    const served = await calls.stop();
    const after = await writeRaw(path.join(dir, 'after.db'), rows / 2, rows);
    const rawSeconds = round(before.seconds + after.seconds, 1);
    const rawCpuSeconds = round(before.cpuSeconds + after.cpuSeconds, 1);
    const ratioToRaw = round(seconds / rawSeconds, 2);
    const figures = { rows, seconds, rssGrowthMb, loopDelayP99Ms, ratioToRaw, rawSeconds, cpuSeconds, rawCpuSeconds };
    process.stdout.write(
      `${JSON.stringify({ bench: 'import', ...figures, callsPerSecond: served.perSecond, turnP99Ms: served.turnP99Ms })}\n`,
    );
    return [
      ...(added === rows ? [] : [`${added} contacts are in the list, not ${rows}`]),
      ...(served.perSecond < CALLS_PER_SECOND * 0.95 ? [`${served.perSecond} calls a second were served, not ${CALLS_PER_SECOND}`] : []),
      ...(rssGrowthMb > LIMITS.rssGrowthMb ? [`memory grew by ${rssGrowthMb} MB`] : []),
      ...(loopDelayP99Ms > LIMITS.loopDelayP99Ms ? [`the loop was late by ${loopDelayP99Ms} ms`] : []),
      ...(ratioToRaw > LIMITS.ratioToRaw ? [`it took ${ratioToRaw} times as long as writing the rows raw`] : []),
    ];
  } finally {
    await stores.close();
    rmSync(dir, { recursive: true, force: true });
  }
}

async function loadList(stores: Stores, rows: number) {
  const house = importHouse(stores.matching.imports, {
    reader: await builtReader(),
    lists: stores.lists.loads,
    ids: systemIds,
    clock: { now: () => Date.now() },
  });
  const load = (count: number, name: string) =>
    house.load('', { kind: 'contacts', list: { name, append: false }, chunks: fileOf(0, count), name: 'bench.csv' });
  // What is loaded once and stays is no growth.
  await load(CHUNK_ROWS, 'warm');
  const base = process.memoryUsage.rss();
  let peak = base;
  const sampler = setInterval(() => (peak = Math.max(peak, process.memoryUsage.rss())), SAMPLE_MS);
  const delay = monitorEventLoopDelay({ resolution: 10 });
  delay.enable();
  const since = stopwatch();
  const done = await load(rows, 'bench');
  const took = since();
  delay.disable();
  clearInterval(sampler);
  await house.close();
  const list = (await stores.lists.list(MATCH_BRAND)).find(({ name }) => name === 'bench');
  return {
    ...took,
    rssGrowthMb: Math.round((peak - base) / MEGABYTE),
    loopDelayP99Ms: round(delay.percentile(99) / 1e6, 1),
    added: done.counts.added === list?.contacts ? done.counts.added : -1,
  };
}

/** What was spent from then on: time, and work of all threads. */
function stopwatch(): () => { readonly seconds: number; readonly cpuSeconds: number } {
  const [began, cpu] = [performance.now(), process.cpuUsage()];
  return () => {
    const { user, system } = process.cpuUsage(cpu);
    return { seconds: round((performance.now() - began) / 1000, 1), cpuSeconds: round((user + system) / 1e6, 1) };
  };
}

/** Reads as an engine does that was built: run from the sources, the thread would spend its time with becoming JavaScript. */
async function builtReader(): Promise<ImportReader> {
  const built: string = new URL('../../dist/import-desk.js', import.meta.url).href;
  const { threadReader } = (await import(built)) as { readonly threadReader: typeof fromSources };
  return threadReader();
}

/** The file, made as it is sent: it is never in memory as a whole. */
async function* fileOf(first: number, end: number): AsyncGenerator<Uint8Array> {
  yield Buffer.from(HEADER);
  for (let from = first; from < end; from += CHUNK_ROWS) {
    const lines = Array.from({ length: Math.min(CHUNK_ROWS, end - from) }, (_, i) => lineOf(from + i));
    yield Buffer.from(lines.join(''));
  }
}

/** Every number once, in an order that no index likes. */
function lineOf(index: number): string {
  const number = (BigInt(index) * 7_919_317n) % 1_000_000_000n;
  const cents = Math.floor(evenHash(`row ${index}`) * 1_000_000);
  return `05${String(number).padStart(9, '0')};Müşteri ${index} Yılmaz;${Math.floor(cents / 100)},${String(cents % 100).padStart(2, '0')} TL;30.11.2026;İstanbul\n`;
}

/** What it takes to parse these rows of the same file and write their cells, nothing else. */
async function writeRaw(file: string, first: number, end: number) {
  const db = new DatabaseConnection(file);
  db.pragma('journal_mode = WAL');
  db.pragma('synchronous = NORMAL');
  db.exec('create table raw (no integer primary key, phone text, name text, debt text, due text, city text) strict');
  const insert = db.prepare('insert into raw values (?, ?, ?, ?, ?, ?)');
  const write = db.transaction((batch: readonly (readonly string[])[], from: number) => {
    batch.forEach((cells, index) => insert.run(from + index, ...cells));
  });
  const since = stopwatch();
  const parser = Readable.from(fileOf(first, end)).pipe(parse({ delimiter: ';', from_line: 2 })) as AsyncIterable<string[]>;
  let batch: string[][] = [];
  let no = 1;
  for await (const cells of parser) {
    batch.push(cells);
    if (batch.length < CHUNK_ROWS) continue;
    write(batch, no);
    no += batch.length;
    batch = [];
  }
  write(batch, no);
  const took = since();
  db.close();
  return took;
}

/** So many calls a second, each walked by the interpreter, each turn stored before the next. */
function serveCalls(stores: Stores) {
  const { release } = shippedRelease();
  const limits = { maxTransitions: 100, maxSubflowDepth: 8, maxTextLength: 2000, maxSessionBytes: 262_144 };
  const world: World = { now: Date.UTC(2026, 10, 23, 7, 0), zone: 'Europe/Istanbul', release, limits, random: 0.5 };
  const took: number[] = [];
  const underWay = new Set<Promise<void>>();
  let calls = 0;
  let stopped = false;
  const serve = async (n: number): Promise<void> => {
    let seq = 0;
    for (const { session, events } of turnsOf(world, { start, resume })) {
      if (stopped) return;
      const entries = events.map(() => entry(id('call', n), (seq += 1)));
      const began = performance.now();
      await stores.calls.commit({
        call: call(n),
        legs: [],
        session: { ...session, trigger: { ...session.trigger, callId: id('call', n) } },
        entries,
      });
      took.push(performance.now() - began);
      await pause(TURN_MS);
    }
  };
  const since = performance.now();
  // By the clock, not by ticks: a loop that is late has calls to catch up on.
  const timer = setInterval(() => {
    for (; calls < ((performance.now() - since) / 1000) * CALLS_PER_SECOND; calls += 1) {
      const one = serve(calls).finally(() => underWay.delete(one));
      underWay.add(one);
    }
  }, 10);
  return {
    async stop() {
      const seconds = (performance.now() - since) / 1000;
      clearInterval(timer);
      stopped = true;
      await Promise.all(underWay);
      const sorted = took.toSorted((a, b) => a - b);
      return { perSecond: round(calls / seconds, 1), turnP99Ms: round(sorted[Math.floor(sorted.length * 0.99)] ?? 0, 1) };
    },
  };
}

function round(value: number, digits: number): number {
  return Math.round(value * 10 ** digits) / 10 ** digits;
}
