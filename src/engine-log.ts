import { type DestinationStream, type Logger, type LoggerOptions, pino } from 'pino';
import type { Log } from './ports/log.ts';

/** Fields that may hold a person's number or a secret, wherever they stand. */
const REDACTED = ['password', 'secret', 'token', 'authorization', 'cookie', 'ani', 'phone', 'callerId'];
const PATHS = REDACTED.flatMap((name) => [name, `*.${name}`, `*.*.${name}`]);
/** Nine to fifteen digits in a row, with or without a plus: a full phone number in a text. */
const FULL_NUMBER = /\+?\d{9,15}(?!\d)/g;

/**
 * The engine's log: JSON lines on standard output, numbers and secrets taken out once, here. Lines are written behind the
 * caller's back, since a write to a pipe costs more than making the line: `flush` before the process ends.
 */
export function engineLog(level: string, to: DestinationStream = pino.destination({ dest: 1, sync: false })): Log & Pick<Logger, 'flush'> {
  const options = {
    level,
    base: null,
    redact: { paths: PATHS, censor: '…' },
    hooks: {
      logMethod(args, method) {
        method.apply(
          this,
          args.map((arg) => (typeof arg === 'string' ? arg.replace(FULL_NUMBER, hideMiddle) : arg)) as Parameters<typeof method>,
        );
      },
    },
    serializers: {
      err: (error: unknown) => {
        const plain = pino.stdSerializers.err(error as Error);
        if (plain === null || typeof plain !== 'object') return plain;
        return {
          ...plain,
          message: String(plain.message ?? '').replace(FULL_NUMBER, hideMiddle),
          stack: String(plain.stack ?? '').replace(FULL_NUMBER, hideMiddle),
        };
      },
    },
  } satisfies LoggerOptions;
  return pino(options, to);
}

function hideMiddle(number: string): string {
  return `${'*'.repeat(number.length - 2)}${number.slice(-2)}`;
}
