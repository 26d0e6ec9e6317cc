import { readFileSync } from 'node:fs';
import { describe, expect, it, test } from 'vitest';
import { parse } from 'yaml';
import type { ValueMap } from '../../src/domain/value.ts';
import { checkRelease, type Problem } from '../../src/flow/check.ts';
import { compileExpression } from '../../src/flow/expression.ts';
import { FILTERS } from '../../src/flow/filters.ts';
import { Scope } from '../../src/flow/scope.ts';
import { compileTemplate } from '../../src/flow/template.ts';
import { shippedRelease } from '../flows/player.ts';
import { check, MONDAY } from './kit.ts';
import { PROMPTS } from './node-prompts.ts';
import { runFile, worldWith } from './scenario/kit.ts';

const README = readFileSync('flows/README.md', 'utf8');
const BLOCKS = [...README.matchAll(/^```yaml\n([\s\S]*?)^```$/gm)].map(([, text = '']) => text);
const NINE = [{ from: 540, to: 1080 }];
/** What the examples speak of, as a call holds it. */
const VARS: ValueMap = {
  index: 0,
  total: 7,
  n: 21,
  x: 2.5,
  a: true,
  b: false,
  c: false,
  plate: '34',
  name: 'Ayşe',
  dealers: [{ name: 'A', province: 34, phone: '+902125550001', hours: [NINE, NINE, NINE, NINE, NINE, [], []] }],
  dealer: { name: 'A', phone: '+902125550001', address: 'Gazipaşa', hours: [NINE, NINE, NINE, NINE, NINE, [], []] },
  count: 3,
  place: 2,
  yes: '1',
  balance: 1250.5,
  delivery: MONDAY,
  slot: { startsAt: MONDAY },
  openness: { opensAt: MONDAY },
  answer: { day: '2026-11-26' },
  code: '123456',
};
const CALL = {
  did: '1000',
  ani: '+905550000012',
  language: 'tr',
  brand: 'santral',
  direction: 'inbound',
  talked: 'no',
  ended: '',
  lastNode: '',
  lateResult: '',
} as const;
const SCOPE = new Scope(VARS, CALL);
/** An entry of a time is text; the slots of an appointment are maps. */
const TIME_ENTRY = new Scope({ slot: '14:30' }, CALL);

const told = (problems: readonly Problem[]) => problems.map(({ line, code, message }) => `${line} ${code} ${message}`);
const indent = (text: string) => text.trimEnd().replaceAll(/^/gm, '  ');

/** Of a whole flow: everything that is said of it where the prompts are the shipped ones. */
function sayOfFlow(text: string, id: string): readonly string[] {
  let said: readonly Problem[] = [];
  shippedRelease(300, (sources) => {
    const checked = checkRelease({ ...sources, files: [...sources.files, { path: `flows/${id}.yaml`, text }] });
    said = checked.problems.filter(({ file }) => file === `flows/${id}.yaml`);
    return checked;
  });
  // An exit that the engine wires itself is no mistake: it is what keeps an example short.
  return told(said.filter(({ code }) => code !== 'flow.exit-defaulted'));
}

/** Of a part: the errors once it stands in a flow that has what it leads to. The prompts of parts are the reader's own. */
function sayOfPart(nodes: string, head = ''): readonly string[] {
  const first = nodes.slice(0, nodes.indexOf(':'));
  const flow = (rest: string) => `flow: main\nstart: ${first}\n${head}nodes:\n${indent(nodes)}\n${rest}`;
  const lost = check({ main: flow('') }, { prompts: PROMPTS }).problems.flatMap(({ code, message }) =>
    code === 'flow.unknown-target' ? [/"(.+)"/.exec(message)?.[1] ?? ''] : [],
  );
  const rest = [...new Set(lost)].map((target) => `  ${target}: { type: hangup }\n`).join('');
  const { problems } = check({ main: flow(rest), 'dealer-lookup': CALLED }, { prompts: PROMPTS });
  return told(problems.filter(({ severity, code }) => severity === 'error' && code !== 'flow.unknown-variable'));
}

const CALLED = `flow: dealer-lookup
start: find
parameters: { province: "" }
results: [dealer]
nodes:
  find: { type: set, set: { dealer: "params.province" }, next: return }
`;

function sayOf(text: string): readonly string[] {
  const value = parse(text, { maxAliasCount: -1 }) as Record<string, unknown>;
  if ('scenarios' in value) {
    const { problems, results } = runFile(text, `flows/${String(value['flow'])}.test.yaml`, worldWith(shippedRelease().release));
    return [...told(problems), ...results.flatMap(({ failure }) => failure ?? []).map(({ message }) => message)];
  }
  if ('nodes' in value) return sayOfFlow(text, String(value['flow']));
  if ('defaults' in value) return sayOfPart('bye: { type: hangup }', text);
  if ('prompt' in value) return sayOfPart(`read:\n  type: say\n${indent(text)}\n  next: bye`);
  expect(Object.keys(value), 'a part is one node').toHaveLength(1);
  return sayOfPart(text);
}

describe('every example of the reference', () => {
  it('is found', () => {
    expect(BLOCKS.length).toBeGreaterThan(25);
    expect(BLOCKS.filter((text) => text.includes('\nnodes:')).length).toBeGreaterThanOrEqual(2);
  });

  it.each(BLOCKS.map((text) => [text.slice(0, text.indexOf('\n')), text]))('%s …: the checker has nothing to say', (_, text) => {
    expect(sayOf(text)).toEqual([]);
  });
});

describe('every expression of the reference', () => {
  const [, table = ''] = /\| write \| for \|\n\|---\|---\|\n((?:\|.*\n)+)/.exec(README) ?? [];
  const written = table
    .split('\n')
    .flatMap((row) => [...(/^\|(.*?[^\\])\|/.exec(row)?.[1] ?? '').matchAll(/`([^`]+)`/g)])
    .map(([, code = '']) => code.replaceAll('\\|', '|'));

  it('is found', () => expect(written.length).toBeGreaterThan(20));

  it.each(written)('%s gives a value', (source) => {
    const compiled = compileExpression(source);
    if (!compiled.ok) throw new Error(compiled.problem.message);
    expect(compiled.expression.evaluate(SCOPE)).not.toBeUndefined();
  });
});

test.each(FILTERS.map(({ name, example }) => [name, example]))('the example of the filter %s is put into words', (name, example) => {
  expect(README.includes(example.replaceAll('|', '\\|'))).toBe(true);
  const { template, problems } = compileTemplate(example);
  expect(problems).toEqual([]);
  for (const language of ['tr', 'en'] as const) {
    const said = template.render(name === 'time' ? TIME_ENTRY : SCOPE, { language, zone: 'Europe/Istanbul', now: MONDAY }, 2000);
    expect(said).not.toMatch(/^\s*$|[{}]/);
  }
});
