import type { z } from 'zod';
import { maskNumber } from '../../domain/mask-number.ts';
import type { MissedCall } from '../../domain/missed-call.ts';
import type { KeptAbsence } from '../../ports/directory.ts';
import type { Role } from '../../ports/stores.ts';
import { addAbsence, listAbsences, listDirectory, listMissedCalls, type missedCallView, removeAbsence } from '../contracts/directory.ts';
import { type Route, route } from '../route.ts';
import type { RouteContext } from './context.ts';

export function directoryRoutes({ deps: { directory, stores, config, log } }: RouteContext): readonly Route[] {
  const { brand } = config;
  return [
    route(listDirectory, async ({ query: { kind } }) => ({
      items: (await directory.list(kind)).map(({ label, ...rest }) => ({ ...rest, label: { ...label } })),
    })),
    route(listAbsences, async () => ({ items: (await directory.absences()).map(shown) })),
    route(addAbsence, async ({ body, caller: { user } }) => {
      const absence = await directory.addAbsence(body, user.name);
      log.info({ absence: absence.id, of: absence.of, by: user.name }, 'somebody is away');
      return shown(absence);
    }),
    route(removeAbsence, async ({ params: { id }, caller: { user } }) => {
      await directory.removeAbsence(id);
      log.info({ absence: id, by: user.name }, 'somebody is back');
    }),
    route(listMissedCalls, async ({ query: { limit, ...asked }, caller: { user } }) => {
      const given = Object.fromEntries(Object.entries(asked).filter(([, value]) => value !== undefined));
      const rows = await stores.missedCalls.list({ brand, limit: limit + 1, ...given });
      const items = rows.slice(0, limit).map((row) => view(row, user.role));
      return { items, next: rows.length > limit ? (items.at(-1)?.id ?? null) : null };
    }),
  ];
}

function shown({ brand: _brand, ...absence }: KeptAbsence) {
  return absence;
}

function view({ brand: _brand, number, ...rest }: MissedCall, role: Role): z.output<typeof missedCallView> {
  return { ...rest, number: number === null || role === 'admin' ? number : maskNumber(number) };
}
