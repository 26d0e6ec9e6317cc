import { describe, expect, test } from 'vitest';
import { parseCatalogue } from '../../../src/flow/catalogue.ts';
import { parseMessages } from '../../../src/flow/message-catalogue.ts';
import { PROBLEMS, type Problem } from '../../../src/flow/problems.ts';
import { namesIn } from '../../../src/flow/turkish/book.ts';
import { DEFINITION_MESSAGES, DEFINITION_REMEDIES, WANTED_LINES } from '../../../src/flow/turkish/definition-words.ts';
import { KIND_LINES, MUST_LINES, PLACE_LINES } from '../../../src/flow/turkish/kinds.ts';
import { EXPRESSION_LINES, YAML_LINES } from '../../../src/flow/turkish/library-words.ts';
import { MESSAGE_LINES, TEMPLATE_LINES, UNKNOWN_EXPRESSION, UNKNOWN_YAML } from '../../../src/flow/turkish/problem-messages.ts';
import { REMEDY_LINES } from '../../../src/flow/turkish/problem-remedies.ts';
import { turkishProblem } from '../../../src/flow/turkish/turkish-problem.ts';
import { check } from '../kit.ts';
import { around, type Cases } from '../problem-cases/bad.ts';
import { MEANING } from '../problem-cases/meaning.ts';
import { SHAPE } from '../problem-cases/shape.ts';
import { WIRING } from '../problem-cases/wiring.ts';
import { mustsInSource, saidInSource } from './said-in-source.ts';

const CASES: Cases = { ...SHAPE, ...WIRING, ...MEANING };

/** Names of the author's, numbers and examples stand in both languages. */
const KEPT = /"[^"…]+"|\d+|flows\/[\w./-]*\w|SANTRAL_\w+/g;

/** Words that stand in most English sentences, and in no Turkish one. */
const ENGLISH = /(?<!\p{L})(?:the|is|are|was|of|which|that|as)(?!\p{L})/iu;

function untold(problems: readonly Pick<Problem, 'code' | 'message' | 'remedy'>[]): string[] {
  return problems.filter((one) => !isTold(one)).map(({ code, message, remedy }) => `${code}: ${message} | ${remedy}`);
}

function isTold(problem: Pick<Problem, 'code' | 'message' | 'remedy'>): boolean {
  const said = turkishProblem(problem);
  if (said === null || [UNKNOWN_YAML, UNKNOWN_EXPRESSION].includes(said.message)) return false;
  return !ENGLISH.test(said.message) && !ENGLISH.test(said.remedy);
}

function inRoom(room: string, code: string): string {
  return code.includes('.') ? code : `${room}.${code}`;
}

function kept(text: string): string[] {
  return [...new Set(text.match(KEPT) ?? [])].sort();
}

test.each(PROBLEMS.map(({ code }) => code))('%s: every bad example is told in Turkish, with the same names', (code) => {
  for (const bad of CASES[code] ?? []) {
    const { problems } = check(
      typeof bad.flows === 'string' ? { main: bad.flows } : bad.flows,
      bad.prompts === undefined ? {} : { prompts: bad.prompts },
    );
    expect(problems.some((one) => one.code === `flow.${code}`)).toBe(true);
    expect(untold(problems)).toEqual([]);
    for (const problem of problems) {
      const said = turkishProblem(problem);
      expect(kept(said?.message ?? ''), problem.message).toEqual(expect.arrayContaining(kept(problem.message)));
      expect(kept(said?.remedy ?? ''), problem.remedy).toEqual(expect.arrayContaining(kept(problem.remedy)));
    }
  }
});

test('whatever the checker writes in its source has Turkish words', () => {
  const said = saidInSource('src/flow');
  expect(said.length).toBeGreaterThan(150);
  for (const one of said) expect(untold([{ ...one, code: inRoom('flow', one.code) }]), one.place).toEqual([]);
});

test('whatever the files beside the flows are told has Turkish words', () => {
  const said = ['src/domain', 'src/services/numbers', 'src/services/matching'].flatMap(saidInSource);
  expect(said.length).toBeGreaterThan(30);
  for (const one of said) expect(untold([{ ...one, code: inRoom('queues', one.code) }]), one.place).toEqual([]);
});

test('whatever the schemas ask of a value has Turkish words', () => {
  const [flows, connectors] = [false, true].map((other) =>
    mustsInSource('src/flow').filter(({ file }) => (file === 'connector-file.ts') === other),
  );
  const beside = ['src/domain', 'src/services/numbers', 'src/services/matching']
    .flatMap(mustsInSource)
    .filter(({ must }) => must.startsWith('must be '));
  expect(flows?.length).toBeGreaterThan(50);
  expect(beside.length).toBeGreaterThan(30);
  const asked = [
    ...(flows ?? []).map(({ must }) => ({ code: 'flow.bad-value', message: `"x" ${must}`, remedy: '' })),
    ...[...beside, ...(connectors ?? [])].map(({ must }) => ({
      code: 'queues.shape',
      message: `"x" ${must}.`,
      remedy: `Add x: with ${must.replace('must be ', '').replace(/, not [^,]*$/, '')}.`,
    })),
  ];
  expect(untold(asked)).toEqual([]);
});

describe('every line of the books', () => {
  const all = [
    ...MESSAGE_LINES,
    ...REMEDY_LINES,
    ...MUST_LINES,
    ...KIND_LINES,
    ...PLACE_LINES,
    ...TEMPLATE_LINES,
    ...YAML_LINES,
    ...EXPRESSION_LINES,
    ...WANTED_LINES,
    ...DEFINITION_MESSAGES,
    ...DEFINITION_REMEDIES,
  ];

  test('names the same things in both languages', () => {
    for (const [english, turkish] of all) expect(namesIn(turkish), english).toEqual(namesIn(english));
  });

  test('stands once', () => {
    const books = [MESSAGE_LINES, REMEDY_LINES, MUST_LINES, YAML_LINES, EXPRESSION_LINES];
    for (const lines of [...books, WANTED_LINES, DEFINITION_MESSAGES, DEFINITION_REMEDIES])
      expect(new Set(lines.map(([english]) => english)).size).toBe(lines.length);
  });

  test('of problems is found by its own words, not by another line’s', () => {
    const clear = (lines: readonly (readonly [string, string])[]) => lines.filter(([english]) => !english.includes(':'));
    for (const [english, turkish] of clear(MESSAGE_LINES))
      expect(turkishProblem({ code: 'flow.bad-value', message: english, remedy: '' })?.message).toBe(turkish);
    for (const [english, turkish] of REMEDY_LINES.filter(([text]) => !/‹\w+:/.test(text)))
      expect(turkishProblem({ code: 'flow.bad-value', message: 'the file is empty', remedy: english })?.remedy).toBe(turkish);
    for (const [english, turkish] of DEFINITION_MESSAGES.filter(([text]) => !/‹\w+:/.test(text)))
      expect(turkishProblem({ code: 'queues.shape', message: english, remedy: '' })?.message).toBe(turkish);
    for (const [english, turkish] of DEFINITION_REMEDIES.filter(([text]) => !/‹\w+:/.test(text)))
      expect(turkishProblem({ code: 'queues.shape', message: '"x" is missing.', remedy: english })?.remedy).toBe(turkish);
    for (const [english, turkish] of WANTED_LINES)
      expect(turkishProblem({ code: 'queues.shape', message: '"x" is missing.', remedy: `Write ${english}.` })?.remedy).toContain(turkish);
  });

  test('of problems speaks of what is, not of what would be', () => {
    for (const [, turkish] of all) expect(turkish).not.toMatch(/(?:[ae]rd[ıi]|[ıiuü]rd[ıiuü]|mazd[ıi]|mezd[ıi])(?!\p{L})/u);
  });
});

describe('what libraries say is told in Turkish', () => {
  test.each([
    'a: [1, 2',
    'a: {b: 1',
    'a: "x',
    "a: 'x",
    'a: b: c',
    'a:\n  b: 1\n c: 2',
    'a:\n\tb: 1',
    '- a\nb: 1',
    'a: @x',
    'a: `x',
    'a: %x',
    'a: |x\n  y',
    'a: "\\q"',
    'a: [1,,2]',
    'a: {,}',
    'a: &x &y 1',
    'a: !!x !!y 1',
    'a\nb: 1',
    'a: 1\n--- x\n...\nb',
    'a: [b: 1\n c]',
    'a: *nothing',
    'a: 1 # x\n}',
    ']',
    'a: ]',
    'a: "x" y',
    'a: {b: 1} c',
    '%YAML 9.9\n---\na: 1',
    '? a\n? b\n: - c\n -d',
    'a: b\n  c: d',
    'nodes:\n  x: {a: 1, b: }}',
    'a: > x\n y',
    'a: - b',
  ])('YAML: %j', (text) => expect(untold(check({ main: text }).problems)).toEqual([]));

  test.each([
    '1 +',
    '(1',
    'a b',
    '"x',
    "'a\nb'",
    '1 + "a"',
    'size(1)',
    'matches("a")',
    '"a".matches("b")',
    '[1].map(x, [2].map(y, y))',
    'true ? 1 : "a"',
    '1 && true',
    '!1',
    '-"a"',
    '1x',
    '0x',
    '1e',
    '[1, "a"]',
    '{"a": 1, "b": "c"}',
    '[1]["a"]',
    '1[0]',
    '1.map(x, x)',
    'has(1)',
    '[1].map(1, x)',
    'for',
    '#',
    '"\\q"',
    '"\\xzz"',
    '"\\777"',
    'b"\\u0041"',
    '1 ? 2 : 3',
    '[1].filter(x, 1)',
    '[1].all(x, 1)',
    'x'.repeat(501),
    'b"a"',
    '9999999999999999999999',
    '...',
    'a.b.',
    'int()',
    '[1].map(x)',
    '[1].all(1, true)',
    '[1].exists_one(x, 2)',
  ])('an expression: %j', (source) => {
    const text = around(`  begin: { type: set, set: { n: ${JSON.stringify(source)} }, next: bye }`);
    expect(untold(check({ main: text }).problems)).toEqual([]);
  });
});

test('faults of prompts and messages are told in Turkish, too', () => {
  const prompts = parseCatalogue([
    { path: 'sounds/a.yaml', text: 'a.b: { tr: 5, en: x, de: y }\nX: 1\nc.d: 5\ne.f: { tr: "{{x", en: "{{a|zzz}}" }' },
    { path: 'sounds/b.yaml', text: 'a.b: { tr: x, en: y }\n' },
    { path: 'sounds/c.yaml', text: '[]' },
  ]);
  const messages = parseMessages([
    { path: 'flows/messages/a.yaml', text: 'a.b: { sms: { tr: 5, de: x }, fax: {} }\nX: {}\nc.d: {}\ne.f: { class: what }' },
    { path: 'flows/messages/b.yaml', text: 'a.b: { sms: x }\ng.h: { class: commercial, sms: { tr: x, en: "{{brand}}" } }' },
    {
      path: 'flows/messages/c.yaml',
      text: 'i.j: { email: { subject: x, body: y }, webhook: 5 }\nk.l: { sms: { tr: "{{call.ani}}", en: "{{a|zzz}}" } }',
    },
    { path: 'flows/messages/d.yaml', text: '[]' },
  ]);
  expect(prompts.problems.length).toBeGreaterThan(4);
  expect(messages.problems.length).toBeGreaterThan(9);
  expect(untold([...prompts.problems, ...messages.problems])).toEqual([]);
});

test('what the checker does not know is not half told', () => {
  expect(turkishProblem({ code: 'flow.yaml', message: 'the file is empty', remedy: 'Sing a song.' })).toBeNull();
  expect(turkishProblem({ code: 'flow.bad-value', message: 'nobody sings', remedy: 'Remove it.' })).toBeNull();
});
