import { type BrandId, DEFAULT_BRAND } from '../../src/domain/brand.ts';
import type { Message } from '../../src/domain/message.ts';
import { systemIds } from '../../src/system-clock.ts';

/** A message of its own, due at once. */
export function messageOf(brand: BrandId = DEFAULT_BRAND, changed: Partial<Message> = {}): Message {
  const id = systemIds.next('message');
  return {
    id,
    brand,
    channel: 'sms',
    to: '+905550000017',
    template: 'general.note',
    language: 'tr',
    messageClass: 'informational',
    data: { text: 'Merhaba' },
    dedupeKey: id,
    orderKey: null,
    callId: null,
    createdAt: 1_767_258_000_000,
    notBefore: 1_767_258_000_000,
    ...changed,
  };
}
