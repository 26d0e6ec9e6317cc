import { readFileSync } from 'node:fs';
import { describe, expect, it, test } from 'vitest';
import { parse } from 'yaml';
import { flowReference } from '../../../src/flow/reference/reference.ts';
import { SCENARIO_EXAMPLE } from '../../../src/flow/scenario/reference.ts';
import { scenarioJsonSchema, scenarioSchema } from '../../../src/flow/scenario/schema.ts';
import { STEP_KINDS } from '../../../src/flow/scenario/steps.ts';
import { shippedRelease } from '../../flows/player.ts';
import { runFile, worldWith } from './kit.ts';

const world = worldWith(shippedRelease().release);
const DEALER =
  '{ name: Kara Elmas Servis, district: Merkez, province: 67, provinceName: Zonguldak, address: Gazipaşa, phone: "+903725550051", hours: [[], [], [], [], [], [], []] }';

/** Where each example stands: what comes before it, and of which flow. */
const AROUND: Readonly<Record<string, { readonly flow?: string; readonly before?: string; readonly after?: string }>> = {
  hears: { before: '- presses: "167"' },
  hearsOnly: { before: '- says nothing' },
  hearsNot: { before: '- presses: "167"' },
  presses: { after: '- hears: dealer.read' },
  'says nothing': { after: '- hears: general.no-input' },
  'hangs up': {},
  'hangs up after a talk': { flow: 'main-menu', before: '- presses: "10"\n      - queue: no-agents' },
  records: { flow: 'main-menu', before: '- presses: "153"', after: '- hears: main.comments-thanks' },
  queue: { flow: 'main-menu', before: '- presses: "10"', after: '- hears: main.talk-ended' },
  transfer: { flow: 'main-menu', before: '- presses: "10"\n      - queue: no-agents', after: '- hears: main.talk-ended' },
  waits: {},
  'flow hangs up': { before: '- presses: "*"' },
  expect: { before: '- presses: "167"' },
};

describe('every step', () => {
  it.each(STEP_KINDS.map((kind) => [kind.name, kind] as const))('%s: its example from the reference runs', (name, { example }) => {
    const { flow = 'dealer-lookup', before = '', after = '' } = AROUND[name] ?? {};
    expect(AROUND).toHaveProperty([name]);
    const steps = [before, example, after].filter((line) => line !== '').map((line) => `      ${line}\n`);
    const head = `flow: ${flow}\nat: 2026-11-23T10:00\nlookUps: { dealers.by-province: { answer: [${DEALER}] }, switches.get: { answer: { on: false } }, segments.find: { answer: { class: '' } } }\n`;
    const report = runFile(
      `${head}scenarios:\n  - name: it\n    language: tr\n    steps:\n${steps.join('')}`,
      `flows/${flow}.test.yaml`,
      world,
    );
    expect([report.problems, report.results.map(({ failure }) => failure)]).toEqual([[], [null]]);
  });
});

test('the whole file that the reference shows goes as it is written, in both languages', () => {
  expect(flowReference()).toContain(SCENARIO_EXAMPLE);
  const { problems, results } = runFile(SCENARIO_EXAMPLE, 'flows/dealer-lookup.test.yaml', world);
  expect([problems, results.map(({ language, failure }) => [language, failure])]).toEqual([
    [],
    [
      ['tr', null],
      ['en', null],
    ],
  ]);
});

describe('the schema for editors', () => {
  it.each(['flows/main-menu.test.yaml', 'flows/dealer-lookup.test.yaml'])('takes %s, which names it', (file) => {
    const text = readFileSync(file, 'utf8');
    expect(text).toMatch(/^# yaml-language-server: \$schema=schema\/scenario\.schema\.json\n/);
    expect(scenarioSchema.safeParse(parse(text, { maxAliasCount: -1 })).error).toBeUndefined();
  });

  it('knows every step, with its sentence', () => {
    const text = JSON.stringify(scenarioJsonSchema());
    for (const { name, schema, doc } of STEP_KINDS) {
      expect(text).toContain(`"${name}"`);
      if (schema !== null) expect(text).toContain(JSON.stringify(doc).slice(1, -1));
    }
  });
});
