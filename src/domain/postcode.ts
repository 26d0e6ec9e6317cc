import { type Province, provinceOf } from './provinces.ts';

export type Postcode = string & { readonly __brand: 'Postcode' };

/** Five digits whose first two are a plate code; a spreadsheet's lost leading zero (6420) is put back. Undefined otherwise. */
export function parsePostcode(text: string): Postcode | undefined {
  const digits = text.replace(/[\s\u00a0\u200b'’]/g, '');
  const five = /^\d{4}$/.test(digits) ? `0${digits}` : digits;
  return /^\d{5}$/.test(five) && provinceOf(Number(five.slice(0, 2))) !== undefined ? (five as Postcode) : undefined;
}

export function provinceOfPostcode(postcode: Postcode): Province {
  const province = provinceOf(Number(postcode.slice(0, 2)));
  if (province === undefined) throw new RangeError('a Postcode begins with a plate code');
  return province;
}
