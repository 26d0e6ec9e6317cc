import { SantralError } from '../../domain/errors.ts';
import type { CallId, RecordingId } from '../../domain/ids.ts';
import type { JournalEntry } from '../../domain/journal.ts';
import type { Language } from '../../domain/language.ts';
import type { E164 } from '../../domain/phone-number.ts';
import type { Survey } from '../../domain/survey.ts';
import { type SurveyReport, surveyReport } from '../../domain/survey-report.ts';
import type { CommentRow, SurveyTags } from '../../domain/survey-response.ts';
import type { ActionHandler } from '../../ports/actions.ts';
import type { Log } from '../../ports/log.ts';
import type { CallStore } from '../../ports/stores.ts';
import type { SurveyPeriod, SurveyStore } from '../../ports/survey-store.ts';
import type { PlaceOrder } from '../calls/place-call.ts';
import type { SurveyDeps } from './deps.ts';
import { type InvitationOrder, type Invited, invite } from './invite.ts';
import { createPhoneSurvey, type Recorded } from './phone-survey.ts';
import { surveyActions } from './survey-actions.ts';
import { createWebSurvey, type WebSurvey } from './web-survey.ts';

/** The flow that asks by telephone. */
const FLOW = 'nps';
const MS = 1000;
/** Of a call that an engine before this one had: its journal is read for what was recorded last. */
const LINES_READ = 5000;

type Period = Pick<SurveyPeriod, 'from' | 'to'>;

/** Everything there is to do with surveys. Those that take a survey's id reject with `survey.unknown`. */
export interface Surveys {
  readonly actions: Readonly<Record<string, ActionHandler>>;
  readonly web: WebSurvey;
  /** Takes over the surveys of the files. */
  use(surveys: ReadonlyMap<string, Survey>): void;
  /** Journal lines of calls as they are stored: what was being said when the caller hung up is kept by then. Never rejects. */
  heard(entries: readonly JournalEntry[]): Promise<void>;
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
    readonly calls: Pick<CallStore, 'journal'>;
    readonly callerId: string | null;
    readonly log: Log;
  },
): Surveys {
  const { store, settings, kept, log } = deps;
  const { brand, zone } = settings;
  let surveys: ReadonlyMap<string, Survey> = new Map();
  const own: SurveyDeps = { ...deps, surveys: () => surveys };
  const lastRecording = async (call: CallId): Promise<Recorded | undefined> =>
    (await deps.calls.journal(call, 0, LINES_READ)).map(recordedIn).findLast((one) => one !== undefined);
  const phone = createPhoneSurvey({ ...own, brand, kept, lastRecording });

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
    async heard(entries) {
      const over: Promise<void>[] = [];
      for (const entry of entries) {
        const { callId, kind } = entry;
        const spoken = recordedIn(entry);
        if (kind === 'call-arrived' || kind === 'call-placed') phone.arrived(callId);
        if (spoken !== undefined) phone.recorded(callId, spoken.recording, spoken.seconds);
        const lost = (error: unknown): void => log.error({ callId, err: error }, 'a spoken comment could not be stored');
        if (kind === 'call-ended') over.push(phone.ended(callId).catch(lost));
      }
      await Promise.all(over);
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

/** What a line tells of a recording; undefined when it tells of none. */
function recordedIn({ kind, data: { name, durationMs }, at }: JournalEntry): Recorded | undefined {
  if (kind !== 'recording' || typeof name !== 'string') return undefined;
  return { recording: name as RecordingId, seconds: Math.round(Number(durationMs ?? 0) / MS), at };
}
