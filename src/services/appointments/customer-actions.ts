import type { Customer } from '../../domain/appointments/appointment.ts';
import { callerOf } from '../../domain/appointments/caller.ts';
import { parsePlate, platesDigits } from '../../domain/appointments/plate.ts';
import type { BrandId } from '../../domain/brand.ts';
import type { Value, ValueMap } from '../../domain/value.ts';
import type { ActionHandler } from '../../ports/actions.ts';
import { neededParam, refused, textParam } from './action-params.ts';
import { kindOrNothing, whoAsks } from './booking-actions.ts';
import type { AppointmentDeps } from './deps.ts';
import type { GuardedLookUp } from './look-up-guard.ts';
import { knownDealer } from './spoken.ts';

type CustomerAction = 'customers.by-number' | 'customers.by-code' | 'customers.by-plate';

/** Who calls: by the number they call from, or by what they key. */
export function customerActions(deps: AppointmentDeps, guarded: GuardedLookUp): Record<CustomerAction, ActionHandler> {
  const { clock, stores } = deps;
  const spoken = spokenBy(deps);
  return {
    'customers.by-number': async (_params, { brand, call }) => {
      const caller = callerOf(call.person);
      if (caller === null) return null;
      const [customer, visited] = await Promise.all([
        stores.customers.byPhone(brand, caller),
        stores.appointments.lastDealer(brand, caller, clock.now()),
      ]);
      const lastDealer = visited ?? customer?.lastDealer ?? null;
      return customer === undefined && lastDealer === null ? null : spoken(brand, customer, lastDealer);
    },

    'customers.by-code': async (params, context) => {
      const code = neededParam(params, 'code');
      const result = await guarded(whoAsks(context), () => stores.customers.byCode(context.brand, code));
      return result.kind === 'found'
        ? { kind: 'found', customer: await spoken(context.brand, result.found, result.found.lastDealer) }
        : kindOrNothing(result.kind);
    },

    'customers.by-plate': async (params, context) => {
      const asked = keyedPlate(params);
      const result = await guarded(whoAsks(context), async () => {
        const all = await stores.customers.byPlateDigits(context.brand, asked.digits);
        const [first, ...others] = asked.plate === null ? all : all.filter(({ plate }) => plate === asked.plate);
        if (others.length === 0) return first;
        // Two owners of one car, as after a sale: its plate tells no more which of them calls.
        return asked.plate === null ? 'several' : undefined;
      });
      if (result.kind !== 'found') return kindOrNothing(result.kind);
      const { found } = result;
      if (found === 'several') return { kind: 'several' };
      return { kind: 'found', plate: found.plate, customer: await spoken(context.brand, found, found.lastDealer) };
    },
  };
}

/** The whole plate (null: only its digits were keyed) and its digits. Throws `request.invalid` unless one of the two is given. */
function keyedPlate(params: ValueMap): { readonly plate: string | null; readonly digits: string } {
  const text = textParam(params, 'plate');
  if (text === '') return { plate: null, digits: neededParam(params, 'digits') };
  if (textParam(params, 'digits') !== '') throw refused('digits', 'left out where the whole plate is given');
  return { plate: parsePlate(text) ?? text, digits: platesDigits(text) };
}

/** Code and name are empty when only the number is known. The dealer is null when it takes no appointments (any more). */
function spokenBy({ stores, dealers }: AppointmentDeps) {
  return async (brand: BrandId, customer: Customer | undefined, lastDealer: string | null): Promise<Value> => {
    const known = lastDealer === null ? undefined : (await dealers.all(brand)).find(({ code }) => code === lastDealer);
    const bookable = known !== undefined && (await stores.serviceCalendars.calendars(brand, { dealer: known.code })).length > 0;
    return { code: customer?.code ?? '', name: customer?.name ?? '', dealer: bookable ? knownDealer(known) : null };
  };
}
