import { SantralError } from '../../domain/errors.ts';
import type { Language } from '../../domain/language.ts';
import { answers as fits, isAsked, type Survey } from '../../domain/survey.ts';
import type { Answer, Invitation } from '../../domain/survey-response.ts';
import type { SurveyDeps } from './deps.ts';

/** Control characters but the new line: no database and no screen has a use for them. */
const CONTROLS = /[^\P{Cc}\n]/gu;

/** What a page sends for one question. */
export type WrittenAnswer = { readonly question: string; readonly value: number } | { readonly question: string; readonly text: string };

export interface OpenedSurvey {
  readonly survey: Survey;
  readonly language: Language;
  readonly expiresAt: number;
}

export interface WebSurvey {
  /** The survey behind a link. Rejects with `survey.link-invalid`, `survey.link-expired` or `survey.link-used`. */
  open(token: string): Promise<OpenedSurvey>;
  /** Takes the answers, once. Rejects as `open` does, and with `request.invalid` for what is no answer. */
  submit(token: string, language: Language, given: readonly WrittenAnswer[]): Promise<void>;
}

/** A survey on a page: whoever has the link may answer, once, until it expires. */
export function createWebSurvey(deps: SurveyDeps): WebSurvey {
  const { store, clock, ids, links } = deps;

  async function find(token: string): Promise<{ readonly invitation: Invitation; readonly survey: Survey; readonly expiresAt: number }> {
    const read = links.read(token, clock.now());
    if (read.kind === 'expired') throw new SantralError('survey.link-expired', 'This link has expired.');
    const invitation = read.kind === 'good' ? await store.byToken(read.hash) : undefined;
    const survey = invitation && deps.surveys().get(invitation.survey);
    if (invitation === undefined || survey === undefined) throw new SantralError('survey.link-invalid', 'This is no link to a survey.');
    if (invitation.usedAt !== null) throw used();
    return { invitation, survey, expiresAt: invitation.expiresAt ?? 0 };
  }

  return {
    async open(token) {
      const { invitation, survey, expiresAt } = await find(token);
      return { survey, language: invitation.language, expiresAt };
    },

    async submit(token, language, given) {
      const { invitation, survey } = await find(token);
      const taken = answersIn(survey, given);
      const now = clock.now();
      const response = { id: ids.next('response'), invitationId: invitation.id, language, startedAt: now, finishedAt: now };
      // Two at once: the second finds the invitation used up.
      if (!(await store.submit(response, taken, now))) throw used();
    },
  };
}

/** The answers that count: each to a question that is asked of somebody who answers so. Rejects what cannot be an answer. */
export function answersIn(survey: Survey, given: readonly WrittenAnswer[]): readonly Answer[] {
  const numbers = new Map<string, number>();
  const taken: Answer[] = [];
  for (const one of given) {
    if (given.filter(({ question }) => question === one.question).length > 1) throw refused(one.question, 'is answered twice');
    if (!survey.questions.some(({ id }) => id === one.question)) throw refused(one.question, 'is no question of this survey');
  }
  for (const asked of survey.questions) {
    const one = given.find(({ question }) => question === asked.id);
    if (one === undefined || !isAsked(asked, numbers)) continue;
    if ('value' in one) {
      if (!fits(asked, one.value)) throw refused(asked.id, `is not answered with ${one.value}`);
      numbers.set(asked.id, one.value);
      taken.push({ kind: 'number', question: asked.id, value: one.value });
    } else {
      if (asked.kind !== 'comment') throw refused(asked.id, 'is answered with a number');
      const text = one.text.replace(CONTROLS, '').trim();
      if (text !== '') taken.push({ kind: 'text', question: asked.id, text });
    }
  }
  if (taken.length === 0) throw new SantralError('request.invalid', 'Nothing was answered: answer at least one question.');
  return taken;
}

function refused(question: string, why: string): SantralError {
  return new SantralError('request.invalid', `The question "${question}" ${why}.`, {
    details: { errors: [{ path: `body.answers.${question}`, code: 'answer', message: why }] },
  });
}

function used(): SantralError {
  return new SantralError('survey.link-used', 'This survey was answered already.');
}
