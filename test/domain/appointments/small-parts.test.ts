import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { callerOf, textableNumber } from '../../../src/domain/appointments/caller.ts';
import { appointmentCode, CODE_PATTERN } from '../../../src/domain/appointments/code.ts';
import { keyedDay } from '../../../src/domain/appointments/keyed-day.ts';
import { parsePlate, platesDigits } from '../../../src/domain/appointments/plate.ts';
import { reminderAt } from '../../../src/domain/appointments/reminder.ts';

const ZONE = 'Europe/Istanbul';
const at = (local: string) => Date.parse(`${local}:00+03:00`);

describe('codes', () => {
  it('have six digits, no zero in front, and are none that is tried first', () => {
    fc.assert(
      fc.property(fc.infiniteStream(fc.nat(0xffff_ffff)), (draws) => {
        const code = appointmentCode(() => Number(draws.next().value));
        expect(code).toMatch(CODE_PATTERN);
        expect(['111111', '123456', '654321', '987654']).not.toContain(code);
      }),
    );
  });

  it.each([
    [[11_111, 5], '100005'],
    [[23_456, 554_321, 5], '100005'],
    [[0], '100000'],
    [[887_654, 1], '100001'],
    [[0xffff_ffff], String(100_000 + (0xffff_ffff % 900_000))],
  ])('drawn from %j it is %s', (draws, code) => {
    const left = [...draws];
    expect(appointmentCode(() => left.shift() ?? 0)).toBe(code);
  });
});

describe('callers', () => {
  it.each([
    ['+905550000012', '+905550000012', '+905550000012'],
    ['05550000012', '+905550000012', '+905550000012'],
    ['02125550012', '+902125550012', null],
    ['+491701234567', '+491701234567', '+491701234567'],
    ['100', '100', null],
    ['', null, null],
    ['anonymous', null, null],
    ['1', null, null],
  ])('%s is known as %s and gets messages at %s', (ani, caller, phone) => {
    expect(callerOf(ani)).toBe(caller);
    expect(textableNumber(ani)).toBe(phone);
  });
});

describe('keyed days', () => {
  it.each([
    ['0112', '2026-11-25', '2026-12-01'],
    ['2511', '2026-11-25', '2026-11-25'],
    ['2411', '2026-11-25', '2027-11-24'],
    ['2902', '2026-11-25', '2028-02-29'],
    ['2902', '2096-03-01', '2104-02-29'],
    ['3002', '2026-11-25', undefined],
    ['0013', '2026-11-25', undefined],
    ['112', '2026-11-25', undefined],
  ])('%s on %s is %s', (keys, today, day) => {
    expect(keyedDay(keys, today)).toBe(day);
  });
});

describe('plates', () => {
  it.each([
    ['34 abc 123', '34ABC123', '34123'],
    ['06-a-1234', '06A1234', '061234'],
    ['81 ZZ 001', '81ZZ001', '81001'],
    ['82 AB 123', undefined, ''],
    ['34 ABCD 123', undefined, ''],
    ['34 QW 123', undefined, ''],
    ['34 A 1', undefined, ''],
  ])('%s is %s', (text, plate, digits) => {
    expect(parsePlate(text)).toBe(plate);
    expect(platesDigits(plate ?? '')).toBe(digits);
  });
});

describe('the reminder', () => {
  it.each([
    ['2026-12-01T14:30', '2026-11-25T09:00', '2026-11-30T10:00'],
    ['2026-12-01T00:00', '2026-11-25T09:00', '2026-11-30T10:00'],
    ['2026-12-01T14:30', '2026-11-30T09:59', '2026-11-30T10:00'],
    ['2026-12-01T14:30', '2026-11-30T10:00', null],
    ['2026-12-01T14:30', '2026-12-01T09:00', null],
  ])('of %s, booked at %s, goes out at %s', (startsAt, now, expected) => {
    expect(reminderAt(ZONE, at(startsAt), at(now))).toBe(expected === null ? null : at(expected));
  });
});
