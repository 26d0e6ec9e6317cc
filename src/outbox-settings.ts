import type { Config } from './config/config.ts';
import type { OutboxSettings } from './services/outbox/outbox.ts';

const HOUR_MS = 3_600_000;

/** How long messages are kept, out of the settings. */
export function outboxSettings(config: Pick<Config, 'outboxKeepHours' | 'outboxDeadDays' | 'outboxStaleHours'>): OutboxSettings {
  return {
    keepMs: config.outboxKeepHours * HOUR_MS,
    keepDeadMs: config.outboxDeadDays * 24 * HOUR_MS,
    staleMs: config.outboxStaleHours * HOUR_MS,
  };
}
