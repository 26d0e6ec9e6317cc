import type { BrandId } from '../../domain/brand.ts';
import { type Advice, adviceFor, expectedFigures, falselyVip, type MatchFigures, realFigures } from '../../domain/matching/expectation.ts';
import { bucketsOf, type MatchForm, type MatchMode, readForm } from '../../domain/matching/match-mode.ts';
import type { Clock } from '../../ports/clock.ts';
import type { MatchStore } from '../../ports/matching.ts';

/** What an administrator is told of how callers will be recognised. */
export interface Expectation {
  readonly customers: number;
  /** One for each way in which keys of the brand's customers were made. */
  readonly forms: readonly {
    readonly form: MatchForm;
    readonly mode: MatchMode;
    readonly keys: number;
    readonly real: MatchFigures;
    /** null where keys are never shared. */
    readonly expected: MatchFigures | null;
  }[];
  readonly advice: Advice;
  /** Numbers in segments, and which share of other callers would be taken for one of them if five digits decided. */
  readonly segments: { readonly numbers: number; readonly falselyBySuffix: number };
}

export interface Expectations {
  of(brand: BrandId): Promise<Expectation>;
  forget(brand: BrandId): void;
}

/** Counting a million keys takes seconds: what was counted is good for so long, unless something is imported. */
const FRESH_MS = 10 * 60_000;
const SHOWN_DIGITS = 5;

export function createExpectations(store: MatchStore, clock: Pick<Clock, 'now'>): Expectations {
  const kept = new Map<BrandId, { readonly at: number; readonly figures: Promise<Expectation> }>();
  return {
    of(brand) {
      const known = kept.get(brand);
      if (known !== undefined && clock.now() - known.at < FRESH_MS) return known.figures;
      const entry = { at: clock.now(), figures: count(store, brand) };
      kept.set(brand, entry);
      entry.figures.catch(() => kept.delete(brand));
      return entry.figures;
    },
    forget: (brand) => void kept.delete(brand),
  };
}

async function count(store: MatchStore, brand: BrandId): Promise<Expectation> {
  const [customers, forms, segmentSizes] = [await store.count(brand), await store.forms(brand), await store.segmentSizes(brand)];
  const figures: Expectation['forms'][number][] = [];
  for (const form of forms) {
    const mode = readForm(form)?.mode;
    if (mode === undefined) continue;
    const sizes = await store.bucketSizes(brand, form);
    const keys = sizes.reduce((sum, [size, n]) => sum + size * n, 0);
    const buckets = bucketsOf(mode);
    if (keys > 0)
      figures.push({
        form,
        mode,
        keys,
        real: realFigures(sizes, mode),
        expected: buckets === null ? null : expectedFigures(keys, buckets),
      });
  }
  const longest = Math.max(0, ...figures.map(({ real }) => real.expectedList));
  const numbers = [...segmentSizes.values()].reduce((sum, n) => sum + n, 0);
  return {
    customers,
    forms: figures,
    advice: adviceFor(customers, { expectedList: longest }),
    segments: { numbers, falselyBySuffix: falselyVip(numbers, SHOWN_DIGITS) },
  };
}
