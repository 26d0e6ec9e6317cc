import { describe, expect, test } from 'vitest';
import { call, check } from './kit.ts';

const errors = (flows: Readonly<Record<string, string>>) => check(flows).problems.filter(({ severity }) => severity === 'error');

/** A flow of so many nodes in a row. */
const row = (count: number) =>
  `flow: main\nstart: n0\nexits: { error: bye }\nnodes:\n${Array.from({ length: count }, (_, i) => `  n${i}: { type: set, set: { x: ${i} }, next: ${i + 1 < count ? `n${i + 1}` : 'bye'} }`).join('\n')}\n  bye: { type: hangup }\nresults: [x]\n`;

describe('huge flows', () => {
  test('ten thousand nodes are more than a file may hold, and the error says what to do', () => {
    expect(errors({ main: row(10_000) })).toMatchObject([
      { code: 'flow.too-large', message: 'the file holds more than 50000 values', remedy: 'Split it into sub-flows.', line: 1 },
    ]);
    const comment = '# padding\n'.repeat(110_000);
    expect(errors({ main: comment })).toMatchObject([{ code: 'flow.too-large', message: 'the file has more than 1000000 characters' }]);
  });

  test('five thousand nodes in a row are checked, and the loop guard stops them at run time', () => {
    const text = row(5000);
    expect(errors({ main: text })).toEqual([]);
    const driven = call(text).do({ kind: 'answered' });
    expect(driven.faults()).toEqual(['too-many-transitions']);
    expect(driven.listen().command).toMatchObject({ kind: 'hangup' });
  });

  test('a circle of thousands of nodes is told in one line', () => {
    const [only, ...more] = errors({
      main: row(3000)
        .replace('next: bye }', 'next: n0 }')
        .replace(/ {2}bye.*\n/, '')
        .replace('exits: { error: bye }\n', ''),
    });
    expect(more).toEqual([]);
    expect(only).toMatchObject({ code: 'flow.loop-without-input' });
    expect(only?.message.length).toBeLessThan(200);
  });

  test('lists and maps deeper than any flow needs are refused', () => {
    expect(
      errors({ main: `flow: main\nstart: a\nvariables: { x: ${'['.repeat(60)}1${']'.repeat(60)} }\nnodes:\n  a: { type: hangup }\n` })[0],
    ).toMatchObject({
      code: 'flow.too-large',
    });
  });
});

describe('sub-flows without end', () => {
  const calling = (id: string, ...targets: string[]) => [
    id,
    `flow: ${id}\nstart: a0\nnodes:\n${targets.map((target, i) => `  a${i}: { type: subflow, flow: ${target}, next: ${i + 1 < targets.length ? `a${i + 1}` : 'return'} }`).join('\n')}\n`,
  ];
  const leaf = (id: string) => [id, `flow: ${id}\nstart: a\nnodes:\n  a: { type: return }\n`];

  test('a circle of a thousand flows is told at each call of it, in lines that can be read', () => {
    const flows = Object.fromEntries(Array.from({ length: 1000 }, (_, i) => calling(`f${i}`, `f${(i + 1) % 1000}`)));
    const told = errors(flows).filter(({ code }) => code === 'flow.subflow-recursion');
    expect(told).toHaveLength(1000);
    for (const { message } of told) {
      expect(message).toMatch(/^f\d+ → .*… → f\d+ calls itself$/);
      expect(message.length).toBeLessThan(120);
    }
  });

  test('flows that all call each other over many levels are checked once each, not once for every way', () => {
    const levels = 8;
    const wide = 12;
    const name = (level: number, n: number) => `l${level}-${n}`;
    const flows = Object.fromEntries(
      Array.from({ length: levels * wide }, (_, i) => {
        const level = Math.floor(i / wide);
        const targets = Array.from({ length: wide }, (_unused, n) => name(level + 1, n));
        return level + 1 < levels ? calling(name(level, i % wide), ...targets) : leaf(name(level, i % wide));
      }),
    );
    expect(errors(flows)).toEqual([]);
  });

  test('one level too deep is told where it is called', () => {
    const chain = (length: number) =>
      Object.fromEntries(Array.from({ length }, (_, i) => (i + 1 < length ? calling(`f${i}`, `f${i + 1}`) : leaf(`f${i}`))));
    expect(errors(chain(9))).toEqual([]);
    expect(errors(chain(10)).map(({ file, code }) => `${file} ${code}`)).toEqual(['flows/f8.yaml flow.subflow-recursion']);
  });
});
