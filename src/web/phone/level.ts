/** Quieter than this counts as silence; 0 dB is full scale. */
const FLOOR_DB = -60;
const EVERY_MS = 60;

/** Loudness of a stream, 0 to 100 over 60 dB, some 16 times a second. The returned function ends it, with a last 0. */
export function watchLevel(stream: MediaStream, show: (level: number) => void): () => void {
  const context = new AudioContext();
  const analyser = context.createAnalyser();
  analyser.fftSize = 1024;
  context.createMediaStreamSource(stream).connect(analyser);
  const samples = new Float32Array(analyser.fftSize);
  const timer = setInterval(() => {
    analyser.getFloatTimeDomainData(samples);
    show(levelOf(samples));
  }, EVERY_MS);
  return () => {
    clearInterval(timer);
    void context.close();
    show(0);
  };
}

/** Root mean square in dB, stretched to 0 (silence) … 100 (full scale). */
export function levelOf(samples: Float32Array): number {
  let sum = 0;
  for (const sample of samples) sum += sample * sample;
  const decibels = 10 * Math.log10(sum / samples.length);
  return Math.max(0, Math.min(100, Math.round(100 * (1 - decibels / FLOOR_DB))));
}
