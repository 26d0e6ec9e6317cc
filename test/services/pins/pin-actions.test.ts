import { expect, it } from 'vitest';
import { pinActions } from '../../../src/services/pins/pin-actions.ts';
import { actionContext } from '../../kit/action-context.ts';

function checker() {
  let now = 1_000_000;
  const actions = pinActions({
    pins: new Map([
      ['emergency', '4711'],
      ['night', '081500'],
    ]),
    clock: { now: () => now },
  });
  const context = actionContext();
  return {
    check: (name: string, pin: string) => actions['pins.check']({ name, pin }, context),
    pass: (ms: number) => {
      now += ms;
    },
  };
}

it('takes the PIN of that very name and no other', async () => {
  const { check } = checker();
  expect(await check('emergency', '4711')).toBe(true);
  expect(await check('night', '081500')).toBe(true);
  for (const [name, pin] of [
    ['emergency', '4712'],
    ['emergency', ''],
    ['emergency', '47110'],
    ['night', '4711'],
    ['nobody', '4711'],
    ['nobody', ''],
  ] as const)
    expect(await check(name, pin)).toBe(false);
});

it('after ten wrong ones even the right one has to wait, longer each time; the right one clears it', async () => {
  const { check, pass } = checker();
  for (let n = 0; n < 10; n += 1) expect(await check('emergency', '0000')).toBe(false);
  expect(await check('emergency', '4711')).toBe(false);
  expect(await check('night', '081500')).toBe(true);
  pass(30_000);
  expect(await check('emergency', '0000')).toBe(false);
  pass(30_000);
  expect(await check('emergency', '4711')).toBe(false);
  pass(30_000);
  expect(await check('emergency', '4711')).toBe(true);
  expect(await check('emergency', '0000')).toBe(false);
  expect(await check('emergency', '4711')).toBe(true);
});
