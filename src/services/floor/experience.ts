import { estimatedWait, RECENT_SAMPLES, type WaitSample } from '../../acd/estimate.ts';
import type { AcdEvent } from '../../domain/acd-event.ts';

/** So many waits are kept per queue: enough for the latest of each of the first places. */
const MOST_WAITS = RECENT_SAMPLES * 20;

interface OfQueue {
  readonly waits: WaitSample[];
  readonly handledMs: number[];
}

/** What the last hours teach of each queue: how long callers waited, and how long a call keeps an agent. */
export class Experience {
  readonly #queues = new Map<string, OfQueue>();
  /** Talks whose wrap-up is not over: talk and hold, ms. */
  readonly #talked = new Map<string, number>();
  /** Talks that agents began by hand: they tell nothing of how long a caller of the queue keeps an agent. */
  readonly #own = new Set<string>();

  note(event: AcdEvent): void {
    switch (event.kind) {
      case 'left':
        if (event.how === 'answered') keep(this.#of(event.queue).waits, { position: event.joinedAt, waitedMs: event.waitedMs }, MOST_WAITS);
        break;
      case 'connected':
        if (event.direction === 'outbound') this.#own.add(event.id);
        break;
      case 'released':
        if (event.queue !== null && !this.#own.delete(event.talkId)) this.#talked.set(event.talkId, event.talkMs + event.holdMs);
        break;
      case 'wrapped-up':
        if (event.queue !== null) this.#handled(event.queue, event.talkId, event.wrapMs);
        break;
      default:
    }
  }

  estimate(queue: string, position: number, agents: number): number | null {
    return estimatedWait({ ...this.#of(queue), agents }, position);
  }

  #handled(queue: string, talkId: string, wrapMs: number): void {
    const talked = this.#talked.get(talkId);
    this.#talked.delete(talkId);
    if (talked !== undefined) keep(this.#of(queue).handledMs, talked + wrapMs, RECENT_SAMPLES);
  }

  #of(queue: string): OfQueue {
    const known = this.#queues.get(queue) ?? { waits: [], handledMs: [] };
    this.#queues.set(queue, known);
    return known;
  }
}

function keep<T>(list: T[], one: T, most: number): void {
  list.push(one);
  if (list.length > most) list.shift();
}
