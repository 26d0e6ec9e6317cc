import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import type { BrandId } from '../../../src/domain/brand.ts';
import { type IdKind, makeId } from '../../../src/domain/ids.ts';
import { isInForce } from '../../../src/domain/switch.ts';
import type { Value, ValueMap } from '../../../src/domain/value.ts';
import { ACTIONS } from '../../../src/flow/actions.ts';
import type { Stores } from '../../../src/ports/stores.ts';
import { createPasswords } from '../../../src/services/auth/passwords.ts';
import { PIN_LOCK_MS, weaknessOf } from '../../../src/services/switches/switch-pins.ts';
import { createSwitches, type Switches } from '../../../src/services/switches/switches.ts';
import { actionContext } from '../../kit/action-context.ts';
import { openTemporaryStores } from '../../kit/temporary-stores.ts';

const BRAND = 'santral' as BrandId;
const NOON = Date.UTC(2026, 10, 23, 9);
const API = { actor: 'ayse', via: 'api' } as const;
const NUMBER = '+905550000001';
const PIN = '482913';

let stores: Stores;
let now: number;
let prepared: string[];
let switches: Switches;

beforeEach(async () => {
  stores = await openTemporaryStores();
  now = NOON;
  prepared = [];
  let count = 0;
  switches = createSwitches({
    store: stores.switches,
    audit: stores.audit,
    passwords: createPasswords((bytes) => new Uint8Array(bytes).fill((count += 1)), { log2N: 4, r: 1, p: 1 }),
    clock: { now: () => now },
    ids: { next: <K extends IdKind>(kind: K) => makeId(kind, (count += 1), []) },
    prepare: (words) => void prepared.push(...words.map(({ language, text }) => `${language}: ${text}`)),
  });
});
afterEach(() => stores.close());

const act = (name: string, params: ValueMap): Promise<Value> => {
  const handler = switches.actions[`switches.${name}`];
  if (handler === undefined) throw new Error(`no action ${name}`);
  return handler({ switch: 'emergency', ...params }, actionContext({ brand: BRAND }));
};
const heard = () => act('get', {});
const lines = async () =>
  (await stores.audit.list({ brand: BRAND, limit: 20 })).map(({ what, via, actor }) => `${what} ${via} ${actor}`).toReversed();

describe('the emergency announcement', () => {
  it('is heard by the next caller from its beginning to its end', async () => {
    expect(await heard()).toEqual({ on: false, tr: '', en: '' });
    const set = await switches.set(BRAND, 'emergency', { on: true, text: { tr: 'Su yok.' }, from: NOON + 10, until: NOON + 20 }, API);
    expect(set).toMatchObject({ on: true, inForce: false, changed: { changedAt: NOON, changedBy: 'ayse', changedVia: 'api' } });
    expect(prepared).toEqual(['tr: Su yok.']);
    expect(await heard()).toMatchObject({ on: false });
    now = NOON + 10;
    expect(await heard()).toEqual({ on: true, tr: 'Su yok.', en: '' });
    expect((await switches.list(BRAND))[0]).toMatchObject({ inForce: true });
    now = NOON + 20;
    expect(await heard()).toMatchObject({ on: false });
    await switches.set(BRAND, 'emergency', { on: false, text: {}, from: null, until: null }, API);
    expect(await lines()).toEqual(['switch-set api ayse', 'switch-set api ayse']);
  });

  it('does not begin where it would be over already', async () => {
    const over = { on: true, text: {}, from: null, until: NOON };
    await expect(switches.set(BRAND, 'emergency', over, API)).rejects.toMatchObject({ code: 'request.invalid' });
    await expect(switches.set(BRAND, 'emergency', { ...over, from: NOON + 9, until: NOON + 9 }, API)).rejects.toMatchObject({
      code: 'request.invalid',
    });
    expect(await lines()).toEqual([]);
  });
});

describe('the telephone of a switch', () => {
  const check = (pin: string) => act('check-pin', { pin, by: NUMBER });

  it('turns it by the secret alone, and keeps the words; the caller’s number is kept masked', async () => {
    expect(await check(PIN)).toBe('unset');
    await switches.setPin(BRAND, 'emergency', PIN, 'ayse');
    expect(await check('482914')).toBe('wrong');
    expect(await check(PIN)).toBe('right');
    await switches.set(BRAND, 'emergency', { on: false, text: { en: 'No water.' }, from: null, until: NOON + 5 }, API);
    expect(await act('set', { on: true, pin: PIN, by: NUMBER })).toEqual({ on: true, tr: '', en: 'No water.' });
    expect((await switches.list(BRAND))[0]).toMatchObject({
      on: true,
      until: null,
      changed: { changedBy: '+90 5** *** ** 01', changedVia: 'phone' },
    });
    await expect(act('set', { on: false, pin: '482914', by: NUMBER })).rejects.toMatchObject({ code: 'request.forbidden' });
    expect(await heard()).toMatchObject({ on: true });
    const masked = '+90 5** *** ** 01';
    expect(await lines()).toEqual([
      'switch-pin-set api ayse',
      `switch-pin-wrong phone ${masked}`,
      'switch-set api ayse',
      `switch-set phone ${masked}`,
      `switch-pin-wrong phone ${masked}`,
    ]);
    expect(JSON.stringify(await stores.audit.list({ brand: BRAND, limit: 20 }))).not.toMatch(/482913|5550000001/);
  });

  it('is locked by three wrong secrets, whoever tries them, even for the right one, and opens again', async () => {
    await switches.setPin(BRAND, 'emergency', PIN, 'ayse');
    expect([await check('111222'), await check('111223')]).toEqual(['wrong', 'wrong']);
    expect(await act('check-pin', { pin: '111224', by: 'anonymous' })).toBe('wrong');
    expect(await check(PIN)).toBe('locked');
    now = NOON + PIN_LOCK_MS - 1;
    expect(await check(PIN)).toBe('locked');
    now = NOON + PIN_LOCK_MS;
    expect(await check(PIN)).toBe('right');
    expect([await check('1'), await check('2'), await check(PIN), await check('3'), await check('4')]).toEqual([
      'wrong',
      'wrong',
      'right',
      'wrong',
      'wrong',
    ]);
  });

  it('gains nothing by guessing at the same time', async () => {
    await switches.setPin(BRAND, 'emergency', PIN, 'ayse');
    const verdicts = await Promise.all(['1', '2', '3', '4', '5', PIN].map(check));
    expect(verdicts.filter((verdict) => verdict === 'locked')).toHaveLength(3);
  });

  it('does nothing for what is no switch or no position', async () => {
    await switches.setPin(BRAND, 'emergency', PIN, 'ayse');
    await expect(act('get', { switch: 'lights' })).rejects.toMatchObject({ code: 'request.invalid' });
    await expect(act('set', { on: 'maybe', pin: PIN })).rejects.toMatchObject({ code: 'request.invalid' });
    await switches.setPin(BRAND, 'emergency', null, 'ayse');
    expect(await check(PIN)).toBe('unset');
  });

  it.each(['12345', '12345678901', 'abcdef', '000000', '123456', '987654', ''])('takes no secret such as %s', async (pin) => {
    expect(weaknessOf(pin)).toMatch(/^must/);
    await expect(switches.setPin(BRAND, 'emergency', pin, 'ayse')).rejects.toMatchObject({ code: 'request.invalid' });
  });
});

it('every action of switches has its signature', () => {
  const signed = ACTIONS.filter(({ name }) => name.startsWith('switches.')).map(({ name }) => name);
  expect(signed.sort()).toEqual(Object.keys(switches.actions).sort());
});

it.each([
  [{ on: false, from: null, until: null }, false],
  [{ on: true, from: null, until: null }, true],
  [{ on: true, from: NOON, until: NOON + 1 }, true],
  [{ on: true, from: NOON + 1, until: null }, false],
  [{ on: true, from: null, until: NOON }, false],
])('%o at noon: %s', (state, expected) => {
  expect(isInForce(state, NOON)).toBe(expected);
});
