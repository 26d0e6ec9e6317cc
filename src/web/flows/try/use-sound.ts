import { useEffect, useRef, useState } from 'react';
import { type SimulationLine, soundOf } from '../../api/simulations.ts';

/** Plays what is heard, line after line; a key or a new call cuts it, as on a telephone. Gives the line that is sounding. */
export function useSound(id: string | null, lines: readonly SimulationLine[], on: boolean): number | null {
  const [playing, setPlaying] = useState<number | null>(null);
  const done = useRef<{ readonly id: string | null; readonly upTo: number }>({ id: null, upTo: -1 });

  useEffect(() => {
    const since = done.current.id === id ? done.current.upTo : -1;
    const fresh = lines.filter(({ at, kind }) => at > since && kind === 'heard').map(({ at }) => at);
    done.current = { id, upTo: lines.at(-1)?.at ?? -1 };
    if (id === null || !on) return;
    const audio = new Audio();
    const next = (): void => {
      const line = fresh.shift();
      setPlaying(line ?? null);
      if (line === undefined) return;
      audio.src = soundOf(id, line);
      // A line without sound, or a browser that wants a click first: the text is there all the same.
      audio.play().catch(() => setPlaying(null));
    };
    audio.onended = next;
    audio.onerror = next;
    next();
    return () => {
      audio.onended = null;
      audio.onerror = null;
      audio.pause();
    };
  }, [id, lines, on]);

  return playing;
}
