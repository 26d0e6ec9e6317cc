import { z } from 'zod';
import { SURVEY_CHANNELS } from '../../domain/survey-response.ts';
import { contract, doc, named, OFFICE, SUPERVISORS } from '../contract.ts';
import { at, idOf, language, pageSize, time } from './common.ts';
import { figures, groupReport } from './survey-figures.ts';
import { surveyView } from './survey-view.ts';

export const surveyId = doc(z.string().regex(/^[a-z][a-z0-9-]{0,39}$/), 'The survey’s name.', 'nps');
const params = z.object({ id: surveyId });

const tagText = z.string().trim().max(60).default('');
const tags = {
  dealer: doc(tagText, 'Code of the dealer the answers are about.', 'IST-001'),
  agent: doc(tagText, 'The agent they are about.', '100'),
  campaign: doc(tagText, 'The campaign that asks.', 'autumn'),
};
/** 400 days: a year and some weeks to compare with. */
const LONGEST_PERIOD_MS = 400 * 86_400_000;
const instant = (description: string) =>
  doc(
    z
      .string()
      .regex(/^\d{1,15}$/)
      .transform(Number)
      .pipe(time),
    description,
    1_767_258_000_000,
  );
const period = {
  from: instant('Begin of the time looked at, UTC milliseconds.'),
  to: instant('Its end, not included; at most 400 days later.'),
};
const inOrder = ({ from, to }: { readonly from: number; readonly to: number }): boolean => from < to && to - from <= LONGEST_PERIOD_MS;
const ORDER = { message: 'must be later than `from`, by 400 days at most', path: ['to'] };

const MAX_LINK_HOURS = 8760;
const sms = z.strictObject({
  channel: z.literal('sms'),
  to: doc(z.string().max(40), 'A phone number in any usual form.', '0555 000 00 17'),
});
const email = z.strictObject({ channel: z.literal('email'), to: doc(z.email().max(200), 'An e-mail address.', 'ayse@example.com') });

const invitationView = named(
  'SurveyInvitation',
  z.object({
    id: idOf('invitation', 'The invitation.'),
    url: doc(
      z.string(),
      'The link. It is told once; only its hash is kept.',
      'https://santral.example.com/s/q3VxT0wJk1a9ZbQe.tj2k1c.8FwYx1mPz0r4uTq7vKc2Lg',
    ),
    expiresAt: at('When the link stops working.'),
    channel: z.enum(SURVEY_CHANNELS),
  }),
  'A link to a survey, for one person.',
);

export const listSurveys = contract({
  id: 'surveys.list',
  method: 'GET',
  path: '/api/v1/surveys',
  tag: 'surveys',
  summary: 'All surveys, as flows/surveys/ defines them',
  access: OFFICE,
  reply: { status: 200, description: 'The surveys.', schema: z.object({ items: z.array(surveyView) }) },
  errors: [],
});

export const inviteToSurvey = contract({
  id: 'surveys.invite',
  method: 'POST',
  path: '/api/v1/surveys/:id/invitations',
  tag: 'surveys',
  summary: 'Make a link to a survey, and have it sent by SMS or e-mail',
  description: 'The link works once and until it expires. With `send` a message that carries it is stored in the same transaction.',
  access: SUPERVISORS,
  params,
  body: z.strictObject({
    language,
    ...tags,
    hours: doc(
      z.int().min(1).max(MAX_LINK_HOURS),
      'How long the link works; SANTRAL_SURVEY_LINK_HOURS when nothing is said.',
      72,
    ).optional(),
    send: doc(z.discriminatedUnion('channel', [sms, email]), 'Whom to send it to.').optional(),
    key: doc(z.string().min(1).max(100), 'A second request with the same key is refused.', 'order-4711').optional(),
  }),
  reply: { status: 201, description: 'The invitation.', schema: invitationView },
  errors: ['survey.unknown', 'request.conflict'],
});

export const callForSurvey = contract({
  id: 'surveys.call',
  method: 'POST',
  path: '/api/v1/surveys/:id/calls',
  tag: 'surveys',
  summary: 'Call somebody and ask the questions of a survey',
  description:
    'Answers as soon as the call is on record; what became of it is told by the call. Who never wants to be contacted is not called. With `key` the same request again within 24 hours calls nobody again: it gives the same call.',
  access: SUPERVISORS,
  params,
  body: z.strictObject({
    number: doc(z.string().max(40), 'A phone number in any usual form.', '0555 000 00 17'),
    language,
    ...tags,
    key: doc(
      z.string().min(1).max(100),
      'A name of your own for this order: given twice, it is carried out once.',
      'order-4711',
    ).optional(),
  }),
  ratePerMinute: 60,
  reply: { status: 202, description: 'The call is on its way.', schema: z.object({ callId: idOf('call', 'The call.') }) },
  errors: ['survey.unknown', 'flow.unknown', 'call.not-allowed', 'request.conflict'],
});

export const reportSurvey = contract({
  id: 'surveys.report',
  method: 'GET',
  path: '/api/v1/surveys/:id/report',
  tag: 'surveys',
  summary: 'The figures of a survey: as a whole, by day, by dealer, by agent and by campaign',
  description:
    'Answers count where they were given, invitations where they were made. A figure of nothing is null, never 0. Days are those of SANTRAL_ZONE. Dealers, agents, campaigns and days show the first question that has figures.',
  access: SUPERVISORS,
  params,
  query: z.strictObject(period).refine(inOrder, ORDER),
  reply: {
    status: 200,
    description: 'The report.',
    schema: z.object({
      survey: surveyView,
      invited: doc(z.int(), 'Invitations of this time.', 120),
      answered: doc(z.int(), 'Of those, how many were answered.', 48),
      responseRate: doc(z.number().nullable(), 'Percent.', 40),
      questions: z.array(z.object({ question: z.string(), figures })),
      days: z.array(z.object({ day: doc(z.string(), 'The day.', '2026-03-02'), figures })),
      dealers: z.array(groupReport),
      agents: z.array(groupReport),
      campaigns: z.array(
        groupReport.extend({
          name: doc(z.string().nullable(), 'The campaign’s name; null: there is none of that id.', 'Memnuniyet, Kasım'),
        }),
      ),
      formulas: doc(z.record(z.string(), z.string()), 'How each figure is made, to be shown beside it.'),
    }),
  },
  errors: ['survey.unknown'],
});

const response = idOf('response', 'What one person said to one invitation.');
const recording = idOf('recording', 'The recording.');

export const listSurveyComments = contract({
  id: 'surveys.comments',
  method: 'GET',
  path: '/api/v1/surveys/:id/comments',
  tag: 'surveys',
  summary: 'What people said in their own words, newest first, by pages',
  access: SUPERVISORS,
  params,
  query: z
    .strictObject({ ...period, before: doc(response, 'The next page: `next` of the page before.').optional(), limit: pageSize(100, 20) })
    .refine(inOrder, ORDER),
  reply: {
    status: 200,
    description: 'One page.',
    schema: z.object({
      items: z.array(
        named(
          'SurveyComment',
          z.object({
            response,
            question: z.string(),
            at: at('When it was given.'),
            language,
            channel: z.enum(SURVEY_CHANNELS),
            dealer: z.string(),
            agent: z.string(),
            campaign: z.string(),
            score: doc(z.int().nullable(), 'The same person’s answer to the first question with figures.', 9),
            recording: doc(recording.nullable(), 'Of a spoken comment; GET /api/v1/recordings/:id/audio plays it.'),
            seconds: z.int().nullable(),
            text: doc(z.string().nullable(), 'Of a written comment; phone numbers are masked.', 'Çok memnun kaldım.'),
          }),
          'A comment.',
        ),
      ),
      next: doc(response.nullable(), 'Pass it as `before`; null on the last page.', null),
    }),
  },
  errors: ['survey.unknown'],
});
