/** One line of two texts laid beside each other. Numbers count from 1; null where the line is not in that text. */
export interface DiffLine {
  readonly kind: 'same' | 'added' | 'removed';
  readonly text: string;
  readonly before: number | null;
  readonly after: number | null;
}

/** A run of lines that differ with some that don't around them, or the number of lines left out between such runs. */
export type DiffPart =
  | { readonly kind: 'lines'; readonly lines: readonly DiffLine[] }
  | { readonly kind: 'skipped'; readonly count: number /** Index of the first one. */; readonly from: number };

const LINES_AROUND = 3;
/** Beyond this many differences the rest is told as replaced: nobody reads it line by line, and the search stays quick. */
const MOST_EDITS = 2000;

/** The shortest way from one text to the other, line by line (Myers, "An O(ND) Difference Algorithm", 1986). */
export function diffLines(before: string, after: string): DiffLine[] {
  const [a, b] = [linesOf(before), linesOf(after)];
  const start = commonStart(a, b);
  const end = commonEnd(a, b, start);
  const middle = editsOf(a.slice(start, a.length - end), b.slice(start, b.length - end));
  const same = (text: string): Edit => ({ kind: 'same', text });
  return numbered([...a.slice(0, start).map(same), ...middle, ...a.slice(a.length - end).map(same)]);
}

type Edit = Pick<DiffLine, 'kind' | 'text'>;

/** The end of a file’s last line is no line of its own. */
function linesOf(text: string): string[] {
  return text === '' ? [] : text.replace(/\n$/, '').split('\n');
}

function commonStart(a: readonly string[], b: readonly string[]): number {
  let count = 0;
  while (count < a.length && count < b.length && a[count] === b[count]) count += 1;
  return count;
}

function commonEnd(a: readonly string[], b: readonly string[], start: number): number {
  let count = 0;
  while (count < a.length - start && count < b.length - start && a[a.length - 1 - count] === b[b.length - 1 - count]) count += 1;
  return count;
}

function editsOf(a: readonly string[], b: readonly string[]): Edit[] {
  const most = Math.min(a.length + b.length, MOST_EDITS);
  const furthest = new Map<number, number>([[1, 0]]);
  const trace: Map<number, number>[] = [];
  for (let edits = 0; edits <= most; edits += 1) {
    trace.push(new Map(furthest));
    for (let k = -edits; k <= edits; k += 2) {
      const down = k === -edits || (k !== edits && at(furthest, k - 1) < at(furthest, k + 1));
      let x = down ? at(furthest, k + 1) : at(furthest, k - 1) + 1;
      while (x < a.length && x - k < b.length && a[x] === b[x - k]) x += 1;
      furthest.set(k, x);
      if (x >= a.length && x - k >= b.length) return wayBack(a, b, trace);
    }
  }
  return [...a.map((text): Edit => ({ kind: 'removed', text })), ...b.map((text): Edit => ({ kind: 'added', text }))];
}

function at(furthest: ReadonlyMap<number, number>, k: number): number {
  return furthest.get(k) ?? 0;
}

function wayBack(a: readonly string[], b: readonly string[], trace: readonly ReadonlyMap<number, number>[]): Edit[] {
  const edits: Edit[] = [];
  let [x, y] = [a.length, b.length];
  const same = (): void => {
    x -= 1;
    y -= 1;
    edits.push({ kind: 'same', text: a[x] ?? '' });
  };
  for (let step = trace.length - 1; step >= 0; step -= 1) {
    const furthest = trace[step] ?? new Map<number, number>();
    const k = x - y;
    const down = k === -step || (k !== step && at(furthest, k - 1) < at(furthest, k + 1));
    const fromX = step === 0 ? 0 : at(furthest, down ? k + 1 : k - 1);
    const fromY = step === 0 ? 0 : fromX - (down ? k + 1 : k - 1);
    while (x > fromX && y > fromY) same();
    if (step === 0) break;
    if (down) edits.push({ kind: 'added', text: b[(y -= 1)] ?? '' });
    else edits.push({ kind: 'removed', text: a[(x -= 1)] ?? '' });
  }
  return edits.reverse();
}

function numbered(edits: readonly Edit[]): DiffLine[] {
  let [before, after] = [0, 0];
  return edits.map(({ kind, text }) => {
    if (kind !== 'added') before += 1;
    if (kind !== 'removed') after += 1;
    return { kind, text, before: kind === 'added' ? null : before, after: kind === 'removed' ? null : after };
  });
}

/** Leaves out what is the same, but for a few lines around each difference. */
export function partsOf(lines: readonly DiffLine[]): DiffPart[] {
  const near = new Set<number>();
  for (const [index, { kind }] of lines.entries()) {
    if (kind === 'same') continue;
    for (let at = index - LINES_AROUND; at <= index + LINES_AROUND; at += 1) near.add(at);
  }
  const parts: DiffPart[] = [];
  for (const [index, line] of lines.entries()) {
    const last = parts.at(-1);
    if (near.has(index)) {
      if (last?.kind === 'lines') parts[parts.length - 1] = { kind: 'lines', lines: [...last.lines, line] };
      else parts.push({ kind: 'lines', lines: [line] });
    } else if (last?.kind === 'skipped') parts[parts.length - 1] = { ...last, count: last.count + 1 };
    else parts.push({ kind: 'skipped', count: 1, from: index });
  }
  return parts;
}
