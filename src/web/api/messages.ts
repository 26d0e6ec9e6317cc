import { request } from './client.ts';
import { type Shape, shape } from './shape.ts';

export interface MessageInfo {
  readonly id: string;
  readonly channel: string;
  readonly template: string;
  /** Masked; null once it is wiped. */
  readonly to: string | null;
  readonly state: string;
  readonly attempts: number;
  /** UTC ms. */
  readonly createdAt: number;
  readonly nextAt: number;
  readonly reason: string | null;
}

export interface MessagePage {
  readonly items: readonly MessageInfo[];
  readonly next: string | null;
}

/** `state` and `channel`: empty for all. */
export async function listMessages(
  filter: { readonly state: string; readonly channel: string },
  before: string | null,
): Promise<MessagePage> {
  const wanted = new URLSearchParams(Object.entries(filter).filter(([, value]) => value !== ''));
  if (before !== null) wanted.set('before', before);
  const page = shape(await request('GET', `/messages?${wanted}`), 'messages');
  return { items: page.list('items').map(messageFrom), next: page.optionalText('next') };
}

export async function replayMessage(id: string): Promise<void> {
  await request('POST', `/messages/${id}/replay`);
}

/** How many are queued again. */
export async function replayAllMessages(channel: string): Promise<number> {
  const answer = await request('POST', '/messages/replay', channel === '' ? {} : { channel });
  return shape(answer, 'answer').number('replayed');
}

export async function cancelMessage(id: string): Promise<void> {
  await request('POST', `/messages/${id}/cancel`);
}

function messageFrom(row: Shape): MessageInfo {
  return {
    id: row.text('id'),
    channel: row.text('channel'),
    template: row.text('template'),
    to: row.optionalText('to'),
    state: row.text('state'),
    attempts: row.number('attempts'),
    createdAt: row.number('createdAt'),
    nextAt: row.number('nextAt'),
    reason: row.optionalText('reason'),
  };
}
