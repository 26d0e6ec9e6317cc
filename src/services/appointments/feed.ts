import type { Appointment } from '../../domain/appointments/appointment.ts';
import { type CalendarEvent, icalendar } from '../../domain/appointments/icalendar.ts';
import type { BrandId } from '../../domain/brand.ts';
import type { AppointmentFilter, AppointmentStore } from '../../ports/appointments.ts';
import { hashSecret, looksLikeSecret, makeSecret } from '../auth/secrets.ts';
import type { AppointmentDeps } from './deps.ts';

const DAY_MS = 86_400_000;
/** A feed shows this much of the past, for those who look things up. */
const PAST_MS = 30 * DAY_MS;
/** Rows read at a time: a feed holds every appointment ahead, however many there are. */
const PAGE_ROWS = 1000;
/** How long a reader may keep what it read. */
const REFRESH = 'PT15M';

export interface CalendarFeeds {
  /** The token of a dealer's feed, told this once; the one before is worthless from now on. Undefined when there is no such dealer. */
  open(brand: BrandId, dealer: string): Promise<string | undefined>;
  close(brand: BrandId, dealer: string): Promise<boolean>;
  /** The feed's text in iCalendar; undefined for a token that opens nothing. */
  read(token: string): Promise<string | undefined>;
}

export function createCalendarFeeds({ stores, dealers, clock, random, settings }: AppointmentDeps): CalendarFeeds {
  const { serviceCalendars, appointments } = stores;
  return {
    async open(brand, dealer) {
      if (!(await dealers.all(brand)).some(({ code }) => code === dealer)) return undefined;
      const token = makeSecret(random);
      await serviceCalendars.putFeed({ brand, dealer, hash: hashSecret(token), now: clock.now() });
      return token;
    },

    close: (brand, dealer) => serviceCalendars.removeFeed(brand, dealer),

    async read(token) {
      const feed = looksLikeSecret(token) ? await serviceCalendars.feedOf(hashSecret(token)) : undefined;
      if (feed === undefined) return undefined;
      const now = clock.now();
      const states = ['booked', 'moved', 'cancelled'] as const;
      const [rows, services, all] = await Promise.all([
        everyRow(appointments, { ...feed, states, from: now - PAST_MS }),
        serviceCalendars.services(feed.brand),
        dealers.all(feed.brand),
      ]);
      const place = all.find(({ code }) => code === feed.dealer);
      const nameOf = ({ service }: Appointment) => services.find(({ code }) => code === service)?.label[settings.language] ?? service;
      const location = place === undefined ? feed.dealer : `${place.name}, ${place.address}, ${place.district}`;
      const events = newestOf(rows).map((row) => eventOf(row, nameOf(row), location));
      return icalendar({ name: place?.name ?? feed.dealer, refresh: REFRESH, events });
    },
  };
}

/** All rows of a filter, read page by page until one is not full. */
async function everyRow(
  appointments: Pick<AppointmentStore, 'list'>,
  filter: Omit<AppointmentFilter, 'after' | 'limit'>,
): Promise<readonly Appointment[]> {
  const rows: Appointment[] = [];
  for (let last: Appointment | undefined; ; last = rows.at(-1)) {
    const page = await appointments.list({ ...filter, limit: PAGE_ROWS, ...(last === undefined ? {} : { after: last }) });
    rows.push(...page);
    if (page.length < PAGE_ROWS) return rows;
  }
}

/** Of each series the newest: a moved appointment is the same event at another time. */
function newestOf(rows: readonly Appointment[]): readonly Appointment[] {
  const newest = new Map<string, Appointment>();
  for (const row of rows) {
    const known = newest.get(row.series);
    if (known === undefined || row.sequence > known.sequence) newest.set(row.series, row);
  }
  return [...newest.values()];
}

/** A feed's address gets about: it holds the code, but neither name nor number. */
function eventOf(row: Appointment, service: string, location: string): CalendarEvent {
  const { series, brand, code, startsAt, endsAt, sequence, state, createdAt, updatedAt, confirmedAt } = row;
  // The newest one here was moved away: it goes on at another dealer, where its sequence is one higher.
  const away = state === 'moved';
  return {
    uid: `${series}@${brand}.santral`,
    startsAt,
    endsAt,
    sequence: away ? sequence + 1 : sequence,
    cancelled: away || state === 'cancelled',
    summary: `${service} ${code}${confirmedAt === null ? '' : ' ✓'}`,
    location,
    createdAt,
    changedAt: updatedAt,
  };
}
