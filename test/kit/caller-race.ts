import { DEFAULT_BRAND as brand } from '../../src/domain/brand.ts';
import type { Value } from '../../src/domain/value.ts';
import type { Stores } from '../../src/ports/stores.ts';
import { type PlayedCall, placeCall } from '../flows/player.ts';
import { type Office, openOffice } from './appointment-office.ts';

export interface CallerRace {
  /** Callers who heard that they have the time that all of them wanted. */
  readonly booked: number;
  /** Callers who heard that somebody was faster, and at once other times. */
  readonly offeredAnother: number;
  /** What was heard last by everybody else. */
  readonly others: readonly string[];
  /** Booked appointments at that time, and how many of their places are different ones. */
  readonly inTheBook: { readonly appointments: number; readonly places: number };
}

const WHAT = { brand, dealer: 'VAN-01', service: 'bakim' };
/** No customer, Van, its one dealer, maintenance: then times are offered. */
const TO_OFFER = ['1', '3', '65', '1', '1'];
const FIRST = '1';
const YES = '1';
/** How many dial at the same moment; a divisor of the number of callers. */
const AT_ONCE = 20;

/**
 * Whole calls of the flow `appointment`, all of them up, each on one of the engines that share a database: everybody hears the same
 * first time, takes it, and confirms.
 */
export async function raceOfCallers(
  engines: readonly Stores[],
  { callers, places }: { readonly callers: number; readonly places: number },
): Promise<CallerRace> {
  const offices: Office[] = [];
  for (const [index, stores] of engines.entries()) offices.push(await openOffice({ stores, idsFrom: index * 1_000_000 }));
  const [first] = offices;
  const [calendar] = (await first?.appointments.calendars.calendars(brand, WHAT)) ?? [];
  if (first === undefined || calendar === undefined) throw new Error('there is nothing to race for');
  await first.appointments.calendars.put([], [{ ...calendar, capacity: places }], 0);
  const offered: PlayedCall[] = [];
  // They come one group after the other; what they race for is the time.
  for (let n = 0; n < callers; n += AT_ONCE)
    offered.push(
      ...(await Promise.all(Array.from({ length: AT_ONCE }, (_, i) => toOffer(n + i, offices[(n + i) % offices.length] ?? first)))),
    );
  const wanted = firstSlotOf(offered[0]);
  if (offered.some((call) => firstSlotOf(call) !== wanted)) throw new Error('not everybody is offered the same time');
  const outcomes = await Promise.all(offered.map((call) => take(call, wanted)));
  const all = await first.appointments.list({ brand, states: ['booked', 'held'], limit: 2 * callers });
  const rows = all.filter(({ startsAt }) => startsAt === wanted);
  return {
    booked: outcomes.filter((one) => one === 'booked').length,
    offeredAnother: outcomes.filter((one) => one === 'offered-another').length,
    others: outcomes.filter((one) => one !== 'booked' && one !== 'offered-another'),
    inTheBook: { appointments: rows.length, places: new Set(rows.map(({ place }) => place)).size },
  };
}

async function toOffer(n: number, office: Office): Promise<PlayedCall> {
  let call = await placeCall({ flow: 'appointment', language: n % 2 === 0 ? 'tr' : 'en', office, ani: `+90555${String(1_000_000 + n)}` });
  for (const key of TO_OFFER) call = await call.press(key);
  return call;
}

async function take(call: PlayedCall, wanted: Value): Promise<string> {
  const held = await call.press(FIRST);
  if (hears(held, 'appointment.confirm')) {
    const done = await held.press(YES);
    return hears(done, 'appointment.booked') && hears(done, 'appointment.code') ? 'booked' : done.heard.join(', ');
  }
  const another = hears(held, 'appointment.taken') && hears(held, 'appointment.slot-option') && firstSlotOf(held) !== wanted;
  return another ? 'offered-another' : held.heard.join(', ');
}

function hears({ heard }: PlayedCall, key: string): boolean {
  return heard.some((one) => one.slice('tr '.length).startsWith(key));
}

/** When the first of the offered times begins. */
function firstSlotOf(call: PlayedCall | undefined): Value {
  const slots = call?.session.stack.at(-1)?.vars['slots'];
  const [first] = Array.isArray(slots) ? slots : [];
  return typeof first === 'object' && first !== null && !Array.isArray(first)
    ? ((first as Record<string, Value>)['startsAt'] ?? null)
    : null;
}
