import * as fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { SCENARIO_PROBLEMS } from '../../../src/flow/scenario/problems.ts';
import { MOST_SCENARIOS, MOST_STEPS, readScenarios } from '../../../src/flow/scenario/read.ts';
import { runFile, scenarioOf } from './kit.ts';

const top = (head: string) => `flow: main\n${head}\nscenarios:\n  - { name: it, steps: [says nothing] }\n`;
const many = (count: number, line: string) => Array.from({ length: count }, () => line).join('\n');

/** What is wrong, where, and what helps: one bad file for each code at least. */
const BAD: readonly (readonly [code: keyof typeof SCENARIO_PROBLEMS, text: string, place: string, says: RegExp, remedy: RegExp])[] = [
  ['yaml', 'flow: [main\n', '1:7', /./, /The \[ in line 1, column 7 is not closed/],
  ['yaml', `${top('')}---\nflow: other\n`, '5:1', /more than one document/, /./],
  ['duplicate-key', top('at: 2026-11-23T10:00\nat: 2026-11-23T11:00'), '3:1', /"at" stands twice/, /Remove one/],
  ['too-large', `flow: main\nscenarios:\n${'#'.repeat(1_000_001)}`, '1:1', /more than 1000000 characters/, /Split it/],
  [
    'too-large',
    `flow: main\nscenarios:\n${many(MOST_SCENARIOS + 1, '  - { name: a, steps: [says nothing] }')}`,
    '2:1',
    /more than 300 scenarios/,
    /Split it/,
  ],
  ['too-large', scenarioOf(many(MOST_STEPS + 1, '- says nothing')), '5:5', /more than 300 steps/, /Make two/],
  ['unknown-key', top('look-ups: {}'), '2:1', /"look-ups" means nothing here/, /Did you mean "lookUps"/],
  ['unknown-key', scenarioOf('- expect: { nod: a }'), '6:19', /"nod" means nothing/, /Did you mean "node"/],
  ['missing-key', '', '1:1', /no scenarios/, /Begin with: flow:/],
  ['missing-key', 'flow: main\n', '1:1', /"scenarios" must be a list/, /Write scenarios:/],
  ['missing-key', 'scenarios: [{ name: a, steps: [says nothing] }]\n', '1:1', /"flow" is missing/, /Add it/],
  ['wrong-type', 'flow: main\nscenarios:\n  - name: a\n    steps: []\n', '4:5', /"steps" is empty/, /at least one step/],
  ['missing-key', 'flow: main\nscenarios: [{ name: a }]\n', '2:13', /"steps" must be a list/, /Write steps:/],
  ['wrong-type', '- a\n', '1:1', /no scenarios/, /./],
  ['wrong-type', 'flow: main\nscenarios: yes\n', '2:1', /must be a list/, /./],
  ['wrong-type', 'flow: main\nscenarios: [a]\n', '2:13', /a scenario must be a map/, /./],
  ['wrong-type', scenarioOf('- hears: { key: [a] }'), '6:18', /must be/, /Scenario tests/],
  ['bad-value', scenarioOf('- presses: 1x'), '6:9', /keys of a telephone/, /./],
  ['wrong-type', scenarioOf('- transfer: engaged'), '6:9', /must be one of answered, busy/, /./],
  ['bad-value', top('random: 2'), '2:1', /must be between 0 and 1/, /./],
  ['bad-value', scenarioOf('- says nothing', 'faults: [missing-valu]'), '3:5', /no fault missing-valu/, /Did you mean "missing-value"/],
  ['bad-value', top('lookUps: { "https://*": { after: 1s } }'), '2:12', /one of answer, error, status/, /./],
  ['bad-name', 'flow: Main Menu\nscenarios: [{ name: a, steps: [says nothing] }]\n', '1:1', /cannot be the name/, /./],
  ['bad-duration', scenarioOf('- waits: 5'), '6:9', /time with its unit/, /300ms, 5s, 30m/],
  ['bad-time', top('at: noon'), '2:1', /"noon" is no date and time/, /2026-11-23T10:00/],
  ['bad-time', scenarioOf('- says nothing', 'at: 2026-13-45T10:00'), '5:5', /no date and time/, /./],
  ['unquoted-digits', scenarioOf('- presses: 067'), '6:18', /067 stands without quotes/, /Write "067"/],
  [
    'flow-name',
    'flow: other\nscenarios: [{ name: a, steps: [says nothing] }]\n',
    '1:1',
    /named main\.test\.yaml, its flow other/,
    /other\.test\.yaml/,
  ],
  [
    'duplicate-name',
    'flow: main\nscenarios:\n  - { name: a, steps: [says nothing] }\n  - { name: a, steps: [says nothing] }\n',
    '4:7',
    /another scenario "a"/,
    /another name/,
  ],
  ['unknown-step', scenarioOf('- pressess: 1'), '6:9', /no step "\{ pressess: 1 \}"/, /Did you mean "presses"/],
  ['unknown-step', scenarioOf('- say nothing'), '6:9', /no step "say nothing"/, /Did you mean "says nothing"/],
  ['unknown-step', scenarioOf('- hangs up: now'), '6:9', /no step/, /./],
  ['unknown-step', scenarioOf('- presses'), '6:9', /no step/, /./],
  ['unknown-step', scenarioOf('- 7'), '6:9', /no step "7"/, /Steps: hears/],
  ['unknown-step', scenarioOf('- hears: a\n  presses: 1'), '6:9', /holds one thing/, /dash of its own/],
  ['unknown-flow', 'flow: gone\nscenarios: [{ name: a, steps: [says nothing] }]\n', '1:1', /no flow gone/, /Known: main/],
  ['unknown-flow', scenarioOf('- expect: { node: gone/menu }'), '6:9', /no flow gone/, /./],
  ['unknown-prompt', scenarioOf('- hears: test.menuu'), '6:9', /no prompt "test.menuu"/, /Did you mean "test.menu"/],
  ['unknown-node', scenarioOf('- expect: { node: menuu }'), '6:9', /main has no node "menuu"/, /Did you mean "menu"/],
  ['unknown-exit', scenarioOf('- expect: { exits: { call: bussy } }'), '6:9', /call has no exit "bussy"/, /Did you mean "busy"/],
  ['unknown-variable', scenarioOf('- expect: { variables: { kode: 1 } }'), '6:9', /no flow has a variable kode/, /Did you mean "code"/],
  ['unknown-parameter', scenarioOf('- says nothing', 'params: { whoo: 1 }'), '3:5', /main has no parameter whoo/, /Did you mean "who"/],
  ['unknown-look-up', top('lookUps: { dealers.by-provnce: { answer: 1 } }'), '2:12', /no action dealers.by-provnce/, /Did you mean/],
];

describe('a file that cannot be run says what is wrong, where, and what to do', () => {
  test.each(BAD.map((one, at) => [at, ...one] as const))('%i %s', (_at, code, text, place, says, remedy) => {
    const { ok, problems } = runFile(
      text,
      code === 'unknown-flow' && text.startsWith('flow: gone') ? 'flows/gone.test.yaml' : 'flows/main.test.yaml',
    );
    const found = problems.find((one) => one.code === `scenario.${code}`);
    expect(ok).toBe(false);
    expect(problems.map((one) => one.code)).toContain(`scenario.${code}`);
    expect(`${found?.line}:${found?.column}`).toBe(place);
    expect(found?.message).toMatch(says);
    expect(found?.remedy).toMatch(remedy);
  });

  test('every code of the catalogue has a bad file here', () => {
    expect([...new Set(BAD.map(([code]) => code))].toSorted()).toEqual(Object.keys(SCENARIO_PROBLEMS).toSorted());
  });
});

test('what is wrong with one scenario does not keep the others from being run', () => {
  const { results, problems } = runFile(
    'flow: main\nscenarios:\n  - { name: bad, steps: [wrong] }\n  - { name: good, language: tr, steps: [says nothing] }\n',
  );
  expect(problems).toHaveLength(1);
  expect(results.map(({ name }) => name)).toEqual(['good']);
});

test('a flow may have several files', () => {
  expect(runFile(scenarioOf('- says nothing'), 'flows/main.hours.test.yaml').ok).toBe(true);
});

test('a file that refers to itself a thousandfold is refused, not read for ever', () => {
  const lines = ['values:', '  - &a0 [x, x, x, x, x, x, x, x, x, x]'];
  for (let i = 1; i < 12; i += 1) lines.push(`  - &a${i} [${many(10, `*a${i - 1}`).replaceAll('\n', ', ')}]`);
  const { problems } = runFile(top(lines.join('\n')));
  expect(problems.map(({ code }) => code)).toContain('scenario.too-large');
});

test('no text makes the reader throw', () => {
  const piece = fc.constantFrom(
    'flow: main\n',
    'scenarios:\n',
    '  - name: a\n',
    '    steps:\n',
    '      - ',
    'hears: ',
    'presses: ',
    '{',
    '}',
    '[',
    ']',
    '&a ',
    '*a ',
    '"',
    '\n',
    '0',
    'x',
    '!!',
  );
  fc.assert(
    fc.property(
      fc.oneof(
        fc.string(),
        fc.array(piece, { maxLength: 30 }).map((parts) => parts.join('')),
      ),
      (text) => {
        for (const { file, line, column, remedy } of readScenarios({ path: 'flows/main.test.yaml', text }).problems) {
          expect([file, line >= 1, column >= 1, remedy !== '']).toEqual(['flows/main.test.yaml', true, true, true]);
        }
      },
    ),
    { numRuns: 500 },
  );
});
