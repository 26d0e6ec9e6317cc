import type { Language } from '../../domain/language.ts';
import type { FoundContact } from './campaigns.ts';

const HEADS: Readonly<Record<Language, readonly string[]>> = {
  tr: ['Sıra', 'Numara', 'Durum', 'Sonuç', 'Deneme', 'Son arama', 'Dinlenen (%)', 'Tuş'],
  en: ['Row', 'Number', 'State', 'Outcome', 'Attempts', 'Last call', 'Heard (%)', 'Keys'],
};
/** Without it Excel takes UTF-8 for windows-1254. */
const BOM = '\uFEFF';

/** The first line of the table, with what Turkish Excel needs before it. */
export function printHead(language: Language): string {
  return BOM + line(HEADS[language]);
}

/** A contact as a line of the table; times as the zone's clock shows them. `show`: how its number is shown. */
export function printContact({ contact, attempts, row }: FoundContact, zone: string, show: (number: string) => string): string {
  const last = attempts.at(-1);
  const time = (at: number): string =>
    new Intl.DateTimeFormat('sv-SE', { timeZone: zone, dateStyle: 'short', timeStyle: 'medium' }).format(at);
  const heard = last?.heardShare ?? null;
  return line([
    String(contact.seq),
    row === undefined ? '' : show(row.number),
    contact.state,
    contact.outcome ?? last?.outcome ?? '',
    String(attempts.length),
    last === undefined ? '' : time(last.originatedAt ?? last.createdAt),
    heard === null ? '' : String(Math.round(heard * 100)),
    String(attempts.reduce((sum, { keys }) => sum + keys, 0)),
  ]);
}

/** A number begins with `+`, which Excel takes for a formula: as a text it stays what it is. */
function line(cells: readonly string[]): string {
  return `${cells.map((cell) => `"${(/^[=+\-@\t\r]/.test(cell) ? `'${cell}` : cell).replaceAll('"', '""')}"`).join(';')}\r\n`;
}
