import { localDay } from './local-day.ts';
import type { Question, Survey } from './survey.ts';
import { addTallies, type NpsFigures, npsFigures, percentOf, type ScaleFigures, scaleFigures, type Tally } from './survey-figures.ts';

/** Alike answers of one quarter of an hour, counted by the database. Empty tags: nobody said. */
export interface AnswerCount {
  readonly question: string;
  readonly value: number;
  readonly dealer: string;
  readonly agent: string;
  readonly campaign: string;
  /** UTC ms, the quarter's begin. */
  readonly from: number;
  readonly count: number;
}

/** Alike invitations, and how many of them were answered. */
export interface InvitationCount {
  readonly dealer: string;
  readonly agent: string;
  readonly campaign: string;
  readonly invited: number;
  readonly answered: number;
}

export type Figures =
  | ({ readonly kind: 'nps' } & NpsFigures)
  | ({ readonly kind: 'scale'; readonly points: number } & ScaleFigures)
  | { readonly kind: 'choice'; readonly answers: number; readonly options: readonly { readonly key: number; readonly count: number }[] };

export interface QuestionReport {
  readonly question: string;
  readonly figures: Figures;
}

export interface GroupReport {
  /** The dealer's code, the agent or the campaign; empty: nobody said. */
  readonly key: string;
  readonly invited: number;
  readonly answered: number;
  /** Percent; null without invitations. */
  readonly responseRate: number | null;
  /** Of the survey's first question with figures. */
  readonly figures: Figures;
}

export interface SurveyReport {
  readonly invited: number;
  readonly answered: number;
  readonly responseRate: number | null;
  readonly questions: readonly QuestionReport[];
  /** Days with answers, oldest first; of the first question with figures. */
  readonly days: readonly { readonly day: string; readonly figures: Figures }[];
  readonly dealers: readonly GroupReport[];
  readonly agents: readonly GroupReport[];
  readonly campaigns: readonly GroupReport[];
}

type Tag = 'dealer' | 'agent' | 'campaign';
type Counted = Exclude<Question, { readonly kind: 'comment' }>;

/** Everything a survey's report shows. Figures come from counts each time anew, so that no share is ever averaged. */
export function surveyReport(
  survey: Survey,
  counts: readonly AnswerCount[],
  invitations: readonly InvitationCount[],
  zone: string,
): SurveyReport {
  const counted = survey.questions.filter((question): question is Counted => question.kind !== 'comment');
  const of = (question: Counted) => counts.filter((one) => one.question === question.id);
  const [main] = counted;
  const ours = main === undefined ? [] : of(main);
  const groups = (tag: Tag) => (main === undefined ? [] : groupsBy(tag, main, ours, invitations));
  const days = [...groupBy(ours, ({ from }) => localDay(zone, from))].sort(([a], [b]) => (a < b ? -1 : 1));
  return {
    ...rate(invitations),
    questions: counted.map((question) => ({ question: question.id, figures: figuresOf(question, of(question)) })),
    days: main === undefined ? [] : days.map(([day, some]) => ({ day, figures: figuresOf(main, some) })),
    dealers: groups('dealer'),
    agents: groups('agent'),
    campaigns: groups('campaign'),
  };
}

function groupsBy(
  tag: Tag,
  main: Counted,
  counts: readonly AnswerCount[],
  invitations: readonly InvitationCount[],
): readonly GroupReport[] {
  const answers = groupBy(counts, (one) => one[tag]);
  const asked = groupBy(invitations, (one) => one[tag]);
  const keys = [...new Set([...answers.keys(), ...asked.keys()])].sort();
  return keys.map((key) => ({ key, ...rate(asked.get(key) ?? []), figures: figuresOf(main, answers.get(key) ?? []) }));
}

function rate(invitations: readonly InvitationCount[]) {
  const invited = invitations.reduce((sum, one) => sum + one.invited, 0);
  const answered = invitations.reduce((sum, one) => sum + one.answered, 0);
  return { invited, answered, responseRate: percentOf(answered, invited) };
}

function figuresOf(question: Counted, counts: readonly AnswerCount[]): Figures {
  const tally: Tally = addTallies(counts.map(({ value, count }) => new Map([[value, count]])));
  switch (question.kind) {
    case 'nps':
      return { kind: 'nps', ...npsFigures(tally) };
    case 'scale':
      return { kind: 'scale', points: question.points, ...scaleFigures(tally, question.points) };
    case 'choice': {
      const options = question.options.map(({ key }) => ({ key, count: tally.get(key) ?? 0 }));
      return { kind: 'choice', answers: options.reduce((sum, { count }) => sum + count, 0), options };
    }
  }
}

function groupBy<T>(items: readonly T[], keyOf: (item: T) => string): Map<string, T[]> {
  const groups = new Map<string, T[]>();
  for (const item of items) {
    const key = keyOf(item);
    const group = groups.get(key);
    if (group === undefined) groups.set(key, [item]);
    else group.push(item);
  }
  return groups;
}
