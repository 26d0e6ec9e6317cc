import type { Call } from '../../domain/call.ts';
import { type CallId, parseId } from '../../domain/ids.ts';
import type { JournalEntry } from '../../domain/journal.ts';
import type { Value } from '../../domain/value.ts';
import { endpointOfChannel, endpointOfLogin } from '../../services/web-phone/web-phone.ts';
import { followPhone, openPhone } from '../contracts/phone.ts';
import type { HttpDeps } from '../deps.ts';
import { type Route, route, streamRoute } from '../route.ts';
import type { EventStream } from '../sse.ts';
import type { RouteContext } from './context.ts';

export function phoneRoutes({ deps, streams }: RouteContext): readonly Route[] {
  return [
    route(openPhone, ({ caller }) => deps.webPhones.open(caller.user.id, caller.token.id)),
    streamRoute(followPhone, async ({ caller, query, request, reply }) => {
      const endpoint = endpointOfLogin(caller.token.id);
      const seen = await missed(deps, positionOf(query.after ?? request.headers['last-event-id']), endpoint);
      followEndpoint(deps, streams.open(reply), endpoint, seen);
    }),
  ];
}

interface Position {
  readonly callId: CallId;
  readonly seq: number;
}

/** Reads `<call>.<seq>`. */
function positionOf(text: string | readonly string[] | undefined): Position | undefined {
  const match = typeof text === 'string' ? /^(call_[^.]+)\.(\d{1,9})$/.exec(text) : null;
  const callId = parseId('call', match?.[1] ?? '');
  return callId === undefined ? undefined : { callId, seq: Number(match?.[2]) };
}

interface Known {
  readonly callId: CallId;
  readonly did: string;
  readonly flow: string;
  readonly startedAt: number;
}

/**
 * The call a reader that comes back was following, when it is one of its own phone (its customer leg says so: nobody reads
 * another's call by naming its id) and there is, or may be, more of it.
 */
async function missed(
  { stores }: HttpDeps,
  position: Position | undefined,
  endpoint: string,
): Promise<{ readonly known: Known; readonly seq: number } | undefined> {
  const call = position === undefined ? undefined : await stores.calls.get(position.callId);
  if (position === undefined || call === undefined) return undefined;
  const legs = await stores.calls.legs(call.id);
  if (!legs.some((leg) => leg.role === 'customer' && endpointOfChannel(leg.endpoint) === endpoint)) return undefined;
  if (call.state === 'ended' && (await stores.calls.journal(call.id, position.seq, 1)).length === 0) return undefined;
  return { known: knownOf(call), seq: position.seq };
}

function knownOf({ id, did, flow, startedAt }: Call): Known {
  return { callId: id, did, flow, startedAt };
}

function text(value: Value | undefined): string {
  return typeof value === 'string' ? value : '';
}

/** From a `call-arrived` line. */
function knownFrom({ callId, at, data }: JournalEntry): Known {
  return { callId, did: text(data['did']), flow: text(data['flow']), startedAt: at };
}

/** Sends the calls of one browser phone, those that are up and those to come, until the reader leaves. */
function followEndpoint(
  { calls, feed, log }: HttpDeps,
  stream: EventStream,
  endpoint: string,
  resume: Awaited<ReturnType<typeof missed>>,
): void {
  const followed = new Map<CallId, () => void>();

  function follow(known: Known, after: number): void {
    const { callId } = known;
    if (followed.has(callId)) return;
    // Before the subscription: it may answer at once.
    followed.set(callId, () => undefined);
    void stream.send({ event: 'call', data: known })?.catch(() => undefined);
    const unsubscribe = feed.subscribe(callId, after, {
      send: (entry) => stream.send({ event: 'entry', id: `${callId}.${entry.seq}`, data: entry }),
      end(reason) {
        followed.delete(callId);
        if (reason.kind === 'call-ended') {
          void stream.send({ event: 'ended', data: { callId } })?.catch(() => undefined);
          return;
        }
        if (reason.kind === 'failed') log.warn({ callId, err: reason.error }, 'a phone feed was cut; its reader may come back');
        stream.close();
      },
    });
    if (followed.has(callId)) followed.set(callId, unsubscribe);
  }

  const arrived = (entry: JournalEntry): void => {
    const channel = entry.data['endpoint'];
    if (typeof channel === 'string' && endpointOfChannel(channel) === endpoint) follow(knownFrom(entry), 0);
  };
  const stopListening = feed.onArrival(arrived);
  stream.onClose(() => {
    stopListening();
    for (const unsubscribe of followed.values()) unsubscribe();
  });
  if (resume !== undefined) follow(resume.known, resume.seq);
  for (const call of calls.live()) if (endpointOfChannel(call.channelName) === endpoint) follow(knownOf(call), 0);
}
