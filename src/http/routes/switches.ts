import type { z } from 'zod';
import { SantralError } from '../../domain/errors.ts';
import type { SwitchView } from '../../services/switches/switches.ts';
import { listAudit, listSwitches, removePin, setPin, setSwitch } from '../contracts/switches.ts';
import { type Route, route } from '../route.ts';
import type { RouteContext } from './context.ts';

export function switchRoutes({ deps: { switches, stores, config } }: RouteContext): readonly Route[] {
  const { brand } = config;
  return [
    route(listSwitches, async () => ({ items: (await switches.list(brand)).map(view) })),
    route(setSwitch, async ({ params, body: { text, ...rest }, caller }) => {
      const words = { ...(text.tr === undefined ? {} : { tr: text.tr }), ...(text.en === undefined ? {} : { en: text.en }) };
      return view(await switches.set(brand, params.name, { ...rest, text: words }, { actor: caller.user.name, via: 'api' }));
    }),
    route(setPin, async ({ params, body, caller }) => switches.setPin(brand, params.name, body.pin, caller.user.name)),
    route(removePin, async ({ params, caller }) => {
      const known = (await switches.list(brand)).find(({ name }) => name === params.name);
      if (known?.hasPin !== true) throw new SantralError('request.not-found', `The switch ${params.name} has no secret.`);
      await switches.setPin(brand, params.name, null, caller.user.name);
    }),
    route(listAudit, async ({ query: { limit, before, subject } }) => {
      const filter = { ...(before === undefined ? {} : { before }), ...(subject === undefined ? {} : { subject }) };
      const rows = await stores.audit.list({ brand, limit: limit + 1, ...filter });
      const items = rows.slice(0, limit).map(({ brand: _brand, ...entry }) => entry);
      return { items, next: rows.length > limit ? (items.at(-1)?.id ?? null) : null };
    }),
  ];
}

function view({ name, on, inForce, text, from, until, changed, hasPin }: SwitchView): z.output<typeof setSwitch.reply.schema> {
  const words = { tr: text.tr ?? null, en: text.en ?? null };
  const told = changed === null ? null : { at: changed.changedAt, by: changed.changedBy, via: changed.changedVia };
  return { name, on, inForce, text: words, from, until, changed: told, hasPin };
}
