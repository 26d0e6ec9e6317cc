import { SantralError } from '../../domain/errors.ts';
import { maskNumbersIn } from '../../domain/mask-number.ts';
import { type E164, parsePhoneNumber } from '../../domain/phone-number.ts';
import type { Survey } from '../../domain/survey.ts';
import { FORMULAS } from '../../domain/survey-figures.ts';
import type { CommentRow } from '../../domain/survey-response.ts';
import { openSurveyLink, submitSurveyLink } from '../contracts/survey-links.ts';
import { callForSurvey, inviteToSurvey, listSurveyComments, listSurveys, reportSurvey } from '../contracts/surveys.ts';
import { type Route, route } from '../route.ts';
import type { RouteContext } from './context.ts';

export function surveyRoutes({ deps: { surveys, calls, campaigns, config } }: RouteContext): readonly Route[] {
  return [
    route(listSurveys, async () => ({ items: surveys.list().map(viewSurvey) })),
    route(inviteToSurvey, async ({ params, body }) => {
      const { hours = config.surveyLinkHours, send, key = null, ...rest } = body;
      const to = send?.channel === 'sms' ? { ...send, to: phoneNumber(send.to, 'body.send.to') } : (send ?? null);
      const { invitation, url } = await surveys.invite(params.id, { ...rest, hours, key, send: to });
      return { id: invitation.id, url, expiresAt: invitation.expiresAt ?? 0, channel: invitation.channel };
    }),
    route(callForSurvey, async ({ params, body: { key = null, ...body } }) => ({
      callId: await calls.place(surveys.callFor(params.id, { ...body, key, number: phoneNumber(body.number, 'body.number') })),
    })),
    route(reportSurvey, async ({ params, query }) => {
      const { survey, report } = await surveys.report(params.id, query);
      const { questions, days, dealers, agents, campaigns: groups, ...rest } = report;
      const names = groups.some(({ key }) => key !== '')
        ? new Map((await campaigns.list()).map(({ id, name }) => [String(id), name]))
        : undefined;
      return {
        ...rest,
        survey: viewSurvey(survey),
        questions: [...questions],
        days: [...days],
        dealers: [...dealers],
        agents: [...agents],
        campaigns: groups.map((group) => ({ ...group, name: names?.get(group.key) ?? null })),
        formulas: { ...FORMULAS },
      };
    }),
    route(listSurveyComments, async ({ params, query: { before, limit, ...period } }) => {
      const rows = await surveys.comments(params.id, { ...period, ...(before === undefined ? {} : { before }), limit: limit + 1 });
      return { items: rows.slice(0, limit).map(viewComment), next: rows.length > limit ? (rows[limit - 1]?.response ?? null) : null };
    }),
    route(openSurveyLink, async ({ params, reply }) => {
      void reply.header('cache-control', 'no-store');
      const { survey, language, expiresAt } = await surveys.web.open(params.token);
      return { survey: viewSurvey(survey), language, expiresAt };
    }),
    route(submitSurveyLink, async ({ params, body }) => surveys.web.submit(params.token, body.language, body.answers)),
  ];
}

/** Rejects what cannot be called: premium and short numbers are no customers. */
function phoneNumber(text: string, path: string): E164 {
  const parsed = parsePhoneNumber(text);
  if (parsed.kind === 'ok') return parsed.e164;
  const message = 'must be a phone number that can be called, such as 0555 000 00 17';
  throw new SantralError('request.invalid', `${path} ${message}.`, { details: { errors: [{ path, code: 'phone-number', message }] } });
}

function viewSurvey({ id, title, thanks, questions }: Survey) {
  return { id, title, thanks, questions: questions.map(({ spoken: _spoken, ...question }) => question) };
}

/** What people write may hold their number; nobody needs it here. */
function viewComment({ text, ...comment }: CommentRow) {
  return { ...comment, text: text === null ? null : maskNumbersIn(text) };
}
