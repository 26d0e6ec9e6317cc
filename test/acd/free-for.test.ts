import { expect, test } from 'vitest';
import { isOneFree } from '../../src/acd/free-for.ts';

const agent = (...queues: readonly string[]) => ({ queues });

test.each([
  ['somebody who serves it', 'a', [], [agent('a')], true],
  ['nobody', 'a', [], [], false],
  ['nobody of that queue', 'a', [], [agent('b')], false],
  ['the only one serves somebody of it', 'a', ['a'], [agent('a')], false],
  ['the only one of both queues serves somebody of the other', 'a', ['b'], [agent('a', 'b')], false],
  ['the one of both is left, as another serves the other queue', 'a', ['b'], [agent('a', 'b'), agent('b')], true],
  ['whoever comes first in the list', 'a', ['b'], [agent('b'), agent('a', 'b')], true],
  ['moved along three queues', 'a', ['b', 'c'], [agent('a', 'b'), agent('b', 'c'), agent('c', 'd')], true],
  ['one too few for three queues', 'a', ['b', 'c'], [agent('a', 'b'), agent('b', 'c')], false],
  ['who waits where nobody serves takes nobody', 'a', ['x', 'x', 'x'], [agent('a')], true],
] as const)('%s', (_, queue, wanted, free, expected) => {
  expect(isOneFree(queue, wanted, free)).toBe(expected);
});
