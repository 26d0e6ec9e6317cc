import { SantralError } from '../../domain/errors.ts';
import type { EarHow, FloorAgent } from '../../domain/floor-view.ts';
import type { AcdEventId, UserId } from '../../domain/ids.ts';
import type { Supervisor } from '../../services/agents/ear-acts.ts';
import {
  bargeIn,
  getFloor,
  leaveTalk,
  listAgents,
  listenIn,
  listQueues,
  logOutAgent,
  makeAgentPhone,
  moveWait,
  putAgent,
  whisperTo,
} from '../contracts/floor.ts';
import { type Route, route } from '../route.ts';
import type { RouteContext } from './context.ts';

/** The floor for supervisors. */
export function floorRoutes({ deps: { floor, board, acts, earActs, agents, config } }: RouteContext): readonly Route[] {
  function agentOr404(id: UserId): FloorAgent {
    const agent = board.floorAgent(id);
    if (agent === undefined) throw new SantralError('request.not-found', 'There is no such agent.');
    return agent;
  }

  return [
    route(getFloor, async () => board.view()),
    route(listQueues, async () => ({ items: board.queues() })),
    route(listAgents, async () => ({ items: board.floorAgents() })),
    route(putAgent, async ({ params: { id }, body: { place, language, queues, ...rest } }) => {
      const known = new Set(board.queues().map((queue) => queue.id));
      const unknown = queues.find((queue) => !known.has(queue));
      if (unknown !== undefined) throw new SantralError('request.not-found', `There is no queue "${unknown}" in flows/queues.yaml.`);
      const before = await agents.get(id);
      await agents.put({
        ...rest,
        userId: id,
        queues,
        language: language ?? before?.language ?? config.language,
        place: place ?? before?.place ?? { kind: 'web' },
      });
      return agentOr404(id);
    }),
    route(makeAgentPhone, async ({ params: { id } }) => {
      agentOr404(id);
      return agents.makePhone(id);
    }),
    route(logOutAgent, async ({ params: { id } }) => {
      agentOr404(id);
      acts.logout(id);
    }),
    route(listenIn, ({ params: { id }, caller }) => hear(id, caller.user, 'listen')),
    route(whisperTo, ({ params: { id }, caller }) => hear(id, caller.user, 'whisper')),
    route(bargeIn, ({ params: { id }, caller }) => hear(id, caller.user, 'barge')),
    route(leaveTalk, ({ params: { id }, caller }) => {
      agentOr404(id);
      return earActs.leave(id, caller.user);
    }),
    route(moveWait, async ({ params: { waitId }, body: { queue } }) => move(waitId, queue)),
  ];

  function hear(id: UserId, supervisor: Supervisor, how: EarHow): Promise<void> {
    agentOr404(id);
    return earActs.listen(id, supervisor, how);
  }

  function move(waitId: AcdEventId, queue: string): void {
    if (!board.view().waits.some(({ id }) => id === waitId)) throw new SantralError('request.not-found', 'Nobody waits there any more.');
    if (!board.queues().some(({ id }) => id === queue)) throw new SantralError('request.not-found', `There is no queue "${queue}".`);
    if (!floor.move(waitId, queue))
      throw new SantralError('request.conflict', 'The caller waits in that queue already, or is not back yet.');
  }
}
