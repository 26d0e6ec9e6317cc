import { createSocket, type Socket } from 'node:dgram';
import { encodeTones } from '../../src/speech/tones.ts';
import { decodeTones, type HeardTones } from './tones.ts';
import { decodeUlaw, encodeUlaw } from './ulaw.ts';

const RATE = 8000;
const PACKET_SAMPLES = 160;
const RTP_HEADER = 12;
/** Older than this is not a late packet, and further on than this is not a pause, but another clock. */
const LATE_SAMPLES = 1600;
const JUMP_SAMPLES = 80_000;
/** How long the air must be silent before a prompt counts as over. */
const DECODE_EVERY_MS = 100;
/** Kept from one look to the next: a prompt that is still under way is decoded again from its begin. */
const MARGIN_MS = 400;
/** The longest pause within one prompt that counts as the machine's fault. */
const STALL_MS = 1000;
/** The begin of a prompt may lie a little before the window that shows it first; less than its shortest symbol. */
const BEFORE_MS = 10;

/** One end of a phone's audio: receives RTP (µ-law), knows what was heard and when, and can press keys (RFC 4733). */
export interface Ear {
  readonly port: number;
  /** Everything heard so far, in order; the last one may still be under way. Times are ms since the first packet. */
  heard(): HeardTones[];
  /** The received audio, gaps filled with silence. */
  samples(): Int16Array;
  /** Resolves with the first prompt after `from` (index into `heard`) that fits, as soon as its signature can be told. */
  hears(
    fits: (tones: HeardTones) => boolean,
    from: number,
    timeoutMs: number,
  ): Promise<{ readonly tones: HeardTones; readonly index: number }>;
  /** Resolves when that stretch of `heard` is over: at its natural end, or cut. */
  over(index: number, timeoutMs: number): Promise<HeardTones>;
  /** Wall clock (ms) of the first packet; null before it. */
  startedAt(): number | null;
  /** Presses a key where the audio came from. Needs audio to have arrived. */
  press(key: string, ms?: number): Promise<void>;
  /** Says a text in the test voice where the audio came from; resolves when it is said. Needs audio to have arrived. */
  say(text: string, language?: string): Promise<void>;
  /** Wall clock (ms) at which this moment of the audio arrived, in a pause the next packet's; NaN when nothing came any more. */
  arrivedAt(ms: number): number;
  close(): void;
}

export async function openEar(port = 0): Promise<Ear> {
  const socket = createSocket('udp4');
  await new Promise<void>((resolve, reject) => {
    socket.once('error', reject);
    socket.bind(port, '127.0.0.1', resolve);
  });
  const received: Int16Array[] = [];
  const arrivals: { readonly to: number; readonly at: number }[] = [];
  let length = 0;
  let firstTimestamp: number | null = null;
  let ssrc = 0;
  let base = 0;
  let startedAt: number | null = null;
  let from: { port: number; address: string } | null = null;
  let decoded: HeardTones[] = [];
  let settled: HeardTones[] = [];
  let settledMs = 0;
  let decodedLength = -1;

  function place(samples: Int16Array, at: number): void {
    if (at < length) return;
    if (at > length) {
      received.push(new Int16Array(at - length));
      length = at;
    }
    received.push(samples);
    length += samples.length;
    arrivals.push({ to: length, at: Date.now() });
  }

  socket.on('message', (packet, remote) => {
    // Payload type 0, µ-law; the marker bit above it stands on the first packet after a pause.
    if (packet.length <= RTP_HEADER || ((packet[1] ?? 0) & 0x7f) !== 0) return;
    const timestamp = packet.readUInt32BE(4);
    const source = packet.readUInt32BE(8);
    from = { port: remote.port, address: remote.address };
    startedAt ??= Date.now();
    const ahead = firstTimestamp === null ? 0 : timestamp - firstTimestamp + base - length;
    if (firstTimestamp === null || source !== ssrc || ahead < -LATE_SAMPLES || ahead > JUMP_SAMPLES) {
      // A new stream: its clock begins where ours stands by the wall.
      firstTimestamp = timestamp;
      ssrc = source;
      base = Math.max(length, Math.round(((Date.now() - startedAt) * RATE) / 1000 / PACKET_SAMPLES) * PACKET_SAMPLES);
    }
    place(decodeUlaw(packet.subarray(RTP_HEADER)), base + (timestamp - firstTimestamp));
  });

  function samples(): Int16Array {
    const all = new Int16Array(length);
    let at = 0;
    for (const part of received) {
      all.set(part, at);
      at += part.length;
    }
    return all;
  }

  /** Decodes from the last point at which everything before was over. */
  function heard(): HeardTones[] {
    if (decodedLength === length) return decoded;
    decodedLength = length;
    const offset = settledMs;
    const rest = decodeTones(samples().subarray(Math.round((offset * RATE) / 1000)));
    const all = [...settled, ...rest.map((one) => ({ ...one, fromMs: one.fromMs + offset, toMs: one.toMs + offset }))];
    const last = all.at(-1);
    const nowMs = (length * 1000) / RATE;
    const open = rest.length > 0 && last !== undefined && nowMs - last.toMs < MARGIN_MS;
    settled = open ? all.slice(0, -1) : all;
    settledMs = Math.max(offset, open ? last.fromMs - BEFORE_MS : nowMs - MARGIN_MS);
    decoded = joined(all);
    return decoded;
  }

  /** Listens until there is something to tell. Audio tells nobody that it makes sense now: it is decoded again and again. */
  async function until<T>(find: () => T | undefined, timeoutMs: number, miss: () => string): Promise<T> {
    const end = Date.now() + timeoutMs;
    for (;;) {
      const found = find();
      if (found !== undefined) return found;
      if (Date.now() > end) throw new Error(`${miss()} in ${timeoutMs} ms`);
      await new Promise((resolve) => setTimeout(resolve, DECODE_EVERY_MS));
    }
  }

  /** A stretch is over when it ended naturally, another one began, or silence came after it: as packets, or as none at all. */
  function isOver(index: number): boolean {
    const all = heard();
    const tones = all[index];
    if (tones === undefined) return false;
    const heardSinceMs = (length * 1000) / RATE - tones.toMs;
    const quietMs = Date.now() - (arrivals.at(-1)?.at ?? 0);
    return tones.complete || index < all.length - 1 || heardSinceMs > MARGIN_MS || quietMs > STALL_MS;
  }

  return {
    port: socket.address().port,
    heard,
    samples,
    startedAt: () => startedAt,
    arrivedAt(ms) {
      const sample = Math.round((ms * RATE) / 1000);
      return arrivals.find(({ to }) => to > sample)?.at ?? Number.NaN;
    },
    hears: (fits, start, timeoutMs) =>
      until(
        () => {
          const all = heard();
          const index = all.findIndex((one, i) => i >= start && one.signature !== null && fits(one));
          return index < 0 ? undefined : { tones: all[index] as HeardTones, index };
        },
        timeoutMs,
        () => `Nothing that fits was heard (heard: ${JSON.stringify(heard().slice(start))})`,
      ),
    over: (index, timeoutMs) =>
      until(
        () => (isOver(index) ? heard()[index] : undefined),
        timeoutMs,
        () => `It was not over (heard: ${JSON.stringify(heard())})`,
      ),
    press: (key, ms = 100) => sendKey(socket, from, key, ms),
    say: (text, language = 'en') => sendSound(socket, from, encodeTones(language, text)),
    close: () => socket.close(),
  };
}

/**
 * On a busy machine the audio stands still now and then. What has no begin is the rest of what was heard before it: the
 * engine starts every prompt at its begin.
 */
function joined(all: readonly HeardTones[]): HeardTones[] {
  const heard: HeardTones[] = [];
  for (const one of all) {
    const last = heard.at(-1);
    const rest = last !== undefined && !one.begun && !last.complete && one.fromMs - last.toMs < STALL_MS;
    if (rest && (one.signature === null || last.signature === null || one.signature === last.signature)) {
      const signature = last.signature ?? one.signature;
      heard[heard.length - 1] = {
        signature,
        fromMs: last.fromMs,
        toMs: one.toMs,
        begun: last.begun,
        ended: one.ended,
        complete: last.begun && one.ended,
      };
    } else heard.push(one);
  }
  return heard;
}

const PACKET_MS = 20;

/** A packet each 20 ms; on a busy machine the late ones together, as a phone's buffer would. */
async function sendSound(socket: Socket, to: { port: number; address: string } | null, samples: Int16Array): Promise<void> {
  if (to === null) throw new Error('no audio has arrived yet: nobody to talk to');
  const began = Date.now();
  const count = Math.ceil(samples.length / PACKET_SAMPLES);
  for (let index = 0; index < count; ) {
    for (; index < count && Date.now() - began >= index * PACKET_MS; index += 1) {
      const header = Buffer.alloc(RTP_HEADER);
      header[0] = 0x80;
      header[1] = index === 0 ? 0x80 : 0;
      sequence = (sequence + 1) & 0xffff;
      header.writeUInt16BE(sequence, 2);
      header.writeUInt32BE((keyClock + index * PACKET_SAMPLES) >>> 0, 4);
      header.writeUInt32BE(0x5a5a5a5b, 8);
      const sound = encodeUlaw(samples.subarray(index * PACKET_SAMPLES, (index + 1) * PACKET_SAMPLES));
      socket.send(Buffer.concat([header, sound]), to.port, to.address);
    }
    await new Promise((resolve) => setTimeout(resolve, PACKET_MS / 2));
  }
  keyClock += samples.length;
}

const EVENTS = '0123456789*#ABCD';
const KEY_PAYLOAD = 96;
let sequence = 1000;
let keyClock = 50_000;

/** RFC 4733: one packet each 20 ms while the key is down, the end sent three times. */
async function sendKey(socket: Socket, to: { port: number; address: string } | null, key: string, ms: number): Promise<void> {
  if (to === null) throw new Error('no audio has arrived yet: nobody to send keys to');
  const event = EVENTS.indexOf(key);
  keyClock += RATE;
  const timestamp = keyClock;
  const packets = Math.max(1, Math.round(ms / 20));
  const packet = (index: number, end: boolean): Buffer => {
    const bytes = Buffer.alloc(RTP_HEADER + 4);
    bytes[0] = 0x80;
    bytes[1] = KEY_PAYLOAD | (index === 1 ? 0x80 : 0);
    sequence = (sequence + 1) & 0xffff;
    bytes.writeUInt16BE(sequence, 2);
    bytes.writeUInt32BE(timestamp, 4);
    bytes.writeUInt32BE(0x5a5a5a5a, 8);
    bytes[12] = event;
    bytes[13] = (end ? 0x80 : 0) | 10;
    bytes.writeUInt16BE(index * PACKET_SAMPLES, 14);
    return bytes;
  };
  for (let index = 1; index <= packets; index += 1) {
    socket.send(packet(index, false), to.port, to.address);
    await new Promise((resolve) => setTimeout(resolve, 20));
  }
  for (let again = 0; again < 3; again += 1) socket.send(packet(packets, true), to.port, to.address);
}
