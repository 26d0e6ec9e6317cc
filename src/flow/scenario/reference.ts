import { z } from 'zod';
import { descriptionOf } from '../defaults.ts';
import { code, table } from '../reference/tables.ts';
import { givenAnswer } from './look-up-schema.ts';
import { SCENARIO_PROBLEMS } from './problems.ts';
import { fileHead, scenarioHead } from './schema.ts';
import { expectation, STEP_KINDS } from './steps.ts';

/** A whole file, as it stands in the reference. */
export const SCENARIO_EXAMPLE = `# dealer-lookup.test.yaml
flow: dealer-lookup
at: 2026-11-23T10:00                            # a Monday morning
lookUps:
  dealers.by-province: { answer: [] }           # no dealer anywhere
  switches.get: { answer: { on: false } }       # no emergency announcement
scenarios:
  - name: says so when there is no dealer, and asks again
    steps:
      - hears: dealer.ask-how                   # a key of the catalogue …
      - presses: 1
      - hears: { tr: plaka kodu, en: plate code } # … or a part of what is said
      - presses: "34#"
      - hearsOnly: [dealer.none, dealer.ask-how]
      - says nothing
      - hears: general.no-input
      - hangs up`;

const INTRODUCTION = `## Scenario tests

A scenario is a call told beforehand: what the caller does, what is heard, what comes of it. They stand beside their flow, in
\`<flow>.test.yaml\` (or \`<flow>.<part>.test.yaml\`), and are played in milliseconds, without a telephone and always in the same way:

    santral flow test                           # all of them; also: which nodes and exits none of them has come through
    santral flow test dealer-lookup --coverage-min 90
    santral flow run dealer-lookup --record flows/dealer-lookup.new.test.yaml   # writes what you play as a scenario

For completion in an editor put \`# yaml-language-server: $schema=schema/scenario.schema.json\` on the first line.

\`\`\`yaml
${SCENARIO_EXAMPLE}
\`\`\`

A scenario is run once in each language of the flow unless \`language\` says otherwise. The clock stands still unless a step or a slow
answer moves it. A look-up without a given answer, and a fault of the flow, fail the scenario. After the last step the caller hangs up.
What stands at the top of the file holds for all its scenarios; a scenario says what is different. The names of \`lookUps\` are
actions (\`dealers.by-province\`) and addresses (\`https://crm.example/orders/*\`, \`POST https://crm.example/orders\`).
`;

/** The section of the reference about scenarios. */
export function scenarioReference(): string {
  return [
    INTRODUCTION,
    `### The top of a scenario file\n\n${fields(fileHead)}\n| ${code('scenarios')} | yes | The scenarios, each a call of its own. |\n`,
    `### A scenario\n\n${fields(scenarioHead)}\n| ${code('steps')} | yes | What is heard and done, in order. |\n`,
    `### Steps\n\n${table(
      ['step', 'what it says', 'example'],
      STEP_KINDS.map(({ name, doc, example }) => [code(name), doc, code(example)]),
    )}\n`,
    `### Given answers\n\n${fields(givenAnswer)}\n`,
    `### What \`expect\` may name\n\n${fields(expectation)}\n`,
    `### What can be wrong with a scenario file\n\nEach code begins with \`scenario.\`.\n\n${table(
      ['code', 'meaning'],
      Object.entries(SCENARIO_PROBLEMS).map(([name, doc]) => [code(name), doc]),
    )}\n`,
  ].join('\n');
}

function fields(schema: z.ZodObject): string {
  const rows = Object.entries(schema.shape as Record<string, z.ZodType>).map(([name, field]) => [
    code(name),
    field instanceof z.ZodOptional ? '' : 'yes',
    descriptionOf(field),
  ]);
  return table(['field', 'needed', 'meaning'], rows);
}
