import { openOwnTransport } from '../../src/asterisk/own-transport.ts';
import { createTelephony, type TelephonyOptions } from '../../src/asterisk/telephony.ts';
import type { Clock } from '../../src/ports/clock.ts';
import type { Log } from '../../src/ports/log.ts';
import type { TelephonyEvent } from '../../src/ports/telephony.ts';

export type Transport = TelephonyOptions['transport'];

/** Where a telephony connects to; a fake or a real Asterisk. */
export interface Place {
  readonly ariUrl: string;
  readonly ariUser: string;
  readonly ariPassword: string;
  readonly app: string;
  readonly clock: Clock;
  /** A short sound. */
  readonly beep?: string;
}

interface LoggedLine {
  readonly level: 'debug' | 'info' | 'warn' | 'error';
  readonly message: string;
  readonly fields: object;
}

function memoryLog(lines: LoggedLine[]): Log {
  const at = (level: LoggedLine['level']) => (fields: object, message: string) => void lines.push({ level, message, fields });
  const log: Log = { debug: at('debug'), info: at('info'), warn: at('warn'), error: at('error'), child: () => log };
  return log;
}

export interface HearingOptions {
  readonly transport?: Transport;
  readonly password?: string;
  readonly timeoutMs?: number;
  readonly connections?: number;
  readonly onUp?: () => Promise<void>;
}

/** A telephony whose every event, up and down is kept. */
export function startHearing(place: Place, options: HearingOptions = {}) {
  const events: TelephonyEvent[] = [];
  const turns: string[] = [];
  const lines: LoggedLine[] = [];
  const telephony = createTelephony({
    transport: options.transport ?? openOwnTransport,
    app: place.app,
    url: place.ariUrl,
    user: place.ariUser,
    password: options.password ?? place.ariPassword,
    timeoutMs: options.timeoutMs ?? 3_000,
    ...(options.connections === undefined ? {} : { connections: options.connections }),
    clock: place.clock,
    beep: place.beep ?? '/clips/250',
    log: memoryLog(lines),
    random: () => 0.5,
  });
  telephony.listen({
    onEvent: (event) => {
      events.push(event);
      turns.push(event.kind);
    },
    onUp: async () => {
      turns.push('up');
      await options.onUp?.();
    },
    onDown: (reason) => void turns.push(`down: ${reason}`),
  });
  telephony.start();
  return {
    telephony,
    events,
    /** ups, downs and event kinds, in the order the listener saw them. */
    turns,
    lines,
    isUp: () => telephony.connection().kind === 'up',
    reason: () => {
      const state = telephony.connection();
      return state.kind === 'down' ? state.reason : '';
    },
    of: (channelId: string) =>
      events.filter((event) => (event.kind === 'started' ? event.channel.id === channelId : event.channelId === channelId)),
    find: <K extends TelephonyEvent['kind']>(kind: K, fits: (event: TelephonyEvent & { kind: K }) => boolean = () => true) =>
      events.find((event): event is TelephonyEvent & { kind: K } => event.kind === kind && fits(event as TelephonyEvent & { kind: K })),
  };
}

export type Hearing = ReturnType<typeof startHearing>;

/** The code of the SantralError a promise rejects with; fails when it resolves. */
export async function codeOf(promise: Promise<unknown>): Promise<string> {
  try {
    await promise;
  } catch (error) {
    return (error as { readonly code?: string }).code ?? String(error);
  }
  return 'resolved';
}
