import { blank, depthOf, type Slip, slipOfBrackets, slipOfComma } from './yaml-brackets.ts';

/** Text of one line, from a key on. Keys as people write them: quoted, or without what YAML takes for its own. */
const KEY = /^(\s*(?:- +)*)("[^"]*"|'[^']*'|[^\s"'{}[\],&*#!|>%@`-][^:{}"']*)(:)(\s+\S.*|\s*)$/;
/** `key: text` within braces; the text ends where the braces go on. */
const PAIR_IN_BRACES = /[{,]\s*([\w."'-]+):\s+([^"'{[\s][^,{}[\]]*)/g;
/** `key: {{name}} and more` within braces; the text ends with the next key or the braces. */
const PLACE_IN_BRACES = /[{,]\s*([\w."'-]+):\s+(\{\{.*?\}\}.*?)(?=,\s*[\w."'-]+:\s|[\s}]*$)/g;
const SPECIAL = /^(?:[@`%*&!]|\{\{)/;
/** A text in single quotes with an apostrophe between letters, up to where it was meant to end. */
const APOSTROPHE = /(?<=^|[\s{[,:])'((?:[^']|'')*[\p{L}\d]'(?!')(?:[^']|'(?!\s*(?:[,}\]]|$)))*)'(?=\s*(?:[,}\]]|$))/u;

/** The likely slip at the line (from 1) at which YAML stumbles, and what it says there; null when nothing is to be seen. */
export function likelySlip(text: string, line: number, said: string): Slip | null {
  const lines = text.split(/\r?\n/);
  const words = lines[line - 1] ?? '';
  if (/^ *\t/.test(words)) return { kind: 'indent', remedy: 'This line is indented with a tab: indent with spaces.' };
  const found = slipOfQuotes(words) ?? slipOfBrackets(lines, line, said) ?? slipOfComma(lines, line, said) ?? slipOfLine(words);
  if (found !== null) return typeof found === 'string' ? { kind: 'line', remedy: found } : found;
  const indented = slipOfIndent(lines, line);
  return indented === null ? null : { kind: 'indent', remedy: indented };
}

export const STRAIGHT = 'Use straight quotes (") instead of “ ”.';

/** Quotes that are none, or that end too early. */
function slipOfQuotes(line: string): string | null {
  const rest = blank(line);
  if (/(?:^|[\s{[,:])[“”„‟‘]/.test(rest) || ((rest.match(/"/g) ?? []).length % 2 === 1 && /[“”„‟]/.test(rest))) return STRAIGHT;
  const apostrophe = APOSTROPHE.exec(line.replace(/"(?:\\.|[^"\\])*"/g, (text) => '.'.repeat(text.length)));
  if (apostrophe === null) return null;
  const text = line.slice(apostrophe.index + 1, apostrophe.index + apostrophe[0].length - 1);
  const mended = text.includes('"') ? `'${text.replaceAll(/'+/g, "''")}'` : `"${text.replaceAll("''", "'")}"`;
  // Where another key follows, nobody knows where the text was to end.
  const where = /,\s*[\w.-]+:\s/.test(text) ? 'the text in double quotes' : mended;
  return `The apostrophe ends the text: write ${where}`;
}

function slipOfLine(line: string): string | null {
  const key = /(?:^\s*|[{,]\s*)([*#])\s*:(?=\s|$)/.exec(line)?.[1];
  if (key !== undefined) return `Write "${key}": with quotes; without them YAML takes ${key} for its own.`;
  const glued = /^\s*(?:- +)*([A-Za-z][\w-]*):([^\s:/].*)$/.exec(line);
  if (glued !== null) return `A space must follow the colon: ${glued[1]}: ${glued[2]}`;
  const bare = unquoted(line);
  if (bare !== null) return bare;
  if ((line.replaceAll('\\"', '').match(/"/g) ?? []).length % 2 === 1) return 'A " of this line has no second one: close the text with ".';
  const alone = /^\s*([a-z][a-z0-9-]*)\s*$/.exec(line)?.[1];
  return alone === undefined ? null : `A colon must follow the name: ${alone}:`;
}

/** Text without quotes that YAML does not take for text. */
function unquoted(line: string): string | null {
  const inBraces = [...line.matchAll(PAIR_IN_BRACES), ...line.matchAll(PLACE_IN_BRACES)];
  const pairs = inBraces.map(([, key = '', value = '']) => [key, value] as const);
  const block = KEY.exec(line);
  if (block !== null) pairs.push([block[2] ?? '', block[4] ?? '']);
  for (const [key, value] of pairs) {
    const words = value.trim();
    const special = SPECIAL.exec(words)?.[0];
    if (special !== undefined) return `Text that begins with ${special} needs quotes: ${key}: "${words}"`;
    if (!/^["'{[|>]/.test(words) && /:(?:\s|$)/.test(words)) return `Text with a colon and a space needs quotes: ${key}: "${words}".`;
  }
  return null;
}

/** A line that can hold something below it, as it was walked past. */
interface Level {
  readonly indent: number;
  readonly line: number;
}

/** The first line, up to just behind `until`, whose indentation fits no line above it. */
function slipOfIndent(lines: readonly string[], until: number): string | null {
  const levels: Level[] = [];
  let open = 0;
  let block: number | null = null;
  let above: { readonly line: number; readonly indent: number; readonly opens: boolean } | null = null;
  for (const [at, line] of lines.slice(0, until + 1).entries()) {
    const words = line.trim();
    const indent = line.length - line.trimStart().length;
    if (words === '' || words.startsWith('#') || (block !== null && indent > block)) continue;
    block = null;
    const within = open > 0;
    open += depthOf(words);
    if (within) continue;
    const number = at + 1;
    if (above !== null && indent > above.indent && !above.opens && KEY.test(line)) return deeper(number, indent, above);
    while ((levels.at(-1)?.indent ?? -1) > indent) levels.pop();
    const level = levels.at(-1);
    if (level?.indent !== indent) {
      if (above !== null && indent < above.indent) return between(number, indent, above, level ?? null);
      levels.push({ indent, line: number });
    } else levels[levels.length - 1] = { indent, line: number };
    above = { line: number, indent, opens: /(?::|^-|: [|>][-+\d]*)\s*(?:#.*)?$/.test(words) || words.startsWith('- ') };
    if (/(?:^|\s)[|>][-+\d]*$/.test(words)) block = indent;
  }
  return null;
}

function deeper(line: number, indent: number, above: Level): string {
  return `Line ${line} is indented deeper (${spaces(indent)}) than line ${above.line} above it (${spaces(above.indent)}), which has its value already: indent both alike.`;
}

function between(line: number, indent: number, above: Level, level: Level | null): string {
  const outer = level === null ? '' : ` nor like line ${level.line} (${spaces(level.indent)})`;
  return `Line ${line} is indented by ${spaces(indent)}, neither like line ${above.line} above it (${spaces(above.indent)})${outer}: indent what belongs together alike.`;
}

function spaces(count: number): string {
  return count === 1 ? '1 space' : `${count} spaces`;
}
