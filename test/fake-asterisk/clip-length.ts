import { readFileSync, statSync } from 'node:fs';

/** Bytes per second of the headerless forms Asterisk plays. */
const PLAIN = { '.ulaw': 8000, '.alaw': 8000, '.sln': 16_000, '.sln16': 32_000, '.gsm': 1650 } as const;

/** Length in ms of a sound as Asterisk would find it: `path` without extension; undefined when there is no such file. */
export function clipLength(path: string): number | undefined {
  const wav = waveLength(`${path}.wav`);
  if (wav !== undefined) return wav;
  for (const [extension, rate] of Object.entries(PLAIN)) {
    const size = statSync(path + extension, { throwIfNoEntry: false })?.size;
    if (size !== undefined) return Math.round((size * 1000) / rate);
  }
  return undefined;
}

function waveLength(file: string): number | undefined {
  if (statSync(file, { throwIfNoEntry: false }) === undefined) return undefined;
  const bytes = readFileSync(file);
  const rate = bytes.readUInt32LE(28);
  for (let at = 12; at + 8 <= bytes.length; at += 8 + bytes.readUInt32LE(at + 4) + (bytes.readUInt32LE(at + 4) % 2))
    if (bytes.toString('latin1', at, at + 4) === 'data')
      return Math.round((Math.min(bytes.readUInt32LE(at + 4), bytes.length - at - 8) * 1000) / rate);
  return 0;
}
