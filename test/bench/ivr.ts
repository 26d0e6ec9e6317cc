import { mkdirSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { parseArgs } from 'node:util';
import { wordDigits } from '../../src/domain/wording/wording.ts';
import { tonesVoice } from '../../src/speech/tones.ts';
import { startTestAsterisk, type TestAsterisk } from '../kit/asterisk.ts';
import { startEngine, type TestEngine } from '../kit/engine.ts';
import { runSipp } from '../kit/sipp.ts';
import { cpuMs, peakRssMb, percentile } from './cpu.ts';
import { doubtsAbout } from './doubts.ts';
import { watchKeys } from './key-watch.ts';

const PROMPT = 'Please press a key, any key will do. [4s]';
const KEY = '5';
const FLOW = `
flow: main
title: { tr: Ölçüm, en: Bench }
start: ask
variables: { key: "" }
nodes:
  ask: { type: collect, prompt: { text: { tr: x, en: "${PROMPT}" } }, digits: { min: 1, max: 1 }, into: key, next: say }
  say: { type: hangup, prompt: { text: { tr: x, en: "{{key|digits}}" } } }
`;
const ENGINE_DID = '1000';
/** What `[bench-plain]` of the dialplan answers to. */
const DIALPLAN_DID = '9901';
const SECONDS = 12;
/**
 * Before anything is counted: an engine runs for weeks, and compiles its code during its first thousands of calls (the
 * figures of a process fall until then, and stay). The dialplan has nothing to compile; `warmUpCalls` tells how many there were.
 */
const WARM_UP = { rate: 50, engineSeconds: 120, dialplanSeconds: 10 };
/** Each way is measured this often, in turn, so that a machine whose speed drifts slows both alike. */
const ROUNDS = 2;
const IDLE_MS = 3000;

interface Round {
  readonly calls: number;
  readonly failed: number;
  readonly asteriskMs: number;
  readonly engineMs: number;
}

/** The same small IVR through the engine and as plain dialplan, side by side: one JSON line per rate. Gives why they cannot be trusted. */
export async function benchIvr(args: readonly string[]): Promise<string[]> {
  const { values } = parseArgs({ args: [...args], options: { rates: { type: 'string', default: '10,20,40' } } });
  const rates = values.rates.split(',').map(Number);
  if (rates.some((rate) => !(rate >= 1 && rate <= 50))) throw new Error('--rates takes numbers from 1 to 50 with commas between');
  const doubts: string[] = [];
  const asterisk = await startTestAsterisk({ bench: true, env: { SANTRAL_VOICE: 'tones', SANTRAL_LOG_LEVEL: 'info' } });
  try {
    await writePrompts(asterisk);
    const engine = await startEngine(asterisk, writeFlow(asterisk), { built: true });
    try {
      await oneWay(asterisk, engine, DIALPLAN_DID, WARM_UP.rate, WARM_UP.dialplanSeconds);
      await oneWay(asterisk, engine, ENGINE_DID, WARM_UP.rate, WARM_UP.engineSeconds);
      for (const rate of rates) {
        const { line, evidence } = await measure(asterisk, engine, rate);
        process.stdout.write(`${JSON.stringify(line)}\n`);
        doubts.push(...doubtsAbout(evidence));
      }
    } finally {
      await engine.stop();
    }
  } finally {
    await asterisk.stop();
  }
  return doubts;
}

async function measure(asterisk: TestAsterisk, engine: TestEngine, rate: number) {
  const idle = await idleMs(asterisk, engine);
  const ways = { engine: [] as Round[], dialplan: [] as Round[] };
  for (let round = 0; round < ROUNDS; round += 1) {
    ways.dialplan.push(await oneWay(asterisk, engine, DIALPLAN_DID, rate, SECONDS));
    ways.engine.push(await oneWay(asterisk, engine, ENGINE_DID, rate, SECONDS));
  }
  // Watching costs Asterisk events of its own, so keys are timed in a round whose CPU is not counted.
  const watch = await watchKeys(asterisk);
  const watched = await oneWay(asterisk, engine, ENGINE_DID, rate, SECONDS);
  const keys = watch.stop();
  const perCall = (rounds: readonly Round[], what: 'asteriskMs' | 'engineMs', idlePerSecond: number): number => {
    const calls = rounds.reduce((sum, one) => sum + one.calls, 0);
    return rounds.reduce((sum, one) => sum + one[what], 0) / calls - idlePerSecond / rate;
  };
  const [through, plain] = [perCall(ways.engine, 'asteriskMs', idle.asterisk), perCall(ways.dialplan, 'asteriskMs', idle.asterisk)];
  const all = [...ways.engine, watched];
  const [failed, dialplanFailed] = [failures(all), failures(ways.dialplan)];
  const line = {
    bench: 'ivr',
    rate,
    warmUpCalls: WARM_UP.rate * WARM_UP.engineSeconds,
    calls: all.reduce((sum, one) => sum + one.calls, 0),
    failed,
    dialplanFailed,
    keysWatched: keys.length,
    keyToActionMs: { p50: percentile(keys, 0.5), p99: percentile(keys, 0.99) },
    asteriskCpuMsPerCall: round(through),
    engineCpuMsPerCall: round(perCall(ways.engine, 'engineMs', idle.engine)),
    dialplanCpuMsPerCall: round(plain),
    asteriskRatio: round(through / plain),
    peakRssMb: peakRssMb(engine.pid),
  };
  return { line, evidence: { rate, failed, dialplanFailed, watchedCalls: watched.calls, keysWatched: keys.length } };
}

function failures(rounds: readonly Round[]): number {
  return rounds.reduce((sum, one) => sum + one.failed, 0);
}

async function oneWay(asterisk: TestAsterisk, engine: TestEngine, did: string, rate: number, seconds: number): Promise<Round> {
  const { pid } = asterisk.process();
  const before = { asterisk: cpuMs(pid), engine: cpuMs(engine.pid) };
  const fields = Array.from({ length: rate * seconds }, (_, index) => [did, `90555${String(index).padStart(7, '0')}`]);
  const port = asterisk.sparePort;
  const report = await runSipp({ scenario: 'one-key', target: `127.0.0.1:${asterisk.sipPort}`, port, mediaPort: port + 4, rate, fields });
  if (report.errors !== '') process.stderr.write(report.errors.slice(0, 2000));
  return {
    calls: fields.length,
    failed: report.failed,
    asteriskMs: cpuMs(pid) - before.asterisk,
    engineMs: cpuMs(engine.pid) - before.engine,
  };
}

/** CPU a second without calls. */
async function idleMs(asterisk: TestAsterisk, engine: TestEngine): Promise<{ asterisk: number; engine: number }> {
  const { pid } = asterisk.process();
  const before = { asterisk: cpuMs(pid), engine: cpuMs(engine.pid) };
  await new Promise((resolve) => setTimeout(resolve, IDLE_MS));
  return { asterisk: ((cpuMs(pid) - before.asterisk) * 1000) / IDLE_MS, engine: ((cpuMs(engine.pid) - before.engine) * 1000) / IDLE_MS };
}

/** The dialplan plays the very sounds that the engine plays. */
async function writePrompts(asterisk: TestAsterisk): Promise<void> {
  const dir = path.join(asterisk.config.places.speech, 'bench');
  mkdirSync(dir, { recursive: true });
  const never = new AbortController().signal;
  writeFileSync(path.join(dir, 'prompt.wav'), await tonesVoice.render(PROMPT, 'en', never));
  writeFileSync(path.join(dir, `digit-${KEY}.wav`), await tonesVoice.render(wordDigits(KEY, 'en'), 'en', never));
}

function writeFlow(asterisk: TestAsterisk): Record<string, string> {
  const dir = path.join(asterisk.config.places.data, 'flows');
  mkdirSync(dir, { recursive: true });
  writeFileSync(path.join(dir, 'main.yaml'), FLOW);
  writeFileSync(path.join(dir, 'numbers.yaml'), 'numbers:\n  "*": { flow: main, language: en }\n');
  return { SANTRAL_FLOWS: dir };
}

function round(value: number): number {
  return Math.round(value * 100) / 100;
}
