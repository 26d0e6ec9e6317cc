import type { FakeTime } from './time.ts';

/** Turns of the event loop without anything happening, and real time passed in them, before the world counts as at rest. */
const QUIET_TURNS = 8;
const QUIET_MS = 2;
/** How far the waiting helpers let virtual time go, and how long they wait in real time. */
const VIRTUAL_PATIENCE_MS = 180_000;
const REAL_PATIENCE_MS = 15_000;

export interface Rest {
  /** Something happened. */
  busy(): void;
  settle(): Promise<void>;
  advance(ms: number): Promise<void>;
  drive(what: string, done: () => boolean, withinMs?: number): Promise<void>;
}

/** Knows when everything that follows from what happened has happened, and lets virtual time go on only then. */
export function createRest(deps: { readonly time: FakeTime; readonly idle: () => Promise<void>; readonly story: () => string }): Rest {
  const { time } = deps;
  let activity = 0;
  const watchers = new Set<() => void>();

  async function settle(): Promise<void> {
    await deps.idle();
    let seen = activity;
    let turns = 0;
    let since = performance.now();
    while (turns < QUIET_TURNS || performance.now() - since < QUIET_MS) {
      await new Promise((resolve) => setImmediate(resolve));
      turns += 1;
      if (activity === seen) continue;
      await deps.idle();
      seen = activity;
      turns = 0;
      since = performance.now();
    }
  }

  async function driveVirtual(what: string, done: () => boolean, withinMs: number): Promise<void> {
    const until = time.now() + withinMs;
    const giveUp = performance.now() + REAL_PATIENCE_MS;
    for (;;) {
      await settle();
      if (done()) return;
      const at = time.nextAt();
      // With no timer set, only something outside of virtual time can bring news: a module or file that is being read.
      if (at === undefined && performance.now() < giveUp) continue;
      if (at === undefined || at > until) throw new Error(`It did not happen within ${withinMs} ms: ${what}\n${deps.story()}`);
      time.fireNext();
    }
  }

  function driveReal(what: string, done: () => boolean, withinMs: number): Promise<void> {
    return new Promise((resolve, reject) => {
      const look = () => {
        if (!done()) return;
        stop();
        resolve();
      };
      const timer = setTimeout(() => {
        stop();
        reject(new Error(`It did not happen within ${withinMs} ms: ${what}\n${deps.story()}`));
      }, withinMs);
      // What happens on the engine's side alone is not told to the fake.
      const often = setInterval(look, 5);
      const stop = () => {
        clearTimeout(timer);
        clearInterval(often);
        watchers.delete(look);
      };
      watchers.add(look);
      look();
    });
  }

  return {
    busy() {
      activity += 1;
      for (const look of watchers) look();
    },
    settle,
    async advance(ms) {
      const until = time.now() + ms;
      if (!time.virtual) return void (await new Promise((resolve) => setTimeout(resolve, ms)));
      await settle();
      for (let at = time.nextAt(); at !== undefined && at <= until; at = time.nextAt()) {
        time.fireNext();
        await settle();
      }
      time.skipTo(until);
    },
    drive: (what, done, withinMs) =>
      time.virtual ? driveVirtual(what, done, withinMs ?? VIRTUAL_PATIENCE_MS) : driveReal(what, done, withinMs ?? REAL_PATIENCE_MS),
  };
}
