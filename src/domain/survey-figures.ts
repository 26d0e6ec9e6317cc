/** How many gave each answer. Counts of several groups may be added; shares never. */
export type Tally = ReadonlyMap<number, number>;

export interface NpsFigures {
  readonly answers: number;
  /** 9 and 10. */
  readonly promoters: number;
  /** 7 and 8: they count among the answers. */
  readonly passives: number;
  /** 0 to 6. */
  readonly detractors: number;
  /** -100 to 100; null without answers. */
  readonly score: number | null;
  /** Half the width of the 95 % interval, in points; null without answers. */
  readonly margin: number | null;
}

export interface ScaleFigures {
  readonly answers: number;
  /** Answers in the two best boxes. */
  readonly topTwo: number;
  /** Their share in percent; null without answers. */
  readonly share: number | null;
  readonly mean: number | null;
}

/** How each figure is made, as it is shown beside it. */
export const FORMULAS = {
  score: '100 × (promoters − detractors) / answers',
  margin: '1.96 × √(v / answers) × 100, v = p + d − (p − d)²',
  topTwo: '100 × (answers in the two best boxes) / answers',
  mean: 'Σ answers / number of answers',
  responseRate: '100 × answered / invited',
} as const;

const PROMOTER = 9;
const PASSIVE = 7;
/** The normal distribution has 95 % within this many standard deviations. */
const Z_95 = 1.96;

export function countOf(tally: Tally): number {
  return [...tally.values()].reduce((sum, count) => sum + count, 0);
}

export function npsFigures(tally: Tally): NpsFigures {
  const between = (low: number, high: number): number =>
    [...tally].reduce((sum, [value, count]) => (value >= low && value <= high ? sum + count : sum), 0);
  const promoters = between(PROMOTER, Infinity);
  const passives = between(PASSIVE, PROMOTER - 1);
  const detractors = between(-Infinity, PASSIVE - 1);
  const answers = promoters + passives + detractors;
  if (answers === 0) return { answers, promoters, passives, detractors, score: null, margin: null };
  const [p, d] = [promoters / answers, detractors / answers];
  // A little below zero by rounding where all answers are alike.
  const variance = Math.max(0, p + d - (p - d) ** 2);
  const margin = Z_95 * Math.sqrt(variance / answers) * 100;
  return { answers, promoters, passives, detractors, score: (100 * (promoters - detractors)) / answers, margin };
}

/** Of a scale from 1 to `points`. */
export function scaleFigures(tally: Tally, points: number): ScaleFigures {
  const answers = countOf(tally);
  const topTwo = [...tally].reduce((sum, [value, count]) => (value >= points - 1 ? sum + count : sum), 0);
  const total = [...tally].reduce((sum, [value, count]) => sum + value * count, 0);
  if (answers === 0) return { answers, topTwo, share: null, mean: null };
  return { answers, topTwo, share: (100 * topTwo) / answers, mean: total / answers };
}

/** A part of a whole in percent; null where there is no whole. */
export function percentOf(part: number, whole: number): number | null {
  return whole === 0 ? null : (100 * part) / whole;
}

export function addTallies(tallies: Iterable<Tally>): Tally {
  const sum = new Map<number, number>();
  for (const tally of tallies) for (const [value, count] of tally) sum.set(value, (sum.get(value) ?? 0) + count);
  return sum;
}
