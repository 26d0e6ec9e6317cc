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
  expect(await check('emergency', '4711')).toBe('right');
  expect(await check('night', '081500')).toBe('right');
  for (const [name, pin] of [
    ['emergency', '4712'],
    ['emergency', ''],
    ['emergency', '47110'],
    ['night', '4711'],
  ] as const)
    expect(await check(name, pin)).toBe('wrong');
  for (const pin of ['4711', '']) expect(await check('nobody', pin)).toBe('unset');
});

it('after ten wrong ones even the right one has to wait, longer each time; the right one clears it', async () => {
  const { check, pass } = checker();
  for (let n = 0; n < 10; n += 1) expect(await check('emergency', '0000')).toBe('wrong');
  expect(await check('emergency', '4711')).toBe('locked');
  expect(await check('night', '081500')).toBe('right');
  pass(30_000);
  expect(await check('emergency', '0000')).toBe('wrong');
  pass(30_000);
  expect(await check('emergency', '4711')).toBe('locked');
  pass(30_000);
  expect(await check('emergency', '4711')).toBe('right');
  expect(await check('emergency', '0000')).toBe('wrong');
  expect(await check('emergency', '4711')).toBe('right');
});
