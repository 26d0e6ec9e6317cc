import { DIAL_OUTCOMES } from '../../domain/dial-outcome.ts';
import type { JournalEntry } from '../../domain/journal.ts';
import type { Metrics } from './metrics.ts';

/** Counts what journal lines tell by themselves. To be called once for each line that was stored, as `CallFeed.publish` is. */
export function countFacts(metrics: Pick<Metrics, 'legEnded' | 'flowFault'>): (entries: readonly JournalEntry[]) => void {
  return (entries) => {
    for (const { kind, data } of entries) {
      if (kind === 'leg-ended') {
        const outcome = DIAL_OUTCOMES.find((one) => one === data['outcome']);
        if (outcome !== undefined) metrics.legEnded(outcome);
      } else if (kind === 'fault' && typeof data['code'] === 'string') metrics.flowFault(data['code']);
    }
  };
}
