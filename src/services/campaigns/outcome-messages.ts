import type { Message } from '../../domain/message.ts';
import type { Settlement } from '../../ports/campaign-store.ts';
import type { DialDeps } from './deps.ts';

/** The key of the event that webhooks hear. */
const TEMPLATE = 'campaign.outcome';

/** What other systems hear of an attempt's end: stored with it, so that none is lost and none told twice. No number is in it. */
export function outcomeMessages(
  { ids, clock }: Pick<DialDeps, 'ids' | 'clock'>,
  { campaign, contact, attempt, next }: Settlement,
): readonly Message[] {
  if (attempt.outcome === 'withdrawn') return [];
  const now = clock.now();
  return campaign.webhooks.map((webhook) => ({
    id: ids.next('message'),
    brand: campaign.brand,
    channel: 'webhook',
    to: webhook,
    template: TEMPLATE,
    language: campaign.language,
    messageClass: 'informational',
    dedupeKey: `${attempt.id}-${webhook}`,
    orderKey: contact.contact,
    callId: attempt.callId,
    createdAt: now,
    notBefore: now,
    data: {
      campaign: campaign.id,
      contact: contact.contact,
      attempt: attempt.id,
      attemptNo: attempt.no,
      call: attempt.callId,
      outcome: attempt.outcome,
      final: next.kind === 'done',
      retryAt: next.kind === 'retry' ? new Date(next.at).toISOString() : null,
      answeredAt: attempt.answeredAt === null ? null : new Date(attempt.answeredAt).toISOString(),
      endedAt: attempt.endedAt === null ? null : new Date(attempt.endedAt).toISOString(),
      heardShare: attempt.heardShare,
      keys: attempt.keys,
    },
  }));
}
