import { mkdtempSync, rmSync } from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { type AgentOffice, openOffice } from '../kit/agents.ts';
import { openStage, type Stage } from '../kit/engine.ts';
import { callWhere } from '../kit/journal.ts';
import { until } from '../kit/lines.ts';
import { copyShippedFlows, shippedWords } from '../kit/shipped-flows.ts';

/** The flows and queues as they are shipped, on a real Asterisk: who keeps the place by key is called when it is their turn. */

const AGENT_NUMBER = '7401';
const NUMBER = '+905550000027';
const DID = '1001';
const SPOKEN = 'Hello, here I am. [2s]';
const ANSWERED = 'I call you back as promised. [2s]';
/** Somebody has to wait until the queue speaks the first time, and a busy machine is slow. */
const COMFORT_MS = 60_000;
const SLOW_MS = 30_000;

interface Shown {
  readonly kind: string;
  readonly state: string;
  readonly reason: string | null;
  readonly since: number;
}

const words = shippedWords();
let dir: string;
let stage: Stage;
let office: AgentOffice;
beforeAll(async () => {
  dir = mkdtempSync(path.join(os.tmpdir(), 'santral-shipped-'));
  copyShippedFlows(path.join(dir, 'flows'), ['office', 'return-calls']);
  stage = await openStage({ trunk: 'house', env: { SANTRAL_FLOWS: path.join(dir, 'flows') } });
  // Rendering prompts takes much of a small machine: what is heard meanwhile is torn.
  await stage.engine().logged(({ msg }) => msg === 'prompts are ready');
  office = await openOffice(stage);
});
afterAll(async () => {
  await office?.stop();
  await stage?.close();
  rmSync(dir, { recursive: true, force: true });
});

async function callbacks(): Promise<readonly Shown[]> {
  const answer = await office.admin('/api/v1/callbacks?limit=50');
  return ((await answer.json()) as { items: Shown[] }).items;
}

/** From the main menu to the queue. */
async function waits(ani: string) {
  const caller = await stage.call(DID, { ani });
  await caller.hears(words('main.menu'), 'en', SLOW_MS);
  await caller.press('0');
  await caller.hears(words('general.transferring'), 'en', SLOW_MS);
  await caller.hears(words('queue.welcome'), 'en', SLOW_MS);
  return caller;
}

it('who presses 2 in the shipped queue hears so, hangs up, and is called before those who came later', async () => {
  stage.house.expect(AGENT_NUMBER, { kind: 'answer', afterMs: 300 });
  stage.house.expect(NUMBER, { kind: 'answer', afterMs: 300 });
  const agent = await office.agent('ayse', { number: AGENT_NUMBER, queues: ['support'] });
  await agent.do('login');
  await agent.do('pause', { reason: 'break' });

  const { database } = stage.asterisk.config.places;
  const came = Date.now();
  const first = await waits(NUMBER.replace('+90', '0'));
  const welcomed = Date.now();
  await first.hears(words('queue.keep-place'), 'en', COMFORT_MS);
  await first.press('2');
  await callWhere(
    database,
    DID,
    ({ journal }) => journal.some(({ kind, data }) => kind === 'node-entered' && data['node'] === 'keep-place'),
    'asked',
  );
  await first.press('1');
  await first.hears(words('callback.done'), 'en', SLOW_MS);
  await first.hears(words('general.goodbye'), 'en', SLOW_MS);
  await first.ended();
  expect(stage.house.rung).toEqual([]);

  const later = await waits('05550000028');
  await until(async () => (await callbacks()).length === 1, SLOW_MS, 'the place is kept');
  const [kept] = await callbacks();
  expect(kept).toMatchObject({ kind: 'requested', state: 'open' });
  // The place is where they joined the queue, not where they gave up the line.
  expect(kept?.since).toBeGreaterThanOrEqual(came);
  expect(kept?.since).toBeLessThanOrEqual(welcomed);

  await agent.do('available');
  const phone = await agent.visitor();
  const customer = await stage.house.visitor(NUMBER);
  await until(async () => (await agent.state()).kind === 'talking', SLOW_MS, 'they talk');
  await Promise.all([customer.say(SPOKEN), phone.hears(SPOKEN)]);
  await Promise.all([phone.say(ANSWERED), customer.hears(ANSWERED)]);
  expect(await callbacks()).toMatchObject([{ kind: 'requested', state: 'closed', reason: 'served-outbound' }]);
  // Who came later waits still: the agent's telephone rang once, for the one who kept the place.
  const { journal } = await callWhere(database, DID, () => true, 'there');
  expect(journal.filter(({ kind }) => kind === 'agent-offered')).toEqual([]);
  expect(stage.house.rung.map(({ number }) => number)).toEqual([AGENT_NUMBER, NUMBER]);
  await phone.hangUp();
  await customer.gone();
  await later.hangUp();
  await later.ended();
}, 240_000);
