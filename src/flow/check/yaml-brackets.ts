/** What was most likely meant where YAML cannot be read. */
export interface Slip {
  /** `line`: of this line alone; `indent` and `bracket`: what comes after it in the file is read wrongly, too. */
  readonly kind: 'line' | 'indent' | 'bracket';
  readonly remedy: string;
  /** Where it is, from 1, when that is not where YAML stumbles. */
  readonly place?: { readonly line: number; readonly column: number };
}

const CLOSING: Readonly<Record<string, string>> = { '{': '}', '[': ']' };
const NEXT_KEY = `["']?[\\w*#.-]+["']?:(?:\\s|$)`;
const BEGINS_WITH_KEY = new RegExp(`^\\s*${NEXT_KEY}`);
/** What stands closed, and then a key without a comma before it. */
const CLOSED_THEN_KEY = new RegExp(`["'}\\]]\\s+(${NEXT_KEY})`);
/** A name or a number as a value, and then a key; of words it is not known whether they go on. */
const NAME_THEN_KEY = new RegExp(`[{,]\\s*["']?[\\w*#.-]+["']?:\\s+[\\w.-]+\\s+(${NEXT_KEY})`);
/** Words as a text in one language, and then the other language. */
const WORDS_THEN_LANGUAGE = /[{,]\s*(?:tr|en):\s+[^"'{[,}\s][^{[,}]*\s(tr:|en:)\s/;

interface Bracket {
  readonly sign: string;
  readonly line: number;
  readonly column: number;
}

/** Where YAML misses the end of braces or brackets at `line`, or finds one too many: what was most likely meant. */
export function slipOfBrackets(lines: readonly string[], line: number, said: string): Slip | null {
  if (/must .*end with a [}\]]$/.test(said)) return unclosed(openAt(lines, line));
  const sign = /^Unexpected flow-(map|seq)-end/.exec(said)?.[1] === 'map' ? '}' : ']';
  if (!/^Unexpected flow-(?:map|seq)-end/.test(said) || depthOf(lines[line - 1] ?? '') >= 0) return null;
  return { kind: 'bracket', remedy: `This line closes more than it opens: remove one ${sign}.` };
}

function unclosed(open: Bracket | undefined): Slip | null {
  if (open === undefined) return null;
  const { sign, line, column } = open;
  return {
    kind: 'bracket',
    remedy: `The ${sign} in line ${line}, column ${column} is not closed: write ${CLOSING[sign]} where it ends.`,
    place: { line, column },
  };
}

/** The first bracket that is open where `line` begins. */
function openAt(lines: readonly string[], line: number): Bracket | undefined {
  const open: Bracket[] = [];
  for (const [at, words] of lines.slice(0, line - 1).entries())
    for (const { 0: sign, index } of bare(words).matchAll(/[{[}\]]/g)) {
      if (sign in CLOSING) open.push({ sign, line: at + 1, column: index + 1 });
      else open.pop();
    }
  return open[0];
}

/** A comma that is missing between what stands in braces; of one line, or at the end of the one before it. */
export function slipOfComma(lines: readonly string[], line: number, said: string): Slip | null {
  const words = blank(lines[line - 1] ?? '');
  const key = (CLOSED_THEN_KEY.exec(words) ?? NAME_THEN_KEY.exec(words) ?? WORDS_THEN_LANGUAGE.exec(words))?.[1]?.trim();
  if (key !== undefined && /[{[]/.test(words)) return { kind: 'line', remedy: `A comma must stand before ${key}` };
  if (openAt(lines, line) === undefined) return null;
  // A value that runs into the next line's key is told where it begins.
  const last = said.startsWith('Implicit keys need') ? line : line - 1;
  const above = bare(lines[last - 1] ?? '').trimEnd();
  if (above === '' || /[,{[]$/.test(above) || !BEGINS_WITH_KEY.test(lines[last] ?? '')) return null;
  return { kind: 'line', remedy: `A comma must stand at the end of line ${last}.` };
}

/** Brackets that a line opens and does not close, quoted ones aside. */
export function depthOf(words: string): number {
  return (bare(words).match(/[{[]/g) ?? []).length - (bare(words).match(/[}\]]/g) ?? []).length;
}

/** The line without quoted texts and without a comment; what is left stands where it stood. */
function bare(words: string): string {
  return blank(words).replace(/(?:^|\s)#.*$/, '');
}

/** What stands in quotes as dots. */
export function blank(words: string): string {
  return words.replace(/"(?:\\.|[^"\\])*"|(?<=^|[\s{[,:])'(?:[^']|'')*'/g, (text) => `${text[0]}${'.'.repeat(text.length - 2)}${text[0]}`);
}
