import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { EARLIEST_CONSENT } from '../../src/domain/consent.ts';
import { type Held, isNewer, preCheck, workingDaysAfter } from '../../src/domain/consent-registry.ts';
import type { Holiday } from '../../src/domain/opening-hours.ts';

const zone = 'Europe/Istanbul';
const at = (text: string): number => Date.parse(`${text}:00+03:00`);
const NOW = at('2026-11-25T12:00');
const holiday = (date: string, from = 0): Holiday => ({ date, from, name: { tr: 'Tatil', en: 'Holiday' } });
/** As in 2026: the afternoon of 28 October, and the 29th. */
const REPUBLIC = [holiday('2026-10-28', 13 * 60), holiday('2026-10-29')];

describe('what the register would refuse is not sent', () => {
  const consent = { status: 'ONAY', source: 'HS_WEB', consentDate: NOW - 60_000 } as const;
  const onay: Held = { status: 'ONAY', consentDate: NOW - 3_600_000 };
  const ret: Held = { status: 'RET', consentDate: NOW - 3_600_000 };
  it.each([
    ['a first consent', consent, null, 'send'],
    ['a refusal after a consent', { ...consent, status: 'RET' }, onay, 'send'],
    ['a consent after a refusal', consent, ret, 'send'],
    ['a refusal as the first record (F4)', { ...consent, status: 'RET' }, null, 'first-refusal'],
    ['a consent over a consent (F5)', consent, onay, 'same-status'],
    ['a refusal over a refusal', { ...consent, status: 'RET' }, ret, 'same-status'],
    ['a date that is not later', { ...consent, consentDate: ret.consentDate }, ret, 'older'],
    ['later by less than the register’s clock shows', { ...consent, consentDate: ret.consentDate + 999 }, ret, 'older'],
    ['a date to come', { ...consent, consentDate: NOW + 1000 }, null, 'date-outside'],
    ['a date before the register', { ...consent, consentDate: EARLIEST_CONSENT - 1000 }, null, 'date-outside'],
    ['HS_2015 on its day', { ...consent, source: 'HS_2015', consentDate: EARLIEST_CONSENT }, null, 'send'],
    ['HS_2015 on another day', { ...consent, source: 'HS_2015' }, null, 'wrong-2015'],
    ['what citizens said there', { ...consent, source: 'IYS_WEB' }, null, 'from-registry'],
  ] as const)('%s', (_name, given, held, expected) => {
    const verdict = preCheck(given, held, NOW);
    expect(verdict.kind === 'send' ? 'send' : verdict.reason).toBe(expected);
  });
});

describe('working days', () => {
  const after = (text: string, count: number, holidays: readonly Holiday[] = []) =>
    new Date(workingDaysAfter(at(text), count, { zone, holidays }) + 3 * 3_600_000).toISOString().slice(0, 16);
  it.each([
    ['Wednesday, three days: the end of Monday', '2026-11-25T12:00', 3, [], '2026-12-01T00:00'],
    ['Monday, three days: the end of Thursday', '2026-11-23T23:59', 3, [], '2026-11-27T00:00'],
    ['Saturday counts from Monday on', '2026-11-28T10:00', 1, [], '2026-12-01T00:00'],
    ['a holiday is none', '2026-10-26T12:00', 3, [holiday('2026-10-29')], '2026-10-31T00:00'],
    ['a half day is one, and ends with it', '2026-10-26T12:00', 2, REPUBLIC, '2026-10-28T13:00'],
    ['the half day and the holiday after it', '2026-10-26T12:00', 3, REPUBLIC, '2026-10-31T00:00'],
  ] as const)('%s', (_name, text, count, holidays, expected) => {
    expect(after(text, count, holidays)).toBe(expected);
  });

  it('are never fewer, never in the past, and grow with their number', () => {
    fc.assert(
      fc.property(
        fc.integer({ min: at('2026-01-01T00:00'), max: at('2030-01-01T00:00') }),
        fc.integer({ min: 1, max: 10 }),
        (from, count) => {
          const days = { zone, holidays: REPUBLIC };
          const end = workingDaysAfter(from, count, days);
          expect(end - from).toBeGreaterThan((count - 1) * 86_400_000);
          expect(end).toBeLessThan(workingDaysAfter(from, count + 1, days));
        },
      ),
    );
  });
});

it('what the register holds does not depend on the order in which it is heard', () => {
  const heard = fc.record({ status: fc.constantFrom('ONAY' as const, 'RET' as const), consentDate: fc.integer({ min: 0, max: 3 }) });
  fc.assert(
    fc.property(fc.array(heard, { minLength: 1, maxLength: 6 }), (all) => {
      const last = (list: readonly Held[]) => list.reduce<Held | null>((held, one) => (isNewer(one, held) ? one : held), null);
      expect(last(all.toReversed())).toEqual(last(all));
    }),
  );
});
