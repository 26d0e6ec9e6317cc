import { describe, expect, test } from 'vitest';
import type { CheckLimits } from '../../src/flow/check.ts';
import { PROBLEMS, type ProblemCode } from '../../src/flow/problems.ts';
import { check } from './kit.ts';
import { around, type Bad, type Cases } from './problem-cases/bad.ts';
import { MEANING } from './problem-cases/meaning.ts';
import { SHAPE } from './problem-cases/shape.ts';
import { WIRING } from './problem-cases/wiring.ts';

/** A bad example for every code; what it must say, and where. */
const CASES: Cases = { ...SHAPE, ...WIRING, ...MEANING };

describe('every code of the catalogue', () => {
  const all = PROBLEMS.flatMap(({ code, severity }): [ProblemCode, string, Bad | null][] =>
    (CASES[code] ?? [null]).map((bad) => [code, severity, bad]),
  );

  test.each(all)('%s (%s)', (code, severity, bad) => {
    if (bad === null) throw new Error(`${code} has no bad example`);
    const { problems } = check(
      typeof bad.flows === 'string' ? { main: bad.flows } : bad.flows,
      bad.prompts === undefined ? {} : { prompts: bad.prompts },
    );
    const found = problems.filter((one) => one.code === `flow.${code}`);
    const places = found.map(({ file, line, column, message, remedy }) => ({ at: `${file}:${line}:${column}`, message, remedy }));
    const here = places.filter(({ at, message }) => at.startsWith(bad.at) && bad.says.test(message));
    expect(here, JSON.stringify(problems, null, 1)).not.toEqual([]);
    expect(found[0]?.severity).toBe(severity);
    for (const { remedy } of here) expect(remedy).not.toBe('');
    if (bad.remedy !== undefined) expect(here[0]?.remedy).toMatch(bad.remedy);
  });

  test('a flow with an error is not compiled; one with warnings and remarks is', () => {
    for (const [code, severity, bad] of all) {
      if (bad === null || code === 'duplicate-flow') continue;
      const { flows, problems } = check(typeof bad.flows === 'string' ? { main: bad.flows } : bad.flows);
      const wrong = problems.some((one) => one.severity === 'error' && one.file === 'flows/main.yaml');
      expect(flows.has('main'), code).toBe(
        severity === 'error' ? !wrong && typeof bad.flows === 'string' && bad.prompts !== undefined : !wrong,
      );
    }
  });
});

test('all problems of all files are told at once, in order', () => {
  const { problems } = check({
    a: `flow: a
start: begin
variables: { code: 0532 }
nodes:
  begin: { type: say, prompt: test.hlep, next: menu }
  menu: { type: menu, prompt: [], options: { 1: begin, 1: nowhere, x: begin }, firstDigit: 5 }
  find: { type: action, do: dealers.none, next: begin }
  set: { type: set, set: { n: "1 +" }, next: begin, colour: red }
`,
    b: 'flow: b\nstart: gone\nnodes:\n  a: { type: hangup, prompt: { text: { tr: "{{x}}" } } }\n',
  });
  const errors = problems.filter(({ severity }) => severity === 'error').map(({ file, line, code }) => `${file}:${line} ${code}`);
  expect(errors).toEqual([
    'flows/a.yaml:3 flow.unquoted-digits',
    'flows/a.yaml:5 flow.unknown-prompt',
    'flows/a.yaml:6 flow.ambiguous-option',
    'flows/a.yaml:6 flow.bad-option',
    'flows/a.yaml:6 flow.bad-duration',
    'flows/a.yaml:7 flow.unreachable-node',
    'flows/a.yaml:7 flow.unknown-action',
    'flows/a.yaml:8 flow.unreachable-node',
    'flows/a.yaml:8 flow.bad-expression',
    'flows/a.yaml:8 flow.unknown-key',
    'flows/b.yaml:2 flow.unknown-target',
    'flows/b.yaml:4 flow.unknown-variable',
    'flows/b.yaml:4 flow.missing-translation',
  ]);
});

test('what is wrong at a node hides nothing else: its other exits still lead somewhere', () => {
  const text = around(
    '  begin: { type: transfer, to: { extension: "1" }, next: second, ring: 5, exits: { busy: third, bussy: bye } }\n  second: { type: hangup }\n  third: { type: hangup }',
  );
  const errors = check({ main: text }).problems.filter(({ severity }) => severity === 'error');
  expect(errors.map(({ code }) => code).sort()).toEqual(['flow.bad-duration', 'flow.unknown-exit']);
});

test('a recording stands in for a missing text', () => {
  const text = around('  begin: { type: say, prompt: test.only-turkish, next: bye }');
  const errors = (recordings: string[]) => check({ main: text }, { recordings }).problems.filter(({ severity }) => severity === 'error');
  expect(errors([])).toHaveLength(1);
  expect(errors(['en/test.only-turkish'])).toEqual([]);
});

describe('the settings that the checker keeps', () => {
  const chain = (length: number) =>
    Object.fromEntries(
      Array.from({ length }, (_, i) => [
        `f${i}`,
        `flow: f${i}\nstart: a\nnodes:\n  a: ${i === length - 1 ? '{ type: return }' : `{ type: subflow, flow: f${i + 1}, next: return }`}\n`,
      ]),
    );
  const long = (length: number) => around(`  begin: { type: say, prompt: { text: { tr: ${'x'.repeat(length)}, en: x } }, next: bye }`);
  const errors = (flows: Readonly<Record<string, string>>, limits: Partial<CheckLimits>) =>
    check(flows, { limits: { maxSubflowDepth: 8, maxTextLength: 2000, ...limits } }).problems.filter(
      ({ severity }) => severity === 'error',
    );

  test.each([
    [8, 9, 0],
    [8, 10, 1],
    [12, 13, 0],
    [12, 14, 1],
    [2, 3, 0],
    [2, 4, 1],
  ])('SANTRAL_MAX_SUBFLOW_DEPTH=%i and a chain of %i flows', (maxSubflowDepth, length, wrong) => {
    const found = errors(chain(length), { maxSubflowDepth });
    expect(found).toHaveLength(wrong);
    for (const { message } of found) expect(message).toContain(`more than ${maxSubflowDepth} deep`);
  });

  test.each([
    [2000, 2000, 0],
    [2000, 2001, 1],
    [5000, 5000, 0],
    [5000, 5001, 1],
    [100, 101, 1],
  ])('SANTRAL_MAX_TEXT_LENGTH=%i and a text of %i characters', (maxTextLength, length, wrong) => {
    const found = errors({ main: long(length) }, { maxTextLength });
    expect(found.map(({ code, line }) => `${code}:${line}`)).toEqual(Array.from({ length: wrong }, () => 'flow.bad-value:5'));
    for (const { remedy } of found) expect(remedy).toContain('SANTRAL_MAX_TEXT_LENGTH');
  });
});

test('a flow without fault says nothing', () => {
  const text = around(
    '  begin: { type: menu, prompt: test.menu, options: { 1: bye, "*": begin } }',
    'exits: { error: bye, exhausted: bye }',
  );
  expect(check({ main: text }).problems).toEqual([]);
});

test('whatever the file holds, checking ends without throwing', () => {
  const texts = [
    'null',
    '5',
    '"text"',
    '[]',
    '{}',
    'flow: 5\nnodes: 7',
    'flow: main\nstart: x\nnodes: { x: null }',
    'nodes: { x: { type: 5 } }',
    '? [a]\n: b',
    'a: *nothing',
    'a: &a [*a]',
    '\u0000',
    'flow: main\nstart: begin\nnodes: { begin: { type: say, prompt: { text: null } } }',
    '!!binary aGVsbG8=',
    'a: !custom x',
    '%YAML 9.9\n---\na: 1',
    `${'['.repeat(5000)}`,
  ];
  for (const text of texts) expect(check({ main: text }).flows.size, text.slice(0, 40)).toBe(0);
});
