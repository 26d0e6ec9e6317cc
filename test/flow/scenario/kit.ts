import type { BrandId } from '../../../src/domain/brand.ts';
import type { Release } from '../../../src/flow/release.ts';
import type { ScenarioReport } from '../../../src/flow/scenario/report.ts';
import type { ScenarioWorld } from '../../../src/flow/scenario/run.ts';
import { runSuite } from '../../../src/flow/scenario/suite.ts';
import { LIMITS, release } from '../kit.ts';

/** A flow with something of everything that scenarios can do. */
export const FLOW = `flow: main
start: menu
parameters: { who: nobody }
variables: { code: "", answer: null, openness: null }
nodes:
  menu: { type: menu, prompt: test.menu, options: { 1: code, 2: call, 3: note, 4: crm, 5: office, 6: broken, 7: dealers, 8: wait, 0: bye }, noInput: test.help, exits: { exhausted: bye } }
  code: { type: collect, prompt: test.code, into: code, digits: 4, next: read }
  read: { type: say, prompt: test.read-back, next: menu }
  call: { type: transfer, to: { extension: "100" }, next: menu, exits: { busy: bye } }
  wait: { type: queue, queue: support, keys: { 1: note }, next: menu, exits: { overflow: bye, failed: menu } }
  note: { type: record, into: note, next: menu, exits: { empty: bye } }
  crm: { type: http, url: "https://crm.example/orders/7", into: answer, timeout: 5s, next: told, exits: { status: bye, timeout: bye } }
  told: { type: say, prompt: { text: { tr: "{{answer.name}}.", en: "{{answer.name}}." } }, next: menu }
  office: { type: hours, calendar: office, into: openness, exits: { open: menu, closed: bye } }
  broken: { type: say, prompt: { text: { tr: "{{answer.name}}", en: "x" } }, next: menu, exits: { error: bye } }
  dealers: { type: action, do: dealers.by-province, with: { province: "{{code}}" }, into: answer, next: menu, exits: { none: bye } }
  bye: { type: hangup, prompt: general.goodbye, cause: busy }
`;

export function worldWith(made: Release): ScenarioWorld {
  return { release: made, zone: 'Europe/Istanbul', brand: 'santral' as BrandId, limits: LIMITS, typeAheadKeys: 32 };
}

const WORLD = worldWith(release({ main: FLOW }));

/** Runs one file of scenarios of that flow. */
export function runFile(text: string, path = 'flows/main.test.yaml', world = WORLD): ScenarioReport {
  return runSuite([{ path, text }], world);
}

/** One Turkish scenario of these steps, and what stands beside them. */
export function scenarioOf(steps: string, head = ''): string {
  const indented = (text: string, by: string) => text.replace(/^\n/, '').trimEnd().replaceAll(/^/gm, by);
  return `flow: main\nscenarios:\n  - name: it\n    language: tr\n${head === '' ? '' : `${indented(head, '    ')}\n`}    steps:\n${indented(steps, '      ')}\n`;
}

/** Its failure as a line of text; what is wrong with the file when it cannot be run; `as written` when it went so. */
export function outcomeOf(steps: string, head = ''): string {
  const { problems, results } = runFile(scenarioOf(steps, head));
  if (problems.length > 0) return problems.map(({ line, column, code, message }) => `${line}:${column} ${code} ${message}`).join('\n');
  const [result] = results;
  if (result?.failure === null) return 'as written';
  const { line, column, step, message, expected, actual } = result?.failure ?? {};
  return `${line}:${column} ${step} | ${message} | ${expected} | ${actual}`;
}
