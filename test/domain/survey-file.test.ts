import { describe, expect, it } from 'vitest';
import { parseSurveys } from '../../src/domain/survey-file.ts';
import { shippedSurveys } from '../kit/surveys.ts';

const GOOD = `survey: visit
title: { tr: Ziyaret, en: Visit }
questions:
  - { id: score, kind: nps, text: { tr: Kaç, en: How much } }
  - id: why
    kind: choice
    when: { question: score, to: 6 }
    text: { tr: Neden, en: Why }
    options: { 1: { tr: Fiyat, en: Price }, 2: { tr: Süre, en: Time } }
  - { id: words, kind: comment, text: { tr: Söz, en: Words } }
thanks: { tr: Sağ olun, en: Thanks }
`;
const parse = (text: string) => parseSurveys([{ path: 'flows/surveys/visit.yaml', text }]);

describe('a survey file', () => {
  it('gives the survey: conditions with both ends, options in what is heard', () => {
    const { surveys, problems } = parse(GOOD);
    expect(problems).toEqual([]);
    expect(surveys.get('visit')?.questions).toMatchObject([
      { id: 'score', kind: 'nps', when: null, spoken: { tr: 'Kaç', en: 'How much' } },
      {
        id: 'why',
        when: { question: 'score', from: 0, to: 6 },
        spoken: { tr: 'Neden Fiyat için bir. Süre için iki.', en: 'Why For Price, press one. For Time, press two.' },
        options: [{ key: 1 }, { key: 2 }],
      },
      { id: 'words', kind: 'comment' },
    ]);
  });

  it.each([
    ['a text in one language only', 'en: How much', '', 4, /"questions\.0\.text\.en" is missing/, /Add en:/],
    ['a kind that is not there', 'kind: nps', 'kind: stars', 4, /kind" must be/, /./],
    ['a key that is none', 'options: { 1:', 'options: { 0:', 9, /must be a map from keys, 1 to 9/, /keys, 1 to 9/],
    ['one option', ', 2: { tr: Süre, en: Time } }', ' }', 9, /at least two options/, /two options/],
    ['a condition on nothing', 'question: score', 'question: words', 7, /no earlier question "words"/, /Known: score/],
    ['a condition that is never true', 'to: 6', 'from: 11', 7, /No answer to "score" lies between 11 and 10/, /from 0 to 10/],
    ['a question twice', 'id: words', 'id: score', 10, /another question "score"/, /its own id/],
    ['a key nobody knows', 'thanks:', 'thank:', 11, /"thank" is not a known key/, /spelling/],
    ['broken YAML', 'title: {', 'title: [', 2, /./, /Mend the YAML/],
  ])('with %s is refused with place and remedy', (_, from, to, line, message, remedy) => {
    const { surveys, problems } = parse(GOOD.replace(from, to));
    expect(surveys.size).toBe(0);
    expect(problems.some((one) => message.test(one.message) && remedy.test(one.remedy) && one.line === line)).toBe(true);
  });

  it('beside another of the same name is left out', () => {
    const { surveys, problems } = parseSurveys([
      { path: 'a.yaml', text: GOOD },
      { path: 'b.yaml', text: GOOD },
    ]);
    expect([...surveys.keys()]).toEqual(['visit']);
    expect(problems).toMatchObject([{ file: 'b.yaml', line: 1, code: 'survey.duplicate' }]);
  });

  it('is shipped for NPS, satisfaction and ease', () => {
    expect([...shippedSurveys().keys()].sort()).toEqual(['csat', 'easy', 'nps']);
  });
});
