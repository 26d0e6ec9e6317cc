import { bucketsOf, type MatchMode, SUFFIX_DIGITS } from './match-mode.ts';

/** How many keys are shared by how many customers: `[[1, 36788], [2, 18394], …]`. */
export type BucketSizes = readonly (readonly [size: number, keys: number])[];

/** What callers' matches will look like. Shares are from 0 to 1. */
export interface MatchFigures {
  /** Entries of the list that a customer who calls brings up, the customer among them. */
  readonly expectedList: number;
  /** The customer alone is found. */
  readonly unique: number;
  /** A caller who is no customer brings somebody up all the same; null where keys are never shared. */
  readonly falsePop: number | null;
  /** So long at most is the list for 95 and 99 of 100 customers. */
  readonly p95: number;
  readonly p99: number;
  readonly longest: number | null;
}

export interface Advice {
  /** More than two on the list, on the average: callers will be asked, and agents will click. */
  readonly tooMany: boolean;
  /** Digits that keep a second card from more than one customer in ten; null: so many digits are nearly the whole number, take a token. */
  readonly digits: number | null;
  readonly mode: 'suffix' | 'hmac-full';
}

/** One customer in ten sees a second card: that is how long a suffix should be at least. */
const MOST_PER_KEY = 0.1;
const WARN_ABOVE = 2;
/** Past seven digits little is left to hide: ask for a token instead. */
const LONGEST_ADVISED = 7;

/** The figures that mathematics expects: keys of so many customers spread evenly (other matches are Poisson-distributed). */
export function expectedFigures(customers: number, buckets: number): MatchFigures {
  const others = Math.max(0, customers - 1) / buckets;
  return {
    expectedList: 1 + others,
    unique: Math.exp(-others),
    falsePop: 1 - Math.exp(-customers / buckets),
    p95: 1 + poissonQuantile(others, 0.95),
    p99: 1 + poissonQuantile(others, 0.99),
    longest: null,
  };
}

/** The figures of the data as it is: company blocks and family telephones make lists longer than mathematics expects. */
export function realFigures(sizes: BucketSizes, mode: MatchMode): MatchFigures {
  const customers = sum(sizes, (size, keys) => size * keys);
  const buckets = bucketsOf(mode);
  const occupied = sum(sizes, (_size, keys) => keys);
  if (customers === 0) return { expectedList: 0, unique: 0, falsePop: buckets === null ? null : 0, p95: 0, p99: 0, longest: 0 };
  return {
    expectedList: sum(sizes, (size, keys) => size * size * keys) / customers,
    unique: sum(sizes, (size, keys) => (size === 1 ? keys : 0)) / customers,
    falsePop: buckets === null ? null : occupied / buckets,
    p95: quantile(sizes, customers, 0.95),
    p99: quantile(sizes, customers, 0.99),
    longest: Math.max(...sizes.map(([size]) => size)),
  };
}

/** Whether the list is too long on the average, and how many digits would do for so many customers. */
export function adviceFor(customers: number, { expectedList }: Pick<MatchFigures, 'expectedList'>): Advice {
  const all = Array.from({ length: SUFFIX_DIGITS.most }, (_, index) => index + 1);
  const digits = all.find((d) => d >= 5 && customers / 10 ** d <= MOST_PER_KEY) ?? null;
  const few = digits !== null && digits <= LONGEST_ADVISED;
  return { tooMany: expectedList > WARN_ABOVE, digits: few ? digits : null, mode: few ? 'suffix' : 'hmac-full' };
}

/** Share of other callers who would be taken for one of so many VIPs if their last digits decided: why they never do. */
export function falselyVip(vips: number, digits: number): number {
  return 1 - Math.exp(-vips / 10 ** digits);
}

function poissonQuantile(mean: number, share: number): number {
  let probability = Math.exp(-mean);
  let reached = probability;
  let value = 0;
  for (; reached < share && value < 10_000; reached += probability) {
    value += 1;
    probability *= mean / value;
  }
  return value;
}

/** The size that so great a share of customers does not exceed. */
function quantile(sizes: BucketSizes, customers: number, share: number): number {
  let reached = 0;
  for (const [size, keys] of sizes.toSorted(([a], [b]) => a - b)) {
    reached += size * keys;
    if (reached >= share * customers) return size;
  }
  return 0;
}

function sum(sizes: BucketSizes, of: (size: number, keys: number) => number): number {
  return sizes.reduce((total, [size, keys]) => total + of(size, keys), 0);
}
