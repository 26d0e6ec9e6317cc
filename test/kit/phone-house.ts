import { mkdirSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { encodeTones, signatureOf } from '../../src/speech/tones.ts';
import { writeWav } from '../../src/speech/wav.ts';
import { startTestAsterisk } from './asterisk.ts';
import { type Ear, openEar } from './ear.ts';
import { openHouseLink, type RawEvent } from './house-link.ts';
import type { HeardTones } from './tones.ts';

/** How long somebody at the house listens for what must come. */
const PATIENCE_MS = 15_000;

/** A phone of the house in one call: what arrives at its ear, what its user does, how the call ends. */
export interface Phone {
  readonly ear: Ear;
  /** Resolves when the far end answered. */
  answered(): Promise<void>;
  /** Presses keys as a person would: `ms` long each, `gapMs` from one to the next. */
  press(keys: string, gapMs?: number, ms?: number): Promise<void>;
  /** Says a text in the test voice; resolves when it is said, or the channel is gone. */
  say(text: string, language?: string): Promise<void>;
  hangUp(): Promise<void>;
  /** Resolves with the Q.850 cause and the wall clock (ms) when the call is over. */
  ended(): Promise<{ readonly cause: number; readonly at: number }>;
}

/** How the house takes a call to a number: ring for a while, then answer, refuse with a cause, or ring until `answer`. */
export type Manners =
  | { readonly kind: 'answer'; readonly afterMs: number; readonly talkMs?: number }
  | { readonly kind: 'refuse'; readonly reason: Refusal }
  | { readonly kind: 'ignore' };

/** As ARI names the reasons of a hang-up; the caller's side sees 486, 503, 403, 404, 480 and 603. */
export type Refusal = 'busy' | 'congestion' | 'rejected' | 'unallocated' | 'no_answer' | 'normal';

/** Somebody who is called at the house, with an ear from the first ring on. */
export interface Visitor {
  readonly number: string;
  readonly ani: string;
  readonly channelId: string;
  readonly ear: Ear;
  ended: boolean;
  answer(): Promise<void>;
  /** Resolves when this text begins to be heard. */
  hears(text: string, language?: string): Promise<HeardTones>;
  say(text: string, language?: string): Promise<void>;
  press(keys: string): Promise<void>;
  hangUp(): Promise<void>;
  /** Resolves when the channel is gone. */
  gone(): Promise<void>;
}

export interface CallOptions {
  readonly ani?: string;
  /** The phone sends nothing while nobody speaks (silence suppression). Others send silence. */
  readonly mute?: boolean;
}

export interface PhoneHouse {
  /** The house's SIP address, for SANTRAL_TRUNK of the engine under test. */
  readonly sip: string;
  /** Calls a number at the Asterisk whose SIP port was given. */
  call(did: string, options?: CallOptions): Promise<Phone>;
  /** Calls to that number at the house are taken so from now on; answered ones are told by `visitors`. */
  expect(number: string, manners: Manners): void;
  /** Every call that reached the house, by its number and the wall clock (ms), from its first moment on. */
  readonly rung: readonly { readonly number: string; readonly at: number }[];
  /** Calls that reached the house, in order. */
  readonly visitors: readonly Visitor[];
  /** The next visitor at that number, as soon as the call is there; each is given once. */
  visitor(number: string): Promise<Visitor>;
  stop(): Promise<void>;
}

/**
 * Real SIP phones with ears: a second Asterisk that calls the one under test. Each call's audio is streamed to an Ear,
 * so that tests know what the caller heard while it is being said.
 */
export async function openPhoneHouse(options: { readonly sipPortOfEngine: () => number }): Promise<PhoneHouse> {
  const house = await startTestAsterisk({ env: { SANTRAL_ARI_APP: 'house', SANTRAL_TRUNK: 'demo' } });
  // Audio for the ears goes out as plain RTP, and callers have numbers; the engine's own configuration has no use for these modules.
  for (const name of ['res_rtp_multicast', 'chan_rtp', 'func_callerid']) await house.rx(`module load ${name}.so`);
  const waiting = new Map<string, (event: RawEvent) => void>();
  const manners = new Map<string, Manners>();
  const ears = new Set<Ear>();
  const visitors: Visitor[] = [];
  const rung: { readonly number: string; readonly at: number }[] = [];
  const unmet: Visitor[] = [];
  const doors = new Map<string, (visitor: Visitor) => void>();
  const speaking = new Map<string, { readonly channel: string; readonly done: () => void }>();
  const leaving = new Map<string, () => void>();
  const { ari, close } = await openHouseLink(house, (event) => {
    const id = event.channel?.id;
    if (event.type === 'PlaybackFinished') speaking.get(event.playback?.id ?? '')?.done();
    if (id === undefined) return;
    // Who is gone says nothing more, and the end of a playback that was not begun is not told.
    if (event.type === 'ChannelDestroyed') for (const { channel, done } of speaking.values()) if (channel === id) done();
    const known = waiting.get(id);
    if (known !== undefined) known(event);
    // Who called may be gone in the middle of it.
    else if (event.type === 'StasisStart' && event.args?.[0] === 'inbound') void receive(event).catch(() => undefined);
    else if (event.type === 'ChannelDestroyed' || event.type === 'StasisEnd') leaving.get(id)?.();
  });

  let count = 0;

  async function receive(event: RawEvent): Promise<void> {
    const { id, dialplan, caller } = event.channel as NonNullable<RawEvent['channel']>;
    const number = dialplan.exten;
    rung.push({ number, at: Date.now() });
    const how = manners.get(number) ?? { kind: 'refuse', reason: 'normal' };
    const visitor = await admit(id, number, caller.number);
    visitors.push(visitor);
    const door = doors.get(number);
    doors.delete(number);
    if (door === undefined) unmet.push(visitor);
    else door(visitor);
    if (how.kind === 'refuse') return ari('DELETE', `/channels/${id}`, { reason: how.reason });
    await ari('POST', `/channels/${id}/ring`);
    if (how.kind === 'ignore') return;
    await new Promise((resolve) => setTimeout(resolve, how.afterMs));
    await visitor.answer();
    if (how.talkMs === undefined) return;
    await new Promise((resolve) => setTimeout(resolve, how.talkMs));
    await visitor.hangUp();
  }

  async function admit(id: string, number: string, ani: string): Promise<Visitor> {
    const gone = new Promise<void>((resolve) => leaving.set(id, resolve));
    const ears = await attach();
    const visitor: Visitor = {
      number,
      ani,
      channelId: id,
      ear: ears.ear,
      ended: false,
      // Its ear hears from the answer on: a channel that rings is no part of a bridge.
      answer: async () => {
        await ari('POST', `/channels/${id}/answer`);
        await ears.listenTo(id);
        await quiet(id);
      },
      hears: async (text, language = 'en') => {
        const signature = signatureOf(language, text);
        return (await ears.ear.hears((tones) => tones.signature === signature, 0, PATIENCE_MS)).tones;
      },
      say: (text, language = 'en') => say(id, text, language),
      press: async (keys) => {
        await ari('POST', `/channels/${id}/dtmf`, { dtmf: keys, between: '100', duration: '100' });
      },
      hangUp: () => ari('DELETE', `/channels/${id}`).catch(() => undefined),
      gone: () => gone,
    };
    void gone.then(() => {
      visitor.ended = true;
      ears.detach();
    });
    return visitor;
  }

  async function say(channel: string, text: string, language: string): Promise<void> {
    const file = path.join(house.config.places.speech, 'said', signatureOf(language, text));
    mkdirSync(path.dirname(file), { recursive: true });
    writeFileSync(`${file}.wav`, writeWav(encodeTones(language, text)));
    count += 1;
    const id = `say-${String(count).padStart(6, '0')}`;
    const said = new Promise<void>((resolve) => speaking.set(id, { channel, done: resolve }));
    await ari('POST', `/channels/${channel}/play/${id}`, {}, { media: [`sound:${file}`] });
    await said;
    speaking.delete(id);
    // A playback ends the silence that a phone sends.
    await quiet(channel);
  }

  /** Sends silence, as phones do while nobody speaks. */
  const quiet = (channel: string): Promise<void> => ari('POST', `/channels/${channel}/silence`).catch(() => undefined);

  /** An ear, and the bridge that brings it what a channel hears. */
  async function attach(): Promise<{ readonly ear: Ear; readonly media: string; listenTo(id: string): Promise<void>; detach(): void }> {
    count += 1;
    // Of one length: Asterisk takes an id for used when a live channel's id begins with it (media-1 and media-10).
    const name = String(count).padStart(6, '0');
    const [media, bridge] = [`media-${name}`, `bridge-${name}`];
    const ear = await openEar();
    ears.add(ear);
    const started = new Promise<void>((resolve) => waiting.set(media, (event) => event.type === 'StasisStart' && resolve()));
    await ari('POST', '/channels/externalMedia', {
      channelId: media,
      app: 'house',
      external_host: `127.0.0.1:${ear.port}`,
      format: 'ulaw',
    });
    await started;
    waiting.set(media, () => undefined);
    return {
      ear,
      media,
      async listenTo(id) {
        await ari('POST', `/bridges/${bridge}`, { type: 'mixing' });
        await ari('POST', `/bridges/${bridge}/addChannel`, { channel: `${media},${id}` });
      },
      detach() {
        void ari('DELETE', `/channels/${media}`).catch(() => undefined);
        void ari('DELETE', `/bridges/${bridge}`).catch(() => undefined);
      },
    };
  }

  async function call(did: string, { ani = '905550000001', mute = false }: CallOptions = {}): Promise<Phone> {
    const { ear, media, listenTo, detach } = await attach();
    const id = media.replace('media', 'phone');
    let answered: () => void = () => undefined;
    let over: (end: { cause: number; at: number }) => void = () => undefined;
    let begun: () => void = () => undefined;
    const whenAnswered = new Promise<void>((resolve) => {
      answered = resolve;
    });
    const whenEnded = new Promise<{ cause: number; at: number }>((resolve) => {
      over = resolve;
    });
    const whenBegun = new Promise<void>((resolve) => {
      begun = resolve;
    });
    waiting.set(id, (event) => {
      if (event.type === 'StasisStart') begun();
      // The house's own ring tone stays on the ear's channel until it is told that the ringing is over.
      if (event.type === 'ChannelStateChange' && event.channel?.state === 'Up') {
        void ari('DELETE', `/channels/${media}/ring`).finally(answered);
        if (!mute) void quiet(id);
      }
      if (event.type === 'ChannelDestroyed') {
        waiting.delete(id);
        over({ cause: event.cause ?? 0, at: Date.now() });
        detach();
      }
    });
    await ari('POST', '/channels/create', {
      channelId: id,
      app: 'house',
      endpoint: `PJSIP/anonymous/sip:${did}@127.0.0.1:${options.sipPortOfEngine()}`,
    });
    await whenBegun;
    await listenTo(id);
    // On the side that dials, the From header is made of who the channel is connected with.
    await ari('POST', `/channels/${id}/variable`, { variable: 'CONNECTEDLINE(num,i)', value: ani });
    await ari('POST', `/channels/${id}/dial`, { caller: '', timeout: '120' });
    return {
      ear,
      answered: () => whenAnswered,
      ended: () => whenEnded,
      say: (text, language = 'en') => say(id, text, language),
      hangUp: () => ari('DELETE', `/channels/${id}`),
      press: async (keys, gapMs = 100, ms = 100) => {
        await ari('POST', `/channels/${id}/dtmf`, { dtmf: keys, between: String(gapMs), duration: String(ms) });
      },
    };
  }

  return {
    sip: `127.0.0.1:${house.sipPort}`,
    call,
    expect: (number, how) => void manners.set(number, how),
    rung,
    visitors,
    visitor(number) {
      const index = unmet.findIndex((one) => one.number === number && !one.ended);
      const here = unmet[index];
      if (here === undefined) return new Promise((resolve) => doors.set(number, resolve));
      unmet.splice(index, 1);
      return Promise.resolve(here);
    },
    async stop() {
      for (const ear of ears) ear.close();
      close();
      await house.stop();
    },
  };
}
