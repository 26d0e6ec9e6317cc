import { mkdtempSync, rmSync } from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { type AgentOffice, openOffice } from '../kit/agents.ts';
import { openStage, type Stage } from '../kit/engine.ts';
import { until } from '../kit/lines.ts';
import { copyShippedFlows } from '../kit/shipped-flows.ts';

/** The web form as it is shipped, to the talk on a real Asterisk: sent, an agent asked, accepted with 1, the customer rung, both heard. */

const AGENT_NUMBER = '+902125550071';
const NUMBER = '+905550000037';
/** Longer than the shortest talk that counts (minTalk of flows/queues.yaml). */
const SPOKEN = 'Yes, I asked for an offer. [4s]';
const ANSWERED = 'You asked us to call. [4s]';
const SLOW_MS = 30_000;

interface Story {
  readonly callback: { readonly state: string; readonly reason: string | null; readonly callId: string | null };
  readonly history: readonly { readonly event: string; readonly by: string }[];
  readonly attempts: readonly { readonly no: number; readonly agent: string; readonly callId: string }[];
  readonly forms: readonly Record<string, unknown>[];
}

let dir: string;
let stage: Stage;
let office: AgentOffice;
beforeAll(async () => {
  dir = mkdtempSync(path.join(os.tmpdir(), 'santral-form-'));
  copyShippedFlows(path.join(dir, 'flows'), ['office', 'return-calls']);
  stage = await openStage({ trunk: 'house', env: { SANTRAL_FLOWS: path.join(dir, 'flows'), SANTRAL_FORM_MIN_SECONDS: '0' } });
  await stage.engine().logged(({ msg }) => msg === 'prompts are ready');
  office = await openOffice(stage);
});
afterAll(async () => {
  await office?.stop();
  await stage?.close();
  rmSync(dir, { recursive: true, force: true });
});

async function json<T>(where: string): Promise<T> {
  const answer = await office.admin(`/api/v1${where}`);
  const text = await answer.text();
  if (!answer.ok) throw new Error(`${where}: ${answer.status} ${text}`);
  return JSON.parse(text) as T;
}

/** As a page does, without a login. */
async function send(): Promise<void> {
  const form = `${stage.engine().url}/api/v1/callback-forms/call-me`;
  const opened = (await (await fetch(form)).json()) as { token: string; form: { consent: { version: string } } };
  const answer = { language: 'tr', number: '0555 000 00 37', name: 'Ayşe Yılmaz', topic: 'offer', consent: opened.form.consent.version };
  const sent = await fetch(form, {
    method: 'POST',
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify({ token: opened.token, ...answer }),
  });
  expect([sent.status, await sent.text()]).toEqual([202, '{"callsFrom":null}']);
}

it('a web form becomes a talk: entry, agent, 1, the customer’s telephone; who agreed to what stays on record', {
  retry: 0,
  timeout: 180_000,
}, async () => {
  stage.house.expect(AGENT_NUMBER, { kind: 'answer', afterMs: 300 });
  stage.house.expect(NUMBER, { kind: 'answer', afterMs: 300 });
  await send();
  const waiting = async () =>
    (await json<{ items: { id: string; state: string; origin: string; number: string }[] }>('/callbacks/open')).items;
  await until(async () => (await waiting()).length === 1, SLOW_MS, 'there is an entry');
  const [entry] = await waiting();
  expect(entry).toMatchObject({ state: 'open', origin: 'form', number: '+90 5** *** ** 37' });
  expect(stage.house.rung).toEqual([]);

  // A telephone outside may be a mailbox: nobody is dialled before a key is pressed.
  const agent = await office.agent('ayse', { number: AGENT_NUMBER, queues: ['sales'], skills: { products: 3 }, outside: true });
  await agent.do('login');
  const phone = await agent.visitor();
  await until(async () => (await waiting())[0]?.state === 'reserved', SLOW_MS, 'an agent is asked');
  expect(stage.house.rung.map(({ number }) => number)).toEqual([AGENT_NUMBER]);
  await phone.ear.hears(() => true, 0, SLOW_MS);
  await phone.press('1');
  const customer = await stage.house.visitor(NUMBER);
  await until(async () => (await agent.state()).kind === 'talking', SLOW_MS, 'they talk');
  await Promise.all([customer.say(SPOKEN), phone.hears(SPOKEN)]);
  await Promise.all([phone.say(ANSWERED), customer.hears(ANSWERED)]);
  await phone.hangUp();
  await customer.gone();

  const story = () => json<Story>(`/callbacks/${entry?.id}`);
  await until(async () => (await story()).callback.state === 'closed', SLOW_MS, 'it is done with');
  const { callback, history, attempts, forms } = await story();
  expect(callback.reason).toBe('served-outbound');
  expect(history.map(({ event }) => event)).toEqual(['found', 'reserve', 'dial', 'served']);
  expect(attempts).toMatchObject([{ no: 1, agent: agent.id, callId: callback.callId }]);
  expect(forms).toMatchObject([{ form: 'call-me', origin: 'own', language: 'tr', topic: 'offer', outcome: 'added' }]);
  expect(forms[0]?.['consentText']).toMatch(/^Bu talebim için aranmam amacıyla/);
  expect(stage.house.rung.map(({ number }) => number)).toEqual([AGENT_NUMBER, NUMBER]);
});
