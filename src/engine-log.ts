import { type DestinationStream, type Logger, type LoggerOptions, pino } from 'pino';
import type { Log } from './ports/log.ts';

/** Fields that may hold a person's number or a secret, wherever they stand. */
const HIDDEN = new Set(['password', 'secret', 'token', 'authorization', 'cookie', 'ani', 'phone', 'callerId']);
/** Nine to fifteen digits in a row, with or without a plus: a full phone number in a text. */
const FULL_NUMBER = /\+?\d{9,15}(?!\d)/g;
const DEEPEST = 6;
const GATHERED_BYTES = 4096;
const GATHERED_MS = 250;

/**
 * The engine's log: JSON lines on standard output, numbers and secrets taken out once, here. Lines are written behind the
 * caller's back, since a write to a pipe costs more than making the line: `flush` before the process ends.
 */
export function engineLog(level: string, to: DestinationStream = standardOutput()): Log & Pick<Logger, 'flush'> {
  const options = {
    level,
    base: null,
    // A child's own fields do not pass through `formatters`.
    redact: { paths: [...HIDDEN], censor: '…' },
    formatters: { log: (fields: object) => hideFields(fields, 0) },
    hooks: {
      logMethod(args, method) {
        method.apply(this, args.map((arg) => (typeof arg === 'string' ? hideNumbers(arg) : arg)) as Parameters<typeof method>);
      },
    },
  } satisfies LoggerOptions;
  return pino(options, to);
}

/** Lines are gathered for a moment: many calls share one write. */
function standardOutput(): DestinationStream {
  const destination = pino.destination({ dest: 1, sync: false, minLength: GATHERED_BYTES });
  setInterval(() => destination.flush(), GATHERED_MS).unref();
  return destination;
}

/** A copy without what must not be written; errors become their parts. */
function hideFields(fields: object, depth: number): Record<string, unknown> {
  const shown: Record<string, unknown> = {};
  for (const [name, value] of Object.entries(fields)) shown[name] = HIDDEN.has(name) ? '…' : hide(value, depth + 1);
  return shown;
}

function hide(value: unknown, depth: number): unknown {
  if (typeof value === 'string') return hideNumbers(value);
  if (typeof value !== 'object' || value === null) return value;
  if (depth > DEEPEST) return '…';
  if (value instanceof Error) return hideFields(partsOf(value), depth);
  return Array.isArray(value) ? value.map((one) => hide(one, depth + 1)) : hideFields(value, depth);
}

function partsOf(error: Error): object {
  const { name, message, stack, cause } = error;
  return { ...error, type: name, message, stack, ...(cause === undefined ? {} : { cause }) };
}

function hideNumbers(text: string): string {
  return text.length < 9 ? text : text.replace(FULL_NUMBER, hideMiddle);
}

function hideMiddle(number: string): string {
  return `${'*'.repeat(number.length - 2)}${number.slice(-2)}`;
}
