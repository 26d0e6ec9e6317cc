import type { Language } from '../language.ts';
import { cardinal } from './number.ts';
import { unknown } from './unknown.ts';

export const CURRENCIES = ['TRY', 'EUR', 'USD'] as const;
export type Currency = (typeof CURRENCIES)[number];

/** Singular and plural of the unit and its hundredth. Turkish nouns stay singular after a number; English leaves lira and kuruş alone. */
const NAMES: Readonly<Record<Currency, Readonly<Record<Language, readonly [string, string, string, string]>>>> = {
  TRY: { tr: ['lira', 'lira', 'kuruş', 'kuruş'], en: ['lira', 'lira', 'kuruş', 'kuruş'] },
  EUR: { tr: ['avro', 'avro', 'sent', 'sent'], en: ['euro', 'euros', 'cent', 'cents'] },
  USD: { tr: ['dolar', 'dolar', 'sent', 'sent'], en: ['dollar', 'dollars', 'cent', 'cents'] },
};
const MAX_AMOUNT = 1e13;

/** An amount in the currency's unit: 12.5 TRY → "on iki lira elli kuruş". Rounded to hundredths, halves away from zero. */
export function wordMoney(amount: number, currency: Currency, lang: Language): string {
  const names = NAMES[currency]?.[lang];
  if (names === undefined || typeof amount !== 'number' || Number.isNaN(amount)) return unknown('amount', lang);
  if (Math.abs(amount) >= MAX_AMOUNT) return unknown('tooLarge', lang);
  const hundredths = toHundredths(Math.abs(amount));
  const units = Math.floor(hundredths / 100);
  const rest = hundredths % 100;
  const parts = [
    ...(units > 0 || rest === 0 ? [`${cardinal(units, lang)} ${units === 1 ? names[0] : names[1]}`] : []),
    ...(rest > 0 ? [`${cardinal(rest, lang)} ${rest === 1 ? names[2] : names[3]}`] : []),
  ];
  const words = parts.join(lang === 'tr' ? ' ' : ' and ');
  return amount < 0 && hundredths > 0 ? `${lang === 'tr' ? 'eksi' : 'minus'} ${words}` : words;
}

/** Rounds the decimal that people see, not the double beneath it: 1.005 is 100.5 hundredths, though 1.005 * 100 is less. */
function toHundredths(amount: number): number {
  const shown = String(amount);
  return Math.round(shown.includes('e') ? amount * 100 : Number(`${shown}e2`));
}
