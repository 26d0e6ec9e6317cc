import { afterAll, beforeAll, expect, it } from 'vitest';
import { type AgentOffice, openOffice, type TestAgent } from '../kit/agents.ts';
import { channelsOf, type Lines, openLines, text, until } from '../kit/lines.ts';

/** An agent calls a customer from the screen, on a real Asterisk with real telephones. */

const FROM_AGENT = 'Agent speaking now. [2s]';
const FROM_CUSTOMER = 'Customer speaking now. [2s]';
const CUSTOMER = '+902125550071';
const BUSY = '+902125550072';
const NEVER = '+902125550073';
const OURS = '+902125550010';
const QUEUES = `queues:
  support:
    label: { tr: Destek, en: Support }
    callerId: "${OURS}"
    wrapUp: { mode: optional, time: 2m }
    comfort: { every: none }
    whisper: none
`;

let lines: Lines;
let office: AgentOffice;
let ayse: TestAgent;
beforeAll(async () => {
  const main = `
  bye: { type: hangup, prompt: ${text('Goodbye. [1s]')} }`;
  lines = await openLines({ main }, { trunk: 'house', queues: QUEUES });
  office = await openOffice(lines);
  lines.house.expect('7001', { kind: 'answer', afterMs: 300 });
  lines.house.expect(CUSTOMER, { kind: 'answer', afterMs: 500 });
  lines.house.expect(BUSY, { kind: 'refuse', reason: 'busy' });
  ayse = await office.agent('ayse', { number: '7001', queues: ['support'] });
});
afterAll(async () => {
  await office?.stop();
  await lines?.close();
});

const isIn = (kind: string): Promise<void> => until(async () => (await ayse.state()).kind === kind, 20_000, `the agent is ${kind}`);
const visitorsAt = (number: string): number => lines.house.visitors.filter((one) => one.number === number).length;
const callOnLine = async () => (await ayse.snapshot())['call'] as { phase: string; direction: string; number: string; did: string } | null;

it('rings the agent, then the customer; both hear each other; a second click is no second call; the wrap-up follows', async () => {
  await ayse.do('login');
  const [first, second] = await Promise.all([
    ayse.do('dial', { number: '0212 555 00 71', requestId: 'a' }),
    ayse.do('dial', { number: CUSTOMER, requestId: 'b' }),
  ]);
  expect(first['callId']).toBe(second['callId']);
  expect([first['again'], second['again']].toSorted()).toEqual([false, true]);
  const agent = await ayse.visitor();
  expect(visitorsAt(CUSTOMER)).toBe(0);
  const customer = await lines.house.visitor(CUSTOMER);
  expect(customer.ani).toBe(OURS);
  await isIn('talking');
  expect(await callOnLine()).toMatchObject({ phase: 'talking', direction: 'outbound', number: '+90 2** *** ** 71', did: OURS });
  await Promise.all([agent.say(FROM_AGENT), customer.hears(FROM_AGENT)]);
  await Promise.all([customer.say(FROM_CUSTOMER), agent.hears(FROM_CUSTOMER)]);
  // A third click, still the same wish.
  expect(await ayse.do('dial', { number: CUSTOMER, requestId: 'a' })).toMatchObject({ callId: first['callId'], again: true });

  await ayse.do('call/hold');
  await isIn('held');
  await ayse.do('call/resume');
  await Promise.all([agent.say(FROM_AGENT), customer.hears(FROM_AGENT)]);
  await ayse.do('call/hangup');
  await Promise.all([agent.gone(), customer.gone()]);
  await isIn('wrap-up');
  await ayse.do('wrap-up', { disposition: null, note: '' });
  await isIn('available');
  expect(visitorsAt(CUSTOMER)).toBe(1);
  const { me } = (await ayse.snapshot()) as { me: { today: { outbound: number; answered: number } } };
  expect(me.today).toMatchObject({ outbound: 1, answered: 0 });

  // The same customer once more, whose number the agent never sees.
  await ayse.do('dial', { customer: first['callId'], requestId: 'c' });
  const again = await lines.house.visitor(CUSTOMER);
  await isIn('talking');
  await again.hangUp();
  await isIn('wrap-up');
  await ayse.do('wrap-up', { disposition: null, note: '' });
  await lines.quiet();
});

it('whom nobody may call is not called, and the agent reads why; a busy number leaves the agent free', async () => {
  await ayse.do('login');
  const put = await office.admin('/api/v1/do-not-contact', {
    method: 'POST',
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify({ recipient: NEVER, reason: 'asked us not to' }),
  });
  expect(put.ok, await put.text()).toBe(true);
  await expect(ayse.do('dial', { number: NEVER, requestId: 'd' })).rejects.toThrow(/409 .*call\.not-allowed.*asked us not to/);
  expect(await channelsOf(lines)).toBe(0);

  await ayse.do('dial', { number: BUSY, requestId: 'e' });
  await until(() => visitorsAt(BUSY) === 1, 20_000, 'the number was called');
  await isIn('available');
  expect(await callOnLine()).toBeNull();
  await lines.quiet();
});
