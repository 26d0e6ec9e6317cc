import type { BrandId } from '../../domain/brand.ts';
import { type Segment, type SegmentRules, standardSegment } from '../../domain/segment.ts';
import { isValueMap } from '../../domain/value.ts';
import type { Clock } from '../../ports/clock.ts';
import type { HttpClient } from '../../ports/http-client.ts';
import type { Log } from '../../ports/log.ts';
import type { MatchStore } from '../../ports/matching.ts';
import type { NumberTokens } from './number-tokens.ts';

/** Whom a caller counts as, and how that came to be known. */
export interface FoundSegment {
  readonly segment: Segment;
  /** table: our own, by the whole token · external: the other system said so · standard: nobody knows more. */
  readonly from: 'table' | 'external' | 'standard';
  /** Why a system that should have been asked did not decide; null: nothing failed. */
  readonly failed: 'timeout' | 'unreachable' | 'invalid' | 'store' | null;
}

export interface Segments {
  /** Never rejects, and takes no longer than the time budget: what cannot be found out is standard. Never by partial digits. */
  find(brand: BrandId, number: string, signal: AbortSignal): Promise<FoundSegment>;
  /** Names that flows/segments.yaml defines. */
  readonly names: readonly string[];
  readonly rules: SegmentRules;
}

const MAX_ANSWER_BYTES = 16_384;
const DEFAULT_BUDGET_MS = 800;

export interface SegmentDeps {
  readonly store: Pick<MatchStore, 'segmentOf'>;
  readonly tokens: Pick<NumberTokens, 'exact'>;
  readonly http: HttpClient;
  readonly clock: Clock;
  readonly log: Log;
  readonly rules: SegmentRules;
}

export function createSegments(deps: SegmentDeps): Segments {
  const { rules } = deps;
  const standard = (failed: FoundSegment['failed'] = null): FoundSegment => ({ segment: standardSegment(), from: 'standard', failed });
  return {
    names: [...rules.segments.keys()],
    rules,
    async find(brand, number, signal) {
      const tokens = deps.tokens.exact(brand, number);
      if (tokens.length === 0) return standard();
      const budget = rules.external?.timeoutMs ?? DEFAULT_BUDGET_MS;
      const found = await withinBudget(deps, budget, signal, (late) => ask(deps, brand, number, tokens, late));
      if (found === 'timeout') {
        deps.log.warn({ brand, budgetMs: budget }, 'the segment of a caller was not known in time; the caller counts as standard');
        return standard('timeout');
      }
      if (typeof found === 'object') return found;
      if (found !== 'nobody')
        deps.log.warn({ brand, reason: found }, 'the segment of a caller could not be looked up; the caller counts as standard');
      return standard(found === 'nobody' ? null : found);
    },
  };
}

type Asked = FoundSegment | 'nobody' | 'timeout' | 'unreachable' | 'invalid' | 'store';

async function ask(deps: SegmentDeps, brand: BrandId, number: string, tokens: readonly string[], signal: AbortSignal): Promise<Asked> {
  const own = await deps.store.segmentOf(brand, tokens).catch(() => null);
  const known = typeof own === 'string' ? deps.rules.segments.get(own) : undefined;
  if (known !== undefined) return { segment: known, from: 'table', failed: null };
  const outside = await askOutside(deps, number, tokens[0] ?? '', signal);
  return outside === 'nobody' && own === null ? 'store' : outside;
}

async function askOutside({ http, rules }: SegmentDeps, number: string, token: string, signal: AbortSignal): Promise<Asked> {
  const { external } = rules;
  if (external === null) return 'nobody';
  const outcome = await http.request({
    method: 'POST',
    connector: external.connector,
    url: external.path,
    headers: {},
    body: external.send === 'number' ? { number } : { token },
    timeoutMs: external.timeoutMs,
    maxBytes: MAX_ANSWER_BYTES,
    signal,
  });
  if (outcome.kind === 'error') return outcome.reason === 'timeout' || outcome.reason === 'unreachable' ? outcome.reason : 'invalid';
  const name = isValueMap(outcome.value) ? outcome.value['segment'] : undefined;
  if (name === null || name === '' || name === 'standard') return 'nobody';
  const segment = typeof name === 'string' ? rules.segments.get(name) : undefined;
  return segment === undefined ? 'invalid' : { segment, from: 'external', failed: null };
}

/** The work's result, or `timeout` when the budget or the call is over first; the work is told to stop. */
async function withinBudget<T>(
  { clock }: SegmentDeps,
  ms: number,
  signal: AbortSignal,
  work: (signal: AbortSignal) => Promise<T>,
): Promise<T | 'timeout'> {
  const late = new AbortController();
  const stop = (): void => late.abort();
  signal.addEventListener('abort', stop, { once: true });
  let cancel: () => void = () => undefined;
  const over = new Promise<'timeout'>((resolve) => {
    cancel = clock.setTimer(ms, () => resolve('timeout'));
  });
  try {
    return await Promise.race([work(late.signal), over]);
  } finally {
    cancel();
    late.abort();
    signal.removeEventListener('abort', stop);
  }
}
