import { currentLanguage } from '../i18n.ts';

/** 12500 is `12.500` or `12,500`. */
export function countText(value: number): string {
  return new Intl.NumberFormat(currentLanguage()).format(value);
}
