import { loginContract, logoutContract, meContract, passwordContract } from '../contracts/auth.ts';
import { type Route, route } from '../route.ts';
import type { RouteContext } from './context.ts';
import { viewToken, viewUser } from './views.ts';

export function authRoutes({ deps: { auth, webPhones }, cookies }: RouteContext): readonly Route[] {
  return [
    route(loginContract, async ({ body, request, reply }) => {
      const { secret, token, user } = await auth.login(body.name, body.password, request.ip);
      cookies.set(reply, secret, token);
      return { user: viewUser(user), login: viewToken(token) };
    }),
    route(logoutContract, async ({ caller, reply }) => {
      await auth.logout(caller.token.id);
      cookies.clear(reply);
      await webPhones.close(caller.token.id);
    }),
    route(meContract, async ({ caller }) => ({ user: viewUser(caller.user), login: viewToken(caller.token) })),
    route(passwordContract, async ({ caller, body }) => {
      await auth.changePassword(caller, body.current, body.next);
    }),
  ];
}
