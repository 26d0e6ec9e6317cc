import { mkdirSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { startTestAsterisk } from '../kit/asterisk.ts';
import type { Exchange } from './bench.ts';
import { openFarApp } from './far-app.ts';
import { openSipEnds } from './sip-ends.ts';

const RATE = 8_000;

const systemTime = {
  now: () => Date.now(),
  setTimer: (ms: number, fire: () => void) => {
    const timer = setTimeout(fire, ms);
    return () => clearTimeout(timer);
  },
};

/** A real Asterisk to be tried by the conformance suite. */
export async function openRealExchange(): Promise<Exchange> {
  const asterisk = await startTestAsterisk();
  const ends = await openSipEnds();
  const clips = path.join(asterisk.config.places.speech, 'conformance');
  mkdirSync(clips, { recursive: true });
  for (const ms of [20, 200, 300, 5_000, 60_000]) writeFileSync(path.join(clips, `${ms}.wav`), wave(ms, 0), { mode: 0o644 });
  writeFileSync(path.join(clips, 'voice.wav'), wave(1_200, 8_000), { mode: 0o644 });
  const far = await openFarApp({ ...asterisk, voice: path.join(clips, 'voice'), silence: path.join(clips, '60000') });
  return {
    ariUrl: asterisk.ariUrl,
    ariUser: asterisk.ariUser,
    ariPassword: asterisk.ariPassword,
    app: asterisk.config.ariApp,
    clock: systemTime,
    call: far.call,
    clip: (ms) => path.join(clips, String(ms)),
    beep: path.join(clips, '200'),
    missing: path.join(clips, 'nothing'),
    endpoints: {
      answers: `PJSIP/anonymous/${ends.address('answers')}`,
      rings: `PJSIP/anonymous/${ends.address('rings')}`,
      busy: `PJSIP/anonymous/${ends.address('busy')}`,
      unknown: 'PJSIP/02125550077',
    },
    until: waitFor,
    pass: (ms) => new Promise((resolve) => setTimeout(resolve, ms)),
    async stop() {
      await far.stop();
      await ends.stop();
      await asterisk.stop();
    },
  };
}

async function waitFor(what: string, done: () => boolean, withinMs = 10_000): Promise<void> {
  const until = Date.now() + withinMs;
  while (!done()) {
    if (Date.now() > until) throw new Error(`It did not happen within ${withinMs} ms: ${what}`);
    await new Promise((resolve) => setTimeout(resolve, 5));
  }
}

/** 8 kHz, 16 bit, mono: 440 Hz, or silence. */
function wave(ms: number, amplitude: number): Buffer {
  const bytes = (ms * RATE * 2) / 1000;
  const head = Buffer.alloc(44);
  head.write('RIFF', 0, 'latin1');
  head.writeUInt32LE(36 + bytes, 4);
  head.write('WAVEfmt ', 8, 'latin1');
  head.writeUInt32LE(16, 16);
  head.writeUInt16LE(1, 20);
  head.writeUInt16LE(1, 22);
  head.writeUInt32LE(RATE, 24);
  head.writeUInt32LE(RATE * 2, 28);
  head.writeUInt16LE(2, 32);
  head.writeUInt16LE(16, 34);
  head.write('data', 36, 'latin1');
  head.writeUInt32LE(bytes, 40);
  const sound = Buffer.alloc(bytes);
  for (let i = 0; amplitude > 0 && i < bytes / 2; i += 1)
    sound.writeInt16LE(Math.round(amplitude * Math.sin((2 * Math.PI * 440 * i) / RATE)), i * 2);
  return Buffer.concat([head, sound]);
}
