import type { AgentPlace, AgentProfile } from '../domain/agent.ts';
import type { BrandId } from '../domain/brand.ts';
import type { UserId } from '../domain/ids.ts';
import type { AgentStore, SipPhone } from '../ports/floor-store.ts';
import type { Database } from './database.ts';
import type { AgentPhoneRow, AgentRow } from './floor-schema.ts';
import type { SessionSeal } from './session-seal.ts';

/** What is known of agents, and their desk phones' accounts. */
export function createAgentStore(database: Database, seal: SessionSeal): AgentStore {
  return {
    list: (brand) =>
      database.run(async (db) => {
        const rows = await db.selectFrom('agents').selectAll().where('brand', '=', brand).orderBy('display_name').execute();
        return rows.map((row) => fromRow(row, seal));
      }),

    get: (userId) =>
      database.run(async (db) => {
        const row = await db.selectFrom('agents').selectAll().where('user_id', '=', userId).executeTakeFirst();
        return row && fromRow(row, seal);
      }),

    put: (profile) =>
      database.run(async (db) => {
        const row = toRow(profile, seal);
        const { user_id: _id, ...changed } = row;
        await db
          .insertInto('agents')
          .values(row)
          .onConflict((conflict) => conflict.column('user_id').doUpdateSet(changed))
          .execute();
      }),

    phones: () =>
      database.run(async (db) => (await db.selectFrom('agent_phones').selectAll().execute()).flatMap((row) => phoneOf(row, seal))),

    putPhone: ({ name, userId, realm, ha1, madeAt }) =>
      database.run(async (db) => {
        const changed = { name, realm, ha1: seal.seal(ha1), made_at: madeAt };
        await db
          .insertInto('agent_phones')
          .values({ user_id: userId, ...changed })
          .onConflict((conflict) => conflict.column('user_id').doUpdateSet(changed))
          .execute();
      }),

    removePhone: (userId) => database.run(async (db) => void (await db.deleteFrom('agent_phones').where('user_id', '=', userId).execute())),
  };
}

function toRow({ userId, brand, displayName, language, place, skills, queues, updatedAt }: AgentProfile, seal: SessionSeal): AgentRow {
  const lists = { skills: JSON.stringify(skills), queues: JSON.stringify(queues) };
  return {
    user_id: userId,
    brand,
    display_name: displayName,
    language,
    place: seal.seal(JSON.stringify(place)),
    ...lists,
    updated_at: updatedAt,
  };
}

function fromRow(row: AgentRow, seal: SessionSeal): AgentProfile {
  // Sealed with a key that is gone: the agent's own page is always there.
  const place = seal.open(row.place) ?? '{"kind":"web"}';
  return {
    userId: row.user_id as UserId,
    brand: row.brand as BrandId,
    displayName: row.display_name,
    language: row.language as AgentProfile['language'],
    place: JSON.parse(place) as AgentPlace,
    skills: JSON.parse(row.skills) as AgentProfile['skills'],
    queues: JSON.parse(row.queues) as AgentProfile['queues'],
    updatedAt: row.updated_at,
  };
}

/** An account that cannot be read any more is none: a new password is made. */
function phoneOf({ name, user_id, realm, ha1, made_at }: AgentPhoneRow, seal: SessionSeal): readonly SipPhone[] {
  const opened = seal.open(ha1);
  return opened === undefined ? [] : [{ name, userId: user_id as UserId, realm, ha1: opened, madeAt: made_at }];
}
