import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { UserId } from '../../src/domain/ids.ts';
import { aCallback } from './case-things.ts';
import { type House, openHouse } from './house.ts';

let house: House;
let supervisor: { authorization: string };
let agent: { authorization: string };
let agentId: UserId;
beforeAll(async () => {
  house = await openHouse();
  supervisor = await house.bearer('supervisor');
  agent = await house.bearer('agent');
  agentId = house.asking;
});
afterAll(() => house.close());

/** The agent is one who serves these queues. */
async function serves(queues: readonly string[]): Promise<void> {
  const profile = { displayName: 'Deniz', language: 'tr', place: { kind: 'web' }, skills: {}, queues } as const;
  await house.floorDesk.agents.put({ userId: agentId, ...profile });
}

const get = async (url: string, headers = supervisor) => house.app.inject({ url: `/api/v1/callbacks${url}`, headers });
const post = async (url: string, payload?: object, headers = supervisor) =>
  house.app.inject({ method: 'POST', url: `/api/v1/callbacks${url}`, headers, ...(payload === undefined ? {} : { payload }) });

describe('people who are to be called back', () => {
  it('are masked for everybody, and their number is in no answer', async () => {
    const id = await aCallback(house);
    for (const url of ['', '/open', `/${id}`]) {
      const { body } = await get(url);
      expect(body).toMatch(/"\+90 5\*\* \*\*\* \*\* \d\d"/);
      expect(body).not.toMatch(/5550000\d/);
    }
  });

  it('are told by pages, and by state and group', async () => {
    const [first, second] = [await aCallback(house), await aCallback(house)];
    await post(`/${second}/close`);
    const closed = (await get('?state=closed&limit=1')).json<{ items: { id: string }[]; next: string | null }>();
    expect(closed.items).toMatchObject([{ id: second, reason: 'by-user', closedBy: expect.stringMatching(/^supervisor/) }]);
    expect((await get('?state=open')).json<{ items: { id: string }[] }>().items.map(({ id }) => id)).toContain(first);
    expect((await get('?group=nobody')).json()).toEqual({ items: [], next: null });
  });

  it('are closed once, with who did it in the history', async () => {
    const id = await aCallback(house);
    expect((await post(`/${id}/close`)).json()).toMatchObject({ state: 'closed' });
    expect((await post(`/${id}/close`)).json()).toMatchObject({ code: 'request.conflict' });
    const { history } = (await get(`/${id}`)).json<{ history: { event: string; by: string }[] }>();
    expect(history.map(({ event }) => event)).toEqual(['found', 'close']);
    expect(history.at(-1)?.by).toMatch(/^supervisor/);
    expect((await post('/cbk_01jd9v8q4k0000000000000000/close')).statusCode).toBe(404);
  });

  it('are moved before and after each other', async () => {
    const [first, second] = [await aCallback(house), await aCallback(house)];
    const order = async () => {
      const { items } = (await get('/open')).json<{ items: { id: string }[] }>();
      return items.flatMap(({ id }) => (id === first ? ['first'] : id === second ? ['second'] : []));
    };
    expect(await order()).toEqual(['first', 'second']);
    expect((await post(`/${second}/move`, { before: first })).statusCode).toBe(200);
    expect(await order()).toEqual(['second', 'first']);
    expect((await post(`/${second}/move`, { after: first })).statusCode).toBe(200);
    expect(await order()).toEqual(['first', 'second']);
    expect((await post(`/${second}/move`, { after: first, before: first })).statusCode).toBe(400);
  });

  it('are shown to agents, who may call them when they are there, and do no more', async () => {
    const id = await aCallback(house);
    await serves(['sales']);
    expect((await get('/open', agent)).statusCode).toBe(200);
    expect((await get('', agent)).statusCode).toBe(403);
    expect((await post(`/${id}/close`, undefined, agent)).statusCode).toBe(403);
    expect((await post(`/${id}/take`, undefined, agent)).json()).toMatchObject({ code: 'agent.not-now' });
  });

  it('are shown to agents whose queues they belong to, and called by those alone', async () => {
    const id = await aCallback(house);
    const shown = async (headers: typeof agent) =>
      (await get('/open', headers)).json<{ items: { id: string }[] }>().items.some((one) => one.id === id);
    await serves(['support']);
    expect(await shown(agent)).toBe(false);
    expect((await post(`/${id}/take`, undefined, agent)).json()).toMatchObject({ status: 403, code: 'request.forbidden' });
    await serves(['support', 'sales']);
    expect(await shown(agent)).toBe(true);
    expect((await post(`/${id}/take`, undefined, agent)).json()).toMatchObject({ code: 'agent.not-now' });
    // Supervisors see all, and call whom they want.
    expect(await shown(supervisor)).toBe(true);
    expect((await post(`/${id}/take`)).json()).toMatchObject({ code: 'agent.not-now' });
  });

  it('are counted', async () => {
    const id = await aCallback(house);
    await post(`/${id}/close`);
    const figures = (await get('/figures?from=0&to=9999999999999')).json<{ entries: number; other: number; successRate: number | null }>();
    expect(figures.entries).toBeGreaterThan(0);
    expect(figures.other).toBeGreaterThan(0);
    expect(figures.successRate).toBe(0);
    expect((await get('/figures?from=0&to=1')).json()).toMatchObject({
      entries: 0,
      successRate: null,
      medianToContactMs: null,
      attemptsPerSuccess: null,
    });
  });
});
