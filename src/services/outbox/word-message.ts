import type { Message, MessageClass } from '../../domain/message.ts';
import { Fault } from '../../flow/fault.ts';
import type { MessageCatalogue } from '../../flow/message-catalogue.ts';
import { type RenderedMessage, renderMessage } from '../../flow/render-message.ts';
import type { Outgoing } from '../../ports/notifier.ts';
import type { Sender, Senders } from './senders-file.ts';

/** What messages are put into words with. */
export interface Wording {
  readonly messages: MessageCatalogue;
  readonly senders: Senders;
  /** IANA zone of dates and times. */
  readonly zone: string;
}

export type Worded = { readonly kind: 'ready'; readonly outgoing: Outgoing } | { readonly kind: 'unsayable'; readonly reason: string };

/** A message in its last form, or why it can have none. */
export function wordMessage(message: Message, { messages, senders, zone }: Wording): Worded {
  const template = messages.get(message.template);
  const sender = senders.get(message.brand);
  if (message.channel === 'webhook' && (template?.webhook ?? null) === null)
    return { kind: 'ready', outgoing: webhook(message, message.data) };
  if (template === undefined) return unsayable(`there is no message "${message.template}" in flows/messages/`);
  try {
    const given = { brand: sender?.name ?? message.brand, optOut: sender?.optOut[message.language] ?? '' };
    return { kind: 'ready', outgoing: outgoing(message, renderMessage(template, message, zone, given), sender) };
  } catch (error) {
    if (error instanceof Fault) return unsayable(error.message);
    throw error;
  }
}

/** The stricter of what the message and its template say: neither can talk an advertisement into being information. */
export function classOf(message: Message, { messages }: Pick<Wording, 'messages'>): MessageClass {
  const template = messages.get(message.template);
  return template?.messageClass === 'commercial' ? 'commercial' : message.messageClass;
}

function outgoing(message: Message, rendered: RenderedMessage, sender: Sender | undefined): Outgoing {
  const { id, to } = message;
  switch (rendered.channel) {
    case 'sms':
      return { kind: 'sms', id, to, from: sender?.sms ?? null, text: rendered.text };
    case 'email':
      return { kind: 'email', id, to, from: sender?.email ?? null, subject: rendered.subject, text: rendered.text };
    case 'webhook':
      return webhook(message, rendered.body);
  }
}

function webhook({ id, to, template, brand, callId, createdAt }: Message, data: Message['data']): Outgoing {
  return { kind: 'webhook', id, to, event: template, brand, callId, createdAt, data };
}

function unsayable(reason: string): Worded {
  return { kind: 'unsayable', reason };
}
