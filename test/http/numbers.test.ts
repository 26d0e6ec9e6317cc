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
      { did: '+902125550099', brand: house.deps.config.brand, flow: 'main-menu', language: 'tr', label: '', source: 'file', updatedAt: 1 },
    ]);
    const dids = (await ask('/api/v1/numbers')).json().items.map(({ did }: { did: string }) => did);
    expect(dids).toEqual(expect.arrayContaining(['+902125550010', '+902125550099']));
    expect((await ask('/api/v1/numbers/%2B902125550099', { method: 'DELETE' })).statusCode).toBe(404);
    expect((await ask('/api/v1/numbers/02125550010', { method: 'DELETE' })).statusCode).toBe(204);
    expect((await ask('/api/v1/numbers/02125550010', { method: 'DELETE' })).statusCode).toBe(404);
  });
});
