import { describe, expect, it } from 'vitest';
import { wordDigits, wordMoney, wordNumber, wordOrdinal, wordPhone } from '../../../src/domain/wording/wording.ts';

describe('numbers', () => {
  it.each([
    [0, 'sıfır', 'zero'],
    [1, 'bir', 'one'],
    [21, 'yirmi bir', 'twenty-one'],
    [100, 'yüz', 'one hundred'],
    [105, 'yüz beş', 'one hundred and five'],
    [1000, 'bin', 'one thousand'],
    [2026, 'iki bin yirmi altı', 'two thousand and twenty-six'],
    [1_000_000, 'bir milyon', 'one million'],
    [-7, 'eksi yedi', 'minus seven'],
    [-0, 'sıfır', 'zero'],
    [3.14, 'üç virgül on dört', 'three point one four'],
    [0.05, 'sıfır virgül sıfır beş', 'zero point zero five'],
    [2.5, 'iki virgül beş', 'two point five'],
    [1.23456, 'bir virgül iki üç dört beş altı', 'one point two three four five six'],
    [0.1 + 0.2, 'sıfır virgül üç', 'zero point three'],
    [-1e-9, 'sıfır', 'zero'],
    [1e15, 'çok büyük bir sayı', 'a very large number'],
    [Number.POSITIVE_INFINITY, 'çok büyük bir sayı', 'a very large number'],
    [Number.NaN, 'bilinmeyen sayı', 'an unknown number'],
  ])('%d', (value, tr, en) => {
    expect(wordNumber(value, 'tr')).toBe(tr);
    expect(wordNumber(value, 'en')).toBe(en);
  });
});

describe('ordinals', () => {
  it.each([
    [0, 'sıfırıncı', 'zeroth'],
    [1, 'birinci', 'first'],
    [2, 'ikinci', 'second'],
    [3, 'üçüncü', 'third'],
    [4, 'dördüncü', 'fourth'],
    [5, 'beşinci', 'fifth'],
    [6, 'altıncı', 'sixth'],
    [7, 'yedinci', 'seventh'],
    [8, 'sekizinci', 'eighth'],
    [9, 'dokuzuncu', 'ninth'],
    [10, 'onuncu', 'tenth'],
    [12, 'on ikinci', 'twelfth'],
    [20, 'yirminci', 'twentieth'],
    [21, 'yirmi birinci', 'twenty-first'],
    [30, 'otuzuncu', 'thirtieth'],
    [40, 'kırkıncı', 'fortieth'],
    [50, 'ellinci', 'fiftieth'],
    [60, 'altmışıncı', 'sixtieth'],
    [70, 'yetmişinci', 'seventieth'],
    [80, 'sekseninci', 'eightieth'],
    [90, 'doksanıncı', 'ninetieth'],
    [100, 'yüzüncü', 'one hundredth'],
    [101, 'yüz birinci', 'one hundred and first'],
    [1000, 'bininci', 'one thousandth'],
    [1_000_000, 'bir milyonuncu', 'one millionth'],
    [-3, 'eksi üç', 'minus three'],
    [1.5, 'bir virgül beş', 'one point five'],
    [Number.NaN, 'bilinmeyen sayı', 'an unknown number'],
  ])('%d', (value, tr, en) => {
    expect(wordOrdinal(value, 'tr')).toBe(tr);
    expect(wordOrdinal(value, 'en')).toBe(en);
  });
});

describe('digits, one by one', () => {
  it.each([
    ['5', 'beş', 'five'],
    ['532', 'beş üç iki', 'five three two'],
    ['5 3 2', 'beş üç iki', 'five three two'],
    ['1234', 'bir iki üç dört', 'one two three four'],
    ['34718', 'üç dört yedi, bir sekiz', 'three four seven, one eight'],
    ['5551234', 'beş beş beş, bir iki üç dört', 'five five five, one two three four'],
    ['12345678', 'bir iki üç dört, beş altı yedi sekiz', 'one two three four, five six seven eight'],
    [
      '10000000146',
      'bir sıfır sıfır, sıfır sıfır sıfır, sıfır sıfır bir, dört altı',
      'one zero zero, zero zero zero, zero zero one, four six',
    ],
    ['12-34', 'bir iki, üç dört', 'one two, three four'],
    ['*12#', 'yıldız bir iki kare', 'star one two hash'],
    ['tr7i', 'T R yedi İ', 'T R seven I'],
    ['', 'boş', 'blank'],
    [' !? ', 'boş', 'blank'],
  ])('%s', (text, tr, en) => {
    expect(wordDigits(text, 'tr')).toBe(tr);
    expect(wordDigits(text, 'en')).toBe(en);
  });
});

describe('phone numbers', () => {
  const istanbul = {
    tr: 'sıfır, iki bir iki, beş beş beş, sıfır sıfır, sıfır bir',
    en: 'zero, two one two, five five five, zero zero, zero one',
  };
  it.each(['0212 555 00 01', '+90 212 555 00 01', '+902125550001', '00902125550001', '902125550001', '2125550001', '0 (212) 555-00-01'])(
    'a Turkish number in whatever spelling: %s',
    (text) => {
      expect(wordPhone(text, 'tr')).toBe(istanbul.tr);
      expect(wordPhone(text, 'en')).toBe(istanbul.en);
    },
  );

  it.each([
    ['444 00 01', 'dört dört dört, sıfır sıfır, sıfır bir', 'four four four, zero zero, zero one'],
    ['112', 'bir bir iki', 'one one two'],
    [
      '+1 202 555 0100',
      'artı bir, iki sıfır iki, beş beş beş, sıfır bir sıfır sıfır',
      'plus one, two zero two, five five five, zero one zero zero',
    ],
    [
      '+44 20 7946 0000',
      'artı dört dört, iki sıfır yedi, dokuz dört altı, sıfır sıfır sıfır sıfır',
      'plus four four, two zero seven, nine four six, zero zero zero zero',
    ],
    [
      '+994 12 555 00 01',
      'artı dokuz dokuz dört, bir iki beş, beş beş sıfır, sıfır sıfır bir',
      'plus nine nine four, one two five, five five zero, zero zero one',
    ],
    ['', 'boş', 'blank'],
  ])('%s', (text, tr, en) => {
    expect(wordPhone(text, 'tr')).toBe(tr);
    expect(wordPhone(text, 'en')).toBe(en);
  });
});

describe('money', () => {
  it.each([
    [0, 'TRY', 'sıfır lira', 'zero lira'],
    [1, 'TRY', 'bir lira', 'one lira'],
    [12.5, 'TRY', 'on iki lira elli kuruş', 'twelve lira and fifty kuruş'],
    [0.05, 'TRY', 'beş kuruş', 'five kuruş'],
    [-12.5, 'TRY', 'eksi on iki lira elli kuruş', 'minus twelve lira and fifty kuruş'],
    [1234.56, 'TRY', 'bin iki yüz otuz dört lira elli altı kuruş', 'one thousand two hundred and thirty-four lira and fifty-six kuruş'],
    [1.005, 'TRY', 'bir lira bir kuruş', 'one lira and one kuruş'],
    [0.999, 'TRY', 'bir lira', 'one lira'],
    [-0.001, 'TRY', 'sıfır lira', 'zero lira'],
    [1e-7, 'TRY', 'sıfır lira', 'zero lira'],
    [1, 'EUR', 'bir avro', 'one euro'],
    [2.01, 'EUR', 'iki avro bir sent', 'two euros and one cent'],
    [1.99, 'USD', 'bir dolar doksan dokuz sent', 'one dollar and ninety-nine cents'],
    [1e13, 'USD', 'çok büyük bir sayı', 'a very large number'],
    [Number.NaN, 'TRY', 'bilinmeyen tutar', 'an unknown amount'],
  ] as const)('%d %s', (amount, currency, tr, en) => {
    expect(wordMoney(amount, currency, 'tr')).toBe(tr);
    expect(wordMoney(amount, currency, 'en')).toBe(en);
  });
});
