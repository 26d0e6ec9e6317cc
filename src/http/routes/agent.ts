import { SantralError } from '../../domain/errors.ts';
import type { UserId } from '../../domain/ids.ts';
import {
  acceptCall,
  askWrapUp,
  endWrapUp,
  extendWrapUp,
  getAgent,
  hangUpCall,
  listTargets,
  loginAgent,
  logoutAgent,
  makeAvailable,
  pauseAgent,
  refuseCall,
} from '../contracts/agent.ts';
import type { AgentView } from '../contracts/agent-views.ts';
import { type Route, route } from '../route.ts';
import type { RouteContext } from './context.ts';

/** What agents do at their own desk. */
export function agentRoutes({ deps: { acts, board, directory } }: RouteContext): readonly Route[] {
  function me(id: UserId): AgentView {
    const view = board.agentView(id);
    if (view === undefined) throw noProfile();
    return view;
  }

  /** Does it, and tells what the agent is then. */
  async function then(id: UserId, act: () => unknown): Promise<AgentView> {
    await act();
    return me(id);
  }

  return [
    route(getAgent, async ({ caller }) => {
      const snapshot = board.snapshot(caller.user.id);
      if (snapshot === undefined) throw noProfile();
      return snapshot;
    }),
    route(listTargets, async ({ caller }) => {
      const mine = me(caller.user.id).id;
      const departments = await directory.list('department');
      const colleagues = board.floorAgents().filter(({ id, state }) => id !== mine && state.kind !== 'offline');
      return {
        agents: colleagues.map(({ id, displayName, state }) => ({ id, name: displayName, free: state.kind === 'available' })),
        queues: board.queues().map(({ id, label, waiting }) => ({ id, label, waiting })),
        departments: departments.map(({ id, label, state }) => ({ id, label, free: state === 'open' })),
      };
    }),
    route(loginAgent, ({ caller: { user }, body }) => then(user.id, () => acts.login(user.id, body.place))),
    route(logoutAgent, ({ caller: { user } }) => then(user.id, () => acts.logout(user.id))),
    route(makeAvailable, ({ caller: { user } }) => then(user.id, () => acts.available(user.id))),
    route(pauseAgent, ({ caller: { user }, body }) => then(user.id, () => acts.pause(user.id, body.reason))),
    route(acceptCall, async ({ caller }) => acts.accept(caller.user.id)),
    route(refuseCall, async ({ caller }) => acts.refuse(caller.user.id)),
    route(hangUpCall, async ({ caller }) => acts.hangUp(caller.user.id)),
    route(endWrapUp, ({ caller: { user }, body: { disposition, note, followUp } }) =>
      then(user.id, () => acts.close(user.id, { disposition, note, followUp })),
    ),
    route(extendWrapUp, ({ caller: { user } }) => then(user.id, () => acts.extend(user.id))),
    route(askWrapUp, ({ caller: { user } }) => then(user.id, () => acts.askWrapUp(user.id))),
  ];
}

function noProfile(): SantralError {
  return new SantralError('agent.no-profile', 'This user is no agent. A supervisor makes one: PUT /api/v1/agents/:id.');
}
