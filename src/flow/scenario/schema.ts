import { z } from 'zod';
import { LANGUAGES } from '../../domain/language.ts';
import { anyValue, nameText, variableName } from '../parts.ts';
import { lookUps } from './look-up-schema.ts';
import { STEP_KINDS } from './steps.ts';

const text = () => z.string({ error: '@wrong-type' });
const oneLanguage = z.enum(LANGUAGES, { error: `must be ${LANGUAGES.join(' or ')}` });

/** What a call begins with: at the top of the file for all scenarios, or in one of them. */
const settingFields = {
  language: z
    .union([oneLanguage, z.array(oneLanguage).min(1)], { error: `must be ${LANGUAGES.join(', ')}, or a list of those` })
    .optional()
    .describe('The language the call begins in, or a list: it is run once in each. Default: each language of the flow.'),
  at: text().optional().describe('The time it is, such as 2026-11-23T10:00; on the clocks of the brand’s zone unless an offset follows.'),
  direction: z
    .enum(['inbound', 'outbound'], { error: 'must be inbound or outbound' })
    .optional()
    .describe(
      'Who calls: somebody calls us (inbound), or the flow calls them (outbound: `dialled` is their number then). Default: inbound.',
    ),
  caller: text().optional().describe('The caller’s number (call.ani).'),
  dialled: text().optional().describe('The dialled number (call.did).'),
  params: z.record(variableName, anyValue).optional().describe('Parameters of the flow.'),
  random: z
    .number({ error: '@wrong-type' })
    .min(0, { error: 'must be between 0 and 1' })
    .max(1, { error: 'must be between 0 and 1' })
    .optional()
    .describe('What chance says, 0 to 1.'),
  lookUps: lookUps.optional(),
};

/** Everything of a scenario but its steps, which are looked at one by one. */
export const scenarioHead = z.strictObject({
  name: text().min(1, { error: '@wrong-type' }).max(200).describe('What is tried, in words.'),
  ...settingFields,
  faults: z.array(text()).optional().describe('Codes of faults that the flow is to meet. Without it any fault fails the scenario.'),
});
export type ScenarioHead = z.infer<typeof scenarioHead>;

/** Everything of a file but its scenarios. */
export const fileHead = z.strictObject({
  flow: nameText.describe('The flow that is called.'),
  values: anyValue.optional().describe('Values to be named once (`&name`) and used below (`*name`).'),
  ...settingFields,
});
export type FileHead = z.infer<typeof fileHead>;

const plain = STEP_KINDS.flatMap((kind) => (kind.schema === null ? [kind.name] : []));
const withValue = STEP_KINDS.flatMap((kind) =>
  kind.schema === null ? [] : [z.strictObject({ [kind.name]: kind.schema.describe(kind.doc) })],
);
const step = z.union([z.enum(plain as [string, ...string[]]), ...withValue]).meta({ id: 'step' });

/** A whole scenario file, for editors. */
export const scenarioSchema = fileHead.extend({
  scenarios: z
    .array(scenarioHead.extend({ steps: z.array(step).min(1).describe('What is heard and done, in order.') }))
    .min(1)
    .describe('The scenarios, each a call of its own.'),
});

/** The JSON Schema (draft 7) of a scenario file. */
export function scenarioJsonSchema(): Readonly<Record<string, unknown>> {
  const { $schema, ...rest } = z.toJSONSchema(scenarioSchema, { io: 'input', target: 'draft-7' });
  return { $schema, title: 'Santral scenarios', description: 'Scenario tests of a flow; flows/README.md is their reference.', ...rest };
}
