import type { FakeTime } from './time.ts';

/** One thing that came out of the earpiece. `media` is the path of a sound (without extension), or `tone:…`. */
interface HeardMedia {
  readonly media: string;
  readonly at: number;
  /** Undefined while it plays. */
  complete: boolean | undefined;
  ms: number;
}

/** How a channel ended, and on whose word. `lost`: Asterisk itself went away. */
export interface Ending {
  readonly by: 'phone' | 'engine' | 'network' | 'lost';
  readonly cause: number;
  readonly sipCode?: number;
}

/** What the fake does for a phone. */
export interface PhoneHost {
  readonly time: FakeTime;
  /** Waits until `done`, letting virtual time go on as far as needed. */
  drive(what: string, done: () => boolean, withinMs?: number): Promise<void>;
  keyed(key: string, durationMs: number): void;
  hungUp(cause: number): void;
  pickedUp(): void;
  /** It says something now. */
  spoke(): void;
  changed(): void;
}

/** A telephone with a patient person at it. */
export interface Phone {
  readonly channelId: string;
  readonly heard: readonly HeardMedia[];
  /** Set once the channel is gone. */
  readonly ending: Ending | undefined;
  readonly answeredAt: number | undefined;
  /** Hears music. */
  readonly music: boolean;
  /** Keys that were sent to it. */
  readonly keysHeard: string;
  /** The phones it talks to, while bridged. */
  readonly partners: readonly Phone[];
  /** Presses keys at once, one after another; each is released after `durationMs`. */
  press(keys: string, durationMs?: number): void;
  /** Presses keys `gapMs` apart. */
  type(keys: string, gapMs: number): Promise<void>;
  /** Says something for so long (recordings hear it). */
  speak(ms: number): void;
  hangUp(cause?: number): void;
  /** Answers, where the phone is one that was called and is ringing. */
  pickUp(): void;
  /** Waits until a sound begins that wasn't waited for before; earlier ones that were skipped over don't matter. */
  hears(media: string | ((media: string) => boolean), withinMs?: number): Promise<HeardMedia>;
  /** Waits until the sound that was last waited for is over. */
  hearsOut(withinMs?: number): Promise<HeardMedia>;
  /** Waits until nothing plays. */
  silent(withinMs?: number): Promise<void>;
  answered(withinMs?: number): Promise<void>;
  ended(withinMs?: number): Promise<Ending>;
  bridged(withinMs?: number): Promise<void>;

  // For the fake itself.
  readonly talksUntil: number;
  listens(media: string): (complete: boolean) => void;
  onKey(listener: (key: string) => void): () => void;
  keyDown(key: string): void;
  hearsKeys(keys: string): void;
  became(change: {
    readonly music?: boolean;
    readonly answered?: true;
    readonly ending?: Ending;
    readonly partners?: readonly Phone[];
  }): void;
}

export function createPhone(channelId: string, host: PhoneHost): Phone {
  const heard: HeardMedia[] = [];
  const keyListeners = new Set<(key: string) => void>();
  let ending: Ending | undefined;
  let answeredAt: number | undefined;
  let partners: readonly Phone[] = [];
  let talksUntil = 0;
  let music = false;
  let keysHeard = '';
  let looked = 0;

  function find(media: string | ((media: string) => boolean)): HeardMedia | undefined {
    const fits = typeof media === 'string' ? (name: string) => name === media : media;
    const index = heard.findIndex((one, at) => at >= looked && fits(one.media));
    if (index < 0) return undefined;
    looked = index + 1;
    return heard[index];
  }

  return {
    channelId,
    heard,
    get ending() {
      return ending;
    },
    get answeredAt() {
      return answeredAt;
    },
    get partners() {
      return partners;
    },
    get music() {
      return music;
    },
    get keysHeard() {
      return keysHeard;
    },
    get talksUntil() {
      return talksUntil;
    },
    press(keys, durationMs = 100) {
      for (const key of keys) host.keyed(key, durationMs);
    },
    async type(keys, gapMs) {
      for (const [index, key] of [...keys].entries()) {
        if (index > 0) {
          const at = host.time.now() + gapMs;
          host.time.setTimer(gapMs, () => host.changed());
          await host.drive(`${gapMs} ms between two keys`, () => host.time.now() >= at);
        }
        host.keyed(key, 100);
      }
    },
    speak(ms) {
      talksUntil = host.time.now() + ms;
      host.spoke();
    },
    hangUp: (cause = 16) => host.hungUp(cause),
    pickUp: () => host.pickedUp(),
    async hears(media, withinMs) {
      let found: HeardMedia | undefined;
      const name = typeof media === 'string' ? media : 'a certain sound';
      await host.drive(`the caller hears ${name}`, () => (found ??= find(media)) !== undefined, withinMs);
      return found as HeardMedia;
    },
    async hearsOut(withinMs) {
      const one = heard[looked - 1];
      if (one === undefined) throw new Error('Wait for a sound with `hears` first');
      await host.drive(`${one.media} is over`, () => one.complete !== undefined, withinMs);
      return one;
    },
    silent: (withinMs) => host.drive('nothing plays', () => heard.every(({ complete }) => complete !== undefined), withinMs),
    answered: (withinMs) => host.drive('the call is answered', () => answeredAt !== undefined, withinMs),
    async ended(withinMs) {
      await host.drive('the call ends', () => ending !== undefined, withinMs);
      return ending as Ending;
    },
    bridged: (withinMs) => host.drive('the call is connected', () => partners.length > 0, withinMs),
    listens(media) {
      const one: HeardMedia = { media, at: host.time.now(), complete: undefined, ms: 0 };
      heard.push(one);
      host.changed();
      return (complete) => {
        if (one.complete !== undefined) return;
        one.complete = complete;
        one.ms = host.time.now() - one.at;
        host.changed();
      };
    },
    onKey(listener) {
      keyListeners.add(listener);
      return () => keyListeners.delete(listener);
    },
    keyDown(key) {
      for (const listener of keyListeners) listener(key);
    },
    hearsKeys(keys) {
      keysHeard += keys;
      host.changed();
    },
    became(change) {
      if (change.music !== undefined) music = change.music;
      if (change.answered === true) answeredAt = host.time.now();
      if (change.ending !== undefined) ending = change.ending;
      if (change.partners !== undefined) partners = change.partners;
      host.changed();
    },
  };
}
