import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { CallId, LegId } from '../../src/domain/ids.ts';
import { type Ask, asking, type Page } from './asking.ts';
import { type House, openHouse } from './house.ts';

let house: House;
let ask: Ask;
let supervisor: { authorization: string };
beforeAll(async () => {
  house = await openHouse();
  ask = asking(house, await house.bearer('admin'));
  supervisor = await house.bearer('supervisor');
});
afterAll(() => house.close());

describe('calls', () => {
  it('come newest first, by pages that miss and repeat nothing while calls arrive', async () => {
    const made: string[] = [];
    const add = async () => {
      const call = house.newCall({ flow: 'paged' });
      made.unshift(call.id);
      await house.happen(call, ['call-arrived']);
    };
    for (let i = 0; i < 7; i += 1) await add();
    const wanted = [...made];
    const seen: string[] = [];
    let next: string | null = null;
    do {
      const page: Page<string> = (await ask(`/api/v1/calls?flow=paged&limit=3${next === null ? '' : `&before=${next}`}`)).json();
      seen.push(...page.items.map(({ id }) => id));
      next = page.next;
      await add();
    } while (next !== null);
    expect(seen).toEqual(wanted);
  });

  it('end the last page with null, also when it is full', async () => {
    for (let i = 0; i < 4; i += 1) await house.happen(house.newCall({ flow: 'full' }), ['call-arrived']);
    const first = (await ask('/api/v1/calls?flow=full&limit=2')).json();
    expect(first.next).toBe(first.items[1].id);
    expect((await ask(`/api/v1/calls?flow=full&limit=2&before=${first.next}`)).json().next).toBeNull();
  });

  it('can be asked for by state, flow and time', async () => {
    const at = (startedAt: number) => house.newCall({ flow: 'filtered', startedAt });
    const [early, late, ended] = [at(1000), at(2000), at(3000)];
    for (const call of [early, late]) await house.happen(call, ['call-arrived']);
    await house.happen(ended, ['call-arrived', 'call-ended']);
    const ids = async (query: string) =>
      (await ask(`/api/v1/calls?flow=filtered&${query}`)).json().items.map(({ id }: { id: string }) => id);
    expect(await ids('from=2000')).toEqual([ended.id, late.id]);
    expect(await ids('to=2000')).toEqual([early.id]);
    expect(await ids('state=ended')).toEqual([ended.id]);
    expect(await ids('state=open&from=1000&to=2001')).toEqual([late.id, early.id]);
  });

  it('show a customer’s number to administrators only, and the house’s own to all', async () => {
    const call = house.newCall({ flow: 'masked', ani: '+905550000017' });
    await house.happen(call, ['call-arrived']);
    const leg = {
      id: `leg_${call.id.slice(5)}` as LegId,
      callId: call.id,
      role: 'target',
      channelId: 'c',
      endpoint: 'PJSIP/+905550000017@trunk',
    } as const;
    const open = { startedAt: 1, answeredAt: null, endedAt: null, outcome: null, hangupCause: null, sipCode: null } as const;
    await house.stores.calls.commit({ call, legs: [{ ...leg, ...open }], session: null, entries: [] });
    const outbound = house.newCall({ flow: 'masked', direction: 'outbound', did: '+905550000018', ani: '02125550010' });
    await house.happen(outbound, ['call-arrived']);
    const url = `/api/v1/calls/${call.id}`;
    expect((await ask(url)).json()).toMatchObject({ call: { ani: '+905550000017' }, legs: [{ endpoint: 'PJSIP/+905550000017@trunk' }] });
    for (const path of [url, '/api/v1/calls?flow=masked', `${url}/events`]) {
      const { body } = await ask(path, {}, supervisor);
      expect(body).not.toMatch(/55500000\d\d/);
    }
    const shown = (await ask('/api/v1/calls?flow=masked', {}, supervisor)).json().items;
    expect(shown).toMatchObject([
      { direction: 'outbound', did: '+90 5** *** ** 18', ani: '02125550010' },
      { direction: 'inbound', did: '02125550010', ani: '+90 5** *** ** 17' },
    ]);
  });

  it('tell their journal from any line on', async () => {
    const call = house.newCall();
    await house.happen(call, ['call-arrived', 'prompt', 'digits', 'call-ended'], { node: 'language' });
    const page = (await ask(`/api/v1/calls/${call.id}/events?after=1&limit=2`)).json();
    expect(page.items.map(({ seq, kind }: { seq: number; kind: string }) => [seq, kind])).toEqual([
      [2, 'prompt'],
      [3, 'digits'],
    ]);
    expect(page.items[0].data).toEqual({ node: 'language' });
    const last = (await ask(`/api/v1/calls/${call.id}/events?after=${page.next}&limit=2`)).json();
    expect([last.items.map(({ seq }: { seq: number }) => seq), last.next]).toEqual([[4], null]);
  });

  it('of another brand do not exist here', async () => {
    const foreign = house.newCall({ brand: 'other' as never, flow: 'foreign' });
    await house.happen(foreign, ['call-arrived']);
    house.live.push({ ...foreign, node: null, channelName: 'PJSIP/trunk-00000009' });
    expect((await ask('/api/v1/calls?flow=foreign')).json().items).toEqual([]);
    expect((await ask('/api/v1/calls/live')).body).not.toContain(foreign.id);
    for (const path of ['', '/events', '/feed']) expect((await ask(`/api/v1/calls/${foreign.id}${path}`)).statusCode).toBe(404);
    expect((await ask(`/api/v1/calls/${foreign.id}/hangup`, { method: 'POST' })).statusCode).toBe(404);
    expect(house.hungUp).toEqual([]);
  });

  it('that are up say where they stand', async () => {
    const call = house.newCall();
    await house.happen(call, ['call-arrived']);
    house.live.push({ ...call, node: 'language', channelName: 'PJSIP/trunk-0000000a' });
    expect((await ask('/api/v1/calls/live', {}, supervisor)).json().items).toContainEqual(
      expect.objectContaining({ id: call.id, node: 'language', ani: '+90 5** *** ** 17' }),
    );
  });

  it('are ended in the name of who asked; a call that ended, or that no engine holds, cannot be', async () => {
    const up = house.newCall();
    const [over, lost] = [house.newCall(), house.newCall()];
    await house.happen(up, ['call-arrived']);
    await house.happen(lost, ['call-arrived']);
    await house.happen(over, ['call-arrived', 'call-ended']);
    house.live.push({ ...up, node: null, channelName: 'PJSIP/trunk-0000000b' });
    const end = (id: string) => ask(`/api/v1/calls/${id}/hangup`, { method: 'POST' }, supervisor);
    expect((await end(up.id)).statusCode).toBe(202);
    expect(house.hungUp).toEqual([expect.stringMatching(new RegExp(`^${up.id} supervisor-\\d+$`))]);
    for (const call of [over, lost]) expect((await end(call.id)).json().code).toBe('request.conflict');
    expect(house.hungUp).toHaveLength(1);
  });

  it('show every verdict there is', async () => {
    const verdicts = [
      { kind: 'flow-hung-up', node: 'bye' },
      { kind: 'ended-by-user', by: 'ayse' },
      { kind: 'refused', reason: 'overload' },
      { kind: 'left-while-away' },
      { kind: 'asterisk-lost' },
      { kind: 'failed', code: 'flow.unknown' },
    ] as const;
    for (const [i, termination] of verdicts.entries()) {
      const call = house.newCall({ state: 'ended', endedAt: i, termination });
      const leg = {
        id: `leg_${call.id.slice(5)}` as LegId,
        callId: call.id as CallId,
        role: 'target',
        channelId: 'c',
        endpoint: 'PJSIP/100',
      } as const;
      const times = { startedAt: 1, answeredAt: null, endedAt: 2, outcome: 'busy', hangupCause: 17, sipCode: 486 } as const;
      await house.stores.calls.commit({ call, legs: [{ ...leg, ...times }], session: null, entries: [] });
      const shown = (await ask(`/api/v1/calls/${call.id}`)).json();
      expect(shown.call.termination).toEqual(termination);
      expect(shown.legs).toEqual([{ id: leg.id, role: 'target', endpoint: 'PJSIP/100', ...times }]);
    }
  });
});
