import { useEffect, useState } from 'react';
import type { FloorView } from '../../domain/floor-view.ts';
import { parseJson } from '../api/client.ts';
import { FLOOR_URL } from '../api/floor.ts';
import { shape } from '../api/shape.ts';
import { useLoginChanged } from '../shell/use-login.ts';

/** The floor as it was told last, and whether it is still being told. */
export interface LiveFloor {
  readonly floor: FloorView | null;
  readonly live: boolean;
  /** How far this browser's clock is ahead of the engine's. ms. */
  readonly skewMs: number;
}

const RETRY_MS = 2000;

/** Follows the floor while the page is open. The browser asks again by itself; where it gives up, we don't. */
export function useFloor(): LiveFloor {
  const [live, setLive] = useState<LiveFloor>({ floor: null, live: false, skewMs: 0 });
  const loginChanged = useLoginChanged();
  useEffect(() => {
    let source: EventSource | null = null;
    let timer: ReturnType<typeof setTimeout> | undefined;
    function open(): void {
      const opened = new EventSource(FLOOR_URL);
      source = opened;
      opened.addEventListener('floor', ({ data }) => {
        const floor = readFloor(data);
        setLive({ floor, live: true, skewMs: Date.now() - floor.at });
      });
      opened.addEventListener('error', () => {
        setLive((known) => ({ ...known, live: false }));
        if (opened.readyState !== EventSource.CLOSED) return;
        void loginChanged().catch(() => undefined);
        timer = setTimeout(open, RETRY_MS);
      });
    }
    open();
    return () => {
      clearTimeout(timer);
      source?.close();
    };
  }, [loginChanged]);
  return live;
}

/** The engine that serves this page sends it: its outline is checked, the rest is as the contract says. */
function readFloor(data: unknown): FloorView {
  const floor = shape(parseJson(String(data)), 'floor');
  floor.number('at');
  for (const list of ['queues', 'waits', 'agents']) floor.list(list);
  return floor.raw as FloorView;
}
