import { expect, it } from 'vitest';
import { telephonesFrom } from '../../src/web/directory/telephones.ts';

it('takes one telephone a line, extensions as such, and leaves numbers as they were written', () => {
  expect(telephonesFrom(' 201\n\n0555 000 00 24\n+49 30 901820\n201-b \n')).toEqual([
    { extension: '201' },
    { number: '0555 000 00 24' },
    { number: '+49 30 901820' },
    { extension: '201-b' },
  ]);
  expect(telephonesFrom(' \n')).toEqual([]);
});
