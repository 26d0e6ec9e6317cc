/** Where in a flow file the cursor stands. Keys from the top; `[]` stands for an item of a list. */
export interface YamlPlace {
  readonly path: readonly string[];
  /** key: a name is being written · value: what stands after one · item: either, as in a list. */
  readonly kind: 'key' | 'value' | 'item';
  /** What has been written of it. */
  readonly partial: string;
}

const KEY = /^("[^"]*"|'[^']*'|[^\s:{}[\],"'#][^:]*?):(?:\s+|$)/;

/** Reads by indentation and brackets, so that it works in the middle of typing. null within a comment. */
export function placeAt(text: string, offset: number): YamlPlace | null {
  const start = text.lastIndexOf('\n', offset - 1) + 1;
  const line = text.slice(start, offset);
  if (/(^|\s)#/.test(line.replace(/"[^"]*"|'[^']*'/g, ''))) return null;
  const { column, dash, rest } = headOf(line);
  const above = parentsAbove(text.slice(0, start).split('\n').slice(0, -1), column, dash);
  return placeIn(rest, above);
}

interface Head {
  /** Where the key or the value begins. */
  readonly column: number;
  /** Column of the dash in front of it; null when there is none. */
  readonly dash: number | null;
  readonly rest: string;
}

function headOf(line: string): Head {
  const [whole = '', spaces = '', dashes = ''] = /^(\s*)((?:- +|-$)*)/.exec(line) ?? [];
  return { column: whole.length, dash: dashes === '' ? null : spaces.length, rest: line.slice(whole.length) };
}

/** Keys that the line at this column stands in. */
function parentsAbove(lines: readonly string[], column: number, dash: number | null): string[] {
  const path: string[] = dash === null ? [] : ['[]'];
  // A list may stand as far left as the key it belongs to.
  let limit = dash === null ? column : dash + 1;
  for (const line of lines.toReversed()) {
    if (/^\s*(#|$)/.test(line)) continue;
    const head = headOf(line);
    const key = keyOf(head.rest);
    if (head.column < limit && key !== undefined) {
      path.unshift(key);
      limit = head.column;
    }
    if (head.dash !== null && head.column <= limit && head.dash < limit) {
      path.unshift('[]');
      limit = head.dash + 1;
    }
    if (limit === 0) break;
  }
  return path;
}

function keyOf(text: string): string | undefined {
  return KEY.exec(text)?.[1]?.replace(/^["']|["']$/g, '');
}

function placeIn(text: string, path: readonly string[], inMap = false): YamlPlace {
  const key = keyOf(text);
  const value = key === undefined ? text : text.replace(KEY, '');
  const inside = key === undefined ? path : [...path, key];
  if (value.startsWith('{')) return placeIn(lastPiece(value.slice(1)), inside, true);
  if (value.startsWith('[')) return placeIn(lastPiece(value.slice(1)), [...inside, '[]']);
  if (key !== undefined) return { path: inside, kind: 'value', partial: value };
  return { path, kind: path.at(-1) === '[]' && !inMap ? 'item' : 'key', partial: value };
}

/** What stands after the last comma that is in no bracket of its own. */
function lastPiece(text: string): string {
  let from = 0;
  let depth = 0;
  let quote = '';
  for (const [at, char] of [...text].entries()) {
    if (quote !== '') quote = char === quote ? '' : quote;
    else if (char === '"' || char === "'") quote = char;
    else if (char === '{' || char === '[') depth += 1;
    else if (char === '}' || char === ']') depth -= 1;
    else if (char === ',' && depth === 0) from = at + 1;
  }
  return text.slice(from).trimStart();
}

/** The names of the nodes, in the order of the text. */
export function nodeNames(text: string): string[] {
  const lines = text.split('\n');
  const first = lines.findIndex((line) => line.startsWith('nodes:')) + 1;
  if (first === 0) return [];
  const names: string[] = [];
  let column: number | null = null;
  for (const line of lines.slice(first)) {
    if (/^[^\s#]/.test(line)) break;
    const head = headOf(line);
    const key = keyOf(head.rest);
    if (key === undefined) continue;
    column ??= head.column;
    if (head.column === column) names.push(key);
  }
  return names;
}

/** The type of a node as it is written; undefined when it is not there yet. */
export function nodeType(text: string, node: string): string | undefined {
  const lines = text.split('\n');
  const nodes = lines.findIndex((line) => line.startsWith('nodes:'));
  const at = lines.findIndex((line, index) => index > nodes && keyOf(line.trim()) === node && /^\s/.test(line));
  if (nodes < 0 || at < 0) return undefined;
  const column = headOf(lines[at] ?? '').column;
  const end = lines.findIndex((line, index) => index > at && /\S/.test(line) && headOf(line).column <= column);
  const block = lines.slice(at, end < 0 ? undefined : end).join('\n');
  return /[{\s]type:\s*([a-z][a-zA-Z-]*)/.exec(block)?.[1];
}
