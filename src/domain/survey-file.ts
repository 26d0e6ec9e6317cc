import { z } from 'zod';
import type { Label } from './label.ts';
import type { Language } from './language.ts';
import type { Problem } from './problem.ts';
import { type ChoiceOption, type Condition, type Question, rangeOf, type Survey } from './survey.ts';
import { wordNumber } from './wording/wording.ts';
import { fitShape, readYaml, type SourceText, type YamlSource } from './yaml-source.ts';

const ROOM = 'survey';
/** A survey that takes longer than this is hung up on. */
const MOST_QUESTIONS = 10;
const LONGEST_TEXT = 500;
const FEWEST_POINTS = 2;
const FEWEST_OPTIONS = 2;
const HIGHEST_KEY = 9;
const USUAL_POINTS = 5;

const name = z.string().regex(/^[a-z][a-z0-9-]{0,39}$/, 'must be lower-case letters, digits and dashes, beginning with a letter');
const words = z.string().trim().min(1).max(LONGEST_TEXT);
const label = z.strictObject({ tr: words, en: words });
const condition = z.strictObject({ question: name, from: z.int().min(0).optional(), to: z.int().min(0).optional() });
const asked = { id: name, text: label, spoken: label.optional(), when: condition.optional() };
const question = z.discriminatedUnion('kind', [
  z.strictObject({ kind: z.literal('nps'), ...asked }),
  z.strictObject({
    kind: z.literal('scale'),
    ...asked,
    points: z.int().min(FEWEST_POINTS).max(HIGHEST_KEY).default(USUAL_POINTS),
    ends: z.strictObject({ low: label, high: label }).optional(),
  }),
  z.strictObject({
    kind: z.literal('choice'),
    ...asked,
    options: z
      .record(z.string(), label)
      .refine((options) => Object.keys(options).every((key) => /^[1-9]$/.test(key)), 'must be a map from keys, 1 to 9, to texts')
      .refine((options) => Object.keys(options).length >= FEWEST_OPTIONS, 'must be at least two options, each with its key'),
  }),
  z.strictObject({ kind: z.literal('comment'), ...asked }),
]);
const surveyShape = z.strictObject({
  survey: name,
  title: label,
  questions: z.array(question).min(1).max(MOST_QUESTIONS),
  thanks: label,
});

type WrittenQuestion = z.infer<typeof question>;

export interface ParsedSurveys {
  readonly surveys: ReadonlyMap<string, Survey>;
  readonly problems: readonly Problem[];
}

/** The surveys of `flows/surveys/*.yaml`. One with a problem is left out; the others count. */
export function parseSurveys(files: readonly SourceText[]): ParsedSurveys {
  const problems: Problem[] = [];
  const surveys = new Map<string, Survey>();
  for (const file of files) {
    const source = readYaml(file, ROOM);
    const survey = readSurvey(source, problems);
    if (survey === undefined) continue;
    if (surveys.has(survey.id)) {
      const message = `There is another survey "${survey.id}".`;
      problems.push(source.problem(['survey'], 'survey.duplicate', message, 'Give one of them another name.'));
    } else surveys.set(survey.id, survey);
  }
  return { surveys, problems };
}

function readSurvey(source: YamlSource, problems: Problem[]): Survey | undefined {
  const written = fitShape(source, surveyShape, ROOM, problems);
  if (written === undefined) return undefined;
  const faults: Problem[] = [];
  const questions: Question[] = [];
  for (const [index, one] of written.questions.entries()) {
    if (questions.some(({ id }) => id === one.id)) faults.push(twin(source, index, one.id));
    const when = conditionOf(source, index, one, questions, faults);
    questions.push(questionOf(one, when));
  }
  problems.push(...faults);
  return faults.length > 0 ? undefined : { id: written.survey, title: written.title, questions, thanks: written.thanks };
}

function twin(source: YamlSource, index: number, id: string): Problem {
  return source.problem(['questions', index, 'id'], 'survey.duplicate', `There is another question "${id}".`, 'Give each its own id.');
}

/** A condition looks at an earlier question that has a number for an answer, and can come true. */
function conditionOf(
  source: YamlSource,
  index: number,
  { when }: WrittenQuestion,
  earlier: readonly Question[],
  faults: Problem[],
): Condition | null {
  if (when === undefined) return null;
  const at = (key: string): readonly PropertyKey[] => ['questions', index, 'when', key];
  const range = earlier.filter(({ id }) => id === when.question).map(rangeOf)[0];
  if (range === undefined || range === null) {
    const known = earlier.filter((one) => one.kind !== 'comment').map(({ id }) => id);
    const message = `There is no earlier question "${when.question}" that is answered with a number.`;
    faults.push(source.problem(at('question'), 'survey.bad-condition', message, `Known: ${known.join(', ') || 'none'}.`));
    return null;
  }
  const { from = range.low, to = range.high } = when;
  if (from > to || from > range.high || to < range.low) {
    const message = `No answer to "${when.question}" lies between ${from} and ${to}.`;
    const key = when.from === undefined ? 'to' : 'from';
    faults.push(source.problem(at(key), 'survey.bad-condition', message, `Its answers go from ${range.low} to ${range.high}.`));
  }
  return { question: when.question, from, to };
}

function questionOf(written: WrittenQuestion, when: Condition | null): Question {
  const { id, text } = written;
  const base = { id, text, spoken: written.spoken ?? text, when };
  switch (written.kind) {
    case 'nps':
    case 'comment':
      return { kind: written.kind, ...base };
    case 'scale':
      return { kind: 'scale', ...base, points: written.points, ends: written.ends ?? null };
    case 'choice': {
      const options = Object.entries(written.options).map(([key, label]) => ({ key: Number(key), label }));
      return { kind: 'choice', ...base, spoken: written.spoken ?? withOptions(text, options), options };
    }
  }
}

/** `Hangi konuda? Fiyat için bir. Hizmet için iki.` */
function withOptions(text: Label, options: readonly ChoiceOption[]): Label {
  const heard = (language: Language, { key, label }: ChoiceOption): string =>
    language === 'tr' ? `${label.tr} için ${wordNumber(key, 'tr')}.` : `For ${label.en}, press ${wordNumber(key, 'en')}.`;
  const spoken = (language: Language): string => [text[language], ...options.map((option) => heard(language, option))].join(' ');
  return { tr: spoken('tr'), en: spoken('en') };
}
