import { describe, expect, it } from 'vitest';
import { SWITCHED_OFF } from '../kit/switched-off.ts';
import { type PlayedCall, placeCall } from './player.ts';

/** The call after these keys, one answer of the caller each. */
async function pressing(call: Promise<PlayedCall>, ...keys: string[]): Promise<PlayedCall> {
  let now = await call;
  for (const key of keys) now = await now.press(key);
  return now;
}

const turkish = (at?: string) => pressing(placeCall({ flow: 'main-menu', ...(at === undefined ? {} : { at }) }), '1');

describe('main-menu', () => {
  it('welcomes, offers each language in that language, and goes on in the one that was chosen', async () => {
    const call = await placeCall({ flow: 'main-menu' });
    expect(call.heard).toEqual(['tr main.welcome', 'en main.for-english', 'tr main.for-turkish']);
    expect((await call.press('1')).heard).toEqual(['tr main.menu']);
    expect((await call.press('2')).heard).toEqual(['en main.menu']);
  });

  it('serves callers who choose no language in Turkish', async () => {
    const call = await placeCall({ flow: 'main-menu' });
    const asked = await call.silence();
    expect(asked.heard).toEqual(['tr main.choose-language']);
    expect((await asked.silence()).heard).toEqual(['tr main.menu']);
    const wrong = await call.press('7');
    expect(wrong.heard).toEqual(['tr general.no-match', 'tr main.choose-language']);
    expect((await wrong.press('2')).heard).toEqual(['en main.menu']);
  });

  it('goes straight to the menu on a number with a language of its own, which star can change', async () => {
    const call = await placeCall({ flow: 'main-menu', language: 'en' });
    expect(call.heard).toEqual(['en main.welcome', 'en main.menu']);
    const star = await call.press('*');
    expect(star.heard).toEqual(['en main.for-english', 'tr main.for-turkish']);
    expect((await star.press('1')).heard).toEqual(['tr main.menu']);
  });

  it('repeats on 9 without using up a try, helps on errors, and ends after three', async () => {
    let call = await turkish();
    for (let i = 0; i < 5; i += 1) {
      call = await call.press('9');
      expect(call.heard).toEqual(['tr main.menu']);
    }
    call = await call.silence();
    expect(call.heard).toEqual(['tr general.no-input', 'tr main.menu']);
    call = await call.press('7');
    expect(call.heard).toEqual(['tr general.no-match', 'tr main.menu']);
    call = await call.silence();
    expect(call.heard).toEqual(['tr general.goodbye']);
    expect(call.waiting.kind).toBe('hangup');
  });

  it('finds a dealer and comes back to the menu', async () => {
    const call = await pressing(turkish(), '2', '1', '67');
    expect(call.heard[0]).toBe('tr dealer.found-one-here');
    expect((await call.press('0')).heard).toEqual(['tr main.menu']);
    expect((await pressing(turkish(), '2', '*')).heard).toEqual(['tr main.menu']);
  });

  it('comes back to the menu when dealers cannot be looked up', async () => {
    const call = await pressing(placeCall({ flow: 'main-menu', dealers: 'away' }), '2', '2', '1', '34');
    expect(call.heard).toEqual(['en dealer.trouble', 'en main.menu']);
  });

  it('tells the status of a car’s maintenance and comes back to the menu', async () => {
    const call = await pressing(turkish(), '3');
    expect(call.heard).toEqual(['tr maintenance.ask-how']);
    expect((await call.press('*')).heard).toEqual(['tr main.menu']);
    const away = await pressing(Promise.resolve(call), '1', '700001#', '1');
    expect(away.heard).toEqual(['tr maintenance.trouble']);
    expect((await away.press('0')).heard).toEqual(['tr main.menu']);
  });

  it('says the emergency announcement before anything else, once', async () => {
    const switches = { 'switches.get': async () => ({ on: true, tr: 'Su kesintisi var.', en: '' }) };
    const call = await placeCall({ flow: 'main-menu', language: 'en', switches });
    expect(call.heard).toEqual(['en emergency.announcement', 'en main.welcome', 'en main.menu']);
    expect((await pressing(Promise.resolve(call), '2')).heard).toEqual(['en dealer.ask-how']);
    expect((await pressing(Promise.resolve(call), '3')).heard).toEqual(['en maintenance.ask-how']);
    const direct = await placeCall({ flow: 'dealer-lookup', switches });
    expect(direct.heard).toEqual(['tr inline: Su kesintisi var.', 'tr dealer.ask-how']);
  });

  describe('4: hours and address', () => {
    it.each([
      [
        '2026-11-23T10:00',
        ['tr main.open-now', 'tr main.open-until: Kapanış zamanımız: yirmi üç Kasım iki bin yirmi altı Pazartesi, saat on sekiz.'],
      ],
      [
        '2026-11-21T15:00',
        ['tr main.closed-now', 'tr main.opens-at: Yeniden açılış zamanımız: yirmi üç Kasım iki bin yirmi altı Pazartesi, saat dokuz.'],
      ],
      [
        '2026-10-28T13:00',
        [
          'tr main.holiday-now: Bugün Cumhuriyet Bayramı arifesi nedeniyle kapalıyız.',
          'tr main.opens-at: Yeniden açılış zamanımız: otuz Ekim iki bin yirmi altı Cuma, saat dokuz.',
        ],
      ],
      [
        '2026-05-27T11:00',
        [
          'tr main.holiday-now: Bugün Kurban Bayramı nedeniyle kapalıyız.',
          'tr main.opens-at: Yeniden açılış zamanımız: bir Haziran iki bin yirmi altı Pazartesi, saat dokuz.',
        ],
      ],
    ])('says at %s whether the office is open', async (at, heard) => {
      const call = await pressing(turkish(at), '4', '1');
      expect(call.heard).toEqual([...heard, 'tr main.hours-menu']);
    });

    it('tells hours and address, and goes back', async () => {
      const call = await pressing(turkish(), '4');
      expect(call.heard).toEqual(['tr main.hours-menu']);
      expect((await call.press('2')).heard).toEqual(['tr main.weekly-hours', 'tr main.hours-menu']);
      expect((await call.press('3')).heard).toEqual(['tr main.address', 'tr main.hours-menu']);
      expect((await call.press('9')).heard).toEqual(['tr main.hours-menu']);
      expect((await call.press('*')).heard).toEqual(['tr main.menu']);
    });
  });

  describe('5: offers and information', () => {
    it('tells them and goes back', async () => {
      const call = await pressing(turkish(), '5');
      expect(call.heard).toEqual(['tr main.info-menu']);
      expect((await call.press('1')).heard).toEqual(['tr main.campaigns', 'tr main.info-menu']);
      expect((await call.press('2')).heard).toEqual(['tr main.warranty', 'tr main.info-menu']);
      expect((await call.press('*')).heard).toEqual(['tr main.menu']);
    });

    it('records comments', async () => {
      const call = await pressing(turkish(), '5', '3');
      expect(call.heard).toEqual(['tr main.ask-comments']);
      expect(call.waiting).toMatchObject({ kind: 'record', maxMs: 60_000, silenceMs: 4000, beep: true, terminator: '#' });
      expect((await call.recorded('ok')).heard).toEqual(['tr main.comments-thanks', 'tr main.info-menu']);
      expect((await call.recorded('empty')).heard).toEqual(['tr main.comments-empty', 'tr main.info-menu']);
      expect((await call.recorded('failed')).heard).toEqual(['tr main.comments-failed', 'tr main.info-menu']);
    });
  });

  describe('0: an agent', () => {
    it('connects in office hours', async () => {
      const waiting = await pressing(turkish(), '0');
      expect(waiting.heard).toEqual(['tr general.transferring']);
      expect(waiting.waiting).toMatchObject({ kind: 'queue', queue: 'support' });
      const call = await waiting.queued('no-agents');
      expect(call.waiting).toMatchObject({ kind: 'dial', target: { kind: 'extension', extension: '100' }, ringMs: 25_000 });
      const after = await call.dialled('answered');
      expect(after.heard).toEqual(['tr main.talk-ended']);
      expect((await after.press('*')).heard).toEqual(['tr main.menu']);
      expect((await after.silence()).heard).toEqual(['tr general.goodbye']);
    });

    it('lets the caller wait in the class of their segment, and in none when it cannot be found out', async () => {
      const segment = { name: 'vip', class: 'vip' };
      const vip = placeCall({ flow: 'main-menu', switches: { ...SWITCHED_OFF, 'segments.find': async () => segment } });
      expect((await pressing(vip, '1', '0')).waiting).toMatchObject({ kind: 'queue', class: 'vip' });
      expect((await pressing(turkish(), '0')).waiting).toMatchObject({ kind: 'queue', class: null });
    });

    it.each([
      ['busy', 'main.agent-busy'],
      ['no-answer', 'main.agent-no-answer'],
      ['rejected', 'main.agent-no-answer'],
      ['invalid-number', 'main.agent-unreachable'],
      ['congestion', 'main.agent-unreachable'],
      ['failed', 'main.agent-unreachable'],
      ['cancelled', 'main.agent-unreachable'],
    ] as const)('apologises and offers something else when the call is %s', async (outcome, prompt) => {
      const call = await (await (await pressing(turkish(), '0')).queued('no-agents')).dialled(outcome);
      expect(call.heard).toEqual([`tr ${prompt}`, 'tr main.agent-menu']);
      expect((await call.press('0')).waiting.kind).toBe('queue');
      expect((await call.press('1')).heard).toEqual(['tr dealer.ask-how']);
      expect((await call.press('*')).heard).toEqual(['tr main.menu']);
    });

    it.each([
      ['2026-11-23T18:00', ['tr main.closed-now', 'tr main.agents-away', expect.stringContaining('main.opens-at'), 'tr main.menu']],
      ['2026-04-23T11:00', [expect.stringContaining('Ulusal Egemenlik'), expect.stringContaining('main.opens-at'), 'tr main.menu']],
    ])('does not connect at %s', async (at, heard) => {
      expect((await pressing(turkish(at), '0')).heard).toEqual(heard);
    });
  });
});
