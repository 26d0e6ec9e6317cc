import { usePlainEnvironment } from '../../src/config/plain-environment.ts';
import type { BrandId } from '../../src/domain/brand.ts';
import type { CallId, SessionId } from '../../src/domain/ids.ts';
import type { Value } from '../../src/domain/value.ts';
import { ACTIONS } from '../../src/flow/actions.ts';
import type { checkRelease as Check, ReleaseSources } from '../../src/flow/check.ts';
import type { Command, Input } from '../../src/flow/commands.ts';
import type { resume, start, Turn } from '../../src/flow/interpreter.ts';
import type { Trigger } from '../../src/flow/session.ts';
import type { World } from '../../src/flow/world.ts';
import { shippedRelease } from '../flows/player.ts';

const NODES = 1000;
const CALLS = 3000;
/** The first rounds compile the code; the best one tells what a core can do. */
const ROUNDS = 20;

/** What a caller of the shipped main menu does: chooses a language, walks through the dealers of Ankara, asks for the hours, says nothing. */
const KEYS = ['1', '2', '1', '06', '2', '1', '2', '0', '4', '2', '*', '9'];
const DEALER = {
  name: 'Ulus Teknik',
  district: 'Altındağ',
  provinceName: 'Ankara',
  province: 6,
  address: 'Anafartalar 1',
  phone: '+903125550007',
};
const WEEK = [1, 2, 3, 4, 5, 6, 7].map(() => [{ from: 540, to: 1080 }]);
const DEALERS: Value = [1, 2, 3].map((n) => ({ ...DEALER, code: `d${n}`, hours: WEEK, distanceKm: n }));

const TRIGGER: Trigger = {
  kind: 'inbound',
  sessionId: 'ses_bench' as SessionId,
  callId: 'call_bench' as CallId,
  brand: 'santral' as BrandId,
  did: '1000',
  ani: '+905550000012',
  language: 'tr',
  params: {},
};

/** CPU time of this process in ms: what a run costs one core, however busy the machine is. */
function cpuMs(run: () => void): number {
  const before = process.cpuUsage();
  run();
  const { user, system } = process.cpuUsage(before);
  return (user + system) / 1000;
}

function best(run: () => void): number {
  return Math.min(...Array.from({ length: ROUNDS }, () => cpuMs(run)));
}

/** The two functions of an interpreter. */
export interface Interpreter {
  readonly start: typeof start;
  readonly resume: typeof resume;
}

/** The turns of one call, to its end. */
export function* turnsOf(world: World, { start, resume }: Interpreter): Generator<Turn> {
  let turn: Turn = start('main-menu', TRIGGER, world);
  let pressed = 0;
  yield turn;
  while (turn.command !== null && turn.command.kind !== 'hangup') {
    turn = resume(turn.session, answerTo(turn.command, KEYS[pressed]), world);
    if (turn.events.some(({ kind }) => kind === 'digits')) pressed += 1;
    yield turn;
  }
}

/** Plays one call to its end; gives how many turns it had. */
function playCall(world: World, interpreter: Interpreter): number {
  let turns = 0;
  for (const _turn of turnsOf(world, interpreter)) turns += 1;
  return turns;
}

function answerTo(command: Command, keys: string | undefined): Input {
  const { step } = command;
  switch (command.kind) {
    case 'answer':
      return { kind: 'answered', step };
    case 'play':
      return { kind: 'finished', step, heard: 'all' };
    case 'collect':
      return keys === undefined ? { kind: 'silence', step } : { kind: 'digits', step, digits: keys, end: 'matched' };
    case 'action':
      return {
        kind: 'result',
        step,
        outcome: { kind: 'ok', value: command.action === 'switches.get' ? { on: false, tr: '', en: '' } : DEALERS },
      };
    default:
      throw new Error(`the bench's caller cannot answer ${command.kind}`);
  }
}

/** A flow of many nodes of several types, each with something to check. */
export function manyNodes(): ReleaseSources {
  const groups = NODES / 4;
  const lines = Array.from({ length: groups }, (_, i) => {
    const next = i === groups - 1 ? 'bye' : `a${i + 1}`;
    const text = '{ tr: "{{n|number}} adet", en: "{{n|number}} pieces" }';
    return [
      `  a${i}: { type: menu, prompt: [{ text: ${text}, when: n > ${i} }], options: { 1: b${i}, 2: c${i}, 3: d${i} }, noMatch: { text: ${text} } }`,
      `  b${i}: { type: set, set: { n: n + ${i} }, next: ${next} }`,
      `  c${i}: { type: collect, prompt: { text: ${text} }, into: code, digits: { min: 1, max: 2 }, check: "int(code) <= 81", next: ${next} }`,
      `  d${i}: { type: http, url: "https://crm.example/{{code}}", into: answer, next: ${next} }`,
    ].join('\n');
  });
  const text = `flow: main\nstart: a0\nvariables: { n: 0 }\nexits: { error: bye, exhausted: bye }\nnodes:\n${lines.join('\n')}\n  bye: { type: hangup }\n`;
  return {
    files: [{ path: 'flows/main.yaml', text }],
    catalogue: new Map(),
    calendars: new Map(),
    actions: ACTIONS,
    recordings: new Set(),
  };
}

interface BuiltFlow extends Interpreter {
  readonly checkRelease: typeof Check;
}

/** Checker and interpreter as users run them: what runs the sources for tests adds calls of its own to every function that is made. */
async function builtFlow(): Promise<BuiltFlow> {
  const parts = ['check', 'interpreter'].map((name) => import(new URL(`../../dist/flow/${name}.js`, import.meta.url).href));
  return Object.assign({}, ...(await Promise.all(parts))) as BuiltFlow;
}

/** `{"bench":"flow","stepsPerSecond","checkMsPer1000Nodes"}`: turns of the interpreter in calls to the shipped flows, and what checking costs. */
export async function benchFlow(): Promise<readonly string[]> {
  // As the engine and the command line do.
  usePlainEnvironment();
  const built = await builtFlow();
  const { release, problems } = shippedRelease(undefined, built.checkRelease);
  const limits = { maxTransitions: 100, maxSubflowDepth: 8, maxTextLength: 2000, maxSessionBytes: 262_144 };
  const world: World = { now: Date.UTC(2026, 10, 23, 7, 0), zone: 'Europe/Istanbul', release, limits, random: 0.5 };
  const perCall = playCall(world, built);
  const walking = best(() => {
    for (let n = 0; n < CALLS; n += 1) playCall(world, built);
  });
  const sources = manyNodes();
  const checking = best(() => void built.checkRelease(sources));
  const stepsPerSecond = Math.round((perCall * CALLS * 1000) / walking);
  const checkMsPer1000Nodes = Math.round(checking * (1000 / NODES) * 10) / 10;
  process.stdout.write(`${JSON.stringify({ bench: 'flow', stepsPerSecond, checkMsPer1000Nodes })}\n`);
  const wrong = [...problems, ...built.checkRelease(sources).problems].filter(({ severity }) => severity === 'error');
  return [
    ...(perCall <= KEYS.length ? [`the bench's call ended after ${perCall} steps`] : []),
    ...wrong.map(({ file, line, message }) => `${file}:${line} ${message}`),
  ];
}
