import { useCallback, useEffect, useRef, useState } from 'react';
import type { Language } from '../../../domain/language.ts';
import {
  beginSimulation,
  endSimulation,
  type Simulation,
  type SimulationInput,
  type SimulationLine,
  sendInput,
} from '../../api/simulations.ts';

export interface Trial {
  /** null before the first. */
  readonly simulation: Simulation | null;
  /** All lines so far. */
  readonly lines: readonly SimulationLine[];
  readonly busy: boolean;
  readonly error: unknown;
  readonly begin: (language: Language, text: string | null) => void;
  /** Sent one after the other, in the order of the calls. */
  readonly send: (input: SimulationInput) => void;
}

/** A flow on trial. `onAt` is told the node of this flow that it stands at; null when it is over. */
export function useSimulation(flow: string, onAt: (node: string | null) => void): Trial {
  const [simulation, setSimulation] = useState<Simulation | null>(null);
  const [lines, setLines] = useState<readonly SimulationLine[]>([]);
  const [pending, setPending] = useState(0);
  const [error, setError] = useState<unknown>(null);
  const id = useRef<string | null>(null);
  const queue = useRef<Promise<void>>(Promise.resolve());

  const forget = useCallback((): void => {
    if (id.current !== null) void endSimulation(id.current).catch(() => undefined);
    id.current = null;
  }, []);
  useEffect(
    () => () => {
      forget();
      onAt(null);
    },
    [forget, onAt],
  );

  const follow = useCallback(
    (work: () => Promise<Simulation>, fresh: boolean): void => {
      setPending((count) => count + 1);
      const step = async (): Promise<void> => {
        try {
          const next = await work();
          id.current = next.id;
          setSimulation(next);
          setLines((before) => (fresh ? next.lines : [...before, ...next.lines]));
          setError(null);
          onAt(placeIn(flow, next));
        } catch (reason) {
          setError(reason);
        } finally {
          setPending((count) => count - 1);
        }
      };
      queue.current = queue.current.then(step);
    },
    [flow, onAt],
  );

  return {
    simulation,
    lines,
    busy: pending > 0,
    error,
    begin(language, text) {
      forget();
      follow(() => beginSimulation(flow, language, text), true);
    },
    send(input) {
      follow(async () => {
        if (id.current === null) throw new Error('there is no simulation');
        return sendInput(id.current, input);
      }, false);
    },
  };
}

function placeIn(flow: string, { stack, waiting }: Simulation): string | null {
  if (waiting.kind === 'ended') return null;
  return stack.findLast((frame) => frame.flow === flow)?.node ?? null;
}
