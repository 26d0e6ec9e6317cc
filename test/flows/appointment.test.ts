import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import type { Appointment } from '../../src/domain/appointments/appointment.ts';
import { actionContext } from '../kit/action-context.ts';
import { type Office, openOffice } from '../kit/appointment-office.ts';
import { type CallOptions, type PlayedCall, placeCall } from './player.ts';

let office: Office;
beforeEach(async () => {
  office = await openOffice();
});
afterEach(() => office.close());

const call = (options: Partial<CallOptions> = {}) => placeCall({ flow: 'appointment', office, ...options });

/** The call after these keys, one answer of the caller each. */
async function pressing(now: PlayedCall | Promise<PlayedCall>, ...keys: string[]): Promise<PlayedCall> {
  let played = await now;
  for (const key of keys) played = await played.press(key);
  return played;
}

/** From the menu to the offer of times: known by nothing, Van, its one dealer, maintenance. */
const TO_OFFER = ['1', '3', '65', '1', '1'];
const KNOWN = '+905550000021';

async function bookedBy(ani: string, options: Partial<CallOptions> = {}): Promise<Appointment> {
  await pressing(call({ ani, ...options }), ...(ani === KNOWN ? ['1', '1', '1'] : TO_OFFER), '1', '1');
  const booked = (await office.all()).filter(({ state, person }) => state === 'booked' && person.caller === ani);
  const last = booked.at(-1);
  if (last === undefined) throw new Error('nothing was booked');
  return last;
}

const states = async () => (await office.all()).map(({ state }) => state);

describe('appointment: who calls', () => {
  it('greets, and knows a customer by the number called from', async () => {
    expect((await call()).heard).toEqual(['tr appointment.welcome', 'tr appointment.menu']);
    expect((await call({ ani: KNOWN, language: 'en' })).heard).toEqual(['en appointment.welcome-back', 'en appointment.menu']);
    expect((await call({ ani: '' })).heard[0]).toBe('tr appointment.welcome');
  });

  it('goes on when nobody can say who calls', async () => {
    expect((await call({ dealers: 'away' })).heard).toEqual(['tr appointment.welcome', 'tr appointment.menu']);
  });

  it('offers the dealer the customer was at last', async () => {
    const offered = await pressing(call({ ani: KNOWN, language: 'en' }), '1');
    expect(offered.heard).toEqual([
      'en appointment.last-dealer: You were last at Boğaziçi Servis in Beşiktaş, İstanbul. For an appointment there, press one. For another dealer, press two. For an agent, press zero.',
    ]);
    expect((await offered.press('2')).heard).toEqual(['en appointment.ask-province']);
  });

  it('asks who it is: by customer number, by plate, or without', async () => {
    const asked = await pressing(call(), '1');
    expect(asked.heard).toEqual(['tr appointment.ask-who']);
    const byNumber = await pressing(asked, '1', '100002#');
    expect(byNumber.heard[0]).toBe('tr appointment.found-customer');
    expect(byNumber.heard[1]).toContain('Son gittiğiniz servis Anıttepe Servis');
    const readBack = await pressing(asked, '2', '35003#');
    expect(readBack.heard[0]).toMatch(/^tr plate\.found: Plakanız: üç beş, S N T, sıfır sıfır üç\./);
    expect((await readBack.press('1')).heard).toEqual(['tr appointment.found-customer', 'tr appointment.ask-province']);
    expect((await pressing(asked, '3')).heard).toEqual(['tr appointment.ask-province']);
  });

  it('says when nobody is found, when it is no number, and when nothing was keyed', async () => {
    const asked = await pressing(call(), '1');
    expect((await pressing(asked, '1', '999999#')).heard).toEqual(['tr appointment.unknown-customer', 'tr appointment.ask-who']);
    expect((await pressing(asked, '1', '12#')).heard).toEqual(['tr appointment.bad-number', 'tr appointment.ask-number']);
    expect((await pressing(asked, '1', '#')).heard).toEqual(['tr appointment.empty', 'tr appointment.ask-number']);
    expect((await pressing(asked, '2', '34#')).heard).toEqual(['tr appointment.bad-car', 'tr appointment.ask-car']);
    expect((await pressing(asked, '2', '#')).heard).toEqual(['tr appointment.empty', 'tr appointment.ask-car']);
  });

  it('stops guessing after a few wrong tries, for that caller only', async () => {
    let now = await pressing(call({ language: 'en' }), '1');
    for (let i = 0; i < 5; i += 1) now = await pressing(now, '1', `77777${i}#`);
    expect((await pressing(now, '1', '100002#')).heard).toEqual(['en appointment.too-many-tries', 'en appointment.agent-offer']);
    expect((await pressing(call({ ani: '+905550000077' }), '1', '1', '100002#')).heard[0]).toBe('tr appointment.found-customer');
    expect((await pressing(call({ ani: '' }), '1', '1', '100002#')).heard[0]).toBe('tr appointment.found-customer');
  });
});

describe('appointment: where and what for', () => {
  it('reads dealers of the province, the nearest first, one after the other', async () => {
    const first = await pressing(call(), '1', '3', '34');
    expect(first.heard[0]).toMatch(/^tr appointment\.dealer: birinci servis: .*İstanbul\. Adres: /);
    const second = await first.press('2');
    expect(second.heard[0]).toMatch(/ikinci servis/);
    expect((await second.press('9')).heard[0]).toMatch(/ikinci servis/);
    expect((await second.press('3')).heard).toEqual(['tr appointment.ask-province']);
    let now = second;
    for (let i = 0; i < 8; i += 1) now = await now.press('2');
    expect((await now.press('2')).heard).toEqual(['tr appointment.no-more-dealers', 'tr appointment.dealer-menu']);
  });

  it.each(['99', '00'])('refuses the plate code %s', async (keys) => {
    expect((await pressing(call(), '1', '3', keys)).heard).toEqual(['tr appointment.bad-province', 'tr appointment.ask-province']);
  });

  it('offers a dealer’s services by key, and goes on at once when there is one', async () => {
    const offered = await pressing(call({ language: 'en' }), '1', '3', '65', '1');
    expect(offered.heard).toEqual([
      'en appointment.ask-service',
      'en appointment.service-option: For Maintenance, press one.',
      'en appointment.service-option: For Tyre change, press two.',
      'en appointment.service-rest',
    ]);
    expect((await offered.press('3')).heard[0]).toBe('en general.no-match');
    expect((await offered.silence()).heard).toEqual(['en general.no-input', ...offered.heard.slice(1)]);
    await office.appointments.calendars.removeService('santral' as never, 'lastik');
    expect((await pressing(call(), '1', '3', '65', '1')).heard[0]).toMatch(/^tr appointment\.offer: Göl Teknik, Periyodik bakım/);
  });

  it('says when no dealer, or this dealer, takes appointments', async () => {
    const before = await pressing(call(), '1', '3', '65');
    for (const { code } of await office.appointments.calendars.services('santral' as never))
      await office.appointments.calendars.removeService('santral' as never, code);
    expect((await before.press('1')).heard).toEqual(['tr appointment.no-services', 'tr appointment.ask-province']);
    expect((await pressing(call(), '1', '3', '65')).heard).toEqual(['tr appointment.no-dealers', 'tr appointment.agent-offer']);
  });
});

describe('appointment: when', () => {
  it('tells the next three free times as people say them', async () => {
    expect((await pressing(call(), ...TO_OFFER)).heard).toEqual([
      'tr appointment.offer: Göl Teknik, Periyodik bakım için boş saatler.',
      'tr appointment.slot-option: bugün saat on iki için bir numaralı tuşa basın.',
      'tr appointment.slot-option: bugün saat on üç için iki numaralı tuşa basın.',
      'tr appointment.slot-option: bugün saat on dört için üç numaralı tuşa basın.',
      'tr appointment.offer-rest',
    ]);
    expect((await pressing(call({ language: 'en', at: '2026-11-23T16:45' }), ...TO_OFFER)).heard).toEqual([
      'en appointment.offer: Göl Teknik: free times for Maintenance.',
      "en appointment.slot-option: For tomorrow at nine o'clock in the morning, press one.",
      "en appointment.slot-option: For tomorrow at ten o'clock, press two.",
      "en appointment.slot-option: For tomorrow at eleven o'clock, press three.",
      'en appointment.offer-rest',
    ]);
  });

  it('goes on to later times, and begins anew after the last', async () => {
    const later = await pressing(call(), ...TO_OFFER, '4');
    expect(later.heard[1]).toContain('bugün saat on beş');
    const [calendar] = await office.appointments.calendars.calendars('santral' as never, { dealer: 'VAN-01', service: 'bakim' });
    if (calendar === undefined) throw new Error('no calendar');
    await office.appointments.calendars.put([], [{ ...calendar, horizonDays: 0 }], 0);
    const last = await pressing(later, '4');
    expect(last.heard.slice(0, 3)).toEqual([
      'tr appointment.no-later',
      'tr appointment.offer: Göl Teknik, Periyodik bakım için boş saatler.',
      'tr appointment.slot-option: bugün saat on iki için bir numaralı tuşa basın.',
    ]);
    await office.appointments.calendars.put([], [{ ...calendar, capacity: 1, hours: [[], [], [], [], [], [], []] }], 0);
    const none = await pressing(call(), ...TO_OFFER);
    expect(none.heard).toEqual(['tr appointment.none-free', 'tr appointment.none-free-menu']);
    expect((await none.press('1')).heard).toEqual(['tr appointment.ask-province']);
    expect((await none.press('*')).heard).toEqual(['tr appointment.menu']);
  });

  it('takes a day by day and month', async () => {
    const asked = await pressing(call(), ...TO_OFFER, '5');
    expect(asked.heard).toEqual(['tr appointment.ask-day']);
    expect((await asked.press('0112')).heard.slice(0, 2)).toEqual([
      'tr appointment.offer-day: bir Aralık Salı günü için boş saatler.',
      'tr appointment.slot-option: bir Aralık Salı günü saat dokuz için bir numaralı tuşa basın.',
    ]);
  });

  it.each([
    ['3112', 'tr appointment.day-too-far', 'tr appointment.offer'],
    ['2911', 'tr appointment.day-closed', 'tr appointment.offer'],
    ['3002', 'tr appointment.no-such-day', 'tr appointment.ask-day'],
    ['3102', 'tr appointment.no-such-day', 'tr appointment.ask-day'],
    ['12', 'tr appointment.bad-day', 'tr appointment.ask-day'],
    ['#', 'tr appointment.empty', 'tr appointment.ask-day'],
  ])('answers the day %s', async (keys, first, second) => {
    const { heard } = await pressing(call(), ...TO_OFFER, '5', keys);
    expect(heard[0]).toBe(first);
    expect(heard[1]).toMatch(new RegExp(`^${second}`));
  });

  it('says when a day is full, or over', async () => {
    const [calendar] = await office.appointments.calendars.calendars('santral' as never, { dealer: 'VAN-01', service: 'bakim' });
    if (calendar === undefined) throw new Error('no calendar');
    await office.appointments.calendars.put([], [{ ...calendar, capacity: 1, slotMinutes: 540 }], 0);
    await bookedBy('+905550000031');
    expect((await pressing(call(), ...TO_OFFER, '5', '2411')).heard[0]).toBe('tr appointment.day-full');
    expect((await pressing(call({ at: '2026-11-23T17:30' }), ...TO_OFFER, '5', '2311')).heard[0]).toBe('tr appointment.day-past');
  });

  it('goes to another dealer', async () => {
    expect((await pressing(call(), ...TO_OFFER, '6')).heard).toEqual(['tr appointment.ask-province']);
  });

  it('refuses a key without a time', async () => {
    const [calendar] = await office.appointments.calendars.calendars('santral' as never, { dealer: 'VAN-01', service: 'bakim' });
    if (calendar === undefined) throw new Error('no calendar');
    await office.appointments.calendars.put([], [{ ...calendar, horizonDays: 0, slotMinutes: 120 }], 0);
    const { heard } = await pressing(call(), ...TO_OFFER, '3');
    expect(heard[0]).toBe('tr general.no-match');
  });
});

describe('appointment: booking', () => {
  it('reserves while it is confirmed, books, reads the code digit by digit and sends it', async () => {
    const held = await pressing(call({ language: 'en' }), ...TO_OFFER, '2');
    expect(held.heard).toEqual([
      "en appointment.confirm: Göl Teknik, Maintenance, today at one o'clock. To confirm, press one. For another time, press two. For an agent, press zero. To leave it, press star.",
    ]);
    expect(await states()).toEqual(['held']);
    const booked = await held.press('1');
    const [appointment] = await office.all();
    expect(appointment).toMatchObject({ state: 'booked', dealer: 'VAN-01', service: 'bakim', customer: null, language: 'en' });
    expect(appointment?.person).toEqual({ caller: '+905550000001', phone: '+905550000001', name: '' });
    expect(booked.heard[0]).toBe("en appointment.booked: Your appointment is made. Göl Teknik, today at one o'clock.");
    expect(booked.heard[1]).toMatch(/^en appointment\.code: Your code is (\w+ \w+ \w+), (\w+ \w+ \w+)\.$/);
    expect(booked.heard.slice(2)).toEqual(['en appointment.sms-sent', 'en appointment.done-menu']);
    expect((await booked.press('1')).heard[0]).toBe(booked.heard[1]);
    expect((await booked.press('*')).heard).toEqual(['en appointment.menu']);
    const silent = await booked.silence();
    expect(silent.heard).toEqual(['en appointment.done-menu']);
    expect((await silent.silence()).heard).toEqual(['en general.goodbye']);
  });

  it('notes the customer who was found', async () => {
    await pressing(call(), '1', '1', '100003#', '65', '1', '1', '1', '1');
    expect(await office.all()).toMatchObject([{ state: 'booked', customer: '100003' }]);
  });

  it('lets go of the time when another one is wanted, or none', async () => {
    const again = await pressing(call(), ...TO_OFFER, '1', '2');
    expect(again.heard[0]).toMatch(/^tr appointment\.offer/);
    await pressing(again, '2', '1');
    expect((await states()).sort()).toEqual(['booked', 'expired']);
    expect((await pressing(call(), ...TO_OFFER, '1', '*')).heard).toEqual(['tr appointment.menu']);
  });

  it('offers other times when somebody was faster', async () => {
    const [calendar] = await office.appointments.calendars.calendars('santral' as never, { dealer: 'VAN-01', service: 'bakim' });
    if (calendar === undefined) throw new Error('no calendar');
    await office.appointments.calendars.put([], [{ ...calendar, capacity: 1 }], 0);
    const slow = await pressing(call({ ani: '+905550000041' }), ...TO_OFFER);
    await bookedBy('+905550000042');
    const { heard } = await slow.press('1');
    expect(heard[0]).toBe('tr appointment.taken');
    expect(heard[2]).toContain('bugün saat on üç');
  });

  it('says when the reserved time ran out and somebody else has it', async () => {
    const slow = await pressing(call({ ani: '+905550000041' }), ...TO_OFFER, '1');
    office.clock.time += 181_000;
    await office.appointments.sweep();
    const { heard } = await slow.press('1');
    expect(heard[0]).toBe('tr appointment.expired');
    expect(heard[1]).toMatch(/^tr appointment\.offer/);
  });

  it('asks where to send the SMS when the number called from cannot be texted', async () => {
    const asked = await pressing(call({ ani: '+902125550077' }), ...TO_OFFER, '1', '1');
    expect(asked.heard).toEqual(['tr appointment.ask-sms']);
    const without = await asked.press('2');
    expect(without.heard).toHaveLength(3);
    expect(without.heard.join()).not.toContain('sms-sent');
    const keyed = await pressing(call({ ani: '' }), ...TO_OFFER, '1', '1', '1', '05550000078');
    expect(keyed.heard[0]).toContain('sıfır, beş beş beş, sıfır sıfır sıfır, sıfır sıfır, yedi sekiz');
    expect((await keyed.press('1')).heard[2]).toBe('tr appointment.sms-sent');
    const people = (await office.all()).map(({ person }) => person);
    expect(people).toContainEqual({ caller: '+902125550077', phone: null, name: '' });
    expect(people).toContainEqual({ caller: '+905550000078', phone: '+905550000078', name: '' });
  });

  it('books without an SMS when no number can be had', async () => {
    const asked = await pressing(call({ ani: '' }), ...TO_OFFER, '1', '1');
    expect((await pressing(asked, '1', '02', '02', '02')).heard[0]).toMatch(/^tr appointment\.booked/);
    expect(await states()).toEqual(['booked']);
  });

  it('refuses a sixth appointment of one number', async () => {
    for (let i = 0; i < 5; i += 1) await bookedBy('+905550000043');
    const { heard } = await pressing(call({ ani: '+905550000043' }), ...TO_OFFER, '1');
    expect(heard).toEqual(['tr appointment.too-many-ahead', 'tr appointment.menu']);
  });

  it('refuses a sixth appointment of one number to a caller who withholds it and keys it', async () => {
    for (let i = 0; i < 5; i += 1) await bookedBy('+905550000044');
    const { heard } = await pressing(call({ ani: '' }), ...TO_OFFER, '1', '1', '1', '05550000044', '1');
    expect(heard).toEqual(['tr appointment.too-many-ahead', 'tr appointment.menu']);
    expect(await states()).toEqual([...Array<string>(5).fill('booked'), 'held']);
  });
});

describe('appointment: hearing, moving, cancelling', () => {
  it('finds the appointments of the number called from, one after the other', async () => {
    await bookedBy('+905550000051');
    await bookedBy('+905550000051');
    const first = await pressing(call({ ani: '+905550000051', language: 'en' }), '2');
    expect(first.heard[0]).toBe('en appointment.mine: Your appointment: Göl Teknik, Maintenance, today at noon.');
    expect(first.heard.slice(2)).toEqual(['en appointment.mine-menu', 'en appointment.mine-next', 'en appointment.mine-rest']);
    const second = await first.press('3');
    expect(second.heard.slice(2)).toEqual(['en appointment.mine-menu', 'en appointment.mine-rest']);
    expect((await second.press('3')).heard[0]).toBe('en appointment.no-more-mine');
    expect((await second.press('9')).heard[0]).toBe(second.heard[0]);
    expect((await second.press('*')).heard).toEqual(['en appointment.menu']);
  });

  it('finds one by its code from another number', async () => {
    const { code } = await bookedBy('+905550000052');
    const asked = await pressing(call({ ani: '' }), '2');
    expect(asked.heard).toEqual(['tr appointment.none-by-number', 'tr appointment.ask-code']);
    expect((await asked.press(code)).heard[0]).toMatch(/^tr appointment\.mine: Randevunuz: Göl Teknik/);
    expect((await asked.press('12#')).heard).toEqual(['tr appointment.bad-code', 'tr appointment.ask-code']);
    expect((await asked.press('#')).heard).toEqual(['tr appointment.empty', 'tr appointment.ask-code']);
    const unknown = await asked.press('987123');
    expect(unknown.heard).toEqual(['tr appointment.unknown-code', 'tr appointment.code-menu']);
    expect((await unknown.press('1')).heard).toEqual(['tr appointment.ask-code']);
    expect((await unknown.press('*')).heard).toEqual(['tr appointment.menu']);
    let guess = unknown;
    for (let i = 0; i < 4; i += 1) guess = await pressing(guess, '1', `98712${i}`);
    expect((await pressing(guess, '1', code)).heard).toEqual(['tr appointment.too-many-tries', 'tr appointment.agent-offer']);
  });

  it('moves one: same code, new time, the old place is free', async () => {
    const before = await bookedBy('+905550000053');
    const offered = await pressing(call({ ani: '+905550000053', language: 'en' }), '2', '1');
    expect(offered.heard.at(-1)).toBe('en appointment.offer-rest-moving');
    expect((await offered.press('6')).heard[0]).toBe('en appointment.same-dealer');
    const moved = await pressing(offered, '3', '1');
    expect(moved.heard[0]).toBe("en appointment.moved: Your appointment is changed. Göl Teknik, today at two o'clock.");
    const rows = await office.all();
    expect(rows.map(({ state }) => state)).toEqual(['moved', 'booked']);
    expect(rows[1]).toMatchObject({ code: before.code, series: before.series, sequence: 1 });
    const heard = await pressing(call({ ani: '+905550000053' }), '2');
    expect(heard.heard[0]).toContain('bugün saat on dört');
  });

  it('says when it cannot be moved any more', async () => {
    const before = await bookedBy('+905550000054');
    const held = await pressing(call({ ani: '+905550000054' }), '2', '1', '2');
    await office.appointments.bookings.cancel(before.id, 'office');
    expect((await held.press('1')).heard).toEqual(['tr appointment.move-failed', 'tr appointment.menu']);
    expect((await states()).sort()).toEqual(['cancelled', 'held']);
  });

  it('cancels one after asking, and keeps it otherwise', async () => {
    await bookedBy('+905550000055');
    const asked = await pressing(call({ ani: '+905550000055', language: 'en' }), '2', '2');
    expect(asked.heard[0]).toContain('Your appointment today at noon will be cancelled.');
    expect((await asked.press('2')).heard).toEqual(['en appointment.kept', 'en appointment.menu']);
    expect((await asked.press('*')).heard[0]).toBe('en appointment.kept');
    expect(await states()).toEqual(['booked']);
    const second = await pressing(call({ ani: '+905550000055', language: 'en' }), '2', '2');
    const cancelled = await asked.press('1');
    expect(cancelled.heard).toEqual(['en appointment.cancelled', 'en appointment.sms-sent', 'en appointment.cancelled-menu']);
    expect(await states()).toEqual(['cancelled']);
    expect((await cancelled.press('*')).heard).toEqual(['en appointment.menu']);
    expect((await second.press('1')).heard).toEqual(['en appointment.gone', 'en appointment.menu']);
  });
});

describe('appointment: every way out', () => {
  it.each([
    ['menu', [], '0'],
    ['who', ['1'], '0'],
    ['customer number', ['1', '1'], '0#'],
    ['plate', ['1', '2'], '0#'],
    ['province', ['1', '3'], '0#'],
    ['dealer', ['1', '3', '65'], '0'],
    ['service', ['1', '3', '65', '1'], '0'],
    ['times', TO_OFFER, '0'],
    ['day', [...TO_OFFER, '5'], '0#'],
    ['confirming', [...TO_OFFER, '1'], '0'],
    ['done', [...TO_OFFER, '1', '1'], '0'],
    ['code', ['2'], '0#'],
  ] as [string, string[], string][])('reaches an agent from: %s', async (_, keys, zero) => {
    const connecting = await pressing(call({ ani: '+905550000061' }), ...keys, zero);
    expect(connecting.heard).toEqual(['tr general.transferring']);
    expect(connecting.waiting).toMatchObject({ kind: 'queue', queue: 'support' });
    const desk = await connecting.queued('no-agents');
    expect(desk.waiting).toMatchObject({ kind: 'dial', target: { kind: 'extension', extension: '100' } });
  });

  it.each([
    ['busy', 'main.agent-busy'],
    ['no-answer', 'main.agent-no-answer'],
    ['rejected', 'main.agent-no-answer'],
    ['invalid-number', 'main.agent-unreachable'],
    ['congestion', 'main.agent-unreachable'],
    ['failed', 'main.agent-unreachable'],
  ] as const)('apologises when the agent is %s', async (outcome, prompt) => {
    const back = await (await (await pressing(call(), '0')).queued('no-agents')).dialled(outcome);
    expect(back.heard).toEqual([`tr ${prompt}`, 'tr appointment.agent-offer']);
    expect((await back.press('0')).waiting.kind).toBe('queue');
    expect((await back.press('*')).heard).toEqual(['tr appointment.menu']);
  });

  it('says so when the office is closed or has a holiday, and after the talk', async () => {
    expect((await pressing(call({ at: '2026-11-22T11:00' }), '0')).heard.slice(0, 2)).toEqual([
      'tr main.closed-now',
      'tr main.agents-away',
    ]);
    expect((await pressing(call({ at: '2026-10-29T11:00' }), '0')).heard[0]).toContain('tr main.holiday-now');
    const talked = await (await pressing(call(), '0')).queued('served');
    expect(talked.heard).toEqual(['tr main.talk-ended']);
    expect((await talked.press('*')).heard).toEqual(['tr appointment.menu']);
  });

  it('says so when the appointments cannot be reached', async () => {
    for (const keys of [['2'], ['1', '3', '65'], ['1', '1', '100001#']]) {
      const { heard, faults } = await pressing(call({ dealers: 'away' }), ...keys);
      expect(heard).toEqual(['tr appointment.trouble', 'tr appointment.agent-offer']);
      expect(faults).toEqual([]);
    }
  });

  it('leaves with a goodbye, and gives up on silence', async () => {
    expect((await pressing(call(), '*')).heard).toEqual(['tr general.goodbye']);
    let silent = await call({ language: 'en' });
    silent = await silent.silence();
    expect(silent.heard).toEqual(['en general.no-input', 'en appointment.menu']);
    silent = await silent.silence();
    expect(silent.heard).toEqual(['en general.no-input', 'en appointment.menu-help']);
    expect((await silent.silence()).heard).toEqual(['en general.goodbye']);
  });

  it('tells no action a number that the caller does not have', async () => {
    await bookedBy('+905550000062');
    const handler = office.appointments.actions['appointments.by-number'];
    const asked = { ...actionContext().call, person: '' };
    expect(await handler?.({ number: '+905550000062' }, actionContext({ call: asked }))).toEqual([]);
  });
});
