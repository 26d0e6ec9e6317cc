/** Addresses remembered at most: whoever has endless ones must not fill the memory. */
const MOST_VISITORS = 20_000;
const HOUR_MS = 3_600_000;

/** How often each address sent a form within the last hour; in memory, for this process. */
export interface Visitors {
  /** Counts one more; false, and not counted, where there were `most` already. */
  admit(address: string, most: number, now: number): boolean;
}

export function createVisitors(): Visitors {
  const times = new Map<string, readonly number[]>();
  return {
    admit(address, most, now) {
      const key = networkOf(address);
      const before = (times.get(key) ?? []).filter((at) => at > now - HOUR_MS);
      if (before.length >= most) return false;
      // Put last, so that the one longest untouched is the first to go.
      times.delete(key);
      times.set(key, [...before, now]);
      const [oldest] = times.size > MOST_VISITORS ? times.keys() : [];
      if (oldest !== undefined) times.delete(oldest);
      return true;
    },
  };
}

/** Of IPv6 the first 64 bits: one household has all the rest. */
export function networkOf(address: string): string {
  const mapped = /^::ffff:(\d+\.\d+\.\d+\.\d+)$/i.exec(address)?.[1];
  if (mapped !== undefined || !address.includes(':')) return mapped ?? address;
  const [head = '', tail] = address.replace(/%.*$/, '').split('::');
  const parts = (text: string): readonly string[] => (text === '' ? [] : text.split(':'));
  const missing = tail === undefined ? 0 : Math.max(0, 8 - parts(head).length - parts(tail).length);
  const all = [...parts(head), ...Array.from({ length: missing }, () => '0'), ...parts(tail ?? '')];
  return all
    .slice(0, 4)
    .map((part) => Number.parseInt(part, 16).toString(16))
    .join(':');
}
