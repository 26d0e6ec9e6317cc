import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { type CalendarEvent, icalendar } from '../../../src/domain/appointments/icalendar.ts';
import { readIcalendar } from '../../kit/read-icalendar.ts';

const EVENT: CalendarEvent = {
  uid: 'apt_1@santral.santral',
  startsAt: Date.UTC(2026, 11, 1, 11, 30),
  endsAt: Date.UTC(2026, 11, 1, 12, 30),
  sequence: 2,
  cancelled: false,
  summary: 'Periyodik bakım 482913',
  location: 'Göl Teknik, Cumhuriyet Caddesi No: 150; İpekyolu\nVan \\ 65',
  createdAt: Date.UTC(2026, 10, 1),
  changedAt: Date.UTC(2026, 10, 2),
};
const feed = (...events: CalendarEvent[]) => icalendar({ name: 'Göl Teknik', refresh: 'PT15M', events });

describe('iCalendar', () => {
  it('says an event in UTC, and reads back as it was', () => {
    const { head, events } = readIcalendar(feed(EVENT));
    expect(head).toMatchObject({ VERSION: '2.0', METHOD: 'PUBLISH', 'X-WR-CALNAME': 'Göl Teknik', 'REFRESH-INTERVAL': 'PT15M' });
    expect(head['PRODID']).toBeDefined();
    expect(events).toEqual([
      {
        UID: EVENT.uid,
        DTSTAMP: '20261102T000000Z',
        CREATED: '20261101T000000Z',
        'LAST-MODIFIED': '20261102T000000Z',
        DTSTART: '20261201T113000Z',
        DTEND: '20261201T123000Z',
        SEQUENCE: '2',
        STATUS: 'CONFIRMED',
        SUMMARY: EVENT.summary,
        LOCATION: EVENT.location,
      },
    ]);
    expect(readIcalendar(feed({ ...EVENT, cancelled: true })).events[0]?.['STATUS']).toBe('CANCELLED');
    expect(readIcalendar(feed()).events).toEqual([]);
  });

  it('folds long lines without tearing a letter, and lets no text break out of its line', () => {
    const text = fc.string({ unit: 'binary', maxLength: 300 });
    fc.assert(
      fc.property(text, text, (summary, location) => {
        const [event] = readIcalendar(feed({ ...EVENT, summary, location })).events;
        const plain = (words: string) => words.replace(/\r\n|\r/g, '\n').replace(/[^\P{Cc}\n]/gu, '');
        // Lone halves of letters are no text and become U+FFFD on the wire; here they stay.
        expect(event?.['SUMMARY']).toBe(plain(summary));
        expect(event?.['LOCATION']).toBe(plain(location));
      }),
      { numRuns: 300 },
    );
  });
});
