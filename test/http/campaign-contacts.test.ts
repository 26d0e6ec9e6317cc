import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { aCampaign } from './campaign-cases.ts';
import { type House, openHouse } from './house.ts';

let house: House;
beforeAll(async () => {
  house = await openHouse();
});
afterAll(() => house.close());

const join = async (id: string, number: string) => {
  const headers = await house.bearer('campaign-manager');
  return house.app.inject({ method: 'POST', url: `/api/v1/campaigns/${id}/contacts`, headers, payload: { contacts: [{ number }] } });
};

describe('people whom other systems have called', () => {
  it('join the campaign’s list, once, and what is no number is told', async () => {
    const { id, brand, lists } = await aCampaign(house, 'running');
    expect((await join(id, '0542 123 45 67')).json()).toMatchObject({ added: [expect.stringMatching(/^ctc_/)], known: 0, rejected: [] });
    expect((await join(id, '+90 542 123 45 67')).json()).toMatchObject({ added: [], known: 1 });
    expect((await join(id, '12')).json()).toMatchObject({ added: [], rejected: [{ row: 1 }] });
    const rows = await house.stores.lists.rows(brand, lists[0] as never, 0, 10);
    expect(rows.map(({ number }) => number)).toEqual(['+905550000017', '+905421234567']);
  });

  it('join no campaign that would not call them, and the answer says so', async () => {
    const { id, brand } = await aCampaign(house, 'running');
    await house.stores.campaigns.move(brand, id, { from: ['running'], to: 'done', at: 3 });
    const late = await join(id, '0542 123 45 67');
    expect(late.statusCode).toBe(409);
    expect(late.json().detail).toContain('staysOpen');
    expect((await join('cmp_01jd9v8q4k0000000000000000', '0542 123 45 67')).statusCode).toBe(404);
  });
});

describe('people who leave a campaign', () => {
  it('are named in any usual form, are counted once, and what is no number is told by its place', async () => {
    const { id } = await aCampaign(house, 'running');
    const exclude = async (numbers: readonly string[]) => {
      const headers = await house.bearer('campaign-manager');
      return (await house.app.inject({ method: 'POST', url: `/api/v1/campaigns/${id}/exclusions`, headers, payload: { numbers } })).json();
    };
    expect(await exclude(['0555 000 00 17', '12', '+905550000017', '0555 000 00 18'])).toEqual({ excluded: 2, unreadable: [2] });
    expect(await exclude(['0555 000 00 17'])).toEqual({ excluded: 0, unreadable: [] });
    expect(await exclude([])).toMatchObject({ code: 'request.invalid' });
  });
});
