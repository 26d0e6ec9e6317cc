import { SantralError } from '../../domain/errors.ts';
import { labelOf } from '../../domain/label.ts';
import type { NumberRoute } from '../../ports/stores.ts';
import { listNumbers, putNumber, removeNumber } from '../contracts/numbers.ts';
import { type Route, route } from '../route.ts';
import type { RouteContext } from './context.ts';

export function numberRoutes({ deps: { numbers } }: RouteContext): readonly Route[] {
  return [
    route(listNumbers, async () => ({ items: (await numbers.list()).map(view) })),
    route(putNumber, async ({ params, body }) => {
      const { with: given, record, ...rest } = body;
      const more = { ...(given === undefined ? {} : { params: given }), ...(record === undefined ? {} : { record }) };
      const route = { did: params.did, ...rest, label: labelOf(body.label), ...more };
      return view(await numbers.put(route));
    }),
    route(removeNumber, async ({ params }) => {
      if (!(await numbers.remove(params.did))) {
        throw new SantralError(
          'request.not-found',
          'Nothing was set here for this number. Numbers of flows/numbers.yaml are changed there.',
        );
      }
    }),
  ];
}

function view({ did, brand, flow, language, label, params = {}, record, source, updatedAt }: NumberRoute) {
  return { did, brand, flow, language, label, with: { ...params }, ...(record === undefined ? {} : { record }), source, updatedAt };
}
