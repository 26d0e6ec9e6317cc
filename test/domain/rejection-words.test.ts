import { readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { rejectionIn } from '../../src/domain/rejection-words.ts';
import { NUMBER_REASONS } from '../../src/services/importer/number-cell.ts';
import { VARIABLE_REASONS } from '../../src/services/lists/variable-cell.ts';

/** Every text that these files give as a reason. */
function reasonsIn(file: string): readonly string[] {
  const source = readFileSync(file, 'utf8');
  const literals = [...source.matchAll(/(?:reason: |(?:SURPLUS|IN_LIST) = |fault\('\w+', )['`]([^'`]+)['`]/g)];
  return literals.map(([, text]) => (text ?? '').replace(/\$\{known[^`]*$/, 'ad, tutar').replace(/\$\{\w+\}/g, '17'));
}
const FILES = [
  'src/services/importer/prepare.ts',
  'src/services/importer/loader.ts',
  'src/services/importer/number-cell.ts',
  'src/services/lists/lists.ts',
  'src/services/matching/customer-row.ts',
  'src/services/matching/segment-row.ts',
];

describe('why a row was not taken', () => {
  const known = [...Object.values(NUMBER_REASONS), ...Object.values(VARIABLE_REASONS)];
  it.each([...new Set([...known, ...FILES.flatMap(reasonsIn)])])('"%s" has Turkish words', (reason) => {
    const turkish = rejectionIn('tr', reason);
    expect(turkish).not.toBe(reason);
    expect(turkish).not.toMatch(/\{\}|\$\{/);
    expect(rejectionIn('en', reason)).toBe(reason);
  });

  it('is found in every file that gives reasons', () => {
    for (const file of FILES) expect([file, reasonsIn(file).length > 0]).toEqual([file, true]);
  });

  it('keeps its numbers and names', () => {
    expect(rejectionIn('tr', 'repeats row 1204')).toBe('1204. satırı yineliyor');
    expect(rejectionIn('tr', 'is no variable of the list; there are ad, tutar')).toBe('listenin değişkeni değil; olanlar: ad, tutar');
    expect(rejectionIn('tr', 'something new')).toBe('something new');
  });
});
