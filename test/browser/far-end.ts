import { EventEmitter, once } from 'node:events';
import { openOwnTransport } from '../../src/asterisk/own-transport.ts';
import { createTelephony } from '../../src/asterisk/telephony.ts';
import type { Telephony, TelephonyEvent } from '../../src/ports/telephony.ts';
import { systemClock } from '../../src/system-clock.ts';
import { silentLog, startTestAsterisk, type TestAsterisk } from '../kit/asterisk.ts';

/** How the far end takes calls to a number. 1000 answers and hums, 1486 is busy, 1180 rings for ever. */
export const HUMS = '1000';
export const BUSY = '1486';
export const RINGS = '1180';

const PATIENCE_MS = 20_000;

/** A real Asterisk, and at the other end of its calls a test instead of flows. */
export interface FarEnd {
  readonly asterisk: TestAsterisk;
  readonly telephony: Telephony;
  /** The first event, past or to come, that fits; since the last `forget`. */
  heard<K extends TelephonyEvent['kind']>(kind: K, fits?: (event: Of<K>) => boolean): Promise<Of<K>>;
  /** The keys heard since then. */
  keys(): string;
  forget(): void;
  hangUpAll(): Promise<void>;
  /** Runs after each connect. */
  onUp(listener: () => Promise<void>): void;
  stop(): Promise<void>;
}

type Of<K extends TelephonyEvent['kind']> = Extract<TelephonyEvent, { readonly kind: K }>;

export async function openFarEnd(): Promise<FarEnd> {
  const asterisk = await startTestAsterisk();
  const telephony = createTelephony({
    transport: openOwnTransport,
    app: asterisk.config.ariApp,
    url: asterisk.ariUrl,
    user: asterisk.ariUser,
    password: asterisk.ariPassword,
    timeoutMs: 5000,
    // It never records.
    beep: '',
    mediaAddress: '127.0.0.1',
    clock: systemClock,
    log: silentLog,
  });
  let past: TelephonyEvent[] = [];
  const waiting = new Set<(event: TelephonyEvent) => void>();
  let up: (() => Promise<void>) | undefined;

  async function take({ channel }: Of<'started'>): Promise<void> {
    if (channel.did === BUSY) return telephony.hangup(channel.id, 'busy');
    await telephony.ring(channel.id, true);
    if (channel.did === RINGS) return;
    await telephony.answer(channel.id);
    await telephony.play(channel.id, `pb-${channel.id}`, [{ kind: 'tone', name: 'dial' }]);
  }

  const link = new EventEmitter();
  const connected = once(link, 'up');
  telephony.listen({
    onEvent(event) {
      past.push(event);
      for (const look of waiting) look(event);
      if (event.kind === 'started') void take(event).catch(() => undefined);
    },
    async onUp() {
      await up?.();
      link.emit('up');
    },
    onDown: () => undefined,
  });
  telephony.start();
  await connected;

  return {
    asterisk,
    telephony,
    heard: (kind, fits = () => true) =>
      new Promise((resolve, reject) => {
        const giveUp = setTimeout(() => {
          waiting.delete(look);
          reject(new Error(`no ${kind}; heard ${past.map((event) => event.kind).join(', ')}`));
        }, PATIENCE_MS);
        const look = (event: TelephonyEvent): void => {
          if (event.kind !== kind || !fits(event as Of<typeof kind>)) return;
          clearTimeout(giveUp);
          waiting.delete(look);
          resolve(event as Of<typeof kind>);
        };
        waiting.add(look);
        for (const event of past) look(event);
      }),
    keys: () => past.flatMap((event) => (event.kind === 'key' ? [event.key] : [])).join(''),
    forget() {
      past = [];
    },
    async hangUpAll() {
      const { all } = await telephony.listChannels();
      await Promise.all(all.map(({ id }) => telephony.hangup(id, 'normal')));
    },
    onUp(listener) {
      up = listener;
    },
    async stop() {
      await telephony.stop();
      await asterisk.stop();
    },
  };
}
