import { keyedDay } from '../../domain/appointments/keyed-day.ts';
import { isDate } from '../../domain/holiday-table.ts';
import { localDay } from '../../domain/local-day.ts';
import { dealersByProvince } from '../../domain/nearest-dealers.ts';
import { provinceOf } from '../../domain/provinces.ts';
import type { Value, ValueMap } from '../../domain/value.ts';
import type { ActionContext, ActionHandler } from '../../ports/actions.ts';
import { spokenDealer } from '../dealers/dealer-actions.ts';
import { neededParam, numberParam, refused, textParam } from './action-params.ts';
import type { AppointmentDeps } from './deps.ts';
import { spokenService, spokenSlot } from './spoken.ts';
import type { Times, What } from './times.ts';

/** How many dealers a caller can be led through, and how many services: more than a workshop has, and as much as a session should carry. */
const MOST_DEALERS = 10;
const MOST_SERVICES = 50;
/** Times given at once: the next ones are asked for with `after`. */
const USUAL_SLOTS = 3;
const MOST_SLOTS = 50;

type TimeAction = 'appointments.dealers' | 'appointments.services' | 'appointments.free-slots' | 'appointments.slots-of-day';

/** Where, what and when: the actions that only look. */
export function timeActions(deps: AppointmentDeps, times: Times): Record<TimeAction, ActionHandler> {
  const { clock, dealers, settings } = deps;
  const { serviceCalendars } = deps.stores;
  return {
    'appointments.dealers': async (params, { brand }) => {
      const province = Number(textParam(params, 'province') || Number.NaN);
      if (provinceOf(province) === undefined) throw refused('province', 'a plate code, 1 to 81');
      const [all, calendars] = await Promise.all([dealers.all(brand), serviceCalendars.calendars(brand)]);
      const bookable = new Set(calendars.map(({ dealer }) => dealer));
      const found = dealersByProvince(
        all.filter(({ code }) => bookable.has(code)),
        province,
        MOST_DEALERS,
      );
      return found.map(spokenDealer);
    },

    'appointments.services': async (params, { brand }) => {
      const dealer = neededParam(params, 'dealer');
      const [services, calendars] = await Promise.all([serviceCalendars.services(brand), serviceCalendars.calendars(brand, { dealer })]);
      const offered = new Set(calendars.map(({ service }) => service));
      return services
        .filter(({ code }) => offered.has(code))
        .slice(0, MOST_SERVICES)
        .map(spokenService);
    },

    'appointments.free-slots': async (params, context) => {
      const after = numberParam(params, 'after', clock.now(), [0, Number.MAX_SAFE_INTEGER]);
      return (await times.next(what(params, context), after, limit(params))).map(spokenSlot);
    },

    'appointments.slots-of-day': async (params, context): Promise<Value> => {
      const day = dayOf(neededParam(params, 'day'), localDay(settings.zone, clock.now()));
      if (day === undefined) return { day: '', why: 'no-such-day', slots: [] };
      const { slots, why } = await times.ofDay(what(params, context), day);
      return { day, why: why ?? 'free', slots: slots.slice(0, limit(params)).map(spokenSlot) };
    },
  };
}

function what(params: ValueMap, { brand }: ActionContext): What {
  return { brand, dealer: neededParam(params, 'dealer'), service: neededParam(params, 'service') };
}

function limit(params: ValueMap): number {
  return numberParam(params, 'limit', USUAL_SLOTS, [1, MOST_SLOTS]);
}

/** A day as it is written (2026-12-01) or keyed (0112). */
function dayOf(text: string, today: string): string | undefined {
  return isDate(text) ? text : keyedDay(text, today);
}
