import type { BrandId } from '../domain/brand.ts';
import type { AcdEventId, CallId, UserId } from '../domain/ids.ts';
import type { TalkNoteStore } from '../ports/talk-notes.ts';
import type { Database } from './database.ts';
import type { SessionSeal } from './session-seal.ts';

/** What agents wrote about talks, sealed. A note that cannot be opened any more is empty. */
export function createTalkNoteStore(database: Database, seal: SessionSeal): TalkNoteStore {
  return {
    put: ({ talkId, callId, brand, agent, at, note, followUp }) =>
      database.write('floor', async (db) => {
        const changed = { at, note: seal.seal(note), follow_up: followUp };
        await db
          .insertInto('talk_notes')
          .values({ talk_id: talkId, call_id: callId, brand, agent, ...changed })
          .onConflict((conflict) => conflict.column('talk_id').doUpdateSet(changed))
          .execute();
      }),

    ofCall: (callId) =>
      database.run(async (db) => {
        const rows = await db.selectFrom('talk_notes').selectAll().where('call_id', '=', callId).orderBy('talk_id').execute();
        return rows.map((row) => ({
          talkId: row.talk_id as AcdEventId,
          callId: row.call_id as CallId,
          brand: row.brand as BrandId,
          agent: row.agent as UserId,
          at: row.at,
          note: seal.open(row.note) ?? '',
          followUp: row.follow_up,
        }));
      }),
  };
}
