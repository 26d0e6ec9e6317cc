import { readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { ACTIONS } from '../../../src/flow/actions.ts';
import { readAppointmentsFile } from '../../../src/services/appointments/appointments-file.ts';
import { createLookUpGuard } from '../../../src/services/appointments/look-up-guard.ts';
import { actionContext } from '../../kit/action-context.ts';
import { openOffice } from '../../kit/appointment-office.ts';
import { BRAND, testDealer } from '../dealers/fakes.ts';

const context = { brand: BRAND, dealers: [testDealer('IST-01'), testDealer('IST-02')], services: ['lastik'] };
const read = (text: string) => readAppointmentsFile({ path: 'appointments.yaml', text }, context);

describe('a file of services, calendars and customers', () => {
  it('is read whole', () => {
    const { services, calendars, customers, problems } = read(`
services: { bakim: { tr: Bakım, en: Maintenance } }
calendars:
  - { dealers: all, services: [bakim, lastik], slot: 60, capacity: 2 }
  - { dealers: [IST-01], services: [bakim], hours: "sat 10:00-14:00", slot: 30, capacity: 1, lead: 0, horizon: 7, holidays: office, closures: [{ date: 2026-12-31, from: "13:00" }] }
customers:
  - { code: "1000", name: Deniz, phone: 0555 000 00 12, plate: 34 abc 123, dealer: IST-01 }
  - { code: "1001" }
`);
    expect(problems).toEqual([]);
    expect(services).toEqual([{ brand: BRAND, code: 'bakim', label: { tr: 'Bakım', en: 'Maintenance' } }]);
    expect(calendars).toHaveLength(5);
    expect(calendars[0]).toEqual({
      brand: BRAND,
      dealer: 'IST-01',
      service: 'bakim',
      hours: testDealer('IST-01').hours,
      slotMinutes: 60,
      capacity: 2,
      leadMinutes: 60,
      horizonDays: 30,
      holidays: null,
      closures: [],
    });
    expect(calendars[4]).toMatchObject({
      slotMinutes: 30,
      leadMinutes: 0,
      holidays: 'office',
      closures: [{ date: '2026-12-31', from: 780 }],
    });
    expect(customers).toEqual([
      { brand: BRAND, code: '1000', name: 'Deniz', phone: '+905550000012', plate: '34ABC123', lastDealer: 'IST-01' },
      { brand: BRAND, code: '1001', name: '', phone: null, plate: null, lastDealer: null },
    ]);
  });

  it.each([
    ['services: { Bakım: { tr: a, en: b } }', 'appointments.shape', 1],
    ['services: { bakim: { tr: a } }', 'appointments.shape', 1],
    ['calendars:\n  - { dealers: [X], services: [lastik], slot: 60, capacity: 1 }', 'appointments.unknown-dealer', 2],
    ['calendars:\n  - { dealers: all, services: [boya], slot: 60, capacity: 1 }', 'appointments.unknown-service', 2],
    ['calendars:\n  - { dealers: all, services: [lastik], slot: 1, capacity: 1 }', 'appointments.shape', 2],
    ['calendars:\n  - { dealers: all, services: [lastik], slot: 60, capacity: 1, hours: sometimes }', 'appointments.bad-hours', 2],
    [
      'calendars:\n  - { dealers: all, services: [lastik], slot: 60, capacity: 1, closures: [{ date: 2026-02-30 }] }',
      'appointments.shape',
      2,
    ],
    ['customers:\n  - { code: "12" }', 'appointments.shape', 2],
    ['customers:\n  - { code: "1234", phone: 0212 555 00 10 }', 'appointments.shape', 2],
    ['customers:\n  - { code: "1234", plate: yok }', 'appointments.shape', 2],
    ['customers:\n  - { code: "1234", dealer: X }', 'appointments.unknown-dealer', 2],
    ['nothing: 1', 'appointments.unknown-key', 1],
    ['services: [', 'appointments.yaml', 1],
  ])('%s is told with its place', (text, code, line) => {
    const { problems } = read(text);
    expect(problems.length).toBeGreaterThan(0);
    expect(problems[0]).toMatchObject({ code, line, file: 'appointments.yaml' });
    expect(problems[0]?.remedy).toMatch(/\.$|:/);
  });

  it('the demonstration’s names real dealers, and fictitious people only', () => {
    const text = readFileSync('flows/demo/appointments.yaml', 'utf8');
    expect(text.match(/0555 \d{3} \d{2} \d{2}/g)?.every((number) => number.startsWith('0555 000 00'))).toBe(true);
  });
});

describe('guessing', () => {
  it('costs one caller a minute, then two, and nobody else anything', async () => {
    const clock = { time: 0, now: () => clock.time };
    const guarded = createLookUpGuard(clock);
    const miss = (caller: string) => guarded(caller, async () => undefined);
    for (let i = 0; i < 5; i += 1) expect(await miss('a')).toEqual({ kind: 'none' });
    expect(await miss('a')).toEqual({ kind: 'too-many' });
    expect(await guarded('b', async () => 1)).toEqual({ kind: 'found', found: 1 });
    clock.time = 60_000;
    expect(await miss('a')).toEqual({ kind: 'none' });
    clock.time = 120_000;
    expect(await miss('a')).toEqual({ kind: 'too-many' });
  });

  it('from many forged numbers slows all of them down', async () => {
    const guarded = createLookUpGuard({ now: () => 0 });
    for (let i = 0; i < 200; i += 1) await guarded(`caller-${i}`, async () => undefined);
    expect(await guarded('honest', async () => 1)).toEqual({ kind: 'too-many' });
  });

  it('what is found costs nothing, and does not wipe out what was guessed before', async () => {
    const guarded = createLookUpGuard({ now: () => 0 });
    for (let i = 0; i < 4; i += 1) await guarded('a', async () => undefined);
    for (let i = 0; i < 10; i += 1) expect((await guarded('a', async () => 1)).kind).toBe('found');
    await guarded('a', async () => undefined);
    expect(await guarded('a', async () => 1)).toEqual({ kind: 'too-many' });
  });
});

describe('actions', () => {
  it('each has its handler, and refuses what it cannot read', async () => {
    const office = await openOffice();
    try {
      const { actions } = office.appointments;
      const own = ACTIONS.filter(({ name }) => /^(appointments|customers)\./.test(name));
      expect(own.map(({ name }) => name).toSorted()).toEqual(Object.keys(actions).toSorted());
      for (const { name, params } of own) {
        const needed = Object.entries(params).filter(([, { required }]) => required);
        if (needed.length > 0) await expect(actions[name]?.({}, actionContext())).rejects.toMatchObject({ code: 'request.invalid' });
      }
      const bad = (name: string, params: object) =>
        expect(actions[name]?.(params as never, actionContext())).rejects.toMatchObject({ code: 'request.invalid' });
      await bad('appointments.dealers', { province: '99' });
      await bad('appointments.free-slots', { dealer: 'VAN-01', service: 'bakim', limit: '1000' });
      await bad('appointments.free-slots', { dealer: 'VAN-01', service: 'bakim', after: 'soon' });
      await bad('appointments.cancel', { appointment: 'apt_1; drop table' });
    } finally {
      await office.close();
    }
  });
});
