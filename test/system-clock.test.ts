import { expect, test } from 'vitest';
import { parseId } from '../src/domain/ids.ts';
import { growingIds } from '../src/system-clock.ts';

test('ids of one process grow, within a millisecond too, and when the clock is set back', () => {
  let now = 1_767_258_000_000;
  const ids = growingIds(
    () => now,
    () => Array.from({ length: 16 }, () => 255),
  );
  const made = Array.from({ length: 2000 }, (_, n) => {
    if (n % 500 === 499) now += n === 999 ? -5000 : 1;
    return ids.next('message');
  });
  expect(made).toEqual([...made].sort());
  expect(new Set(made).size).toBe(made.length);
  expect(made.every((id) => parseId('message', id) === id)).toBe(true);
});
