import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { type DiffLine, diffLines, partsOf } from '../../../src/web/flows/versions/line-diff.ts';

const signs = { same: ' ', added: '+', removed: '-' } as const;
const told = (lines: readonly DiffLine[]): string => lines.map(({ kind, text }) => `${signs[kind]}${text}`).join(' ');

describe('the difference of two texts', () => {
  it.each([
    ['a\nb\nc', 'a\nb\nc', ' a  b  c'],
    ['a\nb\nc', 'a\nx\nc', ' a -b +x  c'],
    ['', 'a\n', '+a'],
    ['a', '', '-a'],
    ['a\nb\n', 'b\na\n', '-a  b +a'],
    ['a\nb\nc\na\nb\nb\na', 'c\nb\na\nb\na\nc', '-a -b  c +b  a  b -b  a +c'],
  ])('from %j to %j', (before, after, wanted) => {
    expect(told(diffLines(before, after))).toBe(wanted);
  });

  it('numbers the lines of both', () => {
    expect(diffLines('a\nb', 'x\na\nb').map(({ before, after }) => [before, after])).toEqual([
      [null, 1],
      [1, 2],
      [2, 3],
    ]);
  });

  it('holds both texts whole, and no line twice', () => {
    const text = fc.array(fc.constantFrom('a', 'b', 'c', ''), { maxLength: 30 });
    fc.assert(
      fc.property(text, text, (a, b) => {
        const lines = diffLines(`${a.join('\n')}\n`, `${b.join('\n')}\n`);
        const of = (left: DiffLine['kind']) => lines.filter(({ kind }) => kind !== left).map((line) => line.text);
        expect(of('added')).toEqual(a.length === 0 ? [''] : a);
        expect(of('removed')).toEqual(b.length === 0 ? [''] : b);
      }),
    );
  });

  it('stays quick where nothing is the same', () => {
    const many = (word: string) => Array.from({ length: 5000 }, (_, i) => `${word} ${i}`).join('\n');
    expect(diffLines(many('a'), many('b'))).toHaveLength(10_000);
  });

  it('leaves out what is far from any difference', () => {
    const before = Array.from({ length: 20 }, (_, i) => `line ${i}`);
    const parts = partsOf(diffLines(before.join('\n'), before.with(10, 'new').join('\n')));
    expect(parts.map((part) => (part.kind === 'lines' ? part.lines.length : -part.count))).toEqual([-7, 8, -6]);
    expect(partsOf(diffLines('a', 'a'))).toEqual([{ kind: 'skipped', count: 1, from: 0 }]);
  });
});
