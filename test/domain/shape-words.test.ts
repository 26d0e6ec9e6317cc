import { expect, it } from 'vitest';
import { z } from 'zod';
import type { Problem } from '../../src/domain/problem.ts';
import { fitShape, readYaml } from '../../src/domain/yaml-source.ts';

const shape = z.strictObject({
  name: z.string().min(2).max(4),
  days: z.int().min(1).max(30).optional(),
  kind: z.enum(['a', 'b']).optional(),
  time: z
    .string()
    .refine((text) => text.includes(':'), 'must be a time such as 13:00')
    .optional(),
  list: z.array(z.string()).optional(),
});

it.each([
  ['days: 3', '"name" is missing.', 'Add name: with text.'],
  ['name: 5', '"name" must be text, not the number 5.', 'Write text.'],
  ['name: [abc]', '"name" must be text, not a list.', 'Write text.'],
  ['name: x', '"name" must be at least 2 characters.', 'Write at least 2 characters.'],
  ['name: too long', '"name" must be at most 4 characters.', 'Write at most 4 characters.'],
  ['name: abc\ndays: 1.5', '"days" must be a whole number, not the number 1.5.', 'Write a whole number.'],
  ['name: abc\ndays: 0', '"days" must be at least 1.', 'Write at least 1.'],
  ['name: abc\nkind: c', '"kind" must be one of a, b.', 'Write one of a, b.'],
  ['name: abc\ntime: noon', '"time" must be a time such as 13:00.', 'Write a time such as 13:00.'],
  ['name: abc\nlist: x', '"list" must be a list, not text.', 'Write a list.'],
  ['- name', 'The file must be a map, not a list.', 'Write a map.'],
  ['', 'The file must be a map, not empty.', 'Write a map.'],
])('what does not fit says what is expected: %s', (text, message, remedy) => {
  const problems: Problem[] = [];
  expect(fitShape(readYaml({ path: 'x.yaml', text }, 'room'), shape, 'room', problems)).toBeUndefined();
  expect(problems).toEqual([expect.objectContaining({ code: 'room.shape', message, remedy })]);
});
