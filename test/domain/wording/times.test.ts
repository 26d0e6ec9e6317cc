import { describe, expect, it } from 'vitest';
import type { Interval, WeeklyHours } from '../../../src/domain/opening-hours.ts';
import { wordDate, wordDateTime, wordDay, wordHours, wordTime, wordWhen } from '../../../src/domain/wording/wording.ts';

describe('dates', () => {
  it.each([
    ['2026-11-21', 'yirmi bir Kasım iki bin yirmi altı Cumartesi', 'Saturday the twenty-first of November twenty twenty-six'],
    ['2024-02-29', 'yirmi dokuz Şubat iki bin yirmi dört Perşembe', 'Thursday the twenty-ninth of February twenty twenty-four'],
    ['2000-01-01', 'bir Ocak iki bin Cumartesi', 'Saturday the first of January two thousand'],
    ['2005-08-30', 'otuz Ağustos iki bin beş Salı', 'Tuesday the thirtieth of August two thousand and five'],
    ['1923-10-29', 'yirmi dokuz Ekim bin dokuz yüz yirmi üç Pazartesi', 'Monday the twenty-ninth of October nineteen twenty-three'],
    ['1900-03-01', 'bir Mart bin dokuz yüz Perşembe', 'Thursday the first of March nineteen hundred'],
    ['1905-05-03', 'üç Mayıs bin dokuz yüz beş Çarşamba', 'Wednesday the third of May nineteen oh five'],
    ['2026-02-29', 'bilinmeyen tarih', 'an unknown date'],
    ['2026-13-01', 'bilinmeyen tarih', 'an unknown date'],
    ['0000-01-01', 'bilinmeyen tarih', 'an unknown date'],
    ['21.11.2026', 'bilinmeyen tarih', 'an unknown date'],
    ['', 'bilinmeyen tarih', 'an unknown date'],
  ])('%s', (date, tr, en) => {
    expect(wordDate(date, 'tr')).toBe(tr);
    expect(wordDate(date, 'en')).toBe(en);
  });
});

describe('times', () => {
  it.each([
    ['14:30', 'saat on dört otuz', 'two thirty PM'],
    ['09:00', 'saat dokuz', 'nine AM'],
    ['9:05', 'saat dokuz sıfır beş', 'nine oh five AM'],
    ['12:00', 'saat on iki', 'twelve PM'],
    ['12:15', 'saat on iki on beş', 'twelve fifteen PM'],
    ['00:00', 'gece yarısı', 'midnight'],
    ['24:00', 'gece yarısı', 'midnight'],
    ['00:30', 'saat sıfır otuz', 'twelve thirty AM'],
    ['23:59', 'saat yirmi üç elli dokuz', 'eleven fifty-nine PM'],
    ['14:30:59', 'saat on dört otuz', 'two thirty PM'],
    ['24:01', 'bilinmeyen saat', 'an unknown time'],
    ['12:60', 'bilinmeyen saat', 'an unknown time'],
    ['soon', 'bilinmeyen saat', 'an unknown time'],
  ])('%s', (time, tr, en) => {
    expect(wordTime(time, 'tr')).toBe(tr);
    expect(wordTime(time, 'en')).toBe(en);
  });
});

describe('moments', () => {
  it.each([
    [
      Date.UTC(2026, 10, 21, 11, 30),
      'Europe/Istanbul',
      'yirmi bir Kasım iki bin yirmi altı Cumartesi, saat on dört otuz',
      'Saturday the twenty-first of November twenty twenty-six, at two thirty PM',
    ],
    [
      Date.UTC(2026, 11, 31, 22, 0),
      'Europe/Istanbul',
      'bir Ocak iki bin yirmi yedi Cuma, saat bir',
      'Friday the first of January twenty twenty-seven, at one AM',
    ],
    [
      Date.UTC(2026, 11, 31, 21, 0),
      'Europe/Istanbul',
      'bir Ocak iki bin yirmi yedi Cuma, gece yarısı',
      'Friday the first of January twenty twenty-seven, at midnight',
    ],
    [
      Date.UTC(2026, 6, 1, 12, 0),
      'Europe/London',
      'bir Temmuz iki bin yirmi altı Çarşamba, saat on üç',
      'Wednesday the first of July twenty twenty-six, at one PM',
    ],
    [0, 'Mars/Olympus', 'bilinmeyen saat', 'an unknown time'],
    [Number.NaN, 'UTC', 'bilinmeyen saat', 'an unknown time'],
  ])('%d in %s', (utcMs, zone, tr, en) => {
    expect(wordDateTime(utcMs, zone, 'tr')).toBe(tr);
    expect(wordDateTime(utcMs, zone, 'en')).toBe(en);
  });
});

const span = (from: number, to: number): Interval => ({ from: from * 60, to: to * 60 });
const week = (...days: Interval[][]) => days as unknown as WeeklyHours;
const nine = [span(9, 18)];

describe('opening hours', () => {
  it.each<[string, WeeklyHours, string, string]>([
    [
      'weekdays, a short Saturday, no Sunday',
      week(nine, nine, nine, nine, nine, [span(10, 14)], []),
      'hafta içi dokuzdan on sekize kadar, cumartesi ondan on dörde kadar açık, pazar kapalı',
      'open on weekdays from nine AM to six PM, on Saturday from ten AM to two PM, closed on Sunday',
    ],
    [
      'the same every day, with half hours',
      week(...Array.from({ length: 7 }, () => [span(8.5, 17.5)])),
      'her gün sekiz otuzdan on yedi otuza kadar açık',
      'open every day from eight thirty AM to five thirty PM',
    ],
    ['always', week(...Array.from({ length: 7 }, () => [span(0, 24)])), 'her gün yirmi dört saat açık', 'open every day twenty-four hours'],
    ['never', week([], [], [], [], [], [], []), 'her gün kapalı', 'closed every day'],
    [
      'a lunch break, weekend closed',
      week(...Array.from({ length: 5 }, () => [span(13, 17), span(9, 12)]), [], []),
      'hafta içi dokuzdan on ikiye kadar ve on üçten on yediye kadar açık, hafta sonu kapalı',
      'open on weekdays from nine AM to twelve PM and from one PM to five PM, closed at weekends',
    ],
    [
      'Monday to Saturday',
      week(nine, nine, nine, nine, nine, nine, []),
      'pazartesi ile cumartesi arası dokuzdan on sekize kadar açık, pazar kapalı',
      'open Monday to Saturday from nine AM to six PM, closed on Sunday',
    ],
    [
      'days apart',
      week(nine, [], nine, [], nine, [], []),
      'pazartesi, çarşamba ve cuma dokuzdan on sekize kadar açık, salı, perşembe ve hafta sonu kapalı',
      'open on Monday, on Wednesday and on Friday from nine AM to six PM, closed on Tuesday, on Thursday and at weekends',
    ],
    [
      'until and from midnight; touching intervals are one',
      week([span(20, 22), span(22, 24)], [span(0, 6)], [], [], [], [], []),
      'pazartesi yirmiden gece yarısına kadar, salı gece yarısından altıya kadar açık, çarşamba ile pazar arası kapalı',
      'open on Monday from eight PM to midnight, on Tuesday from midnight to six AM, closed Wednesday to Sunday',
    ],
    ['an interval that is none', week([span(18, 9)], [], [], [], [], [], []), 'çalışma saatleri bilinmiyor', 'opening hours unknown'],
    ['too few days', week(nine), 'çalışma saatleri bilinmiyor', 'opening hours unknown'],
  ])('%s', (_name, weekly, tr, en) => {
    expect(wordHours(weekly, 'tr')).toBe(tr);
    expect(wordHours(weekly, 'en')).toBe(en);
  });

  it.each([
    [1, 'birden', 'ikiye'],
    [2, 'ikiden', 'üçe'],
    [3, 'üçten', 'dörde'],
    [4, 'dörtten', 'beşe'],
    [5, 'beşten', 'altıya'],
    [6, 'altıdan', 'yediye'],
    [7, 'yediden', 'sekize'],
    [8, 'sekizden', 'dokuza'],
    [9, 'dokuzdan', 'ona'],
    [10, 'ondan', 'on bire'],
    [19, 'on dokuzdan', 'yirmiye'],
  ])('Turkish says from %d with the right suffixes', (hour, from, to) => {
    expect(wordHours(week([span(hour, hour + 1)], [], [], [], [], [], []), 'tr')).toContain(`pazartesi ${from} ${to} kadar`);
  });
});

describe('days and moments as they are said today', () => {
  // A Monday, 10:00 in Istanbul.
  const now = Date.UTC(2026, 10, 30, 7, 0);

  it.each([
    ['2026-11-29', 'dün', 'yesterday'],
    ['2026-11-30', 'bugün', 'today'],
    ['2026-12-01', 'yarın', 'tomorrow'],
    ['2026-12-02', 'iki Aralık Çarşamba günü', 'Wednesday the second of December'],
    ['2027-02-28', 'yirmi sekiz Şubat Pazar günü', 'Sunday the twenty-eighth of February'],
    ['2028-02-29', 'yirmi dokuz Şubat iki bin yirmi sekiz Salı günü', 'Tuesday the twenty-ninth of February twenty twenty-eight'],
    ['2026-02-30', 'bilinmeyen tarih', 'an unknown date'],
  ])('%s', (date, tr, en) => {
    expect(wordDay(date, '2026-11-30', 'tr')).toBe(tr);
    expect(wordDay(date, '2026-11-30', 'en')).toBe(en);
  });

  it.each([
    ['2026-12-01T14:30', 'yarın saat on dört otuz', 'tomorrow at half past two'],
    ['2026-11-30T09:00', 'bugün saat dokuz', "today at nine o'clock in the morning"],
    ['2026-11-30T12:00', 'bugün saat on iki', 'today at noon'],
    ['2026-11-30T23:45', 'bugün saat yirmi üç kırk beş', 'today at quarter to twelve at night'],
    ['2026-12-01T00:00', 'yarın gece yarısı', 'tomorrow at midnight'],
    ['2026-12-08T10:15', 'sekiz Aralık Salı günü saat on on beş', 'Tuesday the eighth of December at quarter past ten'],
    ['2026-12-08T16:05', 'sekiz Aralık Salı günü saat on altı sıfır beş', 'Tuesday the eighth of December at four oh five'],
    ['2026-12-08T19:20', 'sekiz Aralık Salı günü saat on dokuz yirmi', 'Tuesday the eighth of December at seven twenty in the evening'],
  ])('%s', (local, tr, en) => {
    const at = Date.parse(`${local}:00+03:00`);
    expect(wordWhen(at, now, 'Europe/Istanbul', 'tr')).toBe(tr);
    expect(wordWhen(at, now, 'Europe/Istanbul', 'en')).toBe(en);
  });

  it('reckons days by the zone’s midnight, not by hours', () => {
    const beforeMidnight = Date.parse('2026-11-30T23:59:00+03:00');
    expect(wordWhen(beforeMidnight + 120_000, beforeMidnight, 'Europe/Istanbul', 'en')).toBe('tomorrow at twelve oh one at night');
    expect(wordWhen(beforeMidnight + 120_000, beforeMidnight, 'UTC', 'en')).toBe('today at nine oh one in the evening');
    expect(wordWhen(0, Number.NaN, 'UTC', 'en')).toBe('an unknown time');
    expect(wordWhen(0, 0, 'Nowhere/At-All', 'tr')).toBe('bilinmeyen saat');
  });
});
