import type { Label } from './label.ts';

/** Holds when the answer to an earlier question lies between `from` and `to`, both included. */
export interface Condition {
  readonly question: string;
  readonly from: number;
  readonly to: number;
}

interface Asked {
  readonly id: string;
  /** As it is read on a page. */
  readonly text: Label;
  /** As it is heard, options included. */
  readonly spoken: Label;
  /** null: everybody is asked. */
  readonly when: Condition | null;
}

/** nps: 0 to 10 · scale: 1 to `points` · choice: one of the options, named by its key · comment: in the person's own words. */
export type Question =
  | (Asked & { readonly kind: 'nps' })
  | (Asked & { readonly kind: 'scale'; readonly points: number; readonly ends: { readonly low: Label; readonly high: Label } | null })
  | (Asked & { readonly kind: 'choice'; readonly options: readonly ChoiceOption[] })
  | (Asked & { readonly kind: 'comment' });

export interface ChoiceOption {
  /** The key that chooses it, 1 to 9. */
  readonly key: number;
  readonly label: Label;
}

/** What people are asked after they were served, by telephone and on a page alike. */
export interface Survey {
  readonly id: string;
  readonly title: Label;
  readonly questions: readonly Question[];
  readonly thanks: Label;
}

const NPS_HIGHEST = 10;

/** Characters of a written comment. */
export const LONGEST_COMMENT = 2000;

/** A question without what is heard: a page asks no other. */
type Without<Q> = Q extends unknown ? Omit<Q, 'spoken'> : never;

/** The lowest and the highest answer; null for a comment. */
export function rangeOf(question: Without<Question>): { readonly low: number; readonly high: number } | null {
  switch (question.kind) {
    case 'nps':
      return { low: 0, high: NPS_HIGHEST };
    case 'scale':
      return { low: 1, high: question.points };
    case 'choice':
      return { low: 1, high: Math.max(...question.options.map(({ key }) => key)) };
    case 'comment':
      return null;
  }
}

/** Whether the number is an answer to the question. */
export function answers(question: Question, value: number): boolean {
  const range = rangeOf(question);
  if (range === null || !Number.isInteger(value) || value < range.low || value > range.high) return false;
  return question.kind !== 'choice' || question.options.some(({ key }) => key === value);
}

/** Whether the question is for somebody who gave these answers. */
export function isAsked({ when }: Pick<Question, 'when'>, given: ReadonlyMap<string, number>): boolean {
  if (when === null) return true;
  const value = given.get(when.question);
  return value !== undefined && value >= when.from && value <= when.to;
}

/** The question after the one named, by the answers given so far; null after the last. `after` null: the first. */
export function nextQuestion(survey: Survey, given: ReadonlyMap<string, number>, after: string | null): Question | null {
  const at = after === null ? -1 : survey.questions.findIndex(({ id }) => id === after);
  if (after !== null && at < 0) return null;
  return survey.questions.slice(at + 1).find((question) => isAsked(question, given)) ?? null;
}
