import { z } from 'zod';
import { doc, named } from '../contract.ts';

const answers = doc(z.int(), 'How many answered.', 10);

export const figures = named(
  'SurveyFigures',
  z.discriminatedUnion('kind', [
    z.object({
      kind: z.literal('nps'),
      answers,
      promoters: doc(z.int(), '9 and 10.', 5),
      passives: doc(z.int(), '7 and 8; they count among the answers.', 3),
      detractors: doc(z.int(), '0 to 6.', 2),
      score: doc(z.number().nullable(), '-100 to 100; null without answers.', 30),
      margin: doc(z.number().nullable(), 'Half the width of the 95 % interval, in points; null without answers.', 48.4),
    }),
    z.object({
      kind: z.literal('scale'),
      answers,
      points: z.int(),
      topTwo: doc(z.int(), 'Answers in the two best boxes.', 7),
      share: doc(z.number().nullable(), 'Their share in percent; null without answers.', 70),
      mean: doc(z.number().nullable(), 'null without answers.', 3.9),
    }),
    z.object({ kind: z.literal('choice'), answers, options: z.array(z.object({ key: z.int(), count: z.int() })).readonly() }),
  ]),
  'What the answers to one question come to.',
);

export const groupReport = z.object({
  key: doc(z.string(), 'The dealer’s code or the agent; empty where nobody said.', 'IST-001'),
  invited: z.int(),
  answered: z.int(),
  responseRate: z.number().nullable(),
  figures,
});
