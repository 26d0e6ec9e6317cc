import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { type Ask, asking } from './asking.ts';
import { type House, openHouse } from './house.ts';

let house: House;
let ask: Ask;
beforeAll(async () => {
  house = await openHouse();
  ask = asking(house, await house.bearer('supervisor'));
});
afterAll(() => house.close());

const ADDRESS = '/api/v1/switches/emergency';
const put = (payload: object, address = ADDRESS) => ask(address, { method: 'PUT', payload });
const standing = async () => (await ask('/api/v1/switches')).json().items[0];

describe('the emergency announcement', () => {
  it('is off until somebody switches it on, and tells who did', async () => {
    expect(await standing()).toEqual({
      ...{ name: 'emergency', on: false, inForce: false, text: { tr: null, en: null }, from: null, until: null },
      ...{ changed: null, hasPin: false },
    });
    const until = Date.now() + 60_000;
    const set = await put({ on: true, text: { tr: '  Su kesintisi var. ' }, until });
    expect(set.json()).toEqual({
      ...{ name: 'emergency', on: true, inForce: true, text: { tr: 'Su kesintisi var.', en: null }, from: null, until },
      ...{ changed: { at: expect.any(Number), by: expect.stringMatching(/^supervisor-/), via: 'api' }, hasPin: false },
    });
    expect(await standing()).toEqual(set.json());
    expect((await put({ on: false })).json()).toMatchObject({ on: false, inForce: false, text: { tr: null, en: null } });
  });

  it.each<[what: string, payload: object]>([
    ['words that are too long', { on: true, text: { tr: 'a'.repeat(1001) } }],
    ['a language that is none', { on: true, text: { de: 'Wasser' } }],
    ['empty words', { on: true, text: { tr: ' ' } }],
    ['an end that has passed', { on: true, until: 1 }],
    ['nothing at all', {}],
  ])('refuses %s', async (_what, payload) => {
    expect((await put(payload)).json()).toMatchObject({ status: 400, code: 'request.invalid' });
  });

  it('has a secret for its telephone, which is never shown again', async () => {
    expect((await put({ pin: '482913' }, `${ADDRESS}/pin`)).statusCode).toBe(204);
    expect((await standing()).hasPin).toBe(true);
    const weak = (await put({ pin: '123456' }, `${ADDRESS}/pin`)).json();
    expect([weak.code, weak.errors[0].path]).toEqual(['request.invalid', 'body.pin']);
    expect((await ask(`${ADDRESS}/pin`, { method: 'DELETE' })).statusCode).toBe(204);
    expect((await ask(`${ADDRESS}/pin`, { method: 'DELETE' })).json().code).toBe('request.not-found');
    const { items } = (await ask('/api/v1/audit?subject=emergency')).json();
    expect(items.slice(0, 2).map(({ what, details }: { what: string; details: object }) => [what, details])).toEqual([
      ['switch-pin-set', { set: false }],
      ['switch-pin-set', { set: true }],
    ]);
    expect(JSON.stringify([items, house.logged])).not.toContain('482913');
  });

  it('leaves an audit that is read by pages', async () => {
    const first = (await ask('/api/v1/audit?subject=emergency&limit=1')).json();
    const second = (await ask(`/api/v1/audit?subject=emergency&limit=100&before=${first.next}`)).json();
    expect(first.items[0].id > second.items[0].id).toBe(true);
    expect(second.next).toBeNull();
    expect(second.items.at(-1)).toMatchObject({ what: 'switch-set', via: 'api', details: { on: true, texts: ['tr'] } });
  });

  it('is no other switch', async () => {
    expect((await put({ on: true }, '/api/v1/switches/lights')).json().code).toBe('request.invalid');
  });
});
