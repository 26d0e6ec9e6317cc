import type { z } from 'zod';
import type { CallbackRequest } from '../../domain/callback-request.ts';
import { SantralError } from '../../domain/errors.ts';
import { maskNumber } from '../../domain/mask-number.ts';
import type { Role } from '../../ports/stores.ts';
import { type callbackView, closeCallback, listCallbacks } from '../contracts/callbacks.ts';
import { type Route, route } from '../route.ts';
import type { RouteContext } from './context.ts';

export function callbackRoutes({ deps: { stores, config, clock, log } }: RouteContext): readonly Route[] {
  const { brand } = config;
  return [
    route(listCallbacks, async ({ query: { state, group, before, limit }, caller }) => {
      const rows = await stores.callbackRequests.list({
        brand,
        limit: limit + 1,
        ...(state === undefined ? {} : { state }),
        ...(group === undefined ? {} : { group }),
        ...(before === undefined ? {} : { before }),
      });
      const items = rows.slice(0, limit).map((row) => view(row, caller.user.role));
      return { items, next: rows.length > limit ? (items.at(-1)?.id ?? null) : null };
    }),
    route(closeCallback, async ({ params: { id }, body, caller }) => {
      const closed = await stores.callbackRequests.close(id, body.state, caller.user.name, clock.now());
      const request = await stores.callbackRequests.get(id);
      if (request === undefined) throw new SantralError('request.not-found', 'There is no such request.');
      if (!closed) throw new SantralError('request.conflict', `The request was closed already, by ${request.closedBy ?? 'somebody'}.`);
      log.info({ callback: id, state: body.state, by: caller.user.name }, 'a request for a return call was closed');
      return view(request, caller.user.role);
    }),
  ];
}

function view(request: CallbackRequest, role: Role): z.output<typeof callbackView> {
  return { ...request, number: role === 'admin' ? request.number : maskNumber(request.number) };
}
