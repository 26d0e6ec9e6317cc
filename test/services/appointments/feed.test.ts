import { expect, it } from 'vitest';
import { DEFAULT_BRAND as brand } from '../../../src/domain/brand.ts';
import { makeId } from '../../../src/domain/ids.ts';
import { openOffice } from '../../kit/appointment-office.ts';
import { readIcalendar } from '../../kit/read-icalendar.ts';

const DEALER = 'VAN-01';
/** More than two pages of a feed, and one on a page of its own. */
const BOOKED = 2001;
/** Each is a transaction of its own, synced to the disk. */
const PATIENCE_MS = 120_000;
const HOUR_MS = 3_600_000;

it(
  'holds every appointment ahead, the last of two thousand and one too',
  async () => {
    const office = await openOffice();
    try {
      const { appointments } = office.stores;
      const first = office.clock.now() + HOUR_MS;
      const person = { caller: null, phone: null, name: '' };
      for (let i = 0; i < BOOKED; i += 1) {
        const id = makeId('appointment', office.clock.now() + i, []);
        // Two at a time share their beginning, so that a page may end between equals.
        const startsAt = first + Math.floor(i / 2) * HOUR_MS;
        const hold = { id, brand, dealer: DEALER, service: 'bakim', startsAt, endsAt: startsAt + HOUR_MS, person, customer: null };
        const terms = { capacity: 2, codes: [String(100_000 + i)], language: 'tr', callId: null, key: `k${i}`, holder: `h${i}` } as const;
        const now = office.clock.now();
        expect(await appointments.hold({ ...hold, ...terms, now, heldUntil: now + HOUR_MS, mostAhead: 1 })).toMatchObject({ kind: 'held' });
        const change = { id, key: `b${i}`, now, messages: [], withdraw: [] };
        expect(await appointments.book({ ...change, person, customer: null, mostAhead: 1 })).toMatchObject({ kind: 'done' });
      }
      const { feeds } = office.appointments;
      const token = (await feeds.open(brand, DEALER)) ?? '';
      const { events } = readIcalendar((await feeds.read(token)) ?? '');
      expect(events).toHaveLength(BOOKED);
      expect(new Set(events.map(({ UID }) => UID)).size).toBe(BOOKED);
      expect(events.at(-1)?.['SUMMARY']).toContain(String(100_000 + BOOKED - 1));
    } finally {
      await office.close();
    }
  },
  PATIENCE_MS,
);
