import { describe, expect, it } from 'vitest';
import { type CallOptions, type PlayedCall, placeCall } from './player.ts';

const lookUp = (options: Partial<CallOptions> = {}) => placeCall({ flow: 'dealer-lookup', ...options });

/** The call after these keys, one answer of the caller each. */
async function pressing(call: PlayedCall | Promise<PlayedCall>, ...keys: string[]): Promise<PlayedCall> {
  let now = await call;
  for (const key of keys) now = await now.press(key);
  return now;
}

const ZONGULDAK =
  'tr dealer.read: birinci bayi: Kara Elmas Servis. Merkez, Zonguldak. Adres: Gazipaşa Caddesi No: 34. Çalışma saatleri: hafta içi dokuzdan on sekize kadar, cumartesi ondan on dörde kadar açık, pazar kapalı. Telefon: sıfır, üç yedi iki, beş beş beş, sıfır sıfır, beş bir.';
const VAN_EN =
  'en dealer.read: The first dealer is Göl Teknik, in İpekyolu, Van. The address is Cumhuriyet Caddesi No: 150. It is open on weekdays from nine AM to six PM, on Saturday from ten AM to two PM, closed on Sunday. The phone number is zero, four three two, five five five, zero zero, five zero.';

/** Who is read, in order. */
const names = (call: PlayedCall) => call.heard.flatMap((line) => /dealer\.read: .*?(?:bayi: |dealer is )(.*?)[.,]/.exec(line)?.[1] ?? []);

describe('dealer-lookup', () => {
  it('asks how, helps on errors, and ends after three', async () => {
    const call = await lookUp();
    expect(call.heard).toEqual(['tr dealer.ask-how']);
    expect((await call.press('9')).heard).toEqual(['tr dealer.ask-how']);
    const silent = await call.silence();
    expect(silent.heard).toEqual(['tr general.no-input', 'tr dealer.ask-how']);
    const again = await silent.silence();
    expect(again.heard).toEqual(['tr general.no-input', 'tr dealer.ask-how-help']);
    const gone = await again.silence();
    expect(gone.heard).toEqual(['tr general.goodbye']);
    expect(gone.waiting.kind).toBe('hangup');
  });

  describe('by plate code', () => {
    it('reads the dealer of a province: name, place, address, hours, and the phone digit by digit', async () => {
      const call = await pressing(lookUp(), '1', '67');
      expect(call.heard).toEqual(['tr dealer.found-one-here', ZONGULDAK, 'tr dealer.after-read']);
      const english = await pressing(lookUp({ language: 'en' }), '1', '65');
      expect(english.heard).toEqual(['en dealer.found-one-here', VAN_EN, 'en dealer.after-read']);
    });

    it.each(['6', '06', '6#', '06#'])('takes %s for Ankara and counts its dealers', async (keys) => {
      const call = await pressing(lookUp(), '1', keys);
      expect(call.heard[0]).toBe('tr dealer.found-many: Bu ilde üç bayi bulduk. En yakın olandan başlıyoruz.');
      expect(names(call)).toEqual(['Ulus Teknik']);
    });

    it('reads the nearest ones for a province without a dealer', async () => {
      const call = await pressing(lookUp({ language: 'en' }), '1', '30');
      expect(call.heard).toEqual(['en dealer.none-here', VAN_EN, 'en dealer.after-read']);
    });

    it.each(['0', '00', '82', '99'])('refuses %s, says why, and asks again', async (keys) => {
      const call = await pressing(lookUp(), '1', keys);
      expect(call.heard).toEqual(['tr dealer.bad-plate', 'tr dealer.ask-plate']);
      expect(names(await call.press('67'))).toEqual(['Kara Elmas Servis']);
    });

    it('answers an empty input by its own prompt', async () => {
      expect((await pressing(lookUp(), '1', '#')).heard).toEqual(['tr dealer.empty', 'tr dealer.ask-plate']);
    });

    it('gives up after three questions', async () => {
      const call = await pressing(lookUp(), '1', '99', '99', '99');
      expect(call.heard).toEqual(['tr general.goodbye']);
      expect(call.waiting.kind).toBe('hangup');
    });
  });

  describe('by postcode', () => {
    it('reads it back and finds the dealer of that very postcode', async () => {
      const call = await pressing(lookUp(), '2', '34710');
      expect(call.heard).toEqual([
        'tr dealer.confirm-postcode: Tuşladığınız posta kodu: üç dört yedi, bir sıfır. Doğruysa biri, yeniden tuşlamak için ikiyi tuşlayın.',
      ]);
      const found = await call.press('1');
      expect(found.heard[0]).toBe('tr dealer.nearest-first');
      expect(names(found)).toEqual(['Moda Servis']);
      expect((await call.press('2')).heard).toEqual(['tr dealer.ask-postcode']);
    });

    it.each(['82000', '00100', '99999'])('refuses %s', async (keys) => {
      expect((await pressing(lookUp(), '2', keys)).heard).toEqual(['tr dealer.bad-postcode', 'tr dealer.ask-postcode']);
    });

    it('takes four digits for no postcode', async () => {
      expect((await pressing(lookUp(), '2', '3471')).heard).toEqual(['tr dealer.bad-postcode', 'tr dealer.ask-postcode']);
    });

    it('does not count dealers of an earlier search by province', async () => {
      const call = await pressing(lookUp(), '1', '34', '4', '2', '65100', '1', '2', '2', '2', '2', '2', '2');
      expect(call.heard.join()).not.toContain('dealer.beyond');
    });
  });

  describe('after a dealer was read', () => {
    it('repeats, goes to the next one, and begins anew', async () => {
      const call = await pressing(lookUp(), '1', '35');
      const [first] = names(call);
      expect(names(await call.press('1'))).toEqual([first]);
      const second = await call.press('2');
      expect(names(second)).not.toEqual([first]);
      expect(second.heard[0]).toMatch(/^tr dealer\.read: ikinci bayi: /);
      expect((await second.press('4')).heard).toEqual(['tr dealer.ask-how']);
      expect(names(await pressing(second, '4', '1', '67'))).toEqual(['Kara Elmas Servis']);
    });

    it('says when the province’s own dealers are all read', async () => {
      const call = await pressing(lookUp(), '1', '35', '2', '2', '2');
      expect(call.heard[0]).toBe('tr dealer.beyond');
      expect(names(call)).toEqual(['Spil Teknik']);
    });

    it('reads ten at most, and does not offer a next one after the last', async () => {
      let call = await pressing(lookUp(), '1', '34');
      for (let i = 0; i < 8; i += 1) call = await call.press('2');
      expect(call.heard.at(-1)).toBe('tr dealer.after-read');
      call = await call.press('2');
      expect(call.heard.at(-1)).toBe('tr dealer.after-last');
      call = await call.press('2');
      expect(call.heard).toEqual(['tr dealer.no-more', 'tr dealer.after-last']);
      expect((await call.silence()).heard).toEqual(['tr general.no-input', 'tr dealer.after-last']);
    });

    it('says goodbye on 0, and comes back to a flow that called it', async () => {
      const call = await pressing(lookUp(), '1', '67', '0');
      expect(call.heard).toEqual(['tr general.goodbye']);
      expect(call.waiting.kind).toBe('hangup');
    });
  });

  describe('connecting to the dealer', () => {
    const chosen = (options: Partial<CallOptions> = {}) => pressing(lookUp(options), '1', '67', '3');

    it('dials the dealer that was read when it is open', async () => {
      const call = await chosen();
      expect(call.heard).toEqual(['tr general.transferring']);
      expect(call.waiting).toMatchObject({ kind: 'dial', target: { kind: 'number', number: '+903725550051' }, ringMs: 25_000 });
      expect((await call.dialled('answered')).heard).toEqual(['tr dealer.talk-ended', 'tr dealer.after-read']);
    });

    it('dials the second one after next', async () => {
      const call = await pressing(lookUp(), '1', '6', '2', '3');
      expect(call.waiting).toMatchObject({ kind: 'dial', target: { number: '+903125550007' } });
    });

    it.each([
      ['busy', 'dealer.busy'],
      ['no-answer', 'dealer.no-answer'],
      ['rejected', 'dealer.rejected'],
      ['invalid-number', 'dealer.bad-number'],
      ['congestion', 'dealer.unreachable'],
      ['failed', 'dealer.unreachable'],
      ['cancelled', 'dealer.unreachable'],
    ] as const)('apologises when the call is %s and offers what else there is', async (outcome, prompt) => {
      const call = await (await chosen()).dialled(outcome);
      expect(call.heard).toEqual([`tr ${prompt}`, 'tr dealer.after-read']);
      expect((await call.press('3')).waiting.kind).toBe('dial');
      expect(names(await call.press('2'))).toHaveLength(1);
    });

    it.each([
      [
        '2026-11-23T19:00',
        ['tr dealer.closed', 'tr dealer.opens-at: Yeniden açılış zamanı: yirmi dört Kasım iki bin yirmi altı Salı, saat dokuz.'],
      ],
      [
        '2026-11-22T11:00',
        ['tr dealer.closed', 'tr dealer.opens-at: Yeniden açılış zamanı: yirmi üç Kasım iki bin yirmi altı Pazartesi, saat dokuz.'],
      ],
      [
        '2026-03-20T11:00',
        [
          'tr dealer.holiday: Bu bayi bugün Ramazan Bayramı nedeniyle kapalı.',
          'tr dealer.opens-at: Yeniden açılış zamanı: yirmi üç Mart iki bin yirmi altı Pazartesi, saat dokuz.',
        ],
      ],
    ])('does not dial at %s, and says when the dealer opens', async (at, heard) => {
      expect((await chosen({ at })).heard).toEqual([...heard, 'tr dealer.after-read']);
    });

    it('dials until 13:00 on the eve of Republic Day', async () => {
      expect((await chosen({ at: '2026-10-28T12:59' })).waiting.kind).toBe('dial');
      expect((await chosen({ at: '2026-10-28T13:00' })).heard[0]).toContain('Cumhuriyet Bayramı arifesi');
    });
  });

  it('says so when there are no dealers, and asks again', async () => {
    const call = await pressing(lookUp({ dealers: 'none' }), '1', '34');
    expect(call.heard).toEqual(['tr dealer.none', 'tr dealer.ask-how']);
  });

  it('says so when dealers cannot be looked up, and ends politely', async () => {
    const call = await pressing(lookUp({ dealers: 'away' }), '1', '34');
    expect(call.heard).toEqual(['tr dealer.trouble', 'tr general.goodbye']);
    expect(call.faults).toEqual([]);
  });
});
