import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { SETTINGS } from '../../src/config/settings.ts';
import { type Ask, asking } from './asking.ts';
import { type House, openHouse } from './house.ts';

let house: House;
let ask: Ask;
beforeAll(async () => {
  house = await openHouse();
  ask = asking(house, await house.bearer('admin'));
});
afterAll(() => house.close());

describe('the engine', () => {
  it('tells all its settings and none of its secrets', async () => {
    const answer = await ask('/api/v1/settings');
    const { items } = answer.json();
    expect(items.map(({ env }: { env: string }) => env)).toEqual(Object.values(SETTINGS).map(({ env }) => env));
    const of = (env: string) => items.find((item: { env: string }) => item.env === env);
    expect(of('SANTRAL_VOICE_TOKEN')).toMatchObject({ secret: true, isSet: true, value: null });
    expect(of('SANTRAL_ADMIN_PASSWORD')).toMatchObject({ secret: true, isSet: false, value: null });
    expect(of('SANTRAL_RTP_PORTS')).toMatchObject({ value: '10000-10999', fallback: '10000-10999' });
    expect(of('SANTRAL_RATE_LIMIT')).toMatchObject({ value: '1000000', fallback: '600' });
    expect(answer.body).not.toContain('voice-secret');
  });
});
