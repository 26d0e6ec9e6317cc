import type { Clock } from '../../ports/clock.ts';
import type { Board } from '../../services/floor/board.ts';
import { followFloor } from '../contracts/floor.ts';
import { type Route, streamRoute } from '../route.ts';
import type { EventStream } from '../sse.ts';
import type { RouteContext } from './context.ts';

/** However much happens, a board is drawn anew once a second at most … */
export const MOST_OFTEN_MS = 1000;
/** … and now and then though nothing happens: shares of time go on by themselves. */
export const AT_LEAST_MS = 15_000;

export function floorStreamRoutes({ deps: { board, clock }, streams }: RouteContext): readonly Route[] {
  return [streamRoute(followFloor, async ({ reply }) => followBoard(board, clock, streams.open(reply)))];
}

/** Sends the whole floor at once and whenever it has changed, until the reader leaves. A slow reader gets fewer, never old ones. */
export function followBoard(board: Pick<Board, 'view' | 'watchFloor'>, clock: Clock, stream: Pick<EventStream, 'send' | 'onClose'>): void {
  let due = false;
  let over = false;
  /** Until then nothing is sent, whatever happens. */
  let resting = false;
  let cancel = (): void => undefined;

  function send(): void {
    if (over) return;
    due = false;
    resting = true;
    cancel();
    const full = stream.send({ event: 'floor', data: board.view() });
    cancel = clock.setTimer(MOST_OFTEN_MS, () => void rested(full));
  }

  async function rested(full: Promise<void> | undefined): Promise<void> {
    try {
      await full;
    } catch {
      return;
    }
    resting = false;
    if (over) return;
    if (due) send();
    else cancel = clock.setTimer(AT_LEAST_MS - MOST_OFTEN_MS, send);
  }

  const stopWatching = board.watchFloor(() => {
    due = true;
    if (!resting) send();
  });
  stream.onClose(() => {
    over = true;
    stopWatching();
    cancel();
  });
  send();
}
