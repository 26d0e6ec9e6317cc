import { DEFAULT_BRAND as brand } from '../../src/domain/brand.ts';
import type { CallId } from '../../src/domain/ids.ts';
import type { Stores } from '../../src/ports/stores.ts';
import type { Appointments } from '../../src/services/appointments/appointments.ts';
import { openOffice } from './appointment-office.ts';

export interface RaceResult {
  /** Callers who have the time that all of them wanted. */
  readonly booked: number;
  /** Appointments that share a place with another one. */
  readonly doubleBooked: number;
  /** Callers who were too late and were offered another time instead. */
  readonly offeredAnother: number;
  /** Callers who heard neither. */
  readonly left: number;
}

const WHAT = { brand, dealer: 'VAN-01', service: 'bakim' };

/** Callers who all want the same time at once, each through one of the engines that share a database. */
export async function raceForSlot(
  engines: readonly Stores[],
  { callers, places }: { readonly callers: number; readonly places: number },
): Promise<RaceResult> {
  const offices: Appointments[] = [];
  for (const [index, stores] of engines.entries()) offices.push((await openOffice({ stores, idsFrom: index * 1_000_000 })).appointments);
  const [first] = offices;
  const [calendar] = (await first?.calendars.calendars(brand, WHAT)) ?? [];
  const [wanted] = (await first?.times.next(WHAT, 0, 1)) ?? [];
  if (first === undefined || calendar === undefined || wanted === undefined) throw new Error('there is nothing to race for');
  await first.calendars.put([], [{ ...calendar, capacity: places }], 0);
  const outcomes = await Promise.all(
    Array.from({ length: callers }, (_, n) => oneCaller(offices[n % offices.length] ?? first, n, wanted.startsAt)),
  );
  const rows = await first.list({ brand, states: ['booked', 'held'], limit: 2 * callers });
  const seats = rows.map(({ startsAt, place }) => `${startsAt} ${place}`);
  return {
    booked: rows.filter(({ state, startsAt }) => state === 'booked' && startsAt === wanted.startsAt).length,
    doubleBooked: seats.length - new Set(seats).size,
    offeredAnother: outcomes.filter((outcome) => outcome === 'offered-another').length,
    left: outcomes.filter((outcome) => outcome === 'left').length,
  };
}

async function oneCaller({ bookings, times }: Appointments, n: number, startsAt: number): Promise<'booked' | 'offered-another' | 'left'> {
  const caller = `+90555${String(1_000_000 + n)}`;
  const held = await bookings.hold({
    ...WHAT,
    startsAt,
    person: { caller, phone: null, name: '' },
    customer: null,
    language: 'tr',
    callId: `call_${n}` as CallId,
    key: `caller-${n}-1`,
    holder: `caller-${n}`,
    moves: false,
  });
  if (held.kind !== 'held') {
    const [other] = await times.next(WHAT, 0, 1);
    return other !== undefined && other.startsAt !== startsAt ? 'offered-another' : 'left';
  }
  const booked = await bookings.book(held.appointment.id, `caller-${n}-2`, ({ person, customer }) => ({ person, customer }));
  return booked.kind === 'done' ? 'booked' : 'left';
}
