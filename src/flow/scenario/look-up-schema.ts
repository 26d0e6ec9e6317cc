import { z } from 'zod';
import { anyValue, duration, variableName, wholeNumber } from '../parts.ts';

/** Why a look-up has no answer. */
export const LOOK_UP_ERRORS = ['timeout', 'unreachable', 'invalid', 'too-large', 'failed'] as const;

export const MOST_ANSWERS = 50;

export const givenAnswer = z
  .strictObject({
    answer: anyValue.optional().describe('The value that is answered.'),
    error: z
      .enum(LOOK_UP_ERRORS, { error: `must be one of ${LOOK_UP_ERRORS.join(', ')}` })
      .optional()
      .describe('Instead of an answer: why there is none.'),
    status: wholeNumber(100, 599).optional().describe('The HTTP status; without an answer it is the error `status`.'),
    after: duration('0ms', '10m').optional().describe('How long it takes; after the node’s time it is a timeout.'),
    with: z.record(variableName, anyValue).optional().describe('What must be asked with, or the scenario fails.'),
  })
  .refine(
    ({ answer, error, status }) => (answer === undefined) !== (error === undefined) || (status !== undefined && error === undefined),
    {
      error: 'must hold one of answer, error, status',
    },
  );
export type GivenAnswerSource = z.infer<typeof givenAnswer>;

/** By action or address. */
export const lookUps = z
  .record(
    z.string().min(1),
    z.union([givenAnswer, z.array(givenAnswer).min(1).max(MOST_ANSWERS)], {
      error: 'must be { answer: … }, { error: … }, { status: … }, or a list of those',
    }),
  )
  .describe(
    'What look-ups answer, by action or by address (`*` stands for anything; a method may stand before it). A list is answered one after the other; its last item again and again.',
  );
export type LookUpsSource = z.infer<typeof lookUps>;
