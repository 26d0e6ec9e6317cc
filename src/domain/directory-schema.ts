import { z } from 'zod';
import { DURATION_PATTERN, parseDuration } from './duration.ts';
import { LANGUAGES } from './language.ts';
import { parsePhoneNumber } from './phone-number.ts';
import { bilingual, QUEUE_NAME } from './queue-schema.ts';

/** A dealer's code, as imports take it. */
export const DEALER_CODE = /^[\p{L}\d][\p{L}\d._/-]{0,39}$/u;
const EXTENSION = /^[0-9A-Za-z_-]{1,32}$/;
const WEBHOOK_NAME = /^[a-z][a-z0-9-]{0,39}$/;
const LONGEST_NAME = 100;
const SHORTEST_RING_MS = 5000;
const LONGEST_RING_MS = 120_000;
/** More telephones in turn than anybody waits for, and more at once than a trunk should bear for one caller. */
const MOST_ROUNDS = 10;
const MOST_AT_ONCE = 10;

const name = z.string().regex(QUEUE_NAME, 'must be small letters, digits and dashes, beginning with a letter');
const ring = z
  .string()
  .regex(DURATION_PATTERN, 'must be a time such as 20s')
  .refine((text) => isBetween(parseDuration(text) ?? 0), 'must be between 5s and 2m')
  .optional()
  .describe('How long it rings. Default: 25s.');
const accept = z
  .enum(['answer', 'key'])
  .optional()
  .describe('key: who answers presses 1, so that a mailbox is no answer. Default: key for mobile numbers, answer for all others.');

function isBetween(ms: number): boolean {
  return ms >= SHORTEST_RING_MS && ms <= LONGEST_RING_MS;
}

const fields = {
  extension: z
    .string()
    .regex(EXTENSION, 'must be an extension in quotes, such as "100"')
    .optional()
    .describe('An extension of this house.'),
  number: z
    .string()
    .refine((text) => numberOf(text) !== undefined, 'must be a number in quotes, such as "+90 532 123 45 67"')
    .optional()
    .describe('An outside number.'),
  person: name.optional().describe('Somebody of people: all their telephones in their order.'),
  own: z.literal(true).optional().describe('The dealer’s own number.'),
  ring,
  accept,
};
type Whom = 'extension' | 'number' | 'person' | 'own';

/** One who is tried: named in exactly one of these ways. */
function memberShape<W extends Whom>(whom: readonly W[]) {
  const others = (['extension', 'number', 'person', 'own'] as const).filter((one) => !whom.some((allowed) => allowed === one));
  const mask = Object.fromEntries(others.map((one) => [one, true])) as Partial<Record<Whom, true>>;
  return z
    .strictObject(fields)
    .omit(mask)
    .refine(
      (written) => whom.filter((one) => (written as Partial<Record<Whom, unknown>>)[one] !== undefined).length === 1,
      `must name one of ${whom.join(', ')}`,
    ) as unknown as z.ZodType<WrittenAttempt>;
}
export type WrittenAttempt = Readonly<{
  extension?: string;
  number?: string;
  person?: string;
  own?: true;
  ring?: string;
  accept?: 'answer' | 'key';
}>;

const language = z.enum(LANGUAGES).optional().describe('What who answers is spoken to in. Default: the engine’s language.');
const calendar = name.optional().describe('A calendar of flows/calendars/.');
const email = z.email().max(254).optional().describe('Where notices go, such as of a missed call.');
const webhook = z
  .string()
  .regex(WEBHOOK_NAME, 'must be a name of flows/webhooks.yaml')
  .optional()
  .describe('A system of flows/webhooks.yaml that hears of missed calls.');
const common = { language, calendar, email, webhook };

const head = {
  person: { name: z.string().trim().min(1).max(LONGEST_NAME).describe('What people call them.'), ...common },
  department: { label: bilingual.describe('What people call it.'), ...common },
  dealer: {
    label: bilingual.optional().describe('Default: the dealer’s name.'),
    ...common,
    calendar: name.optional().describe('A calendar of flows/calendars/. Default: the dealer’s own hours.'),
  },
};
const members = {
  person: memberShape(['extension', 'number']),
  department: memberShape(['extension', 'number', 'person']),
  dealer: memberShape(['extension', 'number', 'person', 'own']),
};

/** What is tried is fitted one by one, so that a slip is told where it stands. */
const unfitted = z.array(z.unknown()).min(1).max(MOST_ROUNDS);
export const headShapes = {
  person: z.strictObject({ ...head.person, try: unfitted }),
  department: z.strictObject({ ...head.department, try: unfitted }),
  dealer: z.strictObject({ ...head.dealer, try: unfitted }),
};
export const roundShapes = {
  person: z.array(members.person).min(1).max(MOST_AT_ONCE),
  department: z.array(members.department).min(1).max(MOST_AT_ONCE),
  dealer: z.array(members.dealer).min(1).max(MOST_AT_ONCE),
};
export const memberShapes = members;

/** The number meant, E.164; undefined where nobody could be reached there. */
export function numberOf(text: string): { readonly e164: string; readonly isMobile: boolean } | undefined {
  const parsed = parsePhoneNumber(text, { region: 'TR', allow: ['service-444', 'nationwide', 'toll-free'] });
  return parsed.kind === 'ok' ? { e164: parsed.e164, isMobile: parsed.type === 'mobile' } : undefined;
}

/** The JSON Schema of `flows/directory.yaml` (draft 7). */
export function directoryJsonSchema(): Readonly<Record<string, unknown>> {
  const whole = <K extends keyof typeof head>(kind: K) =>
    z.strictObject({
      ...head[kind],
      try: z
        .array(z.union([members[kind], roundShapes[kind]]))
        .min(1)
        .max(MOST_ROUNDS)
        .describe('Who is tried, one after the other; those of a list within the list ring together.'),
    });
  const file = z.strictObject({
    people: z.record(name, whole('person')).optional(),
    departments: z.record(name, whole('department')).optional(),
    dealers: z.record(z.string().regex(DEALER_CODE), whole('dealer')).optional(),
  });
  const { $schema, ...rest } = z.toJSONSchema(file, { io: 'input', target: 'draft-7' });
  return { $schema, title: 'Santral directory', description: 'Departments, dealers’ staff and people: flows/directory.yaml.', ...rest };
}
