import type { BrandId } from './brand.ts';
import type { CallId, InvitationId, RecordingId, ResponseId } from './ids.ts';
import type { Language } from './language.ts';

/** How somebody was asked. phone: at the end of a call · call: called for it · web: a link handed over · sms, email: a link sent. */
export const SURVEY_CHANNELS = ['phone', 'call', 'web', 'sms', 'email'] as const;
export type SurveyChannel = (typeof SURVEY_CHANNELS)[number];

/** Whom an answer is about; empty where nobody said. */
export interface SurveyTags {
  readonly dealer: string;
  readonly agent: string;
  readonly campaign: string;
}

/** Somebody was asked to answer a survey: once, in one way. What is not answered counts for the response rate. */
export interface Invitation extends SurveyTags {
  readonly id: InvitationId;
  readonly brand: BrandId;
  readonly survey: string;
  readonly language: Language;
  readonly channel: SurveyChannel;
  /** SHA-256 of the link's token, hex; null where there is no link. */
  readonly tokenHash: string | null;
  readonly callId: CallId | null;
  readonly createdAt: number;
  readonly expiresAt: number | null;
  readonly usedAt: number | null;
  /** A second invitation of the same key is the first one. */
  readonly dedupeKey: string;
}

/** What somebody said to one invitation. */
export interface SurveyResponse {
  readonly id: ResponseId;
  readonly invitationId: InvitationId;
  readonly language: Language;
  readonly startedAt: number;
  /** When the last question was answered; null while some are open. */
  readonly finishedAt: number | null;
}

/** One answer: a number, or words spoken or written. */
export type Answer =
  | { readonly kind: 'number'; readonly question: string; readonly value: number }
  | { readonly kind: 'recording'; readonly question: string; readonly recording: RecordingId; readonly seconds: number }
  | { readonly kind: 'text'; readonly question: string; readonly text: string };

/** A comment as the report lists it, with the answer it goes with. */
export interface CommentRow extends SurveyTags {
  readonly response: ResponseId;
  readonly question: string;
  readonly at: number;
  readonly language: Language;
  readonly channel: SurveyChannel;
  readonly recording: RecordingId | null;
  readonly seconds: number | null;
  readonly text: string | null;
  /** The number the same person gave to the survey's first question with one; null when none. */
  readonly score: number | null;
}
