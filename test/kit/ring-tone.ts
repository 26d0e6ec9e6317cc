/** The Turkish network's tones (asterisk-config/indications.conf) are of this one frequency. */
const TONE_HZ = 450;
const RATE = 8000;
const WINDOW_MS = 50;
/** Share of a window's energy that lies in the tone, and how loud it must be (of 32768). */
const DOMINANT = 0.8;
const QUIET_RMS = 100;

/** Stretches of a plain 450 Hz tone in received audio, with ms from its begin: ring-back, busy and congestion tones. */
export function ringTones(samples: Int16Array): { readonly fromMs: number; readonly toMs: number }[] {
  const size = (RATE * WINDOW_MS) / 1000;
  const found: { fromMs: number; toMs: number }[] = [];
  for (let from = 0; from + size <= samples.length; from += size) {
    if (!isTone(samples.subarray(from, from + size))) continue;
    const fromMs = (from * 1000) / RATE;
    const last = found.at(-1);
    if (last !== undefined && fromMs - last.toMs < WINDOW_MS) last.toMs = fromMs + WINDOW_MS;
    else found.push({ fromMs, toMs: fromMs + WINDOW_MS });
  }
  return found;
}

function isTone(window: Int16Array): boolean {
  let [real, imaginary, energy] = [0, 0, 0];
  window.forEach((sample, index) => {
    const angle = (2 * Math.PI * TONE_HZ * index) / RATE;
    real += sample * Math.cos(angle);
    imaginary += sample * Math.sin(angle);
    energy += sample * sample;
  });
  if (energy < QUIET_RMS ** 2 * window.length) return false;
  return (2 * (real ** 2 + imaginary ** 2)) / (window.length * energy) >= DOMINANT;
}
