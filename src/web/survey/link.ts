import type { Language } from '../../domain/language.ts';
import type { Question, Survey } from '../../domain/survey.ts';
import { ApiError, request } from '../api/client.ts';

/** A question as a page has it: what is heard by telephone stays there. */
export type PageQuestion = Question extends infer Q ? (Q extends unknown ? Omit<Q, 'spoken'> : never) : never;

export type PageSurvey = Pick<Survey, 'id' | 'title' | 'thanks'> & { readonly questions: readonly PageQuestion[] };

export interface OpenLink {
  readonly survey: PageSurvey;
  readonly language: Language;
}

export type GivenAnswer = { readonly question: string; readonly value: number } | { readonly question: string; readonly text: string };

/** Why a link leads nowhere. trouble: worth another try. */
export type LinkFault = 'invalid' | 'expired' | 'used' | 'too-many' | 'trouble';

const FAULTS: Readonly<Record<string, LinkFault>> = {
  'survey.link-invalid': 'invalid',
  'survey.link-expired': 'expired',
  'survey.link-used': 'used',
  'request.not-found': 'invalid',
  'request.invalid': 'invalid',
  'request.too-many': 'too-many',
};

/** Same origin, same contract: the engine's own schema has checked what it sends. */
export async function openLink(token: string): Promise<OpenLink> {
  return (await request('GET', `/survey-links/${encodeURIComponent(token)}`)) as OpenLink;
}

export async function sendAnswers(token: string, language: Language, answers: readonly GivenAnswer[]): Promise<void> {
  await request('POST', `/survey-links/${encodeURIComponent(token)}`, { language, answers });
}

export function faultOf(error: unknown): LinkFault {
  return (error instanceof ApiError ? FAULTS[error.code] : undefined) ?? 'trouble';
}
