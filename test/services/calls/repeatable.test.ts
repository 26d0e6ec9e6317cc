import { expect, it } from 'vitest';
import type { Command, Input } from '../../../src/flow/commands.ts';
import type { Turn } from '../../../src/flow/interpreter.ts';
import { isRepeatable } from '../../../src/services/calls/repeatable.ts';

const turn = (command: Command['kind'] | null, effects = 0): Turn =>
  ({ command: command === null ? null : { kind: command }, effects: Array.from({ length: effects }, () => ({})) }) as unknown as Turn;
const input = (kind: Input['kind']): Input => ({ kind }) as Input;

it.each<[string, Turn, Input | null, boolean]>([
  ['a prompt after a key', turn('play'), input('digits'), true],
  ['a question after a key', turn('collect'), input('digits'), true],
  ['a question after silence', turn('collect'), input('silence'), true],
  ['a prompt after a prompt', turn('play'), input('finished'), true],
  ['the first prompt', turn('play'), input('answered'), true],
  ['something that is caused: it must not be caused twice', turn('play', 1), input('digits'), false],
  ['what another system answered: it must not be asked twice', turn('play'), input('result'), false],
  ['a wait in a queue: the place must not be lost', turn('queue'), input('digits'), false],
  ['a call to somebody: they must not be rung twice', turn('dial'), input('digits'), false],
  ['the end', turn('hangup'), input('digits'), false],
  ['nothing', turn(null), input('digits'), false],
  ['what nobody led to', turn('play'), null, false],
])('may wait with its storing or not: %s', (_, one, led, may) => {
  expect(isRepeatable(one, led)).toBe(may);
});
