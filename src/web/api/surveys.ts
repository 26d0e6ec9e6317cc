import type { Label } from '../../domain/label.ts';
import type { Language } from '../../domain/language.ts';
import { request } from './client.ts';
import { type Shape, shape } from './shape.ts';

export interface SurveyOption {
  readonly key: number;
  readonly label: Label;
}

export interface SurveyQuestion {
  readonly id: string;
  readonly kind: string;
  readonly text: Label;
  readonly options: readonly SurveyOption[];
}

export interface SurveyInfo {
  readonly id: string;
  readonly title: Label;
  readonly questions: readonly SurveyQuestion[];
}

/** Figures of nothing are null. */
export type SurveyFigures =
  | {
      readonly kind: 'nps';
      readonly answers: number;
      readonly promoters: number;
      readonly passives: number;
      readonly detractors: number;
      readonly score: number | null;
      readonly margin: number | null;
    }
  | {
      readonly kind: 'scale';
      readonly answers: number;
      readonly points: number;
      readonly share: number | null;
      readonly mean: number | null;
    }
  | { readonly kind: 'choice'; readonly answers: number; readonly options: readonly { readonly key: number; readonly count: number }[] };

export interface SurveyGroup {
  readonly key: string;
  /** How people call it, where the key says nothing to them. */
  readonly name: string | null;
  readonly invited: number;
  readonly answered: number;
  readonly responseRate: number | null;
  readonly figures: SurveyFigures;
}

export interface SurveyReport {
  readonly survey: SurveyInfo;
  readonly invited: number;
  readonly answered: number;
  readonly responseRate: number | null;
  readonly questions: readonly { readonly question: string; readonly figures: SurveyFigures }[];
  readonly days: readonly { readonly day: string; readonly figures: SurveyFigures }[];
  readonly dealers: readonly SurveyGroup[];
  readonly agents: readonly SurveyGroup[];
  readonly campaigns: readonly SurveyGroup[];
}

export interface SurveyComment {
  readonly response: string;
  readonly question: string;
  readonly at: number;
  readonly dealer: string;
  readonly agent: string;
  readonly channel: string;
  readonly score: number | null;
  readonly recording: string | null;
  readonly text: string | null;
}

/** UTC ms. */
export interface Period {
  readonly from: number;
  readonly to: number;
}

export interface NewInvitation {
  readonly language: Language;
  readonly dealer: string;
  readonly agent: string;
  readonly hours: number;
}

export async function listSurveys(): Promise<readonly SurveyInfo[]> {
  return shape(await request('GET', '/surveys'), 'answer')
    .list('items')
    .map(surveyFrom);
}

export async function surveyReport(id: string, { from, to }: Period): Promise<SurveyReport> {
  const answer = shape(await request('GET', `/surveys/${id}/report?from=${from}&to=${to}`), 'answer');
  return {
    survey: surveyFrom(answer.child('survey')),
    ...ratesFrom(answer),
    questions: answer.list('questions').map((row) => ({ question: row.text('question'), figures: figuresFrom(row.child('figures')) })),
    days: answer.list('days').map((row) => ({ day: row.text('day'), figures: figuresFrom(row.child('figures')) })),
    dealers: answer.list('dealers').map(groupFrom),
    agents: answer.list('agents').map(groupFrom),
    campaigns: answer.list('campaigns').map(groupFrom),
  };
}

export async function surveyComments(
  id: string,
  { from, to }: Period,
  before: string | null,
): Promise<{ readonly items: readonly SurveyComment[]; readonly next: string | null }> {
  const page = before === null ? '' : `&before=${before}`;
  const answer = shape(await request('GET', `/surveys/${id}/comments?from=${from}&to=${to}&limit=10${page}`), 'answer');
  return { items: answer.list('items').map(commentFrom), next: answer.optionalText('next') };
}

/** Gives the link: it is told this once. */
export async function inviteToSurvey(id: string, invitation: NewInvitation): Promise<string> {
  return shape(await request('POST', `/surveys/${id}/invitations`, invitation), 'answer').text('url');
}

export function recordingAddress(recording: string): string {
  return `/api/v1/recordings/${recording}/audio`;
}

function labelFrom(label: Shape): Label {
  return { tr: label.text('tr'), en: label.text('en') };
}

function surveyFrom(row: Shape): SurveyInfo {
  const questions = row.list('questions').map((one) => ({
    id: one.text('id'),
    kind: one.text('kind'),
    text: labelFrom(one.child('text')),
    options: one.has('options')
      ? one.list('options').map((option) => ({ key: option.number('key'), label: labelFrom(option.child('label')) }))
      : [],
  }));
  return { id: row.text('id'), title: labelFrom(row.child('title')), questions };
}

function ratesFrom(row: Shape) {
  return { invited: row.number('invited'), answered: row.number('answered'), responseRate: maybeNumber(row, 'responseRate') };
}

function groupFrom(row: Shape): SurveyGroup {
  return { key: row.text('key'), name: row.optionalText('name'), ...ratesFrom(row), figures: figuresFrom(row.child('figures')) };
}

function figuresFrom(row: Shape): SurveyFigures {
  const answers = row.number('answers');
  switch (row.text('kind')) {
    case 'nps': {
      const counts = { promoters: row.number('promoters'), passives: row.number('passives'), detractors: row.number('detractors') };
      return { kind: 'nps', answers, ...counts, score: maybeNumber(row, 'score'), margin: maybeNumber(row, 'margin') };
    }
    case 'scale':
      return { kind: 'scale', answers, points: row.number('points'), share: maybeNumber(row, 'share'), mean: maybeNumber(row, 'mean') };
    default:
      return {
        kind: 'choice',
        answers,
        options: row.list('options').map((one) => ({ key: one.number('key'), count: one.number('count') })),
      };
  }
}

function commentFrom(row: Shape): SurveyComment {
  return {
    response: row.text('response'),
    question: row.text('question'),
    at: row.number('at'),
    dealer: row.text('dealer'),
    agent: row.text('agent'),
    channel: row.text('channel'),
    score: maybeNumber(row, 'score'),
    recording: row.optionalText('recording'),
    text: row.optionalText('text'),
  };
}

function maybeNumber(row: Shape, name: string): number | null {
  return row.has(name) ? row.number(name) : null;
}
