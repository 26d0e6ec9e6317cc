/** Tables of surveys, as `schema.ts` holds the others. */

export interface InvitationRow {
  id: string;
  brand: string;
  survey: string;
  language: string;
  channel: string;
  token_hash: string | null;
  call_id: string | null;
  dealer: string;
  agent: string;
  campaign: string;
  created_at: number;
  expires_at: number | null;
  used_at: number | null;
  dedupe_key: string;
}

export interface ResponseRow {
  id: string;
  invitation_id: string;
  language: string;
  started_at: number;
  finished_at: number | null;
}

export interface AnswerRow {
  response_id: string;
  question: string;
  value: number;
  answered_at: number;
}

/** Words to a question: the name of a recording, or what was written. */
export interface SurveyCommentRow {
  response_id: string;
  question: string;
  recording: string | null;
  seconds: number | null;
  body: string | null;
  commented_at: number;
}
