/** Formatters are costly to make (50 µs and more) and depend on the zone alone, so one of each is kept. */
const formatters = new Map<string, Intl.DateTimeFormat>();

const QUARTER_MS = 900_000;
/** Since then every zone has changed its clocks at a whole quarter of an hour of UTC. */
const WHOLE_QUARTERS_SINCE = Date.UTC(1973, 0, 1);
/** Quarters kept for each zone: calls ask for now, and for the days ahead, over and over. */
const MOST_QUARTERS = 5000;
const offsets = new Map<string, Map<number, number>>();

/** What to add to UTC milliseconds to get local ones in an IANA zone at that instant. Throws RangeError when there is no such zone. */
export function zoneOffset(zone: string, utcMs: number): number {
  if (!(utcMs >= WHOLE_QUARTERS_SINCE)) return askZone(zone, utcMs);
  const quarter = Math.floor(utcMs / QUARTER_MS);
  let ofZone = offsets.get(zone);
  const known = ofZone?.get(quarter);
  if (known !== undefined) return known;
  const offset = askZone(zone, utcMs);
  if (ofZone === undefined) offsets.set(zone, (ofZone = new Map()));
  if (ofZone.size >= MOST_QUARTERS) ofZone.clear();
  ofZone.set(quarter, offset);
  return offset;
}

function askZone(zone: string, utcMs: number): number {
  const parts: Record<string, number> = {};
  for (const { type, value } of formatterOf(zone).formatToParts(utcMs)) if (type !== 'literal') parts[type] = Number(value);
  const { year = 0, month = 1, day = 1, hour = 0, minute = 0, second = 0 } = parts;
  return Date.UTC(year, month - 1, day, hour, minute, second) - Math.floor(utcMs / 1000) * 1000;
}

const OFFSET = /(?:Z|[+-]\d\d:?\d\d)$/;
const LOCAL = /^\d{4}-\d\d-\d\dT\d\d:\d\d/;

/** UTC ms of `2026-11-23T10:00` on the clocks of a zone, or of a time with an offset of its own; undefined for what is no time. */
export function instantIn(zone: string, text: string): number | undefined {
  if (!LOCAL.test(text)) return undefined;
  const hasOffset = OFFSET.test(text);
  const given = Date.parse(hasOffset ? text : `${text}Z`);
  if (Number.isNaN(given)) return undefined;
  return hasOffset ? given : given - zoneOffset(zone, given - zoneOffset(zone, given));
}

export function isZone(zone: string): boolean {
  try {
    return formatterOf(zone) !== undefined;
  } catch {
    return false;
  }
}

/** The first instant within (from, to] at which the zone's offset is no longer that of `from`; `to` when it stays. */
export function offsetChange(zone: string, from: number, to: number): number {
  const before = zoneOffset(zone, from);
  if (zoneOffset(zone, to) === before) return to;
  let low = from;
  let high = to;
  while (high - low > 1) {
    const middle = Math.floor((low + high) / 2);
    if (zoneOffset(zone, middle) === before) low = middle;
    else high = middle;
  }
  return high;
}

function formatterOf(zone: string): Intl.DateTimeFormat {
  const known = formatters.get(zone);
  if (known !== undefined) return known;
  const made = new Intl.DateTimeFormat('en-US', {
    timeZone: zone,
    calendar: 'gregory',
    numberingSystem: 'latn',
    hourCycle: 'h23',
    year: 'numeric',
    month: 'numeric',
    day: 'numeric',
    hour: 'numeric',
    minute: 'numeric',
    second: 'numeric',
  });
  formatters.set(zone, made);
  return made;
}
