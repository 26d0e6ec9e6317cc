import { afterEach, expect, it } from 'vitest';
import { openCheckDesk } from '../../../src/check-desk.ts';
import { checkDefinitions, type PlainIngredients } from '../../../src/services/flows/check-definitions.ts';
import { manyNodes } from '../../bench/flow.ts';

const SETTINGS = { settleMs: 300, limits: { maxSubflowDepth: 8, maxTextLength: 2000 } };
const FAULTY = 'flow: main\nstart: gone\nnodes:\n  bye: { type: hangup, prompt: test.hello }\n';

const ingredients = (text: string): PlainIngredients => ({
  flows: [{ path: 'main.yaml', text }],
  catalogue: [{ path: 'sounds/test.yaml', text: 'test.hello: { tr: Merhaba., en: Hello. }\n' }],
  calendars: [],
  messages: [],
  connectors: null,
  queues: new Set(['support']),
  recordings: new Set(['tr/test.hello']),
});

let desk: ReturnType<typeof openCheckDesk>;
afterEach(() => desk.close());

it('says what the checker says, and shows flows as it does', async () => {
  desk = openCheckDesk();
  const { problems, checked } = checkDefinitions(ingredients(FAULTY), SETTINGS);
  expect(problems.length).toBeGreaterThan(0);
  expect(await desk.check(ingredients(FAULTY), SETTINGS)).toEqual({ problems, outlines: checked.outlines, scenarioProblems: [] });
});

it('says what scenario files say that cannot be, without running them', async () => {
  desk = openCheckDesk();
  const flows = FAULTY.replace('gone', 'bye');
  const file = (flow: string, key: string) => ({
    path: `${flow}.test.yaml`,
    text: `flow: ${flow}\nscenarios:\n  - { name: x, steps: [{ hears: ${key} }] }\n`,
  });
  const asked = (flow: string, key: string) => desk.check(ingredients(flows), SETTINGS, [file(flow, key)]);
  const looked = await Promise.all([asked('main', 'test.hello'), asked('mian', 'test.hello'), asked('main', 'test.helo')]);
  expect(looked.map(({ scenarioProblems }) => scenarioProblems.map(({ code }) => code))).toEqual([
    [],
    ['scenario.unknown-flow'],
    ['scenario.unknown-prompt'],
  ]);
});

it('lets everything else go on meanwhile', async () => {
  desk = openCheckDesk();
  const text = manyNodes().files[0]?.text ?? '';
  await desk.check(ingredients(FAULTY), SETTINGS);
  let turns = 0;
  let over = false;
  const turn = (): void => {
    turns += 1;
    if (!over) setImmediate(turn);
  };
  turn();
  const { problems } = await desk.check(ingredients(text), SETTINGS);
  over = true;
  expect(problems.filter(({ severity }) => severity === 'error')).toEqual([]);
  expect(turns).toBeGreaterThan(100);
});

it('answers each check with its own, in whatever order they are asked', async () => {
  desk = openCheckDesk();
  const names = ['a', 'b', 'c', 'd'];
  const looked = await Promise.all(names.map((name) => desk.check(ingredients(FAULTY.replace('gone', name)), SETTINGS)));
  expect(looked.map(({ problems }) => problems.find(({ code }) => code === 'flow.unknown-target')?.message)).toEqual(
    names.map((name) => `there is no node "${name}"`),
  );
});

it('tells who waits when it is closed, and starts anew for who asks then', async () => {
  desk = openCheckDesk();
  const waiting = desk.check(ingredients(FAULTY), SETTINGS);
  const told = expect(waiting).rejects.toThrow(/the engine stops/);
  await desk.close();
  await told;
  expect((await desk.check(ingredients(FAULTY), SETTINGS)).problems.length).toBeGreaterThan(0);
});
