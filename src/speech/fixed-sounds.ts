import path from 'node:path';
import type { Clip } from '../ports/speech.ts';
import { writeWhole } from './clip-store.ts';
import { durationMs, PHONE_RATE, writeWav } from './wav.ts';

/** Heard before a recording, and for what could not be rendered. 1000 Hz is no tone of DTMF, of a telephone network or of the test voice. */
const BEEP = { hertz: 1000, ms: 300, amplitude: 8000, rampMs: 10 } as const;
const SILENCE_MS = 1000;

/** The engine's fixed sounds. Their names are the files' in `<dir>/fixed/`. */
const FIXED = { beep: makeBeep, silence: () => new Int16Array((SILENCE_MS * PHONE_RATE) / 1000) } as const;
export type FixedSound = keyof typeof FIXED;

/** Writes beep and silence into the speech directory and says where they are. `seenAs`: the directory as Asterisk sees it. */
export async function writeFixedSounds(dir: string, seenAs = dir): Promise<Readonly<Record<FixedSound, Clip>>> {
  const write = async (name: FixedSound): Promise<Clip> => {
    const samples = FIXED[name]();
    await writeWhole(path.join(dir, 'fixed', `${name}.wav`), writeWav(samples));
    return { path: path.posix.join(seenAs, 'fixed', name), durationMs: durationMs(samples.length) };
  };
  return { beep: await write('beep'), silence: await write('silence') };
}

function makeBeep(): Int16Array {
  const ramp = (BEEP.rampMs * PHONE_RATE) / 1000;
  const length = (BEEP.ms * PHONE_RATE) / 1000;
  return Int16Array.from({ length }, (_, i) => {
    // Soft edges: a hard one clicks.
    const edge = Math.min(1, i / ramp, (length - 1 - i) / ramp);
    return Math.round(BEEP.amplitude * edge * Math.sin((2 * Math.PI * BEEP.hertz * i) / PHONE_RATE));
  });
}
