const ZERO = 48;

/**
 * UTC ms of Asterisk's `2026-11-21T19:41:41.204+0000`. Every event has one or two of these, so the usual form is read by
 * hand; anything else goes to the platform. NaN when it is no time at all.
 */
export function parseTimestamp(text: string): number {
  if (text.length === 28 && text[10] === 'T' && text.endsWith('+0000')) {
    const ms = Date.UTC(
      number(text, 0, 4),
      number(text, 5, 7) - 1,
      number(text, 8, 10),
      number(text, 11, 13),
      number(text, 14, 16),
      number(text, 17, 19),
      number(text, 20, 23),
    );
    if (!Number.isNaN(ms)) return ms;
  }
  return Date.parse(text.replace(/([+-]\d{2})(\d{2})$/, '$1:$2'));
}

function number(text: string, from: number, to: number): number {
  let value = 0;
  for (let i = from; i < to; i += 1) {
    const digit = text.charCodeAt(i) - ZERO;
    if (digit < 0 || digit > 9) return Number.NaN;
    value = value * 10 + digit;
  }
  return value;
}
