import type { Message } from '../domain/message.ts';
import type { MessageRow } from './schema.ts';
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
