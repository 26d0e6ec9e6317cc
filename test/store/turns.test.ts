import { expect, test } from 'vitest';
import { createTurns } from '../../src/store/turns.ts';

test('work goes one after the other, in order; what fails tells its own caller only', async () => {
  const inTurn = createTurns();
  const seen: string[] = [];
  const open: (() => void)[] = [];
  const work = (name: string) => () => {
    seen.push(`${name} begins`);
    return new Promise<string>((resolve, reject) => open.push(() => (name === 'b' ? reject(new Error(name)) : resolve(name))));
  };
  const [a, b, c] = ['a', 'b', 'c'].map((name) => inTurn(work(name)));
  const failed = expect(b).rejects.toThrow('b');
  await Promise.resolve();
  expect(seen).toEqual(['a begins']);
  open[0]?.();
  expect(await a).toBe('a');
  await expect.poll(() => open.length).toBe(2);
  open[1]?.();
  await failed;
  await expect.poll(() => open.length).toBe(3);
  open[2]?.();
  expect(await c).toBe('c');
});
