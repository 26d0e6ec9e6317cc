import type { Clock } from '../ports/clock.ts';
import type { Log } from '../ports/log.ts';
import type { Telephony, TelephonyEvent } from '../ports/telephony.ts';
import { bridgeCommands } from './bridges.ts';
import { channelCommands } from './channels.ts';
import { commandsOver } from './command.ts';
import { hear } from './events.ts';
import { monitorCommands } from './monitors.ts';
import { playbackCommands } from './playbacks.ts';
import { recordingCommands, recordingTimes } from './recordings.ts';
import { repeatedKeys } from './repeated-keys.ts';
import { sipEndpointCommands } from './sip-endpoints.ts';
import { createSupervisor } from './supervisor.ts';
import { type AriTransport, DEFAULT_CONNECTIONS, type TransportOptions } from './transport.ts';
import { webEndpointCommands } from './web-endpoints.ts';

export interface TelephonyOptions {
  /** `openOwnTransport` or `openAriClientTransport`. */
  readonly transport: (options: TransportOptions) => AriTransport;
  readonly app: string;
  /** `http://127.0.0.1:8088` */
  readonly url: string;
  readonly user: string;
  readonly password: string;
  /** How long one command may take. */
  readonly timeoutMs: number;
  /** HTTP connections at the same time; see TransportOptions. */
  readonly connections?: number;
  /** The beep before a recording, as a path Asterisk can play. */
  readonly beep: string;
  /** The one address that browser phones' audio is bound to; undefined: all. */
  readonly mediaAddress?: string | undefined;
  readonly clock: Clock;
  readonly log: Log;
  /** Chance in 0..1, for the pauses between tries. */
  readonly random?: () => number;
}

/** What was heard and not used, by event type; `garbage` counts what was no event at all. */
export interface HeardCounts {
  readonly ignored: ReadonlyMap<string, number>;
  readonly garbage: number;
}

type Listener = Parameters<Telephony['listen']>[0];

/** Types of ignored events that are counted apart; a hostile or newer Asterisk can't fill the memory with names. */
const COUNTED_TYPES = 100;

/** The way to Asterisk over either transport. */
export function createTelephony(options: TelephonyOptions): Telephony & { heard(): HeardCounts } {
  const { clock, app } = options;
  const log = options.log.child({ room: 'asterisk' });
  let listener: Listener | undefined;
  const transport = options.transport({ ...options, connections: options.connections ?? DEFAULT_CONNECTIONS });
  const ignored = new Map<string, number>();
  const times = recordingTimes();
  const repeats = repeatedKeys();
  let garbage = 0;

  const supervisor = createSupervisor({
    transport,
    app,
    clock,
    log,
    random: options.random ?? Math.random,
    onEvent,
    onGarbage,
    onUp: async () => listener?.onUp(),
    onDown: (reason) => listener?.onDown(reason),
  });

  function onGarbage(why: string): void {
    garbage += 1;
    // Never the message itself: it may hold numbers.
    log.warn({ count: garbage }, `Asterisk sent something unusable: ${why}`);
  }

  function onEvent(raw: unknown): void {
    const heard = hear(raw, clock.now());
    switch (heard.kind) {
      case 'event':
        return repeats.isRepeat(heard.event) ? undefined : hand(heard.event);
      case 'recording-started':
        return times.started(heard.name, heard.at);
      case 'recording-ended':
        return hand(times.ended(heard.end, heard.at));
      case 'replaced':
        return heard.app === app ? supervisor.replaced() : undefined;
      case 'ignored':
        if (ignored.size < COUNTED_TYPES || ignored.has(heard.type)) ignored.set(heard.type, (ignored.get(heard.type) ?? 0) + 1);
        return undefined;
      case 'malformed':
        return onGarbage(heard.why);
    }
  }

  function hand(event: TelephonyEvent): void {
    if (takes(event)) return;
    try {
      listener?.onEvent(event);
    } catch (error) {
      log.error({ err: error, kind: event.kind }, 'The listener failed at an event');
    }
  }

  const command = commandsOver(transport, supervisor.ready, supervisor.state);
  const { takes, ...monitors } = monitorCommands(command, app, clock, options.timeoutMs);
  return {
    start: supervisor.start,
    stop: supervisor.stop,
    connection: supervisor.state,
    listen(given) {
      listener = given;
    },
    heard: () => ({ ignored, garbage }),
    ...channelCommands(command, app, () => clock.now()),
    ...playbackCommands(command),
    ...recordingCommands(command, times, options.beep),
    ...bridgeCommands(command),
    ...monitors,
    ...webEndpointCommands(command, options.mediaAddress),
    ...sipEndpointCommands(command, options.mediaAddress),
  };
}
