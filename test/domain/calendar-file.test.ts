import { readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { parseCalendars } from '../../src/domain/calendar-file.ts';
import { openness } from '../../src/domain/openness.ts';

const file = (path: string, text: string) => ({ path, text });
const shipped = ['flows/calendars/office.yaml', 'flows/calendars/holidays-tr.yaml'].map((path) => file(path, readFileSync(path, 'utf8')));
const table =
  'holidays: tr\nyears: { from: 2025, to: 2025 }\nyearly:\n  - { date: 10-29, name: { tr: Cumhuriyet Bayramı, en: Republic Day } }\n';

describe('the shipped calendars', () => {
  const { calendars, problems } = parseCalendars(shipped);
  const office = calendars.get('office');
  const holidays = office?.holidays ?? [];

  it('have no problems', () => {
    expect(problems).toEqual([]);
    expect([...calendars.keys()]).toEqual(['office']);
  });

  it('hold the days of the law in each year from 2025 to 2030', () => {
    for (let year = 2025; year <= 2030; year += 1) {
      const days = holidays
        .filter((day) => day.date.startsWith(String(year)) && !/Ramazan|Kurban/.test(day.name.tr))
        .map((day) => [day.date.slice(5), day.from]);
      expect(days).toEqual([
        ['01-01', 0],
        ['04-23', 0],
        ['05-01', 0],
        ['05-19', 0],
        ['07-15', 0],
        ['08-30', 0],
        ['10-28', 780],
        ['10-29', 0],
      ]);
    }
  });

  it.each([
    ['Ramazan Bayramı', 10, 1, 3],
    ['Kurban Bayramı', 12, 10, 4],
  ])('hold %s on its days of the moon’s calendar, with the half day before', (feast, month, firstDay, length) => {
    const moon = new Intl.DateTimeFormat('en-u-ca-islamic-umalqura', { timeZone: 'UTC', day: 'numeric', month: 'numeric' });
    for (let year = 2025; year <= 2030; year += 1) {
      const days = holidays.filter((day) => day.date.startsWith(String(year)) && day.name.tr === feast).map((day) => day.date);
      expect(days).toHaveLength(length);
      const parts = Object.fromEntries(moon.formatToParts(Date.parse(days[0] ?? '')).map((part) => [part.type, Number(part.value)]));
      expect(parts).toMatchObject({ month, day: firstDay });
      const eve = new Date(Date.parse(days[0] ?? '') - 86_400_000).toISOString().slice(0, 10);
      expect(holidays).toContainEqual(expect.objectContaining({ date: eve, from: 780 }));
    }
  });

  it.each([
    ['2025-06-05T12:59:00+03:00', 'open'],
    ['2025-06-05T13:00:00+03:00', 'holiday'],
    ['2026-03-20T11:00:00+03:00', 'holiday'],
    ['2027-05-19T11:00:00+03:00', 'holiday'],
    ['2029-04-23T10:00:00+03:00', 'holiday'],
    ['2030-04-17T10:00:00+03:00', 'open'],
  ])('at %s the office is %s', (iso, kind) => {
    expect(office === undefined ? undefined : openness(office, Date.parse(iso)).kind).toBe(kind);
  });
});

describe('parseCalendars', () => {
  it('adds a calendar’s own days off to the table it names', () => {
    const own =
      'calendar: own\nzone: UTC\nhours: mon-fri 9-18\nholidays: [tr]\nclosures:\n  - { date: 2025-12-31, from: "13:00", name: { tr: Arife, en: Eve } }\n';
    const { calendars, problems } = parseCalendars([file('own.yaml', own), file('tr.yaml', table)]);
    expect(problems).toEqual([]);
    expect(calendars.get('own')?.holidays.map((day) => [day.date, day.from])).toEqual([
      ['2025-10-29', 0],
      ['2025-12-31', 780],
    ]);
  });

  it.each([
    ['broken YAML', 'calendar: [a\n', 'calendar.yaml', 2],
    ['a key written twice', 'calendar: a\nzone: UTC\nzone: UTC\nhours: mon 9-10\n', 'calendar.yaml', 3],
    ['an empty file', '', 'calendar.shape', 1],
    ['an unknown key', 'calendar: a\nzone: UTC\nhours: mon 9-10\nhollidays: tr\n', 'calendar.unknown-key', 4],
    ['a missing key', 'calendar: a\nzone: UTC\n', 'calendar.shape', 1],
    ['an unknown zone', 'calendar: a\nzone: Europe/Nowhere\nhours: mon 9-10\n', 'calendar.unknown-zone', 2],
    ['bad hours', 'calendar: a\nzone: UTC\nhours: moon 9-10\n', 'calendar.bad-hours', 3],
    ['an unknown table', 'calendar: a\nzone: UTC\nhours: mon 9-10\nholidays: xx\n', 'calendar.unknown-holidays', 4],
    [
      'a day that is none',
      'calendar: a\nzone: UTC\nhours: mon 9-10\nclosures:\n  - { date: 2025-02-30, name: { tr: a, en: b } }\n',
      'calendar.bad-date',
      5,
    ],
    [
      'a time that is none',
      'calendar: a\nzone: UTC\nhours: mon 9-10\nclosures:\n  - { date: 2025-02-28, from: "25", name: { tr: a, en: b } }\n',
      'calendar.bad-date',
      5,
    ],
    [
      'a feast without a date for a year',
      'holidays: x\nyears: { from: 2025, to: 2026 }\nfeasts:\n  - { name: { tr: a, en: b }, days: 3, first: [2025-03-30] }\n',
      'calendar.missing-feast',
      4,
    ],
    [
      'a table with a day that is none',
      'holidays: x\nyears: { from: 2025, to: 2026 }\nyearly:\n  - { date: 13-01, name: { tr: a, en: b } }\n',
      'calendar.shape',
      4,
    ],
  ])('finds %s', (_, text, code, line) => {
    expect(parseCalendars([file('a.yaml', text)]).problems).toEqual([
      expect.objectContaining({ file: 'a.yaml', code, line, severity: 'error' }),
    ]);
  });

  it('refuses two calendars of one name', () => {
    const text = 'calendar: a\nzone: UTC\nhours: mon 9-10\n';
    const { problems } = parseCalendars([file('a.yaml', text), file('b.yaml', text)]);
    expect(problems).toEqual([expect.objectContaining({ file: 'b.yaml', code: 'calendar.duplicate', line: 1 })]);
  });
});
