import type { Transaction } from 'kysely';
import type { Message } from '../domain/message.ts';
import type { MessageRow, Schema } from './schema.ts';
import type { SessionSeal } from './session-seal.ts';

/** A message as it is first stored. Whom it goes to and what it says is sealed: it holds numbers and names. */
export function toMessageRow(message: Message, seal: SessionSeal): MessageRow {
  return {
    id: message.id,
    brand: message.brand,
    channel: message.channel,
    dedupe_key: message.dedupeKey,
    order_key: message.orderKey,
    call_id: message.callId,
    message_class: message.messageClass,
    language: message.language,
    template: message.template,
    payload: seal.seal(JSON.stringify({ to: message.to, data: message.data })),
    state: 'queued',
    attempts: 0,
    next_at: message.notBefore,
    created_at: message.createdAt,
    ended_at: null,
    last_error: null,
  };
}

/** Writes messages in the transaction of the fact that causes them. One that is there already is left as it is. */
export async function sendMessages(db: Transaction<Schema>, messages: readonly Message[], seal: SessionSeal): Promise<void> {
  if (messages.length === 0) return;
  const insert = db.insertInto('messages').values(messages.map((message) => toMessageRow(message, seal)));
  await insert.onConflict((conflict) => conflict.column('dedupe_key').doNothing()).execute();
}

/** Takes back messages that still wait, by their dedupe keys, in the transaction of the fact that makes them wrong. */
export async function withdrawMessages(db: Transaction<Schema>, dedupeKeys: readonly string[], now: number): Promise<void> {
  if (dedupeKeys.length === 0) return;
  const update = db.updateTable('messages').set({ state: 'cancelled', payload: null, ended_at: now });
  await update.where('dedupe_key', 'in', dedupeKeys).where('state', 'in', ['queued', 'retrying']).execute();
}
