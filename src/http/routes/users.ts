import { SantralError } from '../../domain/errors.ts';
import type { UserId } from '../../domain/ids.ts';
import { changeUser, createUser, issueToken, listTokens, listUsers, resetPassword, revokeToken } from '../contracts/users.ts';
import type { HttpDeps } from '../deps.ts';
import { type Route, route } from '../route.ts';
import type { RouteContext } from './context.ts';
import { viewToken, viewUser } from './views.ts';

export function userRoutes({ deps: { auth, webPhones } }: RouteContext): readonly Route[] {
  return [
    route(listUsers, async () => ({ items: (await auth.users()).map(viewUser) })),
    route(createUser, async ({ body }) => {
      const { user, oneTimePassword } = await auth.createUser(body.name, body.role);
      return { user: viewUser(user), oneTimePassword };
    }),
    route(changeUser, async ({ params, body: { role, disabled } }) => {
      const change = { ...(role === undefined ? {} : { role }), ...(disabled === undefined ? {} : { disabled }) };
      return viewUser(await auth.changeUser(params.id, change));
    }),
    route(resetPassword, async ({ params }) => {
      const { user, oneTimePassword } = await auth.resetPassword(params.id);
      return { user: viewUser(user), oneTimePassword };
    }),
    route(listTokens, async ({ params }) => {
      await demandUser(auth, params.id);
      return { items: (await auth.tokens(params.id)).map(viewToken) };
    }),
    route(issueToken, async ({ params, body }) => {
      const { secret, token } = await auth.issueMachineToken(params.id, body.label, body.days);
      return { token: viewToken(token), secret };
    }),
    route(revokeToken, async ({ params }) => {
      if (!(await auth.revokeToken(params.id, params.token))) throw new SantralError('request.not-found', 'This user has no such token.');
      await webPhones.close(params.token);
    }),
  ];
}

async function demandUser(auth: HttpDeps['auth'], id: UserId): Promise<void> {
  if (!(await auth.users()).some((user) => user.id === id)) throw new SantralError('request.not-found', 'There is no such user.');
}
