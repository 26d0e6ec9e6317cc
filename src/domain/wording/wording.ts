/** The registry of wording: values in spoken words, in each language. None of them throws, none leaves a digit or an empty text. */
export { wordDate } from './date.ts';
export { wordDateTime } from './date-time.ts';
export { wordDay } from './day.ts';
export { wordDigits } from './digits.ts';
export { wordHours } from './hours.ts';
export { wordKey } from './key.ts';
export { CURRENCIES, type Currency, wordMoney } from './money.ts';
export { wordNumber } from './number.ts';
export { wordOrdinal } from './ordinal.ts';
export { wordPhone } from './phone.ts';
export { wordTime } from './time.ts';
export { wordWhen } from './when.ts';
