import type { BrandId } from '../../domain/brand.ts';
import type { CallId, InvitationId, RecordingId } from '../../domain/ids.ts';
import type { Language } from '../../domain/language.ts';
import { answers, nextQuestion, type Question, type Survey } from '../../domain/survey.ts';
import type { Answer, Invitation, SurveyTags } from '../../domain/survey-response.ts';
import type { SurveyStore } from '../../ports/survey-store.ts';
import type { SurveyDeps } from './deps.ts';

/** What somebody on the telephone answered: keys, something recorded, or nothing. */
export type PhoneAnswer =
  | { readonly kind: 'keys'; readonly keys: string }
  | { readonly kind: 'recording'; readonly name: string; readonly seconds: number }
  | { readonly kind: 'none' };

/** How a caller comes to be asked, and about whom. */
export interface AskedBy extends SurveyTags {
  readonly channel: 'phone' | 'call';
  readonly language: Language;
}

export interface PhoneSurvey {
  /**
   * Begins the survey on a call; null when there is no such survey, or when it was answered on this call before.
   */
  begin(call: CallId, survey: string, asked: AskedBy): Promise<{ readonly survey: Survey; readonly next: Question } | null>;
  /** Stores one answer at once and gives the next question; null after the last. Rejects with what is no answer at all. */
  answer(call: CallId, survey: string, question: string, given: PhoneAnswer): Promise<Question | null>;
  /** A caller who hung up while speaking had something to say: the recording of an open comment is kept. */
  recorded(call: CallId, recording: RecordingId, seconds: number): void;
  /** The call began under this engine: nothing of its survey can be unknown here. */
  arrived(call: CallId): void;
  /** The call is over: nothing more is awaited from it. Of a call that an engine before this one had, the store tells what was open. */
  ended(call: CallId): Promise<void>;
}

export interface PhoneSurveyDeps extends Pick<SurveyDeps, 'clock' | 'ids' | 'surveys'> {
  readonly store: Pick<SurveyStore, 'invite' | 'byKey' | 'numbersOf' | 'commentsOf' | 'answer'>;
  /** What was recorded last on a call, the last engine's recordings too; undefined: nothing. */
  readonly lastRecording: (call: CallId) => Promise<Recorded | undefined>;
  readonly brand: BrandId;
  /** Whether a recording was kept: callers may discard what they said. */
  readonly kept: (recording: RecordingId) => Promise<boolean>;
}

export interface Recorded {
  readonly recording: RecordingId;
  readonly seconds: number;
  /** When it ended, UTC ms. */
  readonly at: number;
}

interface OpenComment {
  readonly invitation: Invitation;
  readonly question: string;
  readonly answer: Answer | null;
}

/** The one invitation of a call to a survey: asked twice on the same call, it is the same one. */
export function callKey(call: CallId, survey: string): string {
  return `call ${call} ${survey}`;
}

/** A survey by telephone, one question at a time; every answer is stored before the next question is heard. */
export function createPhoneSurvey(deps: PhoneSurveyDeps): PhoneSurvey {
  const { store, clock, ids, brand } = deps;
  /** Comments that are being spoken, by call. */
  const open = new Map<CallId, OpenComment>();
  /** Calls of which nothing is unknown here; of others an engine before this one may have heard more. */
  const known = new Set<CallId>();

  function invite(call: CallId, survey: string, asked: AskedBy): Promise<Invitation> {
    return store.invite({
      ...asked,
      id: ids.next('invitation'),
      brand,
      survey,
      tokenHash: null,
      callId: call,
      createdAt: clock.now(),
      expiresAt: null,
      usedAt: null,
      dedupeKey: callKey(call, survey),
    });
  }

  async function keep(invitation: Invitation, answer: Answer | null, finished: boolean): Promise<void> {
    if (answer === null && !finished) return;
    const now = clock.now();
    const response = {
      id: ids.next('response'),
      invitationId: invitation.id,
      language: invitation.language,
      startedAt: now,
      finishedAt: finished ? now : null,
    };
    await store.answer(response, answer === null ? [] : [answer], now);
  }

  function expect(call: CallId, invitation: Invitation, next: Question | null): void {
    known.add(call);
    if (next?.kind === 'comment') open.set(call, { invitation, question: next.id, answer: null });
    else open.delete(call);
  }

  /** The comment that was being spoken on a call of the engine before this one. */
  async function spokenBefore(call: CallId): Promise<OpenComment | undefined> {
    const spoken = await deps.lastRecording(call);
    if (spoken === undefined) return undefined;
    for (const survey of deps.surveys().values()) {
      const invitation = await store.byKey(callKey(call, survey.id));
      // What was recorded before the survey began is something else.
      if (invitation === undefined || spoken.at < invitation.createdAt) continue;
      const question = openQuestion(survey, await store.numbersOf(invitation.id), await store.commentsOf(invitation.id));
      if (question === null) continue;
      const { recording, seconds } = spoken;
      return { invitation, question, answer: { kind: 'recording', question, recording, seconds } };
    }
    return undefined;
  }

  return {
    async begin(call, id, asked) {
      const survey = deps.surveys().get(id);
      if (survey === undefined) return null;
      const invitation = await invite(call, id, asked);
      const given = await store.numbersOf(invitation.id);
      if (given.size > 0) return null;
      const next = nextQuestion(survey, given, null);
      expect(call, invitation, next);
      return next && { survey, next };
    },

    async answer(call, id, question, given) {
      const survey = deps.surveys().get(id);
      const invitation = await store.byKey(callKey(call, id));
      const asked = survey?.questions.find((one) => one.id === question);
      if (survey === undefined || invitation === undefined || asked === undefined)
        throw new Error(`the survey "${id}" has no question "${question}" on this call`);
      const answer = answerTo(asked, given);
      const numbers = await numbersWith(deps, invitation.id, answer);
      const next = nextQuestion(survey, numbers, question);
      await keep(invitation, answer, next === null && (answer !== null || numbers.size > 0));
      expect(call, invitation, next);
      return next;
    },

    recorded(call, recording, seconds) {
      const comment = open.get(call);
      if (comment === undefined) return;
      open.set(call, { ...comment, answer: { kind: 'recording', question: comment.question, recording, seconds } });
    },

    arrived: (call) => void known.add(call),

    async ended(call) {
      const comment = open.get(call) ?? (known.has(call) ? undefined : await spokenBefore(call));
      open.delete(call);
      known.delete(call);
      const answer = comment?.answer;
      if (comment === undefined || answer?.kind !== 'recording' || !(await deps.kept(answer.recording))) return;
      await keep(comment.invitation, answer, false);
    },
  };
}

/** The comment that comes next after what was answered last; null when another kind of question does, or none. */
function openQuestion(survey: Survey, numbers: ReadonlyMap<string, number>, comments: ReadonlySet<string>): string | null {
  const last = survey.questions.findLast(({ id }) => numbers.has(id) || comments.has(id));
  const next = nextQuestion(survey, numbers, last?.id ?? null);
  return next?.kind === 'comment' ? next.id : null;
}

async function numbersWith(
  { store }: PhoneSurveyDeps,
  invitation: InvitationId,
  answer: Answer | null,
): Promise<ReadonlyMap<string, number>> {
  const numbers = new Map(await store.numbersOf(invitation));
  // What was answered first stands.
  if (answer?.kind === 'number' && !numbers.has(answer.question)) numbers.set(answer.question, answer.value);
  return numbers;
}

function answerTo(asked: Question, given: PhoneAnswer): Answer | null {
  switch (given.kind) {
    case 'none':
      return null;
    case 'recording':
      if (asked.kind !== 'comment') throw new Error(`"${asked.id}" is answered with keys`);
      return { kind: 'recording', question: asked.id, recording: given.name as RecordingId, seconds: given.seconds };
    case 'keys': {
      const value = /^\d{1,2}$/.test(given.keys) ? Number(given.keys) : Number.NaN;
      if (!answers(asked, value)) throw new Error(`these keys are no answer to "${asked.id}"`);
      return { kind: 'number', question: asked.id, value };
    }
  }
}
