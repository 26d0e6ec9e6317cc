import type { BrandId } from '../domain/brand.ts';
import type { CallId, InvitationId, RecordingId, ResponseId } from '../domain/ids.ts';
import type { CommentRow, Invitation } from '../domain/survey-response.ts';
import type { InvitationRow } from './schema.ts';

export function toInvitationRow(invitation: Invitation): InvitationRow {
  const { id, brand, survey, language, channel, dealer, agent, campaign } = invitation;
  return {
    id,
    brand,
    survey,
    language,
    channel,
    token_hash: invitation.tokenHash,
    call_id: invitation.callId,
    dealer,
    agent,
    campaign,
    created_at: invitation.createdAt,
    expires_at: invitation.expiresAt,
    used_at: invitation.usedAt,
    dedupe_key: invitation.dedupeKey,
  };
}

export function fromInvitationRow(row: InvitationRow): Invitation {
  return {
    id: row.id as InvitationId,
    brand: row.brand as BrandId,
    survey: row.survey,
    language: row.language as Invitation['language'],
    channel: row.channel as Invitation['channel'],
    tokenHash: row.token_hash,
    callId: row.call_id as CallId | null,
    dealer: row.dealer,
    agent: row.agent,
    campaign: row.campaign,
    createdAt: row.created_at,
    expiresAt: row.expires_at,
    usedAt: row.used_at,
    dedupeKey: row.dedupe_key,
  };
}

/** A comment with what the report shows beside it, as the query gives it. */
export interface ListedComment {
  readonly response_id: string;
  readonly question: string;
  readonly recording: string | null;
  readonly seconds: number | null;
  readonly body: string | null;
  readonly commented_at: number;
  readonly language: string;
  readonly channel: string;
  readonly dealer: string;
  readonly agent: string;
  readonly campaign: string;
  readonly score: number | null;
}

export function fromListedComment(row: ListedComment): CommentRow {
  const { question, dealer, agent, campaign, seconds, score } = row;
  return {
    response: row.response_id as ResponseId,
    question,
    at: row.commented_at,
    language: row.language as CommentRow['language'],
    channel: row.channel as CommentRow['channel'],
    dealer,
    agent,
    campaign,
    recording: row.recording as RecordingId | null,
    seconds,
    text: row.body,
    score,
  };
}
