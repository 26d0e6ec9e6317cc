import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { type Office, openOffice } from '../kit/appointment-office.ts';
import { type CallOptions, type PlayedCall, placeCall } from './player.ts';

let office: Office;
beforeEach(async () => {
  office = await openOffice();
});
afterEach(() => office.close());

const call = (options: Partial<CallOptions> = {}) => placeCall({ flow: 'appointment', office, ...options });

async function pressing(now: PlayedCall | Promise<PlayedCall>, ...keys: string[]): Promise<PlayedCall> {
  let played = await now;
  for (const key of keys) played = await played.press(key);
  return played;
}

const NAMELESS = { brand: 'santral' as never, name: '', phone: null, lastDealer: null };

describe('appointment: by the digits of a plate', () => {
  it.each([
    ['tr', 'Plakanız: üç beş, S N T, sıfır sıfır üç. Doğruysa biri, değilse ikiyi tuşlayın.'],
    ['en', 'Your plate: three five, S N T, zero zero three. If that is right, press one. If not, press two.'],
  ] as const)('reads the only plate that has them back in %s', async (language, words) => {
    const readBack = await pressing(call({ language }), '1', '2', '35003#');
    expect(readBack.heard).toEqual([`${language} plate.found: ${words}`]);
    expect(readBack.faults).toEqual([]);
    expect((await readBack.press('1')).heard).toEqual([`${language} appointment.found-customer`, `${language} appointment.ask-province`]);
  });

  it('asks for the letters where two cars’ plates have the same digits', async () => {
    await office.addCustomer({ ...NAMELESS, code: '100009', plate: '35VY003' });
    const asked = await pressing(call(), '1', '2', '35003#');
    expect(asked.heard).toEqual(['tr plate.letters-too', 'tr plate.ask-first-letter']);
    const one = await pressing(asked, '7', '3', '6', '2', '8', '1', '1');
    expect(one.heard[0]).toBe('tr appointment.found-customer');
    expect(one.session.stack.at(-1)?.vars['customerCode']).toBe('100003');
    const other = await pressing(asked, '8', '3', '9', '1', '#', '1');
    expect(other.session.stack.at(-1)?.vars['customerCode']).toBe('100009');
    expect((await pressing(asked, '2', '1', '#', '1')).heard).toEqual(['tr appointment.unknown-customer', 'tr appointment.ask-who']);
  });

  it('asks for the letters where the only plate with these digits is somebody else’s', async () => {
    const asked = await pressing(call(), '1', '2', '35003#', '2');
    expect(asked.heard).toEqual(['tr plate.ask-first-letter']);
    expect((await pressing(asked, '2', '1', '#', '1')).heard).toEqual(['tr appointment.unknown-customer', 'tr appointment.ask-who']);
  });

  it('asks for all of the plate where none has these digits', async () => {
    const asked = await pressing(call(), '1', '2', '35004#');
    expect(asked.heard).toEqual(['tr plate.not-by-digits', 'tr plate.ask-province']);
    expect((await pressing(asked, '35', '7', '3', '6', '2', '8', '1', '003#', '1')).heard[0]).toBe('tr appointment.found-customer');
  });

  it('does not choose between two owners of one car', async () => {
    await office.addCustomer({ ...NAMELESS, code: '100009', plate: '35SNT003' });
    const asked = await pressing(call(), '1', '2', '35003#', '7', '3', '6', '2', '8', '1', '1');
    expect(asked.heard).toEqual(['tr appointment.unknown-customer', 'tr appointment.ask-who']);
  });

  it('stops guessing letters after a few wrong tries; digits that several plates have are none', async () => {
    await office.addCustomer({ ...NAMELESS, code: '100009', plate: '35VY003' });
    const asked = await pressing(call(), '1');
    let now = asked;
    for (let i = 0; i < 5; i += 1) now = await pressing(asked, '2', '35003#', '2', '1', '#', '1');
    expect(now.heard[0]).toBe('tr appointment.unknown-customer');
    expect((await pressing(asked, '2', '35003#')).heard[0]).toBe('tr appointment.too-many-tries');
    const other = await pressing(call({ ani: '+905550000077' }), '1');
    for (let i = 0; i < 6; i += 1) now = await pressing(other, '2', '35003#');
    expect(now.heard[0]).toBe('tr plate.letters-too');
  });
});

describe('appointment: a long list of services', () => {
  it('offers every service of a dealer, in pages where there are more than keys', async () => {
    const { calendars } = office.appointments;
    const [calendar] = await calendars.calendars('santral' as never, { dealer: 'VAN-01' });
    if (calendar === undefined) throw new Error('Van has no calendar');
    const more = Array.from({ length: 9 }, (_, i) => ({ code: `z${i}`, label: { tr: `Hizmet ${i}`, en: `Service ${i}` } }));
    await office.stores.serviceCalendars.put(
      more.map((one) => ({ ...one, brand: calendar.brand })),
      more.map(({ code }) => ({ ...calendar, service: code })),
      office.clock.time,
    );
    const first = await pressing(call({ language: 'en' }), '1', '3', '65', '1');
    expect(first.heard.slice(-2)).toEqual(['en appointment.service-more: For more, press eight.', 'en appointment.service-rest']);
    const last = await first.press('8');
    expect(last.heard).toEqual([
      'en appointment.ask-service',
      ...['Service 5', 'Service 6', 'Service 7', 'Service 8'].map(
        (name, i) => `en appointment.service-option: For ${name}, press ${['one', 'two', 'three', 'four'][i]}.`,
      ),
      ...first.heard.slice(-2),
    ]);
    expect((await last.press('4')).heard[0]).toMatch(/^en appointment\.offer: Göl Teknik: free times for Service 8/);
  });
});
