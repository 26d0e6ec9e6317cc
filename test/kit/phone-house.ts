import { WebSocket } from 'ws';
import { startTestAsterisk, type TestAsterisk } from './asterisk.ts';
import { type Ear, openEar } from './ear.ts';

interface RawEvent {
  readonly type: string;
  readonly channel?: {
    readonly id: string;
    readonly state: string;
    readonly name: string;
    readonly dialplan: { readonly exten: string };
    readonly caller: { readonly number: string };
  };
  readonly args?: readonly string[];
  readonly cause?: number;
  readonly tech_cause?: number;
  readonly timestamp?: string;
}

/** A phone of the house in one call: what arrives at its ear, what its user does, how the call ends. */
export interface Phone {
  readonly ear: Ear;
  /** Resolves when the far end answered. */
  answered(): Promise<void>;
  /** Presses keys as a person would: `ms` long each, `gapMs` from one to the next. */
  press(keys: string, gapMs?: number, ms?: number): Promise<void>;
  hangUp(): Promise<void>;
  /** Resolves with the Q.850 cause and the wall clock (ms) when the call is over. */
  ended(): Promise<{ readonly cause: number; readonly at: number }>;
}

/** How the house takes a call to a number: ring for a while, then answer, refuse with a cause, or never answer. */
export type Manners =
  | { readonly kind: 'answer'; readonly afterMs: number; readonly talkMs?: number }
  | { readonly kind: 'refuse'; readonly reason: 'busy' | 'congestion' | 'normal' }
  | { readonly kind: 'ignore' };

export interface PhoneHouse {
  /** The house's SIP address, for SANTRAL_TRUNK of the engine under test. */
  readonly sip: string;
  /** Calls a number at the Asterisk whose SIP port was given. */
  call(did: string, options?: { readonly ani?: string }): Promise<Phone>;
  /** Calls to that number at the house are taken so from now on; answered ones are told by `visitors`. */
  expect(number: string, manners: Manners): void;
  /** Calls that reached the house, in order. */
  readonly visitors: { readonly number: string; readonly ani: string; readonly channelId: string; ended: boolean }[];
  hangUpVisitor(channelId: string): Promise<void>;
  stop(): Promise<void>;
}

/**
 * Real SIP phones with ears: a second Asterisk that calls the one under test. Each call's audio is streamed to an Ear,
 * so that tests know what the caller heard while it is being said.
 */
export async function openPhoneHouse(options: { readonly sipPortOfEngine: () => number }): Promise<PhoneHouse> {
  const house = await startTestAsterisk({ env: { SANTRAL_ARI_APP: 'house', SANTRAL_TRUNK: 'demo' } });
  // Audio for the ears goes out as plain RTP; the engine's own configuration has no use for these modules.
  await house.rx('module load res_rtp_multicast.so');
  await house.rx('module load chan_rtp.so');
  const waiting = new Map<string, (event: RawEvent) => void>();
  const manners = new Map<string, Manners>();
  const visitors: PhoneHouse['visitors'] = [];
  const socket = await openSocket(house, (event) => {
    const id = event.channel?.id;
    if (id === undefined) return;
    const known = waiting.get(id);
    if (known !== undefined) known(event);
    else if (event.type === 'StasisStart' && event.args?.[0] === 'inbound') void receive(event);
    else if (event.type === 'ChannelDestroyed' || event.type === 'StasisEnd') {
      const visitor = visitors.find(({ channelId }) => channelId === id);
      if (visitor !== undefined) visitor.ended = true;
    }
  });
  const ari = (method: string, path: string, query: Record<string, string> = {}, body?: unknown) =>
    request(house, method, path, query, body);

  async function receive(event: RawEvent): Promise<void> {
    const { id, dialplan, caller } = event.channel as NonNullable<RawEvent['channel']>;
    visitors.push({ number: dialplan.exten, ani: caller.number, channelId: id, ended: false });
    const how = manners.get(dialplan.exten) ?? { kind: 'refuse', reason: 'normal' };
    if (how.kind === 'refuse') await ari('DELETE', `/channels/${id}`, { reason: how.reason });
    if (how.kind === 'answer') {
      await ari('POST', `/channels/${id}/ring`);
      await new Promise((resolve) => setTimeout(resolve, how.afterMs));
      await ari('POST', `/channels/${id}/answer`).catch(() => undefined);
      if (how.talkMs !== undefined) {
        await new Promise((resolve) => setTimeout(resolve, how.talkMs));
        await ari('DELETE', `/channels/${id}`).catch(() => undefined);
      }
    } else await ari('POST', `/channels/${id}/ring`).catch(() => undefined);
  }

  let count = 0;
  async function call(did: string, { ani = '905550000001' } = {}): Promise<Phone> {
    count += 1;
    // Of one length: Asterisk takes an id for used when a live channel's id begins with it (phone-1 and phone-10).
    const name = String(count).padStart(6, '0');
    const [id, media, bridge] = [`phone-${name}`, `media-${name}`, `bridge-${name}`];
    const ear = await openEar();
    let answered: () => void = () => undefined;
    let over: (end: { cause: number; at: number }) => void = () => undefined;
    const whenAnswered = new Promise<void>((resolve) => {
      answered = resolve;
    });
    const whenEnded = new Promise<{ cause: number; at: number }>((resolve) => {
      over = resolve;
    });
    const started = new Map<string, () => void>();
    const startOf = (channel: string) => new Promise<void>((resolve) => started.set(channel, resolve));
    waiting.set(media, (event) => event.type === 'StasisStart' && started.get(media)?.());
    waiting.set(id, (event) => {
      if (event.type === 'StasisStart') started.get(id)?.();
      // The house's own ring tone stays on the ear's channel until it is told that the ringing is over.
      if (event.type === 'ChannelStateChange' && event.channel?.state === 'Up')
        void ari('DELETE', `/channels/${media}/ring`).finally(answered);
      if (event.type === 'ChannelDestroyed') {
        waiting.delete(id);
        over({ cause: event.cause ?? 0, at: Date.now() });
        void ari('DELETE', `/channels/${media}`).catch(() => undefined);
        void ari('DELETE', `/bridges/${bridge}`).catch(() => undefined);
      }
    });
    const mediaStarted = startOf(media);
    const phoneStarted = startOf(id);
    await ari('POST', '/channels/externalMedia', {
      channelId: media,
      app: 'house',
      external_host: `127.0.0.1:${ear.port}`,
      format: 'ulaw',
    });
    await ari('POST', '/channels/create', {
      channelId: id,
      app: 'house',
      endpoint: `PJSIP/anonymous/sip:${did}@127.0.0.1:${options.sipPortOfEngine()}`,
    });
    await Promise.all([mediaStarted, phoneStarted]);
    await ari('POST', `/bridges/${bridge}`, { type: 'mixing' });
    await ari('POST', `/bridges/${bridge}/addChannel`, { channel: `${media},${id}` });
    await ari('POST', `/channels/${id}/variable`, { variable: 'CALLERID(num)', value: ani });
    await ari('POST', `/channels/${id}/dial`, { caller: '', timeout: '120' });
    return {
      ear,
      answered: () => whenAnswered,
      ended: () => whenEnded,
      hangUp: async () => void (await ari('DELETE', `/channels/${id}`)),
      press: async (keys, gapMs = 100, ms = 100) => {
        await ari('POST', `/channels/${id}/dtmf`, { dtmf: keys, between: String(gapMs), duration: String(ms) });
      },
    };
  }

  return {
    sip: `127.0.0.1:${house.sipPort}`,
    call,
    expect: (number, how) => void manners.set(number, how),
    visitors,
    hangUpVisitor: async (channelId) => void (await ari('DELETE', `/channels/${channelId}`)),
    async stop() {
      socket.terminate();
      await house.stop();
    },
  };
}

async function openSocket(house: TestAsterisk, onEvent: (event: RawEvent) => void): Promise<WebSocket> {
  const url = `${house.ariUrl.replace('http', 'ws')}/ari/events?app=house&subscribeAll=false`;
  const socket = new WebSocket(url, { headers: { authorization: basic(house) } });
  socket.on('message', (data) => onEvent(JSON.parse(String(data)) as RawEvent));
  await new Promise<void>((resolve, reject) => {
    socket.once('open', resolve);
    socket.once('error', reject);
  });
  return socket;
}

async function request(house: TestAsterisk, method: string, path: string, query: Record<string, string>, body?: unknown): Promise<void> {
  const response = await fetch(`${house.ariUrl}/ari${path}?${new URLSearchParams(query)}`, {
    method,
    headers: { authorization: basic(house), 'content-type': 'application/json' },
    ...(body === undefined ? {} : { body: JSON.stringify(body) }),
  });
  if (!response.ok) throw new Error(`${method} ${path}: ${response.status} ${await response.text()}`);
  await response.arrayBuffer();
}

function basic(house: TestAsterisk): string {
  return `Basic ${Buffer.from(`${house.ariUser}:${house.ariPassword}`).toString('base64')}`;
}
