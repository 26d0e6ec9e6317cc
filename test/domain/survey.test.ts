import { describe, expect, it } from 'vitest';
import { answers, nextQuestion, type Survey } from '../../src/domain/survey.ts';
import { shippedSurveys } from '../kit/surveys.ts';

const SURVEYS = shippedSurveys();
const survey = (id: string) => SURVEYS.get(id) as Survey;
const question = (id: string, name: string) => survey(id).questions.find((one) => one.id === name) as Survey['questions'][number];

describe('the next question', () => {
  it.each<[score: number, next: string]>([
    [0, 'reason'],
    [8, 'reason'],
    [9, 'comment'],
    [10, 'comment'],
  ])('after %i points is %s', (score, next) => {
    expect(nextQuestion(survey('nps'), new Map([['score', score]]), 'score')?.id).toBe(next);
  });

  it('is the first one at the beginning, none after the last, and none after one that is not there', () => {
    expect(nextQuestion(survey('nps'), new Map(), null)?.id).toBe('score');
    expect(nextQuestion(survey('nps'), new Map([['score', 9]]), 'comment')).toBeNull();
    expect(nextQuestion(survey('nps'), new Map(), 'nothing')).toBeNull();
  });

  it('is not one whose condition looks at what was not answered', () => {
    expect(nextQuestion(survey('csat'), new Map(), 'satisfaction')).toBeNull();
  });
});

it.each<[id: string, name: string, good: readonly number[], bad: readonly number[]]>([
  ['nps', 'score', [0, 1, 10], [-1, 11, 1.5, Number.NaN]],
  ['nps', 'reason', [1, 4], [0, 5]],
  ['nps', 'comment', [], [0, 1]],
  ['csat', 'satisfaction', [1, 5], [0, 6]],
  ['easy', 'ease', [1, 7], [0, 8]],
])('%s/%s is answered with %j, not with %j', (id, name, good, bad) => {
  for (const value of good) expect(answers(question(id, name), value)).toBe(true);
  for (const value of bad) expect(answers(question(id, name), value)).toBe(false);
});
