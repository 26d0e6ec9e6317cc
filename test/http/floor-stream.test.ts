import { describe, expect, it } from 'vitest';
import type { FloorView } from '../../src/domain/floor-view.ts';
import { AT_LEAST_MS, followBoard, MOST_OFTEN_MS } from '../../src/http/routes/floor-stream.ts';
import { virtualClock } from '../kit/virtual-clock.ts';

function bench() {
  const clock = virtualClock();
  const sent: number[] = [];
  const watching = new Set<() => void>();
  let moment = 0;
  let leave = (): void => undefined;
  let full: { readonly promise: Promise<void>; readonly drain: () => void } | undefined;
  const board = {
    view: (): FloorView => ({ at: moment, queues: [], waits: [], agents: [], knownSkills: [] }),
    watchFloor(listener: () => void) {
      watching.add(listener);
      return () => void watching.delete(listener);
    },
  };
  followBoard(board, clock, {
    send({ data }) {
      sent.push((data as FloorView).at);
      return full?.promise;
    },
    onClose(listener) {
      leave = listener;
    },
  });
  return {
    ...{ clock, sent, watching, leave: () => leave() },
    happens() {
      moment += 1;
      for (const listener of watching) listener();
    },
    fill() {
      let drain = (): void => undefined;
      const promise = new Promise<void>((resolve) => {
        drain = resolve;
      });
      full = { promise, drain };
      return () => {
        full = undefined;
        drain();
      };
    },
  };
}

describe('the live floor', () => {
  it('is sent at once, then once a second at most with the newest, and now and then though nothing happens', async () => {
    const { clock, sent, happens } = bench();
    expect(sent).toEqual([0]);
    happens();
    happens();
    expect(sent).toEqual([0]);
    await clock.pass(MOST_OFTEN_MS);
    expect(sent).toEqual([0, 2]);
    await clock.pass(MOST_OFTEN_MS);
    happens();
    expect(sent).toEqual([0, 2, 3]);
    await clock.pass(AT_LEAST_MS);
    expect(sent).toEqual([0, 2, 3, 3]);
  });

  it('waits for a reader who takes nothing, and skips what is old by then', async () => {
    const { clock, sent, happens, fill } = bench();
    await clock.pass(MOST_OFTEN_MS);
    const drain = fill();
    happens();
    happens();
    await clock.pass(60_000);
    expect(sent).toEqual([0, 1]);
    happens();
    drain();
    await clock.pass(0);
    expect(sent).toEqual([0, 1, 3]);
  });

  it('ends with its reader', async () => {
    const { clock, sent, happens, watching, leave } = bench();
    leave();
    happens();
    await clock.pass(60_000);
    expect(sent).toEqual([0]);
    expect(watching.size).toBe(0);
    expect(clock.pending).toBe(0);
  });
});
