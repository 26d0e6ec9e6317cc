import { decodeUlaw, encodeUlaw } from './ulaw.ts';

/** What a telephone line does to sound. Deterministic: the same seed gives the same line. */
export interface LineFaults {
  /** White noise, dB below the full scale. */
  readonly noiseDb?: number;
  /** 20 ms packets that never arrive. */
  readonly lost?: ReadonlySet<number>;
  /** silence: the gap is heard · skip: the sound closes up, as where no one conceals the loss. */
  readonly loss?: 'silence' | 'skip';
  readonly leadInMs?: number;
  readonly gain?: number;
  readonly seed?: number;
}

const PACKET = 160;

/** Sends 8 kHz sound through µ-law, noise and packet loss. */
export function throughLine(samples: Int16Array, faults: LineFaults = {}): Int16Array {
  const { noiseDb = -120, lost = new Set<number>(), loss = 'silence', leadInMs = 0, gain = 1, seed = 1 } = faults;
  const random = randomFrom(seed);
  const level = 32_768 * 10 ** (noiseDb / 20) * Math.sqrt(3);
  const lead = new Int16Array(leadInMs * 8);
  const packets = [lead];
  for (let at = 0, number = 0; at < samples.length; at += PACKET, number += 1) {
    const packet = samples.slice(at, at + PACKET);
    if (!lost.has(number)) packets.push(packet);
    else if (loss === 'silence') packets.push(packet.fill(0));
  }
  const sound = joined(packets).map((sample) => Math.max(-32_768, Math.min(32_767, sample * gain + (random() * 2 - 1) * level)));
  return decodeUlaw(encodeUlaw(sound));
}

export function joined(parts: readonly Int16Array[]): Int16Array {
  const all = new Int16Array(parts.reduce((sum, part) => sum + part.length, 0));
  let at = 0;
  for (const part of parts) {
    all.set(part, at);
    at += part.length;
  }
  return all;
}

/** 0 to 1, from a seed (mulberry32). */
export function randomFrom(seed: number): () => number {
  let state = seed;
  return () => {
    state = (state + 0x6d2b79f5) | 0;
    let mixed = Math.imul(state ^ (state >>> 15), 1 | state);
    mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed;
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 4_294_967_296;
  };
}
