import { afterAll, beforeAll, expect, it } from 'vitest';
import { type AgentOffice, openOffice } from '../kit/agents.ts';
import { type Lines, openLines, text, until } from '../kit/lines.ts';

/** Callers wait for agents on a real Asterisk, with real SIP phones. */

const WELCOME = 'Please wait for an agent. [2s]';
const WHISPER = 'A call from support. [1s]';
const SPOKEN = 'Hello, can you help me? [2s]';
const ANSWERED = 'Yes, I can help you. [2s]';
const TALKED = 'Your talk is over. [2s]';

const QUEUES = `queues:
  support:
    label: { tr: Destek, en: Support }
    offer: 6s
    wrapUp: { mode: none }
    empty: { atJoin: wait, whenLastLeaves: wait }
    comfort: { every: none }
    welcome: test.welcome
    recordingNotice: none
    whisper: test.whisper
`;

const CATALOGUE = `test.welcome: { en: "${WELCOME}" }\ntest.whisper: { en: "${WHISPER}" }\n`;

let lines: Lines;
let office: AgentOffice;
beforeAll(async () => {
  const wait = `
  wait: { type: queue, queue: support, next: talked, exits: { failed: sorry } }
  talked: { type: say, prompt: ${text(TALKED)}, next: bye }
  sorry: { type: hangup, cause: busy }
  bye: { type: hangup }`;
  lines = await openLines({ wait }, { trunk: 'house', queues: QUEUES, catalogue: CATALOGUE });
  office = await openOffice(lines);
});
afterAll(async () => {
  await office?.stop();
  await lines?.close();
});

it('a caller waits with music, an agent’s desk phone rings, they hear each other, and the flow goes on', async () => {
  lines.house.expect('7001', { kind: 'answer', afterMs: 500 });
  const agent = await office.agent('ayse', { number: '7001', queues: ['support'] });
  const caller = await lines.dial('wait');
  await caller.hearsOut(WELCOME);
  await agent.do('login');
  const phone = await agent.visitor();
  await phone.hears(WHISPER);
  await until(async () => (await agent.state()).kind === 'talking', 5000, 'the agent talks');
  await Promise.all([caller.say(SPOKEN), phone.hears(SPOKEN)]);
  await Promise.all([phone.say(ANSWERED), caller.hears(ANSWERED)]);
  await phone.hangUp();
  await caller.hears(TALKED);
  await caller.ended();
  expect((await agent.state()).kind).toBe('available');
  expect(await lines.facts('wait', 'agent-connected')).toMatchObject([{ agent: agent.id, queue: 'support' }]);
});
