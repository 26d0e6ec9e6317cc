import type { TelephonyEvent } from '../ports/telephony.ts';

/**
 * Asterisk tells of some keys twice (seen on 22.10.1, `__ast_read` in main/channel.c). While a prompt plays it looks at the
 * ends of keys only. A key that began then and ends after the prompt has no begin, so Asterisk plays it over again inside,
 * for as long as it lasted; other keys that end meanwhile are told at once, put back, and told once more when that is over.
 */
export interface RepeatedKeys {
  /** Whether the event is a key that was told before. To be asked of every event, in order. */
  isRepeat(event: TelephonyEvent): boolean;
}

/** How exactly Asterisk keeps its time: it looks with each packet, leaves 45 ms between keys, and may be busy. */
const EARLY_MS = 30;
const LATE_MS = 300;

interface Line {
  /** When its last prompt was over. */
  quietAt: number;
  /** Until when a key is played over again; keys told meanwhile come again then. */
  again: { readonly until: number; readonly told: Key[] } | null;
}

type Key = TelephonyEvent & { readonly kind: 'key' };

export function repeatedKeys(): RepeatedKeys {
  const lines = new Map<string, Line>();

  function key(event: Key): boolean {
    const line = lines.get(event.channelId);
    if (line === undefined) return false;
    const { again } = line;
    if (again !== null && event.at < again.until - EARLY_MS) {
      again.told.push(event);
      return false;
    }
    const [first] = again?.told ?? [];
    const repeat = again !== null && event.at <= again.until + LATE_MS && first?.key === event.key && first.durationMs === event.durationMs;
    if (repeat) again.told.shift();
    else line.again = line.quietAt >= event.at - event.durationMs ? { until: event.at + event.durationMs, told: [] } : null;
    return repeat;
  }

  return {
    isRepeat(event) {
      switch (event.kind) {
        case 'key':
          return key(event);
        case 'playback-finished':
          lines.set(event.channelId, { quietAt: event.at, again: lines.get(event.channelId)?.again ?? null });
          return false;
        case 'left':
        case 'destroyed':
          lines.delete(event.channelId);
          return false;
        default:
          return false;
      }
    },
  };
}
