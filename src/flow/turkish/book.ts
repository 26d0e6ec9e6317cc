/**
 * An English sentence and the Turkish one. `‹name›` stands for what is written there and stays as it is; `‹name:book›`
 * for words that are themselves translated, by the book of that name.
 */
export type Line = readonly [english: string, turkish: string];

/** The Turkish for an English sentence; null when no line of the book is it. */
export type Book = (text: string) => string | null;

/** Longer texts hold what somebody else has written: they are not searched for patterns. */
const LONGEST = 4000;
const PLACE = /‹([a-zA-Z]+)(?::([a-zA-Z]+))?›/g;

interface Pattern {
  readonly shape: RegExp;
  readonly names: readonly (readonly [name: string, book: string | undefined])[];
  readonly turkish: string;
}

/** The first line that fits is taken: lines that begin with words before those that begin with a `‹name›`, else in their order. */
export function bookOf(lines: readonly Line[], books: Readonly<Record<string, Book>> = {}): Book {
  const byStart = new Map<string, Pattern[]>();
  const open: Pattern[] = [];
  for (const [english, turkish] of lines) {
    const pattern = patternOf(english, turkish);
    const start = english.charAt(0);
    if (start === '‹') open.push(pattern);
    else byStart.set(start, [...(byStart.get(start) ?? []), pattern]);
  }
  return (text) => {
    if (text.length > LONGEST) return null;
    for (const pattern of [...(byStart.get(text.charAt(0)) ?? []), ...open]) {
      const said = saidBy(pattern, text, books);
      if (said !== null) return said;
    }
    return null;
  };
}

/** The names in a line's pattern, in the order of the alphabet. */
export function namesIn(pattern: string): readonly string[] {
  return [...pattern.matchAll(PLACE)].map(([, name = '']) => name).sort();
}

function patternOf(english: string, turkish: string): Pattern {
  const names = [...english.matchAll(PLACE)].map(([, name = '', book]) => [name, book] as const);
  const shape = english
    .split(PLACE)
    .filter((_, at) => at % 3 === 0)
    .map((words) => words.replace(/[.*+?^${}()|[\]\\]/g, '\\$&'))
    .join('([\\s\\S]*?)');
  return { shape: new RegExp(`^${shape}$`), names, turkish };
}

function saidBy({ shape, names, turkish }: Pattern, text: string, books: Readonly<Record<string, Book>>): string | null {
  const found = shape.exec(text);
  if (found === null) return null;
  const values = new Map<string, string>();
  for (const [at, [name, book]] of names.entries()) {
    const written = found[at + 1] ?? '';
    const said = book === undefined ? written : (books[book]?.(written) ?? null);
    if (said === null) return null;
    values.set(name, said);
  }
  return turkish.replace(PLACE, (_, name: string) => values.get(name) ?? '');
}
