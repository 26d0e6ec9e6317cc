import { afterAll, beforeAll, expect, it } from 'vitest';
import { openStage, type Stage } from '../kit/engine.ts';

const FLOW = `
flow: main
title: { tr: Deneme, en: Test }
start: welcome
nodes:
  welcome: { type: say, prompt: { text: { tr: Hos geldiniz, en: Welcome to the test line } }, next: ask }
  ask:
    type: menu
    prompt: { text: { tr: Secin, en: "For one press one, for two press two. [4s]" } }
    options: { 1: one, 2: two }
  one: { type: say, prompt: { text: { tr: Bir, en: One it is } }, next: bye }
  two: { type: say, prompt: { text: { tr: Iki, en: Two it is } }, next: bye }
  bye: { type: hangup, prompt: { text: { tr: Hosca kalin, en: Goodbye now } } }
`;

let stage: Stage;
beforeAll(async () => {
  stage = await openStage({ flows: { main: FLOW } });
});
afterAll(() => stage?.close());

it('a caller dials, hears prompts, presses a key, and is led to the end', async () => {
  const caller = await stage.call('1000');
  await caller.hears('Welcome to the test line');
  await caller.hears('For one press one, for two press two. [4s]');
  await caller.press('2');
  await caller.hears('Two it is');
  await caller.hears('Goodbye now');
  expect((await caller.ended()).cause).toBe(16);
  expect(caller.heard(['Welcome to the test line', 'For one press one, for two press two. [4s]', 'Two it is', 'Goodbye now'])).toEqual([
    'Welcome to the test line',
    'For one press one, for two press two. [4s]…',
    'Two it is',
    'Goodbye now',
  ]);
  expect(stage.asterisk.complaints()).toEqual([]);
});
