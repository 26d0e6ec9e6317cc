import { describe, expect, it } from 'vitest';
import type { Interval, WeeklyHours } from '../../../src/domain/opening-hours.ts';
import { wordDate, wordDateTime, wordHours, wordTime } from '../../../src/domain/wording/wording.ts';

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
