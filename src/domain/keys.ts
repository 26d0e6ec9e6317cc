/** The keys a telephone can send (RFC 4733 events 0 to 15). */
export const KEYS = ['0', '1', '2', '3', '4', '5', '6', '7', '8', '9', '*', '#', 'A', 'B', 'C', 'D'] as const;
export type Key = (typeof KEYS)[number];

export function isKey(value: unknown): value is Key {
  return KEYS.some((key) => key === value);
}
