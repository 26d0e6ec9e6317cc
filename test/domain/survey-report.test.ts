import { describe, expect, it } from 'vitest';
import type { Survey } from '../../src/domain/survey.ts';
import { type AnswerCount, surveyReport } from '../../src/domain/survey-report.ts';
import { shippedSurveys } from '../kit/surveys.ts';

const NPS = shippedSurveys().get('nps') as Survey;
const ZONE = 'Europe/Istanbul';
/** 2026-03-02 20:45 UTC is 23:45 in Istanbul, a quarter of an hour later the next day begins there. */
const LATE = Date.UTC(2026, 2, 2, 20, 45);
const QUARTER = 900_000;

const count = (value: number, changed: Partial<AnswerCount> = {}): AnswerCount => ({
  question: 'score',
  value,
  dealer: '',
  agent: '',
  campaign: '',
  from: LATE,
  count: 1,
  ...changed,
});

describe('the report', () => {
  /*
   * By hand: 5×10, 3×8, 2×3 → +30 (promoters 5, passives 3, detractors 2 of 10).
   * IST-001 has 4×10 and 1×3 → 100 × (4 − 1) / 5 = +60; ANK-1 has 1×10, 3×8, 1×3 → 100 × (1 − 1) / 5 = 0.
   * Before midnight in Istanbul 4×10 → +100; after it 1×10, 3×8, 2×3 → 100 × (1 − 2) / 6 = −16.67.
   */
  const counts = [
    count(10, { count: 4, dealer: 'IST-001', agent: '100', campaign: 'cmp_1' }),
    count(3, { dealer: 'IST-001', agent: '100', campaign: 'cmp_1', from: LATE + QUARTER }),
    count(10, { dealer: 'ANK-1', agent: '101', from: LATE + QUARTER }),
    count(8, { count: 3, dealer: 'ANK-1', agent: '101', from: LATE + QUARTER }),
    count(3, { dealer: 'ANK-1', agent: '101', from: LATE + QUARTER }),
    count(2, { question: 'reason', count: 2, from: LATE + QUARTER }),
  ];
  const invitations = [
    { dealer: 'IST-001', agent: '100', campaign: 'cmp_1', invited: 8, answered: 5 },
    { dealer: 'ANK-1', agent: '101', campaign: '', invited: 12, answered: 5 },
    { dealer: 'IZM-1', agent: '', campaign: 'cmp_2', invited: 2, answered: 0 },
  ];
  const report = surveyReport(NPS, counts, invitations, ZONE);

  it('has passives in the denominator', () => {
    expect(report.questions[0]).toMatchObject({
      question: 'score',
      figures: { kind: 'nps', answers: 10, promoters: 5, passives: 3, detractors: 2, score: 30 },
    });
  });

  it('counts the choices of the second question', () => {
    const { figures } = report.questions[1] ?? {};
    expect(figures).toEqual({
      kind: 'choice',
      answers: 2,
      options: [
        { key: 1, count: 0 },
        { key: 2, count: 2 },
        { key: 3, count: 0 },
        { key: 4, count: 0 },
      ],
    });
  });

  it('tells how many of the invited answered', () => {
    expect(report).toMatchObject({ invited: 22, answered: 10, responseRate: (100 * 10) / 22 });
  });

  it('has days by the clock on the wall', () => {
    expect(report.days.map(({ day, figures }) => [day, figures.kind === 'nps' ? figures.score : null])).toEqual([
      ['2026-03-02', 100],
      ['2026-03-03', -100 / 6],
    ]);
  });

  it('has dealers, agents and campaigns, also those of whom nobody said anything', () => {
    expect(report.dealers).toMatchObject([
      { key: 'ANK-1', invited: 12, answered: 5, figures: { score: 0 } },
      { key: 'IST-001', invited: 8, answered: 5, responseRate: 62.5, figures: { score: 60 } },
      { key: 'IZM-1', invited: 2, answered: 0, responseRate: 0, figures: { answers: 0, score: null, margin: null } },
    ]);
    expect(report.agents.map(({ key }) => key)).toEqual(['', '100', '101']);
    expect(report.campaigns).toMatchObject([
      { key: '', invited: 12, answered: 5, figures: { score: 0 } },
      { key: 'cmp_1', invited: 8, answered: 5, figures: { answers: 5, score: 60 } },
      { key: 'cmp_2', invited: 2, answered: 0, figures: { answers: 0, score: null } },
    ]);
  });

  it('of nothing is null everywhere, never 0', () => {
    const nothing = surveyReport(NPS, [], [], ZONE);
    expect(nothing).toMatchObject({ invited: 0, answered: 0, responseRate: null, days: [], dealers: [], agents: [], campaigns: [] });
    expect(nothing.questions[0]?.figures).toMatchObject({ score: null, margin: null });
  });
});
