import type { FastifyReply } from 'fastify';
import type { Call } from '../../domain/call.ts';
import type { RouteContext } from './context.ts';

/** The journal of one call as server-sent events, from `after` on. */
export async function followOneCall({ deps, streams }: RouteContext, call: Call, after: number, reply: FastifyReply): Promise<void> {
  if (call.state === 'ended' && (await deps.stores.calls.journal(call.id, after, 1)).length === 0) {
    // A browser's EventSource comes back for ever, unless it is told 204.
    await reply.code(204).send();
    return;
  }
  const stream = streams.open(reply);
  const unsubscribe = deps.feed.subscribe(call.id, after, {
    send: (entry) => stream.send({ event: 'entry', id: String(entry.seq), data: entry }),
    end(reason) {
      if (reason.kind === 'call-ended') void stream.send({ event: 'ended', data: { callId: call.id } })?.catch(() => undefined);
      if (reason.kind === 'failed') deps.log.warn({ callId: call.id, err: reason.error }, 'a call feed was cut; its reader may come back');
      stream.close();
    },
  });
  stream.onClose(unsubscribe);
}
