/** How often the event loop is looked at: each look wakes the engine, which an idle machine pays dearly. */
const SAMPLE_MS = 500;

export interface LoopDelay {
  /** Milliseconds by which the event loop came late to the last look, at most `SAMPLE_MS` ago; 0 before the first. */
  lateMs(): number;
  stop(): void;
}

/** Watches by a timer how late the event loop is. A timer that is due is run before any request that waits with it. */
export function watchLoop(): LoopDelay {
  let looked = performance.now();
  let late = 0;
  const timer = setInterval(() => {
    const now = performance.now();
    late = Math.max(0, now - looked - SAMPLE_MS);
    looked = now;
  }, SAMPLE_MS);
  timer.unref();
  return { lateMs: () => late, stop: () => clearInterval(timer) };
}
