import { describe, expect, it } from 'vitest';
import type { DirectoryEntry, Telephone } from '../../src/domain/directory.ts';
import { personAfter, type WrittenLine } from '../../src/domain/directory-change.ts';

const extension = (name: string): Telephone => ({ kind: 'extension', extension: name });
const usual = { ringMs: 25_000, accept: 'answer' } as const;
const line = (name: string, said: Partial<WrittenLine> = {}): WrittenLine => ({ telephone: extension(name), usual, ...said });
const rings = (name: string, ringMs: number) => ({ kind: 'line', telephone: extension(name), ringMs, accept: 'key' }) as const;
const KNOWN: DirectoryEntry = {
  ...{ kind: 'person', id: 'ayse', label: { tr: 'Ayşe', en: 'Ayshe' }, language: 'en', calendar: 'office', email: null, webhook: 'crm' },
  rounds: [[rings('1', 10_000), rings('2', 11_000)], [rings('3', 12_000)]],
};
const names = (entry: DirectoryEntry | undefined) =>
  entry?.rounds.map((round) =>
    round.map((one) => (one.kind === 'line' && one.telephone.kind === 'extension' ? one.telephone.extension : '')),
  );

describe('a person of the directory after a change', () => {
  it('is as before where nothing is said, the name in the other language, too', () => {
    expect(personAfter(KNOWN, 'ayse', { name: 'Ayşe' })).toEqual(KNOWN);
    expect(personAfter(KNOWN, 'ayse', { name: 'Ayshe' })).toEqual(KNOWN);
    expect(personAfter(KNOWN, 'ayse', { name: 'Ayşe', lines: ['1', '2', '3'].map((name) => line(name)) })).toEqual(KNOWN);
  });

  it('has what is said, nothing included', () => {
    const change = { name: 'A', language: null, calendar: null, email: 'a@example.com' } as const;
    expect(personAfter(KNOWN, 'ayse', change)).toEqual({
      ...KNOWN,
      ...{ label: { tr: 'A', en: 'A' }, language: null, calendar: null, email: 'a@example.com' },
    });
  });

  it('has its telephones together as long as they stand beside each other, each as it rang', () => {
    expect(names(personAfter(KNOWN, 'ayse', { name: 'Ayşe', lines: [line('1'), line('2'), line('4'), line('3')] }))).toEqual([
      ['1', '2'],
      ['4'],
      ['3'],
    ]);
    expect(names(personAfter(KNOWN, 'ayse', { name: 'Ayşe', lines: [line('1'), line('4'), line('2')] }))).toEqual([['1'], ['4'], ['2']]);
    const changed = personAfter(KNOWN, 'ayse', { name: 'Ayşe', lines: [line('3', { ringMs: 30_000 }), line('4')] });
    expect(changed?.rounds).toEqual([[rings('3', 30_000)], [{ kind: 'line', telephone: extension('4'), ...usual }]]);
  });

  it('is somebody new with telephones only', () => {
    expect(personAfter(undefined, 'ece', { name: 'Ece' })).toBeUndefined();
    expect(personAfter(undefined, 'ece', { name: 'Ece', lines: [line('7')] })).toMatchObject({
      ...{ id: 'ece', label: { tr: 'Ece', en: 'Ece' }, language: null, calendar: null, email: null, webhook: null },
      rounds: [[{ telephone: extension('7'), ...usual }]],
    });
  });
});
