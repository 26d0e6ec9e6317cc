import { z } from 'zod';
import { doc, named } from '../contract.ts';

const label = z.object({ tr: z.string(), en: z.string() });
const asked = {
  id: doc(z.string(), 'The question, within its survey.', 'score'),
  text: doc(label, 'What is asked.', { tr: 'Bizi bir yakınınıza tavsiye eder misiniz?', en: 'Would you recommend us to a friend?' }),
  when: doc(
    z.object({ question: z.string(), from: z.int(), to: z.int() }).nullable(),
    'Asked only when the answer to that earlier question lies between these; null: always.',
  ),
};

export const surveyView = named(
  'Survey',
  z.object({
    id: z.string(),
    title: label,
    thanks: label,
    questions: z.array(
      z.discriminatedUnion('kind', [
        z.object({ kind: z.literal('nps'), ...asked }),
        z.object({
          kind: z.literal('scale'),
          ...asked,
          points: doc(z.int(), 'From 1 to this.', 5),
          ends: doc(z.object({ low: label, high: label }).nullable(), 'What the two ends mean.'),
        }),
        z.object({ kind: z.literal('choice'), ...asked, options: z.array(z.object({ key: z.int(), label })).readonly() }),
        z.object({ kind: z.literal('comment'), ...asked }),
      ]),
    ),
  }),
  'What people are asked.',
);
