/**
 * Text for comparing, not for showing: Turkish and other Latin letters without their marks, in lower case, blanks as one
 * space. `toLowerCase` alone will not do: it makes `İSİM` six letters long, and the Turkish one turns `ISIM` into `ısım`.
 */
export function fold(text: string): string {
  return text.replace(/[İIı]/g, 'i').normalize('NFKD').replace(/\p{M}/gu, '').toLowerCase().replace(/\s+/g, ' ').trim();
}
