/**
 * What user names are compared by: a phone that writes a capital letter, and the two i of Turkish, must not make another
 * person. `İNCİ`, `inci` and `ınci` are the same.
 */
export function nameKey(name: string): string {
  return name.normalize('NFC').replaceAll(/[Iİı]/g, 'i').toLowerCase();
}
