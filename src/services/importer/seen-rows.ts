const EMPTY = 0;
const FIRST_SLOTS = 1024;
const FULLEST = 0.6;

/** Which row was the first of its kind, for millions of rows in a few bytes each. */
export interface SeenRows {
  /** The row that had this hash before, or undefined; the hash is then this row's. `row` is at least 1. */
  first(high: number, low: number, row: number): number | undefined;
}

/**
 * A hash table of 64-bit hashes in flat arrays, 12 bytes a slot: a Map of a million texts takes a hundred megabytes. Two
 * rows of one hash by accident: once in 30 million imports of a million rows.
 */
export function createSeenRows(): SeenRows {
  let slots = FIRST_SLOTS;
  let highs = new Uint32Array(slots);
  let lows = new Uint32Array(slots);
  let rows = new Uint32Array(slots);
  let used = 0;

  function place(high: number, low: number): number {
    let at = low & (slots - 1);
    while (rows[at] !== EMPTY && (highs[at] !== high || lows[at] !== low)) at = (at + 1) & (slots - 1);
    return at;
  }

  function grow(): void {
    const [oldHighs, oldLows, oldRows] = [highs, lows, rows];
    slots *= 2;
    highs = new Uint32Array(slots);
    lows = new Uint32Array(slots);
    rows = new Uint32Array(slots);
    oldRows.forEach((row, index) => {
      if (row === EMPTY) return;
      const at = place(oldHighs[index] ?? 0, oldLows[index] ?? 0);
      highs[at] = oldHighs[index] ?? 0;
      lows[at] = oldLows[index] ?? 0;
      rows[at] = row;
    });
  }

  return {
    first(high, low, row) {
      const at = place(high >>> 0, low >>> 0);
      const known = rows[at];
      if (known !== undefined && known !== EMPTY) return known;
      highs[at] = high;
      lows[at] = low;
      rows[at] = row;
      used += 1;
      if (used > slots * FULLEST) grow();
      return undefined;
    },
  };
}
