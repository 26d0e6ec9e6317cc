import { afterAll, beforeAll, expect, it } from 'vitest';
import { openStage, type Stage } from '../kit/engine.ts';

const ASK = 'Please press one or two now. [3s]';
const FLOW = `
flow: main
title: { tr: Deneme, en: Test }
start: ask
nodes:
  ask:
    type: menu
    prompt: { text: { tr: x, en: "${ASK}" } }
    options: { 1: one, 2: two }
    firstDigit: 60s
  one: { type: hangup, prompt: { text: { tr: x, en: You have chosen one } } }
  two: { type: hangup, prompt: { text: { tr: x, en: You have chosen two } } }
`;
const CALLERS = 20;
/** From the engine's return to the menu that is heard again. */
const RESUMED_MS = 5000;
const PATIENCE_MS = 15_000;

let stage: Stage;
beforeAll(async () => {
  stage = await openStage({ flows: { main: FLOW } });
});
afterAll(() => stage?.close());

// A call that is dropped once is dropped: there is no second try.
it('behaviour 46: the engine is killed with twenty callers in a menu: nobody is dropped, no prompt is cut, each hears the menu again within five seconds and finishes', {
  retry: 0,
}, async () => {
  const callers = await Promise.all(Array.from({ length: CALLERS }, () => stage.call()));
  await Promise.all(callers.map((caller) => caller.hears(ASK)));
  await stage.engine().kill();
  let dropped = 0;
  for (const caller of callers) void caller.ended().then(() => (dropped += 1));
  // Who was in the middle of the prompt hears it to its end: Asterisk plays it by itself.
  for (const caller of callers) await caller.phone.ear.over(0, PATIENCE_MS);
  expect(callers.map((caller) => caller.heard([ASK]))).toEqual(Array(CALLERS).fill([ASK]));
  await stage.startEngine();
  const back = Date.now();
  const again = await Promise.all(callers.map((caller) => caller.hears(ASK, 'en', 30_000)));
  const late = again.map(({ fromMs }, index) => (callers[index]?.phone.ear.arrivedAt(fromMs) ?? Number.NaN) - back);
  expect(Math.max(...late)).toBeLessThanOrEqual(RESUMED_MS);
  expect(dropped).toBe(0);
  await Promise.all(callers.map((caller, index) => caller.press(index % 2 === 0 ? '1' : '2')));
  await Promise.all(callers.map((caller, index) => caller.hears(`You have chosen ${index % 2 === 0 ? 'one' : 'two'}`)));
  const ends = await Promise.all(callers.map((caller) => caller.ended()));
  expect(ends.map(({ cause }) => cause)).toEqual(Array(CALLERS).fill(16));
});

it('a call that comes while the engine is away is held ringing and served when it is back', async () => {
  await stage.engine().kill();
  const phone = await stage.house.call('1000');
  let answered = false;
  void phone.answered().then(() => (answered = true));
  await stage.asterisk.rx('core show channels count');
  expect(answered).toBe(false);
  await stage.startEngine();
  await phone.answered();
  const heard = await phone.ear.hears(() => true, 0, 15_000);
  expect(heard.tones.signature).not.toBeNull();
  await phone.hangUp();
});
