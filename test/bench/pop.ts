import { mkdirSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { parseArgs } from 'node:util';
import Database from 'better-sqlite3';
import { WebSocket } from 'ws';
import { type Ask, asAdmin } from '../kit/api.ts';
import { startTestAsterisk, type TestAsterisk } from '../kit/asterisk.ts';
import { isConnected, startEngine, type TestEngine } from '../kit/engine.ts';
import { runSipp } from '../kit/sipp.ts';
import { openTrunk } from '../kit/trunk.ts';
import { percentile } from './cpu.ts';
import { fillCustomers, numberOf } from './customers.ts';

const MOST_P95_MS = 150;
const AGENTS = 80;
const DID = '1000';
const BEAT_MS = 5000;
/** Compiles what is run in every call. */
const WARM_UP_SECONDS = 15;
/** Between the warm-up and what counts: the last callers go. */
const BETWEEN_MS = 3000;
const QUEUES = `queues:
  support:
    label: { tr: Destek, en: Support }
    offer: 20s
    wrapUp: { mode: none }
    comfort: { every: none }
    whisper: none
    empty: { atJoin: wait, whenLastLeaves: wait }
`;
const FLOW = `flow: main
start: wait
languages: [en]
nodes:
  wait: { type: queue, queue: support, next: bye, exits: { failed: bye } }
  bye: { type: hangup }
`;

/** When the agents' pages were first told who may be calling, by call, and how many candidates they saw. */
interface Told {
  readonly at: Map<string, number>;
  readonly kinds: Map<string, number>;
}

/** Callers of SIPp who find a free agent at once: from Asterisk's StasisStart to the pop on the agent's socket. */
export async function benchPop(args: readonly string[]): Promise<readonly string[]> {
  const options = {
    rate: { type: 'string', default: '20' },
    seconds: { type: 'string', default: '60' },
    customers: { type: 'string', default: '100000' },
  } as const;
  const { values } = parseArgs({ args: [...args], options });
  const [rate, seconds, customers] = [Number(values.rate), Number(values.seconds), Number(values.customers)];
  // Agents' telephones outside: they ring until the caller is gone.
  const trunk = await openTrunk(() => 'ring');
  const asterisk = await startTestAsterisk({ bench: true, env: envWith(trunk.address) });
  try {
    await fillCustomers(asterisk, customers);
    const engine = await startEngine(asterisk, layOut(asterisk), { built: true });
    const told: Told = { at: new Map(), kinds: new Map() };
    let closePages = (): void => undefined;
    try {
      await engine.logged(isConnected);
      closePages = await openPages(engine, told);
      const call = (many: number) => callers(asterisk, rate, many, customers);
      await call(WARM_UP_SECONDS * rate);
      await new Promise((resolve) => setTimeout(resolve, BETWEEN_MS));
      const began = Date.now();
      const { failed } = await call(seconds * rate);
      const started = startedSince(asterisk.config.places.database, began);
      const times = started.flatMap(({ id, at }) => (told.at.has(id) ? [(told.at.get(id) as number) - at] : [])).sort((a, b) => a - b);
      const kinds = Object.fromEntries(told.kinds);
      const [p50Ms, p95Ms, p99Ms] = [0.5, 0.95, 0.99].map((share) => percentile(times, share));
      const line = { bench: 'pop', callsPerSecond: rate, p50Ms, p95Ms, p99Ms, calls: started.length, pops: times.length, customers, kinds };
      process.stdout.write(`${JSON.stringify(line)}\n`);
      return [
        ...(failed > 0 ? [`${failed} calls failed`] : []),
        ...(started.length === seconds * rate ? [] : [`${started.length} calls came, where ${seconds * rate} were made`]),
        ...(times.length === started.length ? [] : [`${started.length - times.length} calls had no pop`]),
        ...((p95Ms ?? Infinity) <= MOST_P95_MS ? [] : [`p95 is ${p95Ms} ms, and may be ${MOST_P95_MS} ms`]),
      ];
    } finally {
      closePages();
      await engine.stop();
    }
  } finally {
    await asterisk.stop();
    trunk.close();
  }
}

function envWith(trunk: string): Record<string, string> {
  const many = { SANTRAL_TRUNK_CHANNELS: '1000', SANTRAL_RATE_LIMIT: '1000000' };
  return { SANTRAL_VOICE: 'tones', SANTRAL_LOG_LEVEL: 'info', SANTRAL_TRUNK: trunk, ...many };
}

function layOut(asterisk: TestAsterisk): Record<string, string> {
  const dir = path.join(asterisk.config.places.data, 'flows');
  mkdirSync(dir, { recursive: true });
  writeFileSync(path.join(dir, 'main.yaml'), FLOW);
  writeFileSync(path.join(dir, 'queues.yaml'), QUEUES);
  writeFileSync(path.join(dir, 'numbers.yaml'), 'numbers:\n  "*": { flow: main, language: en }\n');
  return { SANTRAL_FLOWS: dir };
}

function callers(asterisk: TestAsterisk, rate: number, many: number, customers: number) {
  const fields = Array.from({ length: many }, (_, index) => [DID, `0${numberOf((index * 7919) % customers)}`]);
  const port = asterisk.sparePort;
  return runSipp({ scenario: 'brief', target: `127.0.0.1:${asterisk.sipPort}`, port, mediaPort: port + 4, rate, fields });
}

/** Asterisk's own times of StasisStart. */
function startedSince(file: string, since: number): readonly { readonly id: string; readonly at: number }[] {
  const db = new Database(file, { readonly: true, fileMustExist: true });
  try {
    const query = "select id, started_at as at from calls where direction = 'inbound' and started_at >= ?";
    return db.prepare<[number], { id: string; at: number }>(query).all(since);
  } finally {
    db.close();
  }
}

/** Agents who are free, each with a page that is open and heard. */
async function openPages(engine: TestEngine, told: Told): Promise<() => void> {
  const ask = await asAdmin(engine);
  const pages: WebSocket[] = [];
  for (let n = 0; n < AGENTS; n += 1) pages.push(await openPage(engine, await newAgent(ask, n), told));
  const beats = setInterval(() => {
    for (const page of pages) page.send(JSON.stringify({ kind: 'heartbeat' }));
  }, BEAT_MS);
  return () => {
    clearInterval(beats);
    for (const page of pages) page.terminate();
  };
}

async function newAgent(ask: Ask, n: number): Promise<string> {
  const send = async (method: string, where: string, body: object): Promise<Record<string, unknown>> => {
    const answer = await ask(`/api/v1${where}`, { method, headers: { 'content-type': 'application/json' }, body: JSON.stringify(body) });
    const text = await answer.text();
    if (!answer.ok) throw new Error(`${where}: ${answer.status} ${text}`);
    return text === '' ? {} : (JSON.parse(text) as Record<string, unknown>);
  };
  const { user } = (await send('POST', '/users', { name: `agent-${n}`, role: 'agent' })) as { user: { id: string } };
  const { secret } = (await send('POST', `/users/${user.id}/tokens`, { label: 'bench', days: 1 })) as { secret: string };
  const place = { kind: 'outside', number: `+90555000${String(9000 + n)}` };
  await send('PUT', `/agents/${user.id}`, { displayName: `agent-${n}`, language: 'en', skills: {}, queues: ['support'], place });
  return secret;
}

async function openPage({ url }: TestEngine, secret: string, { at, kinds }: Told): Promise<WebSocket> {
  const headers = { origin: url, authorization: `Bearer ${secret}` };
  const page = new WebSocket(`${url.replace('http', 'ws')}/api/v1/agent/socket`, { headers });
  await new Promise<void>((resolve, reject) => {
    page.once('open', resolve);
    page.once('error', reject);
  });
  page.on('message', (data: Buffer) => {
    const now = Date.now();
    const { type, callId, data: pop } = JSON.parse(data.toString()) as { type: string; callId: string; data: { kind: string } };
    if (type !== 'pop' || at.has(callId)) return;
    at.set(callId, now);
    kinds.set(pop.kind, (kinds.get(pop.kind) ?? 0) + 1);
  });
  page.send(JSON.stringify({ kind: 'hello', lastSeq: null, stream: null }));
  const login = await fetch(`${url}/api/v1/agent/login`, {
    method: 'POST',
    headers: { ...headers, 'content-type': 'application/json' },
    body: '{}',
  });
  if (!login.ok) throw new Error(`an agent could not log in: ${login.status} ${await login.text()}`);
  return page;
}
