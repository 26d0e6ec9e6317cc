import type { Call } from '../../domain/call.ts';
import { SantralError } from '../../domain/errors.ts';
import type { CallId } from '../../domain/ids.ts';
import { followCall, getCall, hangUpCall, listCalls, listEntries, listLiveCalls, listNotes } from '../contracts/calls.ts';
import { type Route, route, streamRoute } from '../route.ts';
import { followOneCall } from './call-stream.ts';
import type { RouteContext } from './context.ts';
import { viewCall, viewLeg } from './views.ts';

export function callRoutes(context: RouteContext): readonly Route[] {
  const { calls, stores } = context.deps;
  const brand = context.deps.config.brand;

  /** Calls of other brands do not exist here. */
  async function demand(id: CallId): Promise<Call> {
    const call = await stores.calls.get(id);
    if (call === undefined || call.brand !== brand) throw new SantralError('request.not-found', 'There is no such call.');
    return call;
  }

  return [
    route(listCalls, async ({ query, caller }) => {
      const { limit, ...filter } = query;
      const rows = await stores.calls.list({ ...defined(filter), brand, limit: limit + 1 });
      const items = rows.slice(0, limit).map((call) => viewCall(call, caller.user.role));
      return { items, next: rows.length > limit ? (items.at(-1)?.id ?? null) : null };
    }),
    route(listLiveCalls, async ({ caller }) => ({
      items: calls
        .live()
        .filter((call) => call.brand === brand)
        .map((call) => Object.assign(viewCall(call, caller.user.role), { node: call.node })),
    })),
    route(getCall, async ({ params, caller }) => {
      const call = await demand(params.id);
      const legs = await stores.calls.legs(params.id);
      return { call: viewCall(call, caller.user.role), legs: legs.map((leg) => viewLeg(leg, caller.user.role)) };
    }),
    route(listNotes, async ({ params }) => {
      await demand(params.id);
      const notes = await stores.talkNotes.ofCall(params.id);
      return { items: notes.map(({ talkId, agent, at, note, followUp }) => ({ talkId, agent, at, note, followUp })) };
    }),
    route(listEntries, async ({ params, query }) => {
      await demand(params.id);
      const items = await stores.calls.journal(params.id, query.after, query.limit);
      return { items: [...items], next: items.length === query.limit ? (items.at(-1)?.seq ?? null) : null };
    }),
    streamRoute(followCall, async ({ params, query, request, reply }) => {
      const call = await demand(params.id);
      await followOneCall(context, call, query.after ?? lastEventId(request.headers['last-event-id']), reply);
    }),
    route(hangUpCall, async ({ params, caller }) => {
      const call = await demand(params.id);
      if (call.state === 'ended') throw new SantralError('request.conflict', 'The call has ended already.');
      if (!(await calls.hangup(params.id, caller.user.name))) {
        throw new SantralError('request.conflict', 'The call is not in the hands of this engine now; it is closed when Asterisk is back.');
      }
      return { id: params.id };
    }),
  ];
}

/** The seq a reader that comes back has; 0 for one that comes first (or sends what is none). */
function lastEventId(header: string | readonly string[] | undefined): number {
  return typeof header === 'string' && /^\d{1,9}$/.test(header) ? Number(header) : 0;
}

type Defined<T> = { [K in keyof T]?: Exclude<T[K], undefined> };

/** Without the members that are undefined: absent and undefined differ for the ports. */
function defined<T extends object>(value: T): Defined<T> {
  return Object.fromEntries(Object.entries(value).filter(([, member]) => member !== undefined)) as Defined<T>;
}
