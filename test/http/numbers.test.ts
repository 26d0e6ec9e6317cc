import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { type Ask, asking } from './asking.ts';
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

describe('numbers', () => {
  it('lead to flows that exist; what was set here can be forgotten, what a file says cannot', async () => {
    const put = (did: string, flow: string) =>
      ask(`/api/v1/numbers/${did}`, { method: 'PUT', payload: { flow, language: 'en', label: 'Test' } }, supervisor);
    expect((await put('02125550010', 'main-menu')).json()).toMatchObject({
      did: '+902125550010',
      flow: 'main-menu',
      language: 'en',
      source: 'api',
    });
    expect((await put('*', 'nowhere')).json().code).toBe('flow.unknown');
    await house.stores.numbers.replaceFileRoutes([
      {
        did: '+902125550099',
        brand: house.deps.config.brand,
        flow: 'main-menu',
        language: 'tr',
        label: { tr: 'Merkez', en: 'Head office' },
        source: 'file',
        updatedAt: 1,
      },
    ]);
    const dids = (await ask('/api/v1/numbers')).json().items.map(({ did }: { did: string }) => did);
    expect(dids).toEqual(expect.arrayContaining(['+902125550010', '+902125550099']));
    expect((await ask('/api/v1/numbers/%2B902125550099', { method: 'DELETE' })).statusCode).toBe(404);
    expect((await ask('/api/v1/numbers/02125550010', { method: 'DELETE' })).statusCode).toBe(204);
    expect((await ask('/api/v1/numbers/02125550010', { method: 'DELETE' })).statusCode).toBe(404);
  });

  it.each([
    ['one text', 'Test', { tr: 'Test', en: 'Test' }],
    ['a text per language', { tr: 'Müşteri hattı', en: 'Customer line' }, { tr: 'Müşteri hattı', en: 'Customer line' }],
    ['a text in one language', { en: 'Customer line' }, { tr: 'Customer line', en: 'Customer line' }],
    ['nothing', undefined, { tr: '', en: '' }],
  ])('are given out with a label in both languages, set with %s', async (_, label, given) => {
    const payload = { flow: 'main-menu', language: 'tr', label };
    const put = await ask('/api/v1/numbers/02125550012', { method: 'PUT', payload }, supervisor);
    expect(put.json().label).toEqual(given);
    const listed = (await ask('/api/v1/numbers')).json().items;
    expect(listed).toContainEqual(expect.objectContaining({ did: '+902125550012', label: given }));
  });
});
