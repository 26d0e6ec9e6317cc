import type { BrandId } from '../domain/brand.ts';
import type { InvitationId, ResponseId } from '../domain/ids.ts';
import type { Message } from '../domain/message.ts';
import type { AnswerCount, InvitationCount } from '../domain/survey-report.ts';
import type { Answer, CommentRow, Invitation, SurveyResponse } from '../domain/survey-response.ts';

/** What a report looks at: answers and invitations of this time. UTC ms, `from` included, `to` not. */
export interface SurveyPeriod {
  readonly brand: BrandId;
  readonly survey: string;
  readonly from: number;
  readonly to: number;
}

export interface SurveyStore {
  /** Adds an invitation and, in the same transaction, the messages that carry its link. Gives the first one of its `dedupeKey`. */
  invite(invitation: Invitation, messages?: readonly Message[]): Promise<Invitation>;
  byToken(tokenHash: string): Promise<Invitation | undefined>;
  byKey(dedupeKey: string): Promise<Invitation | undefined>;
  /** Adds answers to the one response of an invitation, which begins with the first of them. What was answered before stays as it was. */
  answer(response: SurveyResponse, answers: readonly Answer[], at: number): Promise<void>;
  /** The same, and uses the invitation up; false, and nothing is stored, when that was done before. */
  submit(response: SurveyResponse, answers: readonly Answer[], at: number): Promise<boolean>;
  /** The numbers answered so far, by question. */
  numbersOf(invitation: InvitationId): Promise<ReadonlyMap<string, number>>;
  /** The questions that were answered with a comment so far. */
  commentsOf(invitation: InvitationId): Promise<ReadonlySet<string>>;
  answerCounts(period: SurveyPeriod): Promise<readonly AnswerCount[]>;
  invitationCounts(period: SurveyPeriod): Promise<readonly InvitationCount[]>;
  /** Newest responses first; `before` is the last response of the page before, `score` the question whose number stands beside. */
  comments(
    filter: SurveyPeriod & { readonly score: string; readonly before?: ResponseId; readonly limit: number },
  ): Promise<readonly CommentRow[]>;
}
