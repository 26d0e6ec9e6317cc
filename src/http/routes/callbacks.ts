import type { z } from 'zod';
import type { Callback } from '../../domain/callback.ts';
import type { User } from '../../ports/stores.ts';
import {
  callbackFigures,
  type callbackView,
  closeCallback,
  getCallback,
  listCallbacks,
  moveCallback,
  openCallbacks,
  takeCallback,
} from '../contracts/callbacks.ts';
import { type Route, route } from '../route.ts';
import type { RouteContext } from './context.ts';

export function callbackRoutes({ deps: { callbacks, callbackForms, log } }: RouteContext): readonly Route[] {
  return [
    route(listCallbacks, async ({ query: { state, group, before, limit } }) => {
      const rows = await callbacks.list({
        limit: limit + 1,
        ...(state === undefined ? {} : { state }),
        ...(group === undefined ? {} : { group }),
        ...(before === undefined ? {} : { before }),
      });
      const items = rows.slice(0, limit).map(view);
      return { items, next: rows.length > limit ? (items.at(-1)?.id ?? null) : null };
    }),
    route(openCallbacks, async ({ caller: { user } }) => ({
      items: (await callbacks.open(seesAll(user) ? undefined : user.id)).map(view),
    })),
    route(callbackFigures, async ({ query: { from, to } }) => {
      const { nobody, ...figures } = await callbacks.figures(from, to);
      return { ...figures, nobody: [...nobody] };
    }),
    route(getCallback, async ({ params: { id } }) => {
      const { callback, history, attempts } = await callbacks.get(id);
      const forms = await callbackForms.ofCallback(id);
      return { callback: view(callback), history: [...history], attempts: [...attempts], forms: [...forms] };
    }),
    route(closeCallback, async ({ params: { id }, caller }) => {
      const closed = await callbacks.close(id, caller.user.name);
      log.info({ callback: id, by: caller.user.name }, 'a callback was closed');
      return view(closed);
    }),
    route(moveCallback, async ({ params: { id }, body, caller }) => view(await callbacks.move(id, body, caller.user.name))),
    route(takeCallback, ({ params: { id }, caller }) => callbacks.take(id, caller.user.id, seesAll(caller.user))),
  ];
}

/** Agents are shown the callbacks of their queues, and call those. */
function seesAll({ role }: User): boolean {
  return role !== 'agent';
}

function view({
  number,
  shown,
  linked,
  brand: _brand,
  faults: _faults,
  changedAt: _at,
  version: _v,
  ...one
}: Callback): z.output<typeof callbackView> {
  return { ...one, number: shown, wiped: number === null, onTheLine: linked !== null };
}
