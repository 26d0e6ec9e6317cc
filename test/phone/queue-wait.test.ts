import { afterAll, beforeAll, expect, it } from 'vitest';
import { FEWEST_SAMPLES } from '../../src/acd/estimate.ts';
import { type AgentOffice, openOffice, type TestAgent } from '../kit/agents.ts';
import { callsOnRecord } from '../kit/journal.ts';
import { type Lines, openLines, text, until } from '../kit/lines.ts';
import { loudness } from '../kit/loudness.ts';

/** What a caller hears while waiting on a real Asterisk, and that nobody is rung for a caller who is gone. */

const NEXT = 'You are next in line. [2s]';
const SECOND = 'You are number two in line. [2s]';
const SOON = 'Your wait is less than a minute. [2s]';
const STAY = 'Please stay on the line. [2s]';
const SPOKEN = 'Hello, can I help you? [2s]';
const TALKED = 'Your talk is over. [2s]';
const MESSAGE = 'Leave your message. [2s]';
/** The shortest that queues may have. */
const EVERY_MS = 10_000;
/** What announcing late may take on a busy machine. */
const LATE_MS = 3000;
const NUMBER = '7011';

const QUEUES = `queues:
  support:
    label: { tr: Destek, en: Support }
    offer: 10s
    wrapUp: { mode: none }
    empty: { atJoin: wait, whenLastLeaves: wait }
    comfort: { every: 10s, prompts: [test.stay], position: true, estimatedWait: true }
    welcome: none
    recordingNotice: none
    whisper: none
`;
const CATALOGUE = `test.stay: { en: "${STAY}" }
queue.position-next: { en: "${NEXT}" }
queue.position: { en: "You are number {{position|number}} in line. [2s]" }
queue.estimated-wait-soon: { en: "${SOON}" }
`;

let lines: Lines;
let office: AgentOffice;
beforeAll(async () => {
  const wait = `
  wait: { type: queue, queue: support, keys: { 1: message }, next: talked, exits: { failed: sorry } }
  talked: { type: say, prompt: ${text(TALKED)}, next: bye }
  message: { type: voicemail, prompt: ${text(MESSAGE)}, max: 2s, next: bye, exits: { empty: bye } }
  sorry: { type: hangup, cause: busy }
  bye: { type: hangup }`;
  lines = await openLines({ wait }, { trunk: 'house', queues: QUEUES, catalogue: CATALOGUE });
  office = await openOffice(lines);
});
afterAll(async () => {
  await office?.stop();
  await lines?.close();
});

async function waiting(count: number): Promise<void> {
  await until(async () => ((await office.floor())['waits'] as unknown[]).length === count, 10_000, `${count} callers wait`);
}

/** A caller is talked with, and goes. */
async function served(agent: TestAgent): Promise<void> {
  const caller = await lines.dial('wait');
  const phone = await agent.visitor();
  await lines.onRecord('wait', ({ journal }) => journal.some(({ kind }) => kind === 'agent-connected'), 'talking');
  await Promise.all([phone.say(SPOKEN), caller.hears(SPOKEN)]);
  await phone.hangUp();
  await caller.hears(TALKED);
  await caller.ended();
}

it('behaviour 44: position and wait are heard at the interval, a key leaves in the music, and nobody is rung for who is gone', async () => {
  const agent = await office.agent('ayse', { number: NUMBER, queues: ['support'] });
  await agent.do('login');
  // Before a wait can be told, some must have waited.
  lines.house.expect(NUMBER, { kind: 'answer', afterMs: 200 });
  for (let count = 0; count < FEWEST_SAMPLES; count += 1) await served(agent);
  await agent.do('pause', { reason: 'break' });
  const rung = lines.house.visitors.length;
  expect(rung).toBe(FEWEST_SAMPLES);

  const first = await lines.dial('wait');
  await waiting(1);
  const second = await lines.dial('wait');
  await waiting(2);
  const announcements = [];
  for (let count = 0; count < 2; count += 1) {
    announcements.push(await first.hears(NEXT));
    await first.hears(SOON);
    await first.hearsOut(STAY);
  }
  const [one, two] = announcements;
  const apart = (two?.fromMs ?? 0) - (one?.fromMs ?? 0);
  expect(apart).toBeGreaterThanOrEqual(EVERY_MS);
  // The interval begins when the three texts of two seconds are over.
  expect(apart).toBeLessThan(EVERY_MS + 6000 + LATE_MS);
  await second.hears(SECOND);
  expect(await loudness(first.phone.ear, 500)).toBeGreaterThan(25);

  await first.press('1');
  await first.hears(MESSAGE);
  await waiting(1);
  await second.hangUp();
  await waiting(0);
  await first.hangUp();
  await lines.quiet();

  // The agent is free for whoever waits: nobody does, and the telephone rings first for the one who comes then.
  await agent.do('available');
  expect((await agent.state()).kind).toBe('available');
  await served(agent);
  expect(lines.house.visitors.slice(rung).map(({ number }) => number)).toEqual([NUMBER]);
  await lines.ended('wait');
  const left = callsOnRecord(lines.asterisk.config.places.database, '2001').slice(FEWEST_SAMPLES, FEWEST_SAMPLES + 2);
  expect(left.map((call) => call.journal.filter(({ kind }) => kind === 'agent-offered'))).toEqual([[], []]);
  const [byKey, byHangUp] = left;
  expect(byKey?.journal.find(({ kind }) => kind === 'queue-left')?.data).toMatchObject({ how: 'key' });
  expect(byHangUp?.termination).toMatchObject({ kind: 'caller-hung-up' });
});
