import { mkdtempSync, rmSync } from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { monitorEventLoopDelay, performance } from 'node:perf_hooks';
import type { AcdEvent } from '../../src/domain/acd-event.ts';
import type { BrandId } from '../../src/domain/brand.ts';
import { type IdKind, makeId } from '../../src/domain/ids.ts';
import { dayBegin } from '../../src/domain/local-day.ts';
import type { Interval } from '../../src/services/reports/period.ts';
import { createReports, type Reports } from '../../src/services/reports/reports.ts';
import { openStores } from '../../src/store/open-stores.ts';
import { queueOf } from '../acd/kit.ts';
import { silentLog } from '../kit/asterisk.ts';
import { TEST_SEAL } from '../kit/seal.ts';

const EVENTS = 1_000_000;
const DAYS = 31;
const DAY_MS = 86_400_000;
const QUEUES = 10;
const AGENTS = 200;
const PER_CALL = 10;
const BATCH = 10_000;
const BRAND = 'santral' as BrandId;
const ZONE = 'Europe/Istanbul';
const FROM = dayBegin(ZONE, '2026-03-01');

/** What a month of facts costs: the report of queues by day, and of agents by quarter hour, read from the database to the last row. */
export async function benchReports(args: readonly string[]): Promise<readonly string[]> {
  const events = Number(args[0] ?? EVENTS);
  const dir = mkdtempSync(path.join(os.tmpdir(), 'santral-reports-'));
  const stores = await openStores({ sqliteFile: path.join(dir, 'reports.db'), log: silentLog, seal: TEST_SEAL });
  try {
    const calls = Math.floor(events / PER_CALL);
    let batch: AcdEvent[] = [];
    const flush = async (): Promise<void> => {
      await stores.floor.write({ events: batch, agents: [], waits: [], endedWaits: [], lastTalks: [] });
      batch = [];
    };
    for (let n = 0; n < calls; n += 1) {
      batch.push(...factsOf(n, FROM + Math.floor((n / calls) * DAYS * DAY_MS)));
      if (batch.length >= BATCH) await flush();
    }
    await flush();
    const queues = new Map(Array.from({ length: QUEUES }, (_, n) => [`queue-${n}`, queueOf(`queue-${n}`)]));
    const clock = { now: () => FROM + 60 * DAY_MS } as never;
    const parts = { log: stores.acdLog, agents: stores.agents, queues, dispositions: new Map(), brand: BRAND, zone: ZONE, clock };
    const reports = createReports(parts);
    const byDay = await measured(reports, 'queues', 'day');
    const byQuarter = await measured(reports, 'agents', 'quarter');
    process.stdout.write(`${JSON.stringify({ bench: 'reports', events: calls * PER_CALL, byDay, byQuarter })}\n`);
    return byDay.offered === calls ? [] : [`${byDay.offered} calls were counted, and there were ${calls}`];
  } finally {
    await stores.close();
    rmSync(dir, { recursive: true, force: true });
  }
}

/** `longestPauseMs`: how long nothing else of the engine had its turn. */
async function measured(reports: Reports, of: 'queues' | 'agents', interval: Interval) {
  const delay = monitorEventLoopDelay({ resolution: 1 });
  delay.enable();
  const began = performance.now();
  let rows = 0;
  let offered = 0;
  let heapMb = 0;
  const wish = { span: { from: FROM, to: FROM + DAYS * DAY_MS }, interval };
  for await (const { counts } of of === 'queues' ? reports.queues(wish) : reports.agents(wish)) {
    rows += 1;
    offered += 'offered' in counts ? counts.offered : 0;
    if (rows % 100 === 0) heapMb = Math.max(heapMb, Math.round(process.memoryUsage().heapUsed / 1e6));
  }
  delay.disable();
  const seconds = Math.round((performance.now() - began) / 10) / 100;
  return { seconds, rows, offered, heapMb, longestPauseMs: Math.round(delay.max / 1e6) };
}

let ids = 0;
function id<K extends IdKind>(kind: K, at: number) {
  ids += 1;
  return makeId(
    kind,
    at,
    [3, 2, 1, 0].map((power) => Math.floor(ids / 32 ** power) % 32),
  );
}

/** Ten facts: a call that is offered, answered, held, wrapped up; and the agent's states. */
function factsOf(n: number, at: number): readonly AcdEvent[] {
  const agent = makeId('user', FROM, [Math.floor((n % AGENTS) / 32), n % 32]);
  const queue = `queue-${n % QUEUES}`;
  const callId = id('call', at);
  const waitId = id('acdEvent', at);
  const talkId = id('acdEvent', at + 9000);
  const talk = { queue, callId, agent };
  const wait = { queue, callId, waitId };
  const over = at + 190_000;
  const fact = (when: number, rest: object): AcdEvent => ({ id: id('acdEvent', when), brand: BRAND, at: when, ...rest }) as AcdEvent;
  return [
    { id: waitId, brand: BRAND, at, kind: 'entered', queue, callId, class: 'standard', since: at },
    fact(at + 4000, { kind: 'offered', ...wait, agent }),
    fact(at + 9000, { kind: 'offer-ended', ...wait, agent, how: 'answered', rangMs: 5000 }),
    fact(at + 9000, { kind: 'left', ...wait, how: 'answered', waitedMs: 9000, joinedAt: 1 }),
    { id: talkId, brand: BRAND, at: at + 9000, kind: 'connected', ...wait, agent, direction: 'inbound' },
    fact(at + 9000, { kind: 'agent-state', agent, from: 'available', to: 'talking', reason: null }),
    fact(over, { kind: 'released', ...talk, talkId, how: 'caller-hung-up', talkMs: 170_000, holdMs: 11_000 }),
    fact(over, { kind: 'agent-state', agent, from: 'talking', to: 'wrap-up', reason: null }),
    fact(over + 20_000, { kind: 'wrapped-up', ...talk, talkId, wrapMs: 20_000, disposition: 'not_set' }),
    fact(over + 20_000, { kind: 'agent-state', agent, from: 'wrap-up', to: 'available', reason: null }),
  ];
}
