import { afterAll, beforeAll, expect, it } from 'vitest';
import { type Ask, asAdmin } from '../kit/api.ts';
import { get, NEVER_AGAIN, numberOf, post, standing } from '../kit/campaign-run.ts';
import { openStage, type Stage } from '../kit/engine.ts';

const flow = (name: string, words: string) => `
flow: ${name}
title: { tr: x, en: ${name} }
start: hello
nodes:
  hello: { type: say, bargeIn: none, prompt: { text: { tr: x, en: "${words}" } }, next: bye }
  bye: { type: hangup }
`;
const MAIN = 'This is a message for you.';
const NOTE = 'This is a note for your mailbox.';
const [PERSON, SILENT, MACHINE, MAILBOX] = [numberOf(0), numberOf(1), numberOf(2), numberOf(3)];

let stage: Stage;
let ask: Ask;
beforeAll(async () => {
  stage = await openStage({ trunk: 'house', flows: { main: flow('main', MAIN), note: flow('note', NOTE) } });
  ask = await asAdmin(stage.engine());
  for (const number of [PERSON, SILENT, MACHINE, MAILBOX]) stage.house.expect(number, { kind: 'ignore' });
});
afterAll(() => stage?.close());

/** A campaign that calls these numbers once. */
async function campaign(numbers: readonly string[], machines: object) {
  const list = await post(ask, '/api/v1/lists', { name: numbers.join(), variables: [] });
  const contacts = numbers.map((number) => ({ number, variables: {} }));
  await post(ask, `/api/v1/lists/${list['id'] as string}/contacts`, { contacts });
  const usual = { name: 'Machines', flow: 'main', language: 'en', messageClass: 'informational', hours: '24/7', ringMs: 15_000 };
  const plan = { ...usual, lists: [list['id']], retries: { ...NEVER_AGAIN, machine: null }, machines };
  const { id } = (await post(ask, '/api/v1/campaigns', plan)) as { id: string };
  await post(ask, `/api/v1/campaigns/${id}/start`);
  const over = () => expect.poll(() => standing(ask, id), { timeout: 60_000, interval: 500 }).toMatchObject({ state: 'done' });
  return { over, counts: async () => (await standing(ask, id)).counts, id };
}

it('a person who says a word and one who says nothing hear the message; a machine that greets at length is let go', async () => {
  const run = await campaign([PERSON, SILENT, MACHINE], { flow: null });
  const [person, silent, machine] = await Promise.all([PERSON, SILENT, MACHINE].map((number) => stage.house.visitor(number)));
  if (person === undefined || silent === undefined || machine === undefined) throw new Error('Nobody was called');
  const hello = person.answer().then(() => person.say('Hello? [1s]'));
  const waits = silent.answer();
  const greeting = machine.answer().then(() => machine.say('You have reached the mailbox of a person who is out. [8s]'));
  await Promise.all([hello, waits, greeting, person.hears(MAIN), silent.hears(MAIN), machine.gone()]);
  await run.over();
  expect(await run.counts()).toEqual({ delivered: 2, machine: 1 });
  const { sums } = (await get(ask, `/api/v1/campaigns/${run.id}/figures`)) as { sums: { answered: number } };
  // It has answered, and was paid for.
  expect(sums.answered).toBe(3);
});

it('a mailbox gets its message when its greeting and its beep are over, and nobody calls again', async () => {
  const run = await campaign([MAILBOX], { flow: 'note' });
  const mailbox = await stage.house.visitor(MAILBOX);
  await mailbox.answer();
  await mailbox.say('Nobody is here. Please speak after the tone. [5s]');
  const greeted = Date.now();
  await mailbox.hears(NOTE);
  expect(Date.now() - greeted).toBeGreaterThan(1000);
  await mailbox.gone();
  await run.over();
  expect(await run.counts()).toEqual({ machine: 1 });
});
