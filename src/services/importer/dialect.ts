export const SEPARATORS = [';', ',', '\t', '|'] as const;
export type Separator = (typeof SEPARATORS)[number];

const LINES_LOOKED_AT = 20;

/** How a text's cells are divided: as its first line `sep=;` says, else the likeliest. `skip`: characters of that line. */
export function dialectOf(text: string): { readonly separator: Separator; readonly skip: number } {
  const declared = /^sep=([;,\t|])\r?\n/i.exec(text);
  if (declared !== null) return { separator: declared[1] as Separator, skip: declared[0].length };
  return { separator: likeliestSeparator(text), skip: 0 };
}

/** The separator that cuts the first lines into the most columns, the same number in each line. Quoted text does not count. */
function likeliestSeparator(text: string): Separator {
  const lines = text
    .replace(/"(?:[^"]|"")*"/g, '')
    .split(/\r\n|\n|\r/)
    .filter((line) => line.trim() !== '')
    .slice(0, LINES_LOOKED_AT);
  const scored = SEPARATORS.map((separator) => {
    const counts = lines.map((line) => line.split(separator).length);
    const first = counts[0] ?? 1;
    const alike = counts.filter((count) => count === first).length / Math.max(counts.length, 1);
    return { separator, score: first === 1 ? 0 : alike + first / 1000 };
  });
  return scored.reduce((best, one) => (one.score > best.score ? one : best), { separator: ';' as Separator, score: 0 }).separator;
}
