import { SantralError } from '../../domain/errors.ts';
import type { Language } from '../../domain/language.ts';
import type { Message } from '../../domain/message.ts';
import type { Survey } from '../../domain/survey.ts';
import type { Invitation, SurveyTags } from '../../domain/survey-response.ts';
import type { SurveyDeps } from './deps.ts';

const HOUR_MS = 3_600_000;
/** Key of the message's template. It reads `title`, `link` and `hours`. */
const TEMPLATE = 'survey.invite';

/** Whom to send the link to; absent: the one who asks hands it over. */
export interface SendTo {
  readonly channel: 'sms' | 'email';
  /** E.164, or an e-mail address. */
  readonly to: string;
}

export interface InvitationOrder extends SurveyTags {
  readonly survey: Survey;
  readonly language: Language;
  /** How long the link works. */
  readonly hours: number;
  readonly send: SendTo | null;
  /** An order of the same key is carried out once. */
  readonly key: string | null;
}

export interface Invited {
  readonly invitation: Invitation;
  /** Known now and never again: only its hash is kept. */
  readonly url: string;
}

/** Makes a link to a survey, and the message that carries it in the same transaction. Rejects with `request.conflict` for a key that was used. */
export async function invite(deps: SurveyDeps, order: InvitationOrder): Promise<Invited> {
  const { store, clock, ids, links, settings } = deps;
  const { survey, language, dealer, agent, campaign, send } = order;
  const now = clock.now();
  const link = links.make(now + order.hours * HOUR_MS);
  const id = ids.next('invitation');
  const invitation: Invitation = {
    id,
    brand: settings.brand,
    survey: survey.id,
    language,
    channel: send?.channel ?? 'web',
    tokenHash: link.hash,
    callId: null,
    dealer,
    agent,
    campaign,
    createdAt: now,
    expiresAt: link.expiresAt,
    usedAt: null,
    dedupeKey: order.key === null ? `own ${id}` : `given ${order.key}`,
  };
  const url = `${settings.publicUrl}/s/${link.token}`;
  const messages = send === null ? [] : [messageFor(deps, invitation, order, send, url)];
  const stored = await store.invite(invitation, messages);
  if (stored.id !== id)
    throw new SantralError('request.conflict', 'There is an invitation with this key already; its link is not made again.');
  return { invitation: stored, url };
}

function messageFor(
  { ids }: SurveyDeps,
  { id, brand, language, createdAt }: Invitation,
  { survey, hours }: InvitationOrder,
  { channel, to }: SendTo,
  url: string,
): Message {
  return {
    id: ids.next('message'),
    brand,
    channel,
    to,
    template: TEMPLATE,
    language,
    messageClass: 'informational',
    data: { title: survey.title[language], link: url, hours },
    dedupeKey: `survey ${id}`,
    orderKey: null,
    callId: null,
    createdAt,
    notBefore: createdAt,
  };
}
