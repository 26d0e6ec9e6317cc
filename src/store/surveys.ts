import { sql, type Transaction } from 'kysely';
import { QUARTER_MS } from '../domain/quarter.ts';
import type { Answer, Invitation, SurveyResponse } from '../domain/survey-response.ts';
import type { SurveyPeriod, SurveyStore } from '../ports/survey-store.ts';
import type { Database } from './database.ts';
import { toMessageRow } from './message-rows.ts';
import type { Schema } from './schema.ts';
import type { SessionSeal } from './session-seal.ts';
import { fromInvitationRow, fromListedComment, toInvitationRow } from './survey-rows.ts';

/** Answers are counted by quarters of an hour: whatever the zone, a day is made of whole ones. */

type Db = Transaction<Schema>;

/** Invitations to surveys, what was answered, and the counts that reports are made of. */
export function createSurveyStore(database: Database, seal: SessionSeal): SurveyStore {
  return {
    invite: (invitation, messages = []) =>
      database.write('surveys', async (db) => {
        const insert = db.insertInto('survey_invitations').values(toInvitationRow(invitation));
        await insert.onConflict((conflict) => conflict.column('dedupe_key').doNothing()).execute();
        const stored = await invitationBy(db, 'dedupe_key', invitation.dedupeKey);
        // The link of a second try was never stored: only the first one's message goes out.
        const rows = stored?.id === invitation.id ? messages.map((message) => toMessageRow(message, seal)) : [];
        for (const row of rows) {
          const message = db.insertInto('messages').values(row);
          await message.onConflict((conflict) => conflict.column('dedupe_key').doNothing()).execute();
        }
        return stored ?? invitation;
      }),

    byToken: (hash) => database.run((db) => invitationBy(db, 'token_hash', hash)),
    byKey: (key) => database.run((db) => invitationBy(db, 'dedupe_key', key)),

    answer: (response, answers, at) => database.write('surveys', (db) => keep(db, response, answers, at)),

    submit: (response, answers, at) =>
      database.write('surveys', async (db) => {
        const use = db.updateTable('survey_invitations').set({ used_at: at });
        const used = await use.where('id', '=', response.invitationId).where('used_at', 'is', null).executeTakeFirst();
        if (used.numUpdatedRows === 0n) return false;
        await keep(db, response, answers, at);
        return true;
      }),

    numbersOf: (invitation) =>
      database.run(async (db) => {
        const rows = await db
          .selectFrom('survey_answers')
          .innerJoin('survey_responses', 'survey_responses.id', 'survey_answers.response_id')
          .select(['survey_answers.question', 'survey_answers.value'])
          .where('survey_responses.invitation_id', '=', invitation)
          .execute();
        return new Map(rows.map(({ question, value }) => [question, value]));
      }),

    commentsOf: (invitation) =>
      database.run(async (db) => {
        const rows = await db
          .selectFrom('survey_comments')
          .innerJoin('survey_responses', 'survey_responses.id', 'survey_comments.response_id')
          .select('survey_comments.question')
          .where('survey_responses.invitation_id', '=', invitation)
          .execute();
        return new Set(rows.map(({ question }) => question));
      }),

    answerCounts: (period) => answerCounts(database, period),
    invitationCounts: (period) => invitationCounts(database, period),
    comments: (filter) => listComments(database, filter),
  };
}

async function invitationBy(
  db: Pick<Db, 'selectFrom'>,
  column: 'token_hash' | 'dedupe_key',
  value: string,
): Promise<Invitation | undefined> {
  const row = await db.selectFrom('survey_invitations').selectAll().where(column, '=', value).executeTakeFirst();
  return row && fromInvitationRow(row);
}

/** The response when it is new, and each answer that is new: an answer once given stands, told again it changes nothing. */
async function keep(db: Db, response: SurveyResponse, answers: readonly Answer[], at: number): Promise<void> {
  const { invitationId, language, startedAt, finishedAt } = response;
  const row = { id: response.id, invitation_id: invitationId, language, started_at: startedAt, finished_at: finishedAt };
  const insert = db.insertInto('survey_responses').values(row);
  await insert.onConflict((conflict) => conflict.column('invitation_id').doNothing()).execute();
  const stored = db.selectFrom('survey_responses').select(['id', 'finished_at']).where('invitation_id', '=', invitationId);
  const { id, finished_at } = await stored.executeTakeFirstOrThrow();
  for (const answer of answers) await keepAnswer(db, id, answer, at);
  if (finishedAt === null || finished_at !== null) return;
  await db.updateTable('survey_responses').set({ finished_at: finishedAt }).where('id', '=', id).execute();
}

async function keepAnswer(db: Db, responseId: string, answer: Answer, at: number): Promise<void> {
  const key = { response_id: responseId, question: answer.question };
  if (answer.kind === 'number') {
    const insert = db.insertInto('survey_answers').values({ ...key, value: answer.value, answered_at: at });
    await insert.onConflict((conflict) => conflict.columns(['response_id', 'question']).doNothing()).execute();
    return;
  }
  const spoken = answer.kind === 'recording';
  const insert = db.insertInto('survey_comments').values({
    ...key,
    recording: spoken ? answer.recording : null,
    seconds: spoken ? answer.seconds : null,
    body: spoken ? null : answer.text,
    commented_at: at,
  });
  await insert.onConflict((conflict) => conflict.columns(['response_id', 'question']).doNothing()).execute();
}

function answerCounts(database: Database, { brand, survey, from, to }: SurveyPeriod): ReturnType<SurveyStore['answerCounts']> {
  return database.run(async (db) => {
    const quarter = sql<number>`survey_answers.answered_at / ${sql.lit(QUARTER_MS)}`;
    const rows = await db
      .selectFrom('survey_answers')
      .innerJoin('survey_responses', 'survey_responses.id', 'survey_answers.response_id')
      .innerJoin('survey_invitations', 'survey_invitations.id', 'survey_responses.invitation_id')
      .select([
        'survey_answers.question',
        'survey_answers.value',
        'survey_invitations.dealer',
        'survey_invitations.agent',
        'survey_invitations.campaign',
      ])
      .select((eb) => [quarter.as('quarter'), eb.fn.countAll<number>().as('count')])
      .where('survey_invitations.brand', '=', brand)
      .where('survey_invitations.survey', '=', survey)
      .where('survey_answers.answered_at', '>=', from)
      .where('survey_answers.answered_at', '<', to)
      .groupBy([
        'survey_answers.question',
        'survey_answers.value',
        'survey_invitations.dealer',
        'survey_invitations.agent',
        'survey_invitations.campaign',
        quarter,
      ])
      .execute();
    return rows.map(({ quarter: quarters, ...row }) => ({ ...row, from: quarters * QUARTER_MS }));
  });
}

function invitationCounts(database: Database, { brand, survey, from, to }: SurveyPeriod): ReturnType<SurveyStore['invitationCounts']> {
  return database.run((db) =>
    db
      .selectFrom('survey_invitations')
      .leftJoin('survey_responses', 'survey_responses.invitation_id', 'survey_invitations.id')
      .select(['survey_invitations.dealer', 'survey_invitations.agent', 'survey_invitations.campaign'])
      .select((eb) => [eb.fn.countAll<number>().as('invited'), eb.fn.count<number>('survey_responses.id').as('answered')])
      .where('survey_invitations.brand', '=', brand)
      .where('survey_invitations.survey', '=', survey)
      .where('survey_invitations.created_at', '>=', from)
      .where('survey_invitations.created_at', '<', to)
      .groupBy(['survey_invitations.dealer', 'survey_invitations.agent', 'survey_invitations.campaign'])
      .execute(),
  );
}

function listComments(
  database: Database,
  { brand, survey, from, to, score, before, limit }: Parameters<SurveyStore['comments']>[0],
): ReturnType<SurveyStore['comments']> {
  return database.run(async (db) => {
    let query = db
      .selectFrom('survey_comments')
      .innerJoin('survey_responses', 'survey_responses.id', 'survey_comments.response_id')
      .innerJoin('survey_invitations', 'survey_invitations.id', 'survey_responses.invitation_id')
      .leftJoin('survey_answers', (join) =>
        join.onRef('survey_answers.response_id', '=', 'survey_comments.response_id').on('survey_answers.question', '=', score),
      )
      .select([
        'survey_comments.response_id',
        'survey_comments.question',
        'survey_answers.value as score',
        'recording',
        'seconds',
        'body',
        'commented_at',
      ])
      .select(['survey_responses.language', 'channel', 'dealer', 'agent', 'campaign'])
      .where('survey_invitations.brand', '=', brand)
      .where('survey_invitations.survey', '=', survey)
      .where('commented_at', '>=', from)
      .where('commented_at', '<', to);
    if (before !== undefined) query = query.where('survey_comments.response_id', '<', before);
    const rows = await query.orderBy('survey_comments.response_id', 'desc').orderBy('survey_comments.question').limit(limit).execute();
    return rows.map(fromListedComment);
  });
}
