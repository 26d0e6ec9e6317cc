import { z } from 'zod';
import { CALLBACK_RULES, type CallbackRules } from './callback.ts';
import { DURATION_PATTERN, parseDuration } from './duration.ts';

const NAME = /^[a-z][a-z0-9-]{0,59}$/;
const MOST_DELAYS = 10;
const MOST_FLOWS = 50;

const name = z.string().regex(NAME, 'must be small letters, digits and dashes, beginning with a letter');

function time(min: string, max: string) {
  return z
    .string()
    .regex(DURATION_PATTERN, 'must be a time such as 15m')
    .refine((text) => ms(text) >= ms(min) && ms(text) <= ms(max), `must be between ${min} and ${max}`);
}

/** Milliseconds of a time that fits the schema. */
function ms(text: string): number {
  return parseDuration(text) ?? 0;
}

/** One group of `callbacks:` in flows/queues.yaml, as it is written. */
export const callbackShape = z.strictObject({
  find: z
    .enum(['queue', 'off'])
    .default(CALLBACK_RULES.find)
    .describe('queue: who hangs up while waiting is called back · off: only who asks for it.'),
  flows: z
    .array(name)
    .max(MOST_FLOWS)
    .default([])
    .describe(
      'Flows of which who hangs up before they come to a queue is called back, too: unless they talked with somebody or left a message. The short abandon of the group’s queue counts from the call’s begin.',
    ),
  mode: z
    .enum(['agent-first', 'customer-first'])
    .default(CALLBACK_RULES.mode)
    .describe(
      'agent-first: an agent accepts, then the customer is dialled · customer-first: the customer is dialled, and is the next one served.',
    ),
  calendar: name.optional().describe('Customers are called while this calendar of flows/calendars/ is open. Default: always.'),
  skipWhenClosed: z.boolean().default(CALLBACK_RULES.skipWhenClosed).describe('Who hangs up while the queue is closed is left alone.'),
  attempts: z.int().min(1).max(10).default(CALLBACK_RULES.attempts).describe('So often a customer is rung at most.'),
  delays: z
    .array(time('1m', '168h'))
    .min(1)
    .max(MOST_DELAYS)
    .default(['15m', '1h', '24h'])
    .describe('After the first attempt, the second …; the last repeats.'),
  busy: time('1m', '24h').default('5m').describe('After an attempt that found the line busy.'),
  expire: time('10m', '720h')
    .default('24h')
    .describe(
      'After that nobody is called back any more. Counted while `calendar` is open: nights, Sundays and holidays take nothing away.',
    ),
  cap: z.int().min(1).max(20).default(CALLBACK_RULES.cap).describe('Callbacks to one number within 24 hours, at most.'),
  ring: time('15s', '60s').default('30s').describe('How long the customer’s telephone rings.'),
  minTalk: time('0s', '2m')
    .default('5s')
    .describe('A call of ours in which the talk was shorter reached a mailbox, or nobody: it is an attempt. 0s: every talk counts.'),
  keep: time('0s', '720h').default('24h').describe('The number stays so long in an entry that is closed; then it is wiped.'),
  abroad: z.boolean().default(CALLBACK_RULES.abroad).describe('true: numbers abroad are called, too.'),
  flow: name
    .default(CALLBACK_RULES.flow)
    .describe('What the customer goes through once they answer; it is given the parameters queue, since and mode.'),
});
type WrittenCallbacks = z.infer<typeof callbackShape>;

export function callbackRulesOf(group: string, written: WrittenCallbacks): CallbackRules {
  const { find, flows, mode, calendar, skipWhenClosed, attempts, delays, cap, abroad, flow } = written;
  return {
    ...CALLBACK_RULES,
    ...{ group, find, flows, mode, skipWhenClosed, attempts, cap, abroad, flow },
    calendar: calendar ?? null,
    delaysMs: delays.map(ms),
    busyMs: ms(written.busy),
    expireMs: ms(written.expire),
    ringMs: ms(written.ring),
    minTalkMs: ms(written.minTalk),
    keepMs: ms(written.keep),
  };
}
