import { expect, test } from 'vitest';
import type { AgentPlace, AgentProfile } from '../../../src/domain/agent.ts';
import type { UserId } from '../../../src/domain/ids.ts';
import type { SipPhone } from '../../../src/ports/floor-store.ts';
import { createAgentActs } from '../../../src/services/agents/agent-acts.ts';
import { createAgents } from '../../../src/services/agents/agents.ts';
import { silentLog } from '../../kit/asterisk.ts';
import { FLOOR_BRAND, openTestFloor, profileOf } from '../../kit/floor.ts';
import { virtualClock } from '../../kit/virtual-clock.ts';
import { AYSE, BORA, countingIds } from '../floor/stage.ts';

/** Two agents with a page each; the house has the telephones 100 and 101. */
async function openHouse() {
  const clock = virtualClock();
  const profiles = new Map<UserId, AgentProfile>();
  const phones = new Map<UserId, SipPhone>();
  const { floor } = openTestFloor({ clock, ids: countingIds() });
  const agents = createAgents({
    store: {
      list: async () => [...profiles.values()],
      get: async (id) => profiles.get(id),
      put: async (profile) => void profiles.set(profile.userId, profile),
      phones: async () => [...phones.values()],
      putPhone: async (phone) => void phones.set(phone.userId, phone),
      removePhone: async (id) => void phones.delete(id),
    },
    users: { list: async () => [AYSE, BORA].map((id) => ({ id, name: id })) as never },
    telephony: { putSipEndpoint: async () => undefined, removeSipEndpoint: async () => undefined },
    ...{ clock, log: silentLog, brand: FLOOR_BRAND, extensions: new Set(['100', '101']) },
    random: (bytes) => crypto.getRandomValues(new Uint8Array(bytes)),
    webEndpointOf: (id) => `web-${id}`,
    outsideEndpoint: (number) => `PJSIP/${number}@trunk`,
    admit: (profile) => floor.admit(profile),
  });
  const notes = { put: async () => undefined };
  const acts = createAgentActs({ floor, agents, queues: () => new Map(), dispositions: new Map(), notes, brand: FLOOR_BRAND, clock });
  for (const id of [AYSE, BORA]) await agents.put(profileOf(id, { place: { kind: 'web' } }));
  const { username: bellOfBora } = await agents.makePhone(BORA);
  const { username: bellOfAyse } = await agents.makePhone(AYSE);
  return { agents, acts, profiles, bellOfAyse, bellOfBora };
}

const sip = (extension: string): AgentPlace => ({ kind: 'sip', extension });

test('a colleague’s desk phone or page is no place to log in at, and nothing is changed by trying', async () => {
  const { acts, agents, profiles, bellOfBora } = await openHouse();
  for (const extension of [bellOfBora, `web-${BORA}`, 'trunk', '102']) {
    await expect(acts.login(AYSE, sip(extension))).rejects.toMatchObject({ code: 'request.invalid' });
    await expect(agents.put(profileOf(AYSE, { place: sip(extension) }))).rejects.toMatchObject({ code: 'request.invalid' });
  }
  expect(profiles.get(AYSE)?.place).toEqual({ kind: 'web' });
});

test('the agent’s own desk phone is, and a telephone of the house that nobody else has', async () => {
  const { acts, agents, profiles, bellOfAyse } = await openHouse();
  await acts.login(AYSE, sip(bellOfAyse));
  expect(profiles.get(AYSE)?.place).toEqual(sip(bellOfAyse));
  await acts.login(AYSE, sip('100'));
  await acts.login(AYSE, sip('100'));
  await expect(acts.login(BORA, sip('100'))).rejects.toMatchObject({ code: 'request.conflict' });
  await acts.login(BORA, sip('101'));
  expect(agents.lineOf({ userId: BORA, place: sip('101') })?.endpoint).toBe('PJSIP/101');
});

test('of two who take the same telephone at once one gets it', async () => {
  const { acts } = await openHouse();
  const both = await Promise.allSettled([AYSE, BORA].map((agent) => acts.login(agent, sip('101'))));
  expect(both.map(({ status }) => status).toSorted()).toEqual(['fulfilled', 'rejected']);
});

test('a place that was stored before anybody looked is not rung', async () => {
  const { agents, bellOfBora } = await openHouse();
  expect(agents.lineOf({ userId: AYSE, place: sip(bellOfBora) })).toBeNull();
});

test('an outside number is kept in the one form it is dialled in', async () => {
  const { acts, profiles } = await openHouse();
  await acts.login(AYSE, { kind: 'outside', number: '0555 000 00 12' });
  expect(profiles.get(AYSE)?.place).toEqual({ kind: 'outside', number: '+905550000012' });
  await expect(acts.login(AYSE, { kind: 'outside', number: '12' })).rejects.toMatchObject({ code: 'request.invalid' });
});
