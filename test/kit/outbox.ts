import { NO_METRICS } from '../../src/services/metrics/metrics.ts';
import { createOutbox, type Outbox, type OutboxDeps } from '../../src/services/outbox/outbox.ts';
import { silentLog } from './asterisk.ts';

const HOUR_MS = 3_600_000;
export const NO_NOTIFIERS = { sms: null, email: null, webhook: null } as const;
export const NO_WORDING = { messages: new Map(), senders: new Map(), zone: 'Europe/Istanbul' } as const;

/** An outbox with everything but what is named at its usual value; without providers nothing is sent. */
export function testOutbox(deps: Pick<OutboxDeps, 'store' | 'consents' | 'clock'> & Partial<OutboxDeps>): Outbox {
  return createOutbox({
    notifiers: NO_NOTIFIERS,
    wording: NO_WORDING,
    random: () => 0.5,
    log: silentLog,
    metrics: NO_METRICS,
    timeoutMs: 10_000,
    attempts: 5,
    parallel: 4,
    settings: { keepMs: 24 * HOUR_MS, keepDeadMs: 168 * HOUR_MS, staleMs: 72 * HOUR_MS },
    ...deps,
  });
}
