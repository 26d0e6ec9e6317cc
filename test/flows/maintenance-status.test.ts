import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest';
import { connectedClient } from '../../src/connectors/connected-client.ts';
import { DEMO_ORDERS, demoDealerSystem } from '../../src/connectors/demo-dealer-system.ts';
import { undiciHttpClient } from '../../src/connectors/undici-http-client.ts';
import type { Language } from '../../src/domain/language.ts';
import type { HttpClient } from '../../src/ports/http-client.ts';
import { type DealerSystem, type Manner, startDealerSystem } from '../kit/dealer-system.ts';
import { silentLog } from '../services/dealers/fakes.ts';
import { type PlayedCall, placeCall } from './player.ts';

let system: DealerSystem;
let inner: ReturnType<typeof undiciHttpClient>;
beforeAll(async () => {
  system = await startDealerSystem({ slowMs: 50 });
  inner = undiciHttpClient({ reach: 'private', log: silentLog() });
});
afterEach(() => {
  system.manner = 'good';
  system.asked.length = 0;
});
afterAll(async () => {
  await inner.close();
  await system.close();
});

function through(url: string, timeoutMs = 400): HttpClient {
  const connectors = new Map([
    ['dealer-system', { name: 'dealer-system', url, headers: { authorization: 'Bearer ${dealer-token}' }, timeoutMs }],
  ]);
  const demos = { 'dealer-system': demoDealerSystem(() => Date.UTC(2026, 10, 23, 9), 'Europe/Istanbul') };
  return connectedClient({ inner, plain: inner, connectors, secret: () => 's3cret', demos, log: silentLog() });
}

async function pressing(start: PlayedCall | Promise<PlayedCall>, ...keys: readonly string[]): Promise<PlayedCall> {
  let call = await start;
  for (const one of keys) call = await call.press(one);
  return call;
}
const calling = (language: Language = 'tr', url = system.url) => placeCall({ flow: 'maintenance-status', language, http: through(url) });
const byOrder = (order: string, language?: Language) => pressing(calling(language), '1', `${order}#`, '1');
/** By the digits, and a yes to what is read back. */
const PLATE = ['34123#', '1'];
/** The digits of no car of theirs: all of a plate is asked for. */
const UNKNOWN = '341230#';
/** 34 ABC 123 as a whole: A is the first on 2, B the second, C the third. */
const WHOLE = [UNKNOWN, '34', '2', '1', '2', '2', '2', '3', '123#', '1'];

describe('by the number of the work order', () => {
  it.each<[Language, readonly string[]]>([
    [
      'tr',
      [
        'tr maintenance.in-progress',
        'tr maintenance.expected: Tahmini teslim zamanı: yirmi beş Kasım iki bin yirmi altı Çarşamba, saat on beş otuz.',
      ],
    ],
    [
      'en',
      [
        'en maintenance.in-progress',
        'en maintenance.expected: It is expected to be ready on Wednesday the twenty-fifth of November twenty twenty-six at three thirty PM.',
      ],
    ],
  ])('tells status and expected time in %s', async (language, heard) => {
    const call = await byOrder('700001', language);
    expect(call.heard).toEqual([...heard, `${language} maintenance.after`]);
    expect(call.faults).toEqual([]);
    expect(system.asked).toEqual(['GET /api/work-orders/700001 Bearer s3cret']);
    expect((await call.press('1')).heard).toEqual([...heard, `${language} maintenance.after`]);
    expect((await call.press('0')).heard).toEqual([`${language} general.goodbye`]);
  });

  it('reads the number back, and says when there is none', async () => {
    const confirm = await pressing(calling(), '1', '700002#');
    expect(confirm.heard).toEqual([
      'tr maintenance.confirm-order: İş emri numaranız: yedi sıfır sıfır, sıfır sıfır iki. Doğruysa biri, yeniden tuşlamak için ikiyi tuşlayın.',
    ]);
    expect((await confirm.press('2')).heard).toEqual(['tr maintenance.ask-order']);
    expect((await confirm.press('1')).heard).toEqual(['tr maintenance.ready', 'tr maintenance.after']);
    expect((await byOrder('123456')).heard).toEqual(['tr maintenance.not-found', 'tr maintenance.ask-how']);
  });

  it('sends it by text message, where the caller can be written to', async () => {
    const call = await pressing(byOrder('700001'), '2');
    expect(call.heard).toEqual(['tr maintenance.sent', 'tr maintenance.after']);
    expect(call.faults).toEqual([]);
    expect(call.session.stack.at(-1)?.vars['words']).toBe('işlemde');
  });

  it('connects to the adviser, and comes back whatever becomes of it', async () => {
    const call = await pressing(byOrder('700001'), '3');
    expect(call.heard).toEqual(['tr general.transferring']);
    expect(call.waiting).toMatchObject({ kind: 'dial', target: { kind: 'number', number: '+902125550030' } });
    expect((await call.dialled('answered')).heard).toEqual(['tr maintenance.talk-ended', 'tr maintenance.after']);
    expect((await call.dialled('busy')).heard).toEqual(['tr maintenance.adviser-busy', 'tr maintenance.after']);
    expect((await call.dialled('failed')).heard).toEqual(['tr maintenance.no-adviser', 'tr maintenance.after']);
    expect((await pressing(byOrder('700002'), '3')).heard).toEqual(['tr maintenance.no-adviser', 'tr maintenance.after']);
  });
});

describe('by the plate', () => {
  it.each<[Language, string]>([
    ['tr', 'Plakanız: üç dört, A B C, bir iki üç. Doğruysa biri, değilse ikiyi tuşlayın.'],
    ['en', 'Your plate: three four, A B C, one two three. If that is right, press one. If not, press two.'],
  ])('is found by its digits and read back in %s', async (language, words) => {
    const call = await pressing(calling(language), '2', '34123#');
    expect(call.heard).toEqual([`${language} plate.found: ${words}`]);
    expect((await call.press('1')).heard[0]).toBe(`${language} maintenance.in-progress`);
    expect(call.faults).toEqual([]);
    expect(system.asked).toEqual(['GET /api/plates/34123 Bearer s3cret', 'GET /api/vehicles/34ABC123/work-order Bearer s3cret']);
    expect((await call.press('2')).heard).toEqual([`${language} plate.ask-first-letter`]);
  });

  it('needs its letters where several have these digits, which are not named', async () => {
    const call = await pressing(calling(), '2', '064567#');
    expect(call.heard).toEqual(['tr plate.letters-too', 'tr plate.ask-first-letter']);
    const whole = await pressing(call, '2', '2', '#');
    expect(whole.heard[0]).toContain('sıfır altı, B, dört beş altı yedi.');
    expect((await whole.press('1')).heard[0]).toBe('tr maintenance.ready');
    expect((await whole.press('2')).heard).toEqual(['tr plate.ask-province']);
  });

  it.each<Manner>(['no-digits', 'silent', 'failing', 'html', 'wrong-types', 'wrong-order', 'oversize', 'refusing'])(
    'is keyed as a whole where the dealer’s system is %s when asked by digits',
    async (manner) => {
      system.manner = manner;
      const call = await pressing(calling(), '2', '34123#');
      expect(call.heard).toEqual(['tr plate.not-by-digits', 'tr plate.ask-province']);
      expect(new Set(system.asked)).toEqual(new Set(['GET /api/plates/34123 Bearer s3cret']));
    },
  );

  it('is keyed letter by letter and read back where nobody has these digits', async () => {
    const call = await pressing(calling(), '2', UNKNOWN, '34', '2');
    expect(call.heard).toEqual(['tr plate.choose-2']);
    const second = await call.press('1');
    expect(second.heard).toEqual([expect.stringMatching(/^tr plate.ask-next-letter: A\. /)]);
    const whole = await pressing(second, '2', '2', '2', '3', '123#');
    expect(whole.heard).toEqual([
      'tr plate.confirm: Plakanız: üç dört, A B C, bir iki üç. Doğruysa biri, yeniden girmek için ikiyi tuşlayın.',
    ]);
    expect((await whole.press('2')).heard).toEqual(['tr plate.ask-province']);
    expect((await whole.press('1')).heard[0]).toBe('tr maintenance.in-progress');
    expect(system.asked).toEqual(['GET /api/plates/341230 Bearer s3cret', 'GET /api/vehicles/34ABC123/work-order Bearer s3cret']);
  });

  it('has as few letters as it has', async () => {
    const call = await pressing(calling('en'), '2', UNKNOWN, '06', '2', '2', '#', '4567', '1');
    expect(call.heard).toEqual(['en maintenance.ready', 'en maintenance.after']);
    expect((await pressing(calling(), '2', UNKNOWN, '06', '#')).heard).toEqual(['tr general.no-match', 'tr plate.ask-letter-help']);
    expect((await pressing(calling(), '2', UNKNOWN, '82')).heard).toEqual(['tr plate.bad-province', 'tr plate.ask-province']);
    expect((await pressing(calling(), '2', UNKNOWN, '34', '9', '3')).heard).toEqual(['tr plate.choose-9']);
  });

  it.each([...'ABCDEFGHIJKLMNOPRSTUVYZ'])('knows the letter %s', async (letter) => {
    const group = ['ABC', 'DEF', 'GHI', 'JKL', 'MNO', 'PRS', 'TUV', 'YZ'].findIndex((letters) => letters.includes(letter));
    const place = ['ABC', 'DEF', 'GHI', 'JKL', 'MNO', 'PRS', 'TUV', 'YZ'][group]?.indexOf(letter) ?? -1;
    const call = await pressing(calling(), '2', UNKNOWN, '34', String(group + 2), String(place + 1), '#', '12#');
    expect(call.heard[0]).toContain(`üç dört, ${letter.toLocaleUpperCase('tr')}, bir iki.`);
  });
});

describe('a dealer’s system that', () => {
  const sorry = ['tr maintenance.trouble'];

  it.each<Manner>(['silent', 'failing', 'html', 'wrong-types', 'wrong-order', 'unknown-status', 'bad-date', 'oversize', 'refusing'])(
    'is %s is apologised for, and may be tried again',
    async (manner) => {
      system.manner = manner;
      const call = await byOrder('700001');
      expect(call.heard).toEqual(sorry);
      expect((await pressing(calling(), '2', ...WHOLE)).heard).toEqual(sorry);
      expect((await call.press('0')).heard).toEqual(['tr general.goodbye']);
      system.manner = 'good';
      expect((await call.press('1')).heard[0]).toBe('tr maintenance.in-progress');
    },
  );

  it('is slow is waited for', async () => {
    system.manner = 'slow';
    expect((await byOrder('700001')).heard[0]).toBe('tr maintenance.in-progress');
  });

  it('names a number that would cost the house money gets no call', async () => {
    system.manner = 'costly-adviser';
    expect((await pressing(byOrder('700001'), '3')).heard).toEqual(['tr maintenance.no-adviser', 'tr maintenance.after']);
  });

  it('hiccups is asked once more, and the caller hears nothing of it', async () => {
    system.manner = 'hiccup';
    const call = await byOrder('700001');
    expect(call.heard[0]).toBe('tr maintenance.in-progress');
    expect(system.asked).toEqual(Array(2).fill('GET /api/work-orders/700001 Bearer s3cret'));
    system.asked.length = 0;
    const readBack = await pressing(calling(), '2', '34123#');
    expect(system.asked).toEqual(Array(2).fill('GET /api/plates/34123 Bearer s3cret'));
    system.asked.length = 0;
    expect((await readBack.press('1')).heard[0]).toBe('tr maintenance.in-progress');
    expect(system.asked).toEqual(Array(2).fill('GET /api/vehicles/34ABC123/work-order Bearer s3cret'));
  });

  it('keeps failing is asked twice, and no more', async () => {
    system.manner = 'failing';
    expect((await byOrder('700001')).heard).toEqual(sorry);
    expect(system.asked).toHaveLength(2);
  });

  it('is asked with a time, retries and a filler', async () => {
    const requests: object[] = [];
    const watching: HttpClient = { request: async (wanted) => (requests.push(wanted), { kind: 'error', reason: 'timeout' }) };
    const call = placeCall({ flow: 'maintenance-status', http: watching });
    for (const [before, last, url, timeoutMs] of [
      [['1', '700001#'], '1', '/work-orders/700001', 8000],
      [['2'], '34123#', '/plates/34123', 3000],
      [['2', ...WHOLE.slice(0, -1)], '1', '/vehicles/34ABC123/work-order', 8000],
    ] as const) {
      const asking = await pressing(call, ...before);
      requests.length = 0;
      const { asked } = await asking.press(last);
      expect(asked).toMatchObject([{ timeoutMs, retries: 1, fillerAfterMs: 1500, filler: [{ key: 'maintenance.one-moment' }] }]);
      // A time that is used up is not tried again.
      expect(requests).toEqual([expect.objectContaining({ connector: 'dealer-system', url, timeoutMs, maxBytes: 16_384 })]);
    }
  });
});

describe('the demonstration', () => {
  it.each(DEMO_ORDERS.map((one) => [one.order, one] as const))('says of %s that it is invented', async (order, { status }) => {
    for (const language of ['tr', 'en'] as const) {
      const call = await pressing(calling(language, 'demo'), '1', `${order}#`, '1');
      expect(call.heard.slice(0, 2)).toEqual([`${language} maintenance.demo`, `${language} maintenance.${status}`]);
      expect(call.faults).toEqual([]);
    }
    expect(system.asked).toEqual([]);
  });

  it('says days as they are from today', async () => {
    const call = await pressing(calling('tr', 'demo'), '2', ...PLATE);
    expect(call.heard[2]).toContain('yirmi dört Kasım');
  });

  it('knows no other order', async () => {
    expect((await pressing(calling('tr', 'demo'), '1', '9999#', '1')).heard[0]).toBe('tr maintenance.not-found');
  });
});
