import { readdirSync } from 'node:fs';
import { afterAll, afterEach, beforeAll, expect, it } from 'vitest';
import { signatureOf } from '../../src/speech/tones.ts';
import { type AgentOffice, openOffice, type TestAgent } from '../kit/agents.ts';
import type { Caller } from '../kit/engine.ts';
import { type Lines, openLines, text, until } from '../kit/lines.ts';
import { decodeTones } from '../kit/tones.ts';

/** The recording of whole calls on a real Asterisk: who is on which side, when, and what is left out. */

const HELLO = 'Hello and welcome. [1s]';
const CODE = 'Your code please. [1s]';
const THANKS = 'Thank you very much. [1s]';
const BYE = 'The talk is over now. [1s]';
const CALLER = ['Caller says one. [1s]', 'Caller says two. [1s]', 'Caller says three. [1s]'] as const;
const AGENT = ['Agent says one. [1s]', 'Agent says two. [1s]', 'Agent says three. [1s]'] as const;
const TEXTS = [HELLO, CODE, THANKS, BYE, ...CALLER, ...AGENT];
const NAMES = new Map(TEXTS.map((words) => [signatureOf('en', words), words]));
/** What the network, and Asterisk's packets of 20 ms, may take. */
const SLACK_MS = 150;

const QUEUES = `queues:
  support:
    label: { tr: destek, en: support }
    offer: 10s
    wrapUp: { mode: none }
    empty: { atJoin: wait, whenLastLeaves: wait }
    comfort: { every: none }
    whisper: none
`;

let lines: Lines;
let office: AgentOffice;
let ayse: TestAgent;
beforeAll(async () => {
  const talk = {
    head: 'record: true\n',
    nodes: `
  hello: { type: say, prompt: ${text(HELLO)}, next: wait }
  wait: { type: queue, queue: support, next: bye, exits: { failed: bye } }
  bye: { type: say, prompt: ${text(BYE)}, next: off }
  off: { type: hangup }`,
  };
  const secret = {
    head: 'record: true\nvariables: { code: "" }\n',
    nodes: `
  hello: { type: say, prompt: ${text(HELLO)}, next: code }
  code: { type: collect, prompt: ${text(CODE)}, digits: 4, secret: true, into: code, firstDigit: 20s, next: thanks, exits: { exhausted: off } }
  thanks: { type: say, prompt: ${text(THANKS)}, next: code-again }
  code-again: { type: menu, prompt: ${text(BYE)}, options: { 1: off }, firstDigit: 20s }
  off: { type: hangup }`,
  };
  lines = await openLines({ talk, secret }, { trunk: 'house', queues: QUEUES });
  office = await openOffice(lines);
  ayse = await office.agent('ayse', { number: '7001', queues: ['support'] });
  lines.house.expect('7001', { kind: 'answer', afterMs: 200 });
});
afterAll(async () => {
  await office?.stop();
  await lines?.close();
});
const callers: Caller[] = [];
afterEach(async () => {
  for (const caller of callers.splice(0)) await caller.hangUp().catch(() => undefined);
  await ayse.do('logout');
  await lines.quiet();
});

async function dial(line: string): Promise<Caller> {
  const caller = await lines.dial(line);
  callers.push(caller);
  return caller;
}

interface Side {
  readonly said: readonly string[];
  at(words: string): number;
}

interface Heard {
  readonly left: Side;
  readonly right: Side;
  readonly about: { readonly durationMs: number; readonly pauses: readonly { readonly fromMs: number; readonly toMs: number }[] };
  /** The loudest sample of both sides in a stretch. */
  loudest(fromMs: number, toMs: number): number;
}

/** The recording of the flow's last call, once it is put together, as somebody who may hear it gets it. */
async function recordingOf(line: string): Promise<Heard> {
  const { id } = await lines.ended(line);
  const ask = (path: string, headers: Record<string, string> = {}) => office.admin(`/api/v1/calls/${id}/recording${path}`, { headers });
  let about: Record<string, unknown> = {};
  await until(
    async () => {
      const answer = await ask('');
      about = answer.ok ? ((await answer.json()) as Record<string, unknown>) : {};
      return about['state'] === 'kept';
    },
    10_000,
    'the recording is put together',
  );
  const whole = Buffer.from(await (await ask('/audio')).arrayBuffer());
  const part = await ask('/audio', { range: 'bytes=44-1043' });
  expect(part.status).toBe(206);
  expect(Buffer.from(await part.arrayBuffer()).equals(whole.subarray(44, 1044))).toBe(true);
  const frames = (whole.length - 44) / 4;
  const side = (offset: number) => Int16Array.from({ length: frames }, (_, index) => whole.readInt16LE(44 + index * 4 + offset));
  const [left, right] = [side(0), side(2)];
  const sideOf = (samples: Int16Array): Side => {
    const tones = decodeTones(samples);
    return {
      said: tones.map(({ signature }) => NAMES.get(signature ?? '') ?? '?'),
      at: (words) => tones.find(({ signature }) => signature === signatureOf('en', words))?.fromMs ?? Number.NaN,
    };
  };
  return {
    left: sideOf(left),
    right: sideOf(right),
    about: about as unknown as Heard['about'],
    loudest: (fromMs, toMs) =>
      [left, right].reduce(
        (most, samples) => samples.subarray(fromMs * 8, toMs * 8).reduce((max, one) => Math.max(max, Math.abs(one)), most),
        0,
      ),
  };
}

const between = (ms: number, expected: number): void => {
  expect(Math.abs(ms - expected)).toBeLessThan(SLACK_MS);
};

it('holds the caller on the left and the house on the right, from the greeting to the end, and nothing of what the agent paused', async () => {
  await ayse.do('login');
  const caller = await dial('talk');
  const hello = await caller.hears(HELLO);
  const agent = await ayse.visitor();
  await until(async () => (await ayse.state()).kind === 'talking', 10_000, 'they talk');
  const first = caller.hears(AGENT[0]);
  await agent.say(AGENT[0]);
  const said = await first;
  await Promise.all([caller.say(CALLER[0]), agent.hears(CALLER[0])]);
  await ayse.do('call/record', { on: false });
  expect(((await ayse.snapshot())['call'] as { recording: string }).recording).toBe('paused');
  await Promise.all([agent.say(AGENT[1]), caller.hears(AGENT[1])]);
  await Promise.all([caller.say(CALLER[1]), agent.hears(CALLER[1])]);
  await ayse.do('call/record', { on: true });
  expect(((await ayse.snapshot())['call'] as { recording: string }).recording).toBe('on');
  const third = caller.hears(AGENT[2]);
  await agent.say(AGENT[2]);
  const after = await third;
  await Promise.all([caller.say(CALLER[2]), agent.hears(CALLER[2])]);
  await ayse.do('call/hangup');
  const bye = await caller.hears(BYE);
  await caller.ended();
  const { left, right, about, loudest } = await recordingOf('talk');
  expect(left.said).toEqual([CALLER[0], CALLER[2]]);
  expect(right.said).toEqual([HELLO, AGENT[0], AGENT[2], BYE]);
  // As far apart as at the caller's ear, over the pause, too.
  between(right.at(AGENT[0]) - right.at(HELLO), said.fromMs - hello.fromMs);
  between(right.at(AGENT[2]) - right.at(HELLO), after.fromMs - hello.fromMs);
  between(right.at(BYE) - right.at(HELLO), bye.fromMs - hello.fromMs);
  expect(left.at(CALLER[0])).toBeGreaterThan(right.at(AGENT[0]));
  expect(left.at(CALLER[2])).toBeGreaterThan(right.at(AGENT[2]));
  const [pause] = about.pauses;
  expect(about.pauses).toHaveLength(1);
  expect((pause?.toMs ?? 0) - (pause?.fromMs ?? 0)).toBeGreaterThan(2000);
  expect(loudest((pause?.fromMs ?? 0) + SLACK_MS, (pause?.toMs ?? 0) - SLACK_MS)).toBe(0);
  const audit = (await (await office.admin('/api/v1/audit?limit=10')).json()) as { items: { what: string; actor: string }[] };
  expect(audit.items).toContainEqual(expect.objectContaining({ what: 'call-recording-heard', actor: 'admin' }));
  expect(readdirSync(lines.asterisk.config.places.callRecordings).every((name) => /^rec_[0-9a-z]{26}\.sealed$/.test(name))).toBe(true);
  // Desk phones that register are no matter of recordings.
  expect(lines.asterisk.complaints().filter((line) => !line.includes('security_events'))).toEqual([]);
});

it('holds nothing of what a caller says or presses while a secret is asked for', async () => {
  const caller = await dial('secret');
  await caller.hearsOut(HELLO);
  await caller.hears(CODE);
  await caller.say(CALLER[1]);
  await caller.press('4711');
  await caller.hearsOut(THANKS);
  await caller.hears(BYE);
  await caller.say(CALLER[2]);
  await caller.hangUp();
  const { left, right, about } = await recordingOf('secret');
  expect(left.said).toEqual([CALLER[2]]);
  expect(right.said.slice(0, 2)).toEqual([HELLO, THANKS]);
  expect(about.pauses).toHaveLength(1);
});

it('goes on while the engine is killed and comes back, and loses nothing', async () => {
  await ayse.do('login');
  const caller = await dial('talk');
  const hello = await caller.hears(HELLO);
  const agent = await ayse.visitor();
  await until(async () => (await ayse.state()).kind === 'talking', 10_000, 'they talk');
  await Promise.all([agent.say(AGENT[0]), caller.hears(AGENT[0])]);
  await lines.engine().kill();
  const away = caller.hears(AGENT[1]);
  await agent.say(AGENT[1]);
  const said = await away;
  await Promise.all([caller.say(CALLER[1]), agent.hears(CALLER[1])]);
  await lines.startEngine();
  await until(async () => (await ayse.state()).kind === 'talking', 20_000, 'the talk is taken up');
  await ayse.do('call/record', { on: false });
  await ayse.do('call/record', { on: true });
  await Promise.all([caller.say(CALLER[2]), agent.hears(CALLER[2])]);
  await caller.hangUp();
  const { left, right } = await recordingOf('talk');
  expect(left.said).toEqual([CALLER[1], CALLER[2]]);
  expect(right.said).toEqual([HELLO, AGENT[0], AGENT[1]]);
  between(right.at(AGENT[1]) - right.at(HELLO), said.fromMs - hello.fromMs);
});
