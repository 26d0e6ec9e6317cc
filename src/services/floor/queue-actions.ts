import type { FloorQueue } from '../../domain/floor-view.ts';
import type { ActionHandler } from '../../ports/actions.ts';
import type { Clock } from '../../ports/clock.ts';

export interface QueueActionsNeeds {
  readonly queues: () => readonly Omit<FloorQueue, 'today'>[];
  /** What a caller who joins now would wait (ms); null while too little is known. */
  readonly expectedWait: (queue: string) => number | null;
  readonly clock: Pick<Clock, 'now'>;
}

const SECOND_MS = 1000;

/** The action `queues.state {queue}`: how full a queue is; null (the exit `none`) where there is no such queue. */
export function queueActions({ queues, expectedWait, clock }: QueueActionsNeeds): Record<'queues.state', ActionHandler> {
  return {
    'queues.state': async (params) => {
      const queue = queues().find(({ id }) => id === params['queue']);
      if (queue === undefined) return null;
      const { open, waiting, waitingSince, agents } = queue;
      const longestMs = waitingSince === null ? 0 : Math.max(0, clock.now() - waitingSince);
      const expectedMs = expectedWait(queue.id);
      return {
        open,
        waiting,
        longestWaitSeconds: Math.round(longestMs / SECOND_MS),
        estimatedWaitSeconds: expectedMs === null ? null : Math.round(expectedMs / SECOND_MS),
        loggedIn: agents.loggedIn,
        available: agents.available,
      };
    },
  };
}
