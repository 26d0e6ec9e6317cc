import { z } from 'zod';
import { LONGEST_COMMENT } from '../../domain/survey.ts';
import { contract, doc, NO_CONTENT, PUBLIC } from '../contract.ts';
import { at, language } from './common.ts';
import { surveyView } from './survey-view.ts';

const params = z.object({
  token: doc(z.string().min(1).max(100), 'What stands behind /s/ in the link.', 'q3VxT0wJk1a9ZbQe.tj2k1c.8FwYx1mPz0r4uTq7vKc2Lg'),
});
/** Whoever opens links by the dozen looks for other people's. */
const LINKS_PER_MINUTE = 30;
const MOST_ANSWERS = 20;

const LINK_ERRORS = ['survey.link-invalid', 'survey.link-expired', 'survey.link-used', 'request.not-found'] as const;

export const openSurveyLink = contract({
  id: 'survey-links.open',
  method: 'GET',
  path: '/api/v1/survey-links/:token',
  tag: 'surveys',
  summary: 'The survey behind a link',
  description: 'For the page of the link; there is nothing about a person in it.',
  access: PUBLIC,
  params,
  ratePerMinute: LINKS_PER_MINUTE,
  reply: {
    status: 200,
    description: 'The survey.',
    schema: z.object({ survey: surveyView, language, expiresAt: at('When the link stops working.') }),
  },
  errors: LINK_ERRORS,
});

const question = z.string().max(40);

export const submitSurveyLink = contract({
  id: 'survey-links.submit',
  method: 'POST',
  path: '/api/v1/survey-links/:token',
  tag: 'surveys',
  summary: 'Answer the survey behind a link, once',
  access: PUBLIC,
  params,
  ratePerMinute: LINKS_PER_MINUTE,
  bodyLimit: 32_768,
  body: z.strictObject({
    language,
    answers: doc(
      z
        .array(z.union([z.strictObject({ question, value: z.int() }), z.strictObject({ question, text: z.string().max(LONGEST_COMMENT) })]))
        .min(1)
        .max(MOST_ANSWERS),
      'A number for each question with numbers, a text for a comment. Answers to questions that were not to be asked are passed over.',
      [{ question: 'score', value: 9 }],
    ),
  }),
  reply: NO_CONTENT,
  errors: LINK_ERRORS,
});
