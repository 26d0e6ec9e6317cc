import { afterAll, afterEach, beforeAll, expect, it } from 'vitest';
import { signatureOf } from '../../src/speech/tones.ts';
import { type AgentOffice, openOffice, type TestAgent } from '../kit/agents.ts';
import type { Ear } from '../kit/ear.ts';
import type { Caller } from '../kit/engine.ts';
import { type Lines, openLines, until } from '../kit/lines.ts';
import type { Visitor } from '../kit/phone-house.ts';

/** A supervisor at a talk, on a real Asterisk: who hears whom is measured at each of the three telephones. */

const FROM_CALLER = 'Caller speaking now. [1s]';
const FROM_AGENT = 'Agent speaking now. [1s]';
const FROM_SUPERVISOR = 'Supervisor speaking now. [1s]';

let lines: Lines;
let office: AgentOffice;
let ayse: TestAgent;
let deniz: TestAgent;
beforeAll(async () => {
  const wait = `
  wait: { type: queue, queue: support, next: bye, exits: { failed: bye } }
  bye: { type: hangup }`;
  const queues = `queues:
  support:
    label: { tr: destek, en: support }
    wrapUp: { mode: none }
    empty: { atJoin: wait, whenLastLeaves: wait }
    comfort: { every: none }
    whisper: none
`;
  lines = await openLines({ wait }, { trunk: 'house', queues });
  office = await openOffice(lines);
  lines.house.expect('7001', { kind: 'answer', afterMs: 200 });
  lines.house.expect('7002', { kind: 'answer', afterMs: 200 });
  ayse = await office.agent('ayse', { number: '7001', queues: ['support'] });
  deniz = await office.agent('deniz', { number: '7002', queues: [], role: 'supervisor' });
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

async function talking(): Promise<{ readonly caller: Caller; readonly agent: Visitor }> {
  await ayse.do('login');
  const caller = await lines.dial('wait');
  callers.push(caller);
  const agent = await ayse.visitor();
  await until(async () => (await ayse.state()).kind === 'talking', 10_000, 'they talk');
  await Promise.all([agent.say(FROM_AGENT), caller.hears(FROM_AGENT)]);
  return { caller, agent };
}

const ear = (how: string) => deniz.ask('POST', `/agents/${ayse.id}/${how}`);

async function ears(): Promise<readonly { readonly how: string; readonly ringing: boolean }[]> {
  const { items } = (await deniz.ask('GET', '/agents')) as { items: { id: string; ears: { how: string; ringing: boolean }[] }[] };
  return items.find(({ id }) => id === ayse.id)?.ears ?? [];
}

const listensBy = (how: string) =>
  until(async () => (await ears()).some((one) => one.how === how && !one.ringing), 10_000, `the supervisor is there: ${how}`);

const times = (at: Ear, words: string): number => at.heard().filter(({ signature }) => signature === signatureOf('en', words)).length;

interface Three {
  readonly caller: Caller;
  readonly agent: Visitor;
  readonly supervisor: Visitor;
}

type Heard = Readonly<Record<'caller' | 'agent' | 'supervisor', string>>;
const NAMES = ['caller', 'agent', 'supervisor'] as const;
const WORDS = { caller: FROM_CALLER, agent: FROM_AGENT, supervisor: FROM_SUPERVISOR };

/** All three speak, one after the other, each until they are heard where they should be: whom each telephone heard. */
async function hearing({ caller, agent, supervisor }: Three, expected: Heard): Promise<Heard> {
  const places = { caller: caller.phone.ear, agent: agent.ear, supervisor: supervisor.ear };
  const speakers = { caller, agent, supervisor };
  const count = () => NAMES.map((place) => NAMES.map((name) => times(places[place], WORDS[name])));
  const before = count();
  for (const name of ['supervisor', 'caller', 'agent'] as const) {
    const from = NAMES.map((place) => times(places[place], WORDS[name]));
    await speakers[name].say(WORDS[name]);
    for (const [index, place] of NAMES.entries()) {
      if (!expected[place].split(' ').includes(name)) continue;
      const isHeard = () => times(places[place], WORDS[name]) > (from[index] ?? 0) && places[place].heard().at(-1)?.ended === true;
      await until(isHeard, 5000, `the ${place} hears the ${name}`);
    }
  }
  const after = count();
  const heardAt = (place: number) => NAMES.filter((_name, who) => (after[place]?.[who] ?? 0) > (before[place]?.[who] ?? 0)).join(' ');
  return { caller: heardAt(0), agent: heardAt(1), supervisor: heardAt(2) };
}

it('listens unheard, whispers to the agent alone, joins both, listens again, and leaves', async () => {
  const { caller, agent } = await talking();
  await ear('listen');
  const supervisor = await deniz.visitor();
  await listensBy('listen');
  const hear = async (expected: Heard) => expect(await hearing({ caller, agent, supervisor }, expected)).toEqual(expected);
  await hear({ caller: 'agent', agent: 'caller', supervisor: 'caller agent' });
  await ear('whisper');
  await listensBy('whisper');
  await hear({ caller: 'agent', agent: 'caller supervisor', supervisor: 'caller agent' });
  await ear('barge');
  await listensBy('barge');
  await hear({ caller: 'agent supervisor', agent: 'caller supervisor', supervisor: 'caller agent' });
  await ear('listen');
  await listensBy('listen');
  await hear({ caller: 'agent', agent: 'caller', supervisor: 'caller agent' });
  await ear('leave');
  await supervisor.gone();
  expect(await ears()).toEqual([]);
  await Promise.all([caller.say(FROM_CALLER), agent.hears(FROM_CALLER)]);
  const audit = (await (await office.admin(`/api/v1/audit?subject=${ayse.id}&limit=10`)).json()) as {
    items: { what: string; actor: string; details: { how: string } }[];
  };
  expect(audit.items.map(({ what, actor, details }) => [what, actor, details.how])).toEqual([
    ['call-listened', 'deniz', 'listen'],
    ['call-listened', 'deniz', 'barge'],
    ['call-listened', 'deniz', 'whisper'],
    ['call-listened', 'deniz', 'listen'],
  ]);
});

it('ends with the talk, and by hanging up; there is nothing to listen to without one', async () => {
  await expect(ear('listen')).rejects.toThrow('request.conflict');
  const { caller, agent } = await talking();
  await ear('listen');
  const first = await deniz.visitor();
  await listensBy('listen');
  await first.hangUp();
  await until(async () => (await ears()).length === 0, 5000, 'the supervisor is gone');
  await Promise.all([agent.say(FROM_AGENT), caller.hears(FROM_AGENT)]);
  await ear('barge');
  const second = await deniz.visitor();
  await listensBy('barge');
  await caller.hangUp();
  await second.gone();
  await until(async () => (await ayse.state()).kind === 'available', 5000, 'the agent is free');
});

it('an engine that is killed meanwhile lets the talk go on, and the supervisor go', async () => {
  const { caller, agent } = await talking();
  await ear('barge');
  const supervisor = await deniz.visitor();
  await listensBy('barge');
  await lines.engine().kill();
  await lines.startEngine();
  await supervisor.gone();
  await until(async () => (await ayse.state()).kind === 'talking', 20_000, 'the talk is taken up');
  await Promise.all([agent.say(FROM_AGENT), caller.hears(FROM_AGENT)]);
  await caller.hangUp();
});
