import type { z } from 'zod';
import { SantralError } from '../../domain/errors.ts';
import type { MessageId } from '../../domain/ids.ts';
import { maskNumber } from '../../domain/mask-number.ts';
import type { Changed, StoredMessage } from '../../ports/outbox.ts';
import type { Role } from '../../ports/stores.ts';
import { cancelMessage, getMessage, listMessages, replayMessage, replayMessages } from '../contracts/messages.ts';
import { type Route, route } from '../route.ts';
import type { RouteContext } from './context.ts';

export function messageRoutes({ deps: { outbox, config } }: RouteContext): readonly Route[] {
  const { brand } = config;

  /** Messages of other brands do not exist here. */
  async function demand(id: MessageId): Promise<StoredMessage> {
    const message = await outbox.get(id);
    if (message === undefined || message.brand !== brand) throw new SantralError('request.not-found', 'There is no such message.');
    return message;
  }

  async function change(id: MessageId, role: Role, work: (id: MessageId) => Promise<Changed>, wanted: string) {
    await demand(id);
    const changed = await work(id);
    if (changed === 'wiped') throw new SantralError('request.conflict', 'What the message said has been wiped; it cannot be sent again.');
    if (changed !== 'done') throw new SantralError('request.conflict', `The message ${wanted}.`);
    return viewMessage(await demand(id), role);
  }

  return [
    route(listMessages, async ({ query: { limit, ...filter }, caller }) => {
      const wanted = Object.fromEntries(Object.entries(filter).filter(([, value]) => value !== undefined));
      const rows = await outbox.list({ ...wanted, brand, limit: limit + 1 });
      const items = rows.slice(0, limit).map((message) => viewMessage(message, caller.user.role));
      return { items, next: rows.length > limit ? (items.at(-1)?.id ?? null) : null };
    }),
    route(getMessage, async ({ params, caller }) => viewMessage(await demand(params.id), caller.user.role)),
    route(replayMessage, ({ params, caller }) =>
      change(params.id, caller.user.role, outbox.replay, 'is no dead letter: only those are sent again'),
    ),
    route(replayMessages, async ({ body: { channel, template } }) => ({
      replayed: await outbox.replayAll({
        brand,
        ...(channel === undefined ? {} : { channel }),
        ...(template === undefined ? {} : { template }),
      }),
    })),
    route(cancelMessage, ({ params, caller }) =>
      change(params.id, caller.user.role, outbox.cancel, 'does not wait: it is being sent or done with'),
    ),
  ];
}

function viewMessage(message: StoredMessage, role: Role): z.output<(typeof getMessage)['reply']['schema']> {
  const { to, ...rest } = message;
  return { ...rest, to: to === null || role === 'admin' || message.channel === 'webhook' ? to : maskRecipient(to) };
}

/** `a***@santral.example`; numbers as everywhere. */
export function maskRecipient(to: string): string {
  const at = to.lastIndexOf('@');
  return at < 0 ? maskNumber(to) : `${to.slice(0, 1)}***${to.slice(at)}`;
}
