import type { Media, TelephonyEvent } from '../../src/ports/telephony.ts';
import type { Hearing, HearingOptions, Place } from './hearing.ts';

/** The far end of a call that came in. */
interface FarEnd {
  press(keys: string): Promise<void>;
  /** Makes a sound for 1.2 s. */
  speak(): Promise<void>;
  hangUp(): Promise<void>;
}

/** An Asterisk to be tried: the fake or the real one. */
export interface Exchange extends Place {
  call(did: string, ani: string): Promise<FarEnd>;
  /** A sound of about this length that exists, as a path without extension. */
  clip(ms: number): string;
  readonly missing: string;
  /** Dial strings of endpoints: one answers at once, one rings for ever, one is busy (486), one does not exist. */
  readonly endpoints: { readonly answers: string; readonly rings: string; readonly busy: string; readonly unknown: string };
  /** Waits for something, within real or virtual ms. */
  until(what: string, done: () => boolean, withinMs?: number): Promise<void>;
  /** Lets time pass. */
  pass(ms: number): Promise<void>;
  stop(): Promise<void>;
}

export const DID = '02125550010';
export const ANI = '02125550099';

export function file(path: string): Media {
  return { kind: 'file', path };
}

type Of<K extends TelephonyEvent['kind']> = TelephonyEvent & { kind: K };

/** What one conformance case works with; `hearing` is connected. */
export interface Bench {
  readonly exchange: Exchange;
  hearing: Hearing;
  /** One more engine; stopped after the case. */
  listen(options?: HearingOptions): Hearing;
  id(kind: string): string;
  /** A call that came in; answered unless told otherwise. */
  incoming(answered?: boolean): Promise<{ readonly far: FarEnd; readonly started: Of<'started'>; readonly channelId: string }>;
  finished(playbackId: string): Of<'playback-finished'> | undefined;
  whenFinished(playbackId: string): Promise<Of<'playback-finished'> | undefined>;
  whenDestroyed(channelId: string): Promise<Of<'destroyed'> | undefined>;
}
