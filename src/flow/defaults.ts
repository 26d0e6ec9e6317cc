import { z } from 'zod';
import { ENGINE_DEFAULTS, engineDefault } from './engine-defaults.ts';
import { bargeIn, duration, durationOrNone, oneKey, prompt, terminator, typeAhead, wholeNumber } from './parts.ts';

const timing = {
  firstDigit: duration('500ms', '2m').optional().describe('How long to wait for the first key, from the end of the prompt.'),
  interDigit: duration('200ms', '30s').optional().describe('How long to wait for each further key.'),
  attempts: wholeNumber(1, 20).optional().describe('How often the prompt is heard at most.'),
  bargeIn: bargeIn.optional(),
  typeAhead: typeAhead.optional(),
};

/** The fields of nodes that a flow may set for all its nodes of a type. */
export const INHERITED = {
  say: { bargeIn: bargeIn.optional(), typeAhead: typeAhead.optional() },
  menu: {
    ...timing,
    terminator: terminator
      .optional()
      .describe('This key takes what was pressed at once: useful where one option begins another one; none for no such key.'),
  },
  collect: { ...timing, terminator: terminator.optional().describe('The key that ends the input early; none for no such key.') },
  record: {
    bargeIn: bargeIn.optional(),
    max: duration('1s', '30m').optional().describe('The longest recording.'),
    silence: duration('1s', '1m').optional().describe('Ends after this much silence.'),
    beep: z.boolean({ error: '@wrong-type' }).optional().describe('Whether a tone is heard before.'),
    terminator: z
      .union([oneKey, z.enum(['any', 'none'])], { error: 'must be one key, any or none' })
      .optional()
      .describe('The key that ends it.'),
  },
  http: {
    timeout: duration('100ms', '1m').optional().describe('Give up after this time.'),
    retries: wholeNumber(0, 3).optional().describe('How often it is tried again.'),
    maxBytes: wholeNumber(1, 1_000_000).optional().describe('The largest answer that is taken.'),
    filler: prompt
      .optional()
      .describe(
        'Heard when the answer is slow, and again as long as it is awaited; [] for silence. The default counts when the catalogue has it.',
      ),
    fillerAfter: duration('0ms', '30s').optional().describe('How slow that is, and the pause before it is heard again.'),
    onHangup: z
      .enum(['abort', 'finish'], { error: 'must be abort or finish' })
      .optional()
      .describe('What becomes of the request when the caller hangs up.'),
  },
  action: { timeout: duration('100ms', '1m').optional().describe('Give up after this time.') },
  transfer: {
    ring: duration('5s', '2m').optional().describe('How long it may ring.'),
    maxTalk: durationOrNone('10s', '12h').optional().describe('The talk is ended after this time; none for no limit.'),
  },
} as const satisfies Partial<Record<keyof typeof ENGINE_DEFAULTS, z.ZodRawShape>>;

export type InheritingType = keyof typeof INHERITED;
type Shape<T extends InheritingType> = z.infer<z.ZodObject<(typeof INHERITED)[T]>>;
type Full<T> = { readonly [K in keyof T]-?: NonNullable<T[K]> };

function shapeOf<T extends InheritingType>(type: T) {
  return z.strictObject(describedFields(type, INHERITED[type]) as (typeof INHERITED)[T]).optional();
}

/** `defaults:` at the top of a flow. */
export const defaults = z
  .strictObject({
    say: shapeOf('say'),
    menu: shapeOf('menu'),
    collect: shapeOf('collect'),
    record: shapeOf('record'),
    http: shapeOf('http'),
    action: shapeOf('action'),
    transfer: shapeOf('transfer'),
  })
  .describe('What the nodes of this flow take where they do not say, by type: menu: { attempts: 2 }. See Defaults.');
export type Defaults = z.infer<typeof defaults>;

/** Fields that have a value of the engine tell it. */
export function describedFields<F extends z.ZodRawShape>(type: string, fields: F): F {
  const described = Object.entries(fields).map(([name, field]) => {
    const value = engineDefault(type, name);
    if (value === undefined) return [name, field];
    return [name, (field as z.ZodType).describe(`${descriptionOf(field)} Default: \`${value}\`.`.trim())];
  });
  return Object.fromEntries(described) as F;
}

/** A field's own words, or those of what it wraps. */
export function descriptionOf(field: z.core.$ZodType): string {
  const own = z.globalRegistry.get(field)?.description;
  if (own !== undefined) return own;
  return field instanceof z.ZodOptional ? descriptionOf(field.unwrap()) : '';
}

/** The fields of a node as they count: its own, else the flow's, else the engine's. */
export function inherit<T extends InheritingType>(type: T, flow: Defaults, node: Readonly<Record<string, unknown>>): Full<Shape<T>> {
  const wide: Readonly<Record<string, unknown>> = flow[type] ?? {};
  const engine: Readonly<Record<string, unknown>> = ENGINE_DEFAULTS[type];
  const names = Object.keys(INHERITED[type]);
  return Object.fromEntries(names.map((name) => [name, node[name] ?? wide[name] ?? engine[name]])) as Full<Shape<T>>;
}
