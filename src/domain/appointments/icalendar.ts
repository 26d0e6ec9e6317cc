/** One event of a calendar (RFC 5545 VEVENT). Times in UTC ms. */
export interface CalendarEvent {
  /** The same through all changes. */
  readonly uid: string;
  readonly startsAt: number;
  readonly endsAt: number;
  /** Higher with every change. */
  readonly sequence: number;
  readonly cancelled: boolean;
  readonly summary: string;
  readonly location: string;
  readonly createdAt: number;
  readonly changedAt: number;
}

/** RFC 5545, 3.1: octets of a line without its end. */
const LINE_OCTETS = 75;
const PRODUCT = '-//Santral//Appointments//EN';
const encoder = new TextEncoder();

/** A calendar's text. Times are UTC, so that no time zone has to be described; lines end with CRLF. */
export function icalendar(calendar: {
  readonly name: string;
  readonly refresh: string;
  readonly events: readonly CalendarEvent[];
}): string {
  const lines = [
    'BEGIN:VCALENDAR',
    'VERSION:2.0',
    `PRODID:${PRODUCT}`,
    'CALSCALE:GREGORIAN',
    'METHOD:PUBLISH',
    `X-WR-CALNAME:${escapeText(calendar.name)}`,
    `REFRESH-INTERVAL;VALUE=DURATION:${calendar.refresh}`,
    ...calendar.events.flatMap(eventLines),
    'END:VCALENDAR',
  ];
  return lines.map((line) => `${fold(line)}\r\n`).join('');
}

function eventLines(event: CalendarEvent): string[] {
  return [
    'BEGIN:VEVENT',
    `UID:${escapeText(event.uid)}`,
    `DTSTAMP:${utc(event.changedAt)}`,
    `CREATED:${utc(event.createdAt)}`,
    `LAST-MODIFIED:${utc(event.changedAt)}`,
    `DTSTART:${utc(event.startsAt)}`,
    `DTEND:${utc(event.endsAt)}`,
    `SEQUENCE:${event.sequence}`,
    `STATUS:${event.cancelled ? 'CANCELLED' : 'CONFIRMED'}`,
    `SUMMARY:${escapeText(event.summary)}`,
    `LOCATION:${escapeText(event.location)}`,
    'END:VEVENT',
  ];
}

/** 20261201T113000Z */
function utc(ms: number): string {
  return new Date(ms).toISOString().replace(/[-:]|\.\d{3}/g, '');
}

/** 3.3.11: backslash, semicolon, comma and line breaks; control characters have no place in it. */
function escapeText(text: string): string {
  return text
    .replace(/[\\;,]/g, '\\$&')
    .replace(/\r\n|\r|\n/g, '\\n')
    .replace(/\p{Cc}/gu, '');
}

/** Longer lines go on in the next one after a blank; no letter is torn. */
function fold(line: string): string {
  let folded = '';
  let octets = 0;
  for (const letter of line) {
    const size = encoder.encode(letter).length;
    if (octets + size > LINE_OCTETS) {
      folded += '\r\n ';
      octets = 1;
    }
    folded += letter;
    octets += size;
  }
  return folded;
}
