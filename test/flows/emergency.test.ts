import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import type { BrandId } from '../../src/domain/brand.ts';
import { type IdKind, makeId } from '../../src/domain/ids.ts';
import type { Stores } from '../../src/ports/stores.ts';
import { createPasswords } from '../../src/services/auth/passwords.ts';
import { createSwitches, type Switches } from '../../src/services/switches/switches.ts';
import { openTemporaryStores } from '../kit/temporary-stores.ts';
import { type CallOptions, type PlayedCall, placeCall } from './player.ts';

const BRAND = 'santral' as BrandId;
const PIN = '482913';
let stores: Stores;
let switches: Switches;
beforeEach(async () => {
  stores = await openTemporaryStores();
  let count = 0;
  switches = createSwitches({
    store: stores.switches,
    audit: stores.audit,
    passwords: createPasswords((bytes) => new Uint8Array(bytes).fill((count += 1)), { log2N: 4, r: 1, p: 1 }),
    clock: { now: () => 1_000_000 },
    ids: { next: <K extends IdKind>(kind: K) => makeId(kind, (count += 1), []) },
    prepare: () => {},
  });
});
afterEach(() => stores.close());

const dial = (flow: string, options: Partial<CallOptions> = {}) => placeCall({ ...options, flow, switches: switches.actions });
const turn = (on: boolean, text = {}) =>
  switches.set(BRAND, 'emergency', { on, text, from: null, until: null }, { actor: 'ayse', via: 'api' });
async function pressing(start: PlayedCall | Promise<PlayedCall>, ...keys: readonly string[]): Promise<PlayedCall> {
  let call = await start;
  for (const one of keys) call = await call.press(one);
  return call;
}

describe('the emergency announcement', () => {
  it('is heard first by the next caller, in the words that were given, else in those of the catalogue', async () => {
    expect((await dial('maintenance-status')).heard).toEqual(['tr maintenance.ask-how']);
    await turn(true, { en: 'The service is flooded.' });
    expect((await dial('maintenance-status')).heard).toEqual(['tr emergency.announcement', 'tr maintenance.ask-how']);
    expect((await dial('maintenance-status', { language: 'en' })).heard).toEqual([
      'en inline: The service is flooded.',
      'en maintenance.ask-how',
    ]);
    await turn(false);
    expect((await dial('maintenance-status')).heard).toEqual(['tr maintenance.ask-how']);
  });

  it.each([
    ['appointment', 'tr appointment.welcome'],
    ['dealer-lookup', 'tr dealer.ask-how'],
    ['main-menu', 'tr main.welcome'],
    ['maintenance-status', 'tr maintenance.ask-how'],
    ['nps', 'tr survey.opening'],
  ])('is heard by who dials %s, and not by who comes to it from another flow', async (flow, first) => {
    await turn(true);
    expect((await dial(flow)).heard.slice(0, 2)).toEqual(['tr emergency.announcement', first]);
    if (flow === 'main-menu') return;
    expect((await dial(flow, { params: { inMenu: true } })).heard[0]).toBe(first);
  });

  it('is not heard by who is called to be asked, nor after a talk', async () => {
    await turn(true);
    expect((await dial('nps', { direction: 'outbound' })).heard[0]).toBe('tr survey.opening');
    const menu = await dial('main-menu', { language: 'en', params: { survey: 'nps' } });
    const asked = await (await menu.press('0')).queued('served');
    expect(asked.heard[0]).toBe('en survey.opening');
  });

  it('holds nobody up when the switch cannot be asked', async () => {
    const call = await placeCall({ flow: 'maintenance-status', switches: {} });
    expect(call.heard).toEqual(['tr maintenance.ask-how']);
    expect(call.faults).toEqual([]);
  });
});

describe('the number of the switch', () => {
  it('turns it on and off by the secret, and says how it stands', async () => {
    await switches.setPin(BRAND, 'emergency', PIN, 'ayse');
    const call = await dial('emergency-switch');
    expect(call.heard).toEqual(['tr emergency.ask-pin']);
    expect(call.waiting).toMatchObject({ spec: { secret: true } });
    const menu = await call.press(`${PIN}#`);
    expect(menu.heard).toEqual(['tr emergency.is-off', 'tr emergency.menu']);
    const on = await menu.press('1');
    expect(on.heard).toEqual(['tr emergency.is-on', 'tr emergency.menu']);
    expect((await dial('maintenance-status')).heard[0]).toBe('tr emergency.announcement');
    expect((await on.press('2')).heard).toEqual(['tr emergency.is-off', 'tr emergency.menu']);
    expect((await dial('maintenance-status')).heard).toEqual(['tr maintenance.ask-how']);
    expect((await menu.press('*')).heard).toEqual(['tr general.goodbye']);
  });

  it('locks after three wrong secrets, for the next caller too', async () => {
    await switches.setPin(BRAND, 'emergency', PIN, 'ayse');
    const wrong = await pressing(dial('emergency-switch'), '111222#');
    expect(wrong.heard).toEqual(['tr emergency.pin-wrong', 'tr emergency.ask-pin']);
    const third = await pressing(wrong, '111223#', '111224#');
    expect([third.heard, third.waiting.kind]).toEqual([['tr emergency.pin-locked'], 'hangup']);
    expect((await pressing(dial('emergency-switch'), `${PIN}#`)).heard).toEqual(['tr emergency.pin-locked']);
  });

  it('says so when nobody chose a secret', async () => {
    expect((await pressing(dial('emergency-switch', { language: 'en' }), `${PIN}#`)).heard).toEqual(['en emergency.pin-unset']);
  });

  it('keeps the secret out of everything it tells', async () => {
    await switches.setPin(BRAND, 'emergency', PIN, 'ayse');
    const call = await pressing(dial('emergency-switch'), `${PIN}#`, '1');
    expect(call.heard.join()).not.toContain(PIN);
    expect(JSON.stringify(await stores.audit.list({ brand: BRAND, limit: 9 }))).not.toContain(PIN);
  });
});
