import { SantralError } from '../../domain/errors.ts';
import type { RecordingId } from '../../domain/ids.ts';
import type { JournalEntry } from '../../domain/journal.ts';
import type { Language } from '../../domain/language.ts';
import type { E164 } from '../../domain/phone-number.ts';
import type { Survey } from '../../domain/survey.ts';
import { type SurveyReport, surveyReport } from '../../domain/survey-report.ts';
import type { CommentRow, SurveyTags } from '../../domain/survey-response.ts';
import type { ActionHandler } from '../../ports/actions.ts';
import type { Log } from '../../ports/log.ts';
import type { SurveyPeriod, SurveyStore } from '../../ports/survey-store.ts';
import type { PlaceOrder } from '../calls/place-call.ts';
import type { SurveyDeps } from './deps.ts';
import { type InvitationOrder, type Invited, invite } from './invite.ts';
import { createPhoneSurvey } from './phone-survey.ts';
import { surveyActions } from './survey-actions.ts';
import { createWebSurvey, type WebSurvey } from './web-survey.ts';

/** The flow that asks by telephone. */
const FLOW = 'nps';
const MS = 1000;

type Period = Pick<SurveyPeriod, 'from' | 'to'>;

/** Everything there is to do with surveys. Those that take a survey's id reject with `survey.unknown`. */
export interface Surveys {
  readonly actions: Readonly<Record<string, ActionHandler>>;
  readonly web: WebSurvey;
  /** Takes over the surveys of the files. */
  use(surveys: ReadonlyMap<string, Survey>): void;
  /** Journal lines of calls as they are stored: what was being said when the caller hung up is kept. */
  heard(entries: readonly JournalEntry[]): void;
  list(): readonly Survey[];
  invite(id: string, order: Omit<InvitationOrder, 'survey'>): Promise<Invited>;
  /** What to call somebody with in order to ask them. */
  callFor(id: string, order: SurveyTags & { readonly number: E164; readonly language: Language; readonly key: string | null }): PlaceOrder;
  report(id: string, period: Period): Promise<{ readonly survey: Survey; readonly report: SurveyReport }>;
  comments(id: string, page: Period & Pick<Parameters<SurveyStore['comments']>[0], 'before' | 'limit'>): Promise<readonly CommentRow[]>;
}

export function createSurveys(
  deps: Omit<SurveyDeps, 'surveys'> & {
    /** Whether a recording was kept: callers may discard what they said. */
    readonly kept: (recording: RecordingId) => Promise<boolean>;
    readonly callerId: string | null;
    readonly log: Log;
  },
): Surveys {
  const { store, settings, kept, log } = deps;
  const { brand, zone } = settings;
  let surveys: ReadonlyMap<string, Survey> = new Map();
  const own: SurveyDeps = { ...deps, surveys: () => surveys };
  const phone = createPhoneSurvey({ ...own, brand, kept });

  function demand(id: string): Survey {
    const survey = surveys.get(id);
    if (survey !== undefined) return survey;
    const known = [...surveys.keys()].join(', ') || 'none';
    throw new SantralError('survey.unknown', `There is no survey "${id}". Known: ${known}.`, { details: { survey: id } });
  }

  return {
    actions: surveyActions(phone),
    web: createWebSurvey(own),
    use: (read) => {
      surveys = read;
    },
    heard(entries) {
      for (const { callId, kind, data } of entries) {
        const { name, durationMs } = data;
        if (kind === 'recording' && typeof name === 'string')
          phone.recorded(callId, name as RecordingId, Math.round(Number(durationMs ?? 0) / MS));
        if (kind === 'call-ended')
          void phone.ended(callId).catch((error: unknown) => log.error({ callId, err: error }, 'a spoken comment could not be stored'));
      }
    },
    list: () => [...surveys.values()],
    invite: async (id, order) => invite(own, { ...order, survey: demand(id) }),
    callFor(id, { number, language, dealer, agent, campaign, key }) {
      const params = { survey: demand(id).id, dealer, agent, campaign };
      // Asking how the service was is no advertising; who never wants to be contacted is not asked either.
      const messageClass = 'informational';
      return { brand, number, flow: FLOW, language, params, callerId: deps.callerId, messageClass, key };
    },
    async report(id, { from, to }) {
      const survey = demand(id);
      const period = { brand, survey: id, from, to };
      const [counts, invitations] = await Promise.all([store.answerCounts(period), store.invitationCounts(period)]);
      return { survey, report: surveyReport(survey, counts, invitations, zone) };
    },
    async comments(id, page) {
      const main = demand(id).questions.find(({ kind }) => kind !== 'comment');
      return store.comments({ ...page, brand, survey: id, score: main?.id ?? '' });
    },
  };
}
