import type { BrandId } from '../domain/brand.ts';
import { type Id, type IdKind, makeId } from '../domain/ids.ts';
import type { Survey } from '../domain/survey.ts';
import type { Answer, Invitation } from '../domain/survey-response.ts';
import type { ActionHandler } from '../ports/actions.ts';
import { createPhoneSurvey, type PhoneSurveyDeps } from '../services/surveys/phone-survey.ts';
import { surveyActions } from '../services/surveys/survey-actions.ts';

/** The survey actions without a database: what is answered is forgotten with the call. */
export function surveysInMemory(surveys: ReadonlyMap<string, Survey>, brand: BrandId): Readonly<Record<string, ActionHandler>> {
  let made = 0;
  const ids = { next: <K extends IdKind>(kind: K): Id<K> => makeId(kind, (made += 1), []) };
  const clock = { now: () => Date.now() };
  // Calls do not outlive a process without a database.
  const lastRecording = async () => undefined;
  const memory = { store: memoryStore(), lastRecording, kept: async () => true };
  return surveyActions(createPhoneSurvey({ ...memory, clock, ids, brand, surveys: () => surveys }));
}

function memoryStore(): PhoneSurveyDeps['store'] {
  const invitations = new Map<string, Invitation>();
  const answers = new Map<string, Answer[]>();
  return {
    async invite(invitation) {
      const stored = invitations.get(invitation.dedupeKey) ?? invitation;
      invitations.set(invitation.dedupeKey, stored);
      return stored;
    },
    byKey: async (key) => invitations.get(key),
    async answer({ invitationId }, given) {
      answers.set(invitationId, [...(answers.get(invitationId) ?? []), ...given]);
    },
    async numbersOf(invitation) {
      const numbers = (answers.get(invitation) ?? []).flatMap((one) => (one.kind === 'number' ? [[one.question, one.value] as const] : []));
      return new Map(numbers.toReversed());
    },
    commentsOf: async (invitation) =>
      new Set((answers.get(invitation) ?? []).flatMap((one) => (one.kind === 'number' ? [] : [one.question]))),
  };
}
