import { z } from 'zod';
import { LANGUAGES } from '../domain/language.ts';
import { defaults } from './defaults.ts';
import { NODE_KINDS } from './nodes/registry.ts';
import { VALUE_TYPES } from './parameters.ts';
import { anyValue, duration, nameText, perLanguage, target, variableName } from './parts.ts';

/** What stands at the top of a flow file, besides the nodes. */
export const flowHeader = z.strictObject({
  flow: nameText.describe('The flow’s name; the same as the file’s.'),
  title: perLanguage.optional().describe('What people call the flow.'),
  start: target.describe('The first node.'),
  languages: z
    .array(z.enum(LANGUAGES, { error: `must be one of ${LANGUAGES.join(', ')}` }))
    .min(1, { error: 'must name at least one language' })
    .optional()
    .describe('The languages the flow is offered in; also the order in which a missing translation is replaced. Default: all.'),
  answer: z
    .strictObject({
      policy: z.enum(['onStart', 'byFlow'], { error: 'must be onStart or byFlow' }).optional(),
      settle: duration('0ms', '5s').optional(),
    })
    .optional()
    .describe('onStart: the call is answered first. byFlow: it rings, and what is said is early media, until an `answer` node.'),
  record: z
    .boolean()
    .optional()
    .describe(
      'Whether calls that begin in this flow are recorded from the answer on. Default: as the number says, else SANTRAL_RECORD_CALLS. The node record-call says it in mid-call.',
    ),
  maxDuration: duration('10s', '24h')
    .optional()
    .describe(
      'How long a call that begins in this flow may last, sub-flows included. What is under way then is heard out; instead of the next prompt the call goes to `exits: { tooLong: node }`, once, or to a polite end. In a flow that others call it says nothing. Default: SANTRAL_MAX_CALL_MINUTES, which holds in any case.',
    ),
  afterCall: z
    .strictObject({ start: target.describe('The first node of the section.') })
    .optional()
    .describe('What is done when the caller is gone, however the call ended: { start: node }. See After the call.'),
  parameters: z
    .record(variableName, anyValue)
    .optional()
    .describe(
      'What a caller of this flow may give it, read as params.name: a default, or { type: text, required: true }, { type: number, default: 3 }; types are text, number, boolean, list, map and any. With `personal: true` it may be said, and stays out of the journal.',
    ),
  results: z
    .union([z.array(variableName), z.record(variableName, z.enum(VALUE_TYPES, { error: `must be one of ${VALUE_TYPES.join(', ')}` }))], {
      error: 'must be a list of variables, or a map of variables and types',
    })
    .optional()
    .describe('Variables given back to a flow that called this one: a list, or a map with the type of each.'),
  variables: z.record(variableName, anyValue).optional().describe('Variables with their first values.'),
  defaults: defaults.optional(),
  exits: z
    .strictObject({ error: target.optional(), exhausted: target.optional(), tooLong: target.optional() })
    .optional()
    .describe('Where `error` and `exhausted` lead for nodes that do not say, and `tooLong` when `maxDuration` is over.'),
});
export type FlowHeader = z.infer<typeof flowHeader>;

const [first, ...rest] = NODE_KINDS.map(({ schema }) => schema);

/** A whole flow file. The checker looks at head and nodes one by one; this is for editors. */
export const flowSchema = flowHeader.extend({
  nodes: z.record(nameText, z.discriminatedUnion('type', [first as z.ZodObject, ...rest])).describe('The nodes by name.'),
});
