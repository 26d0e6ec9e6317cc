import type { IncomingHttpHeaders } from 'node:http';
import { fastifyCookie } from '@fastify/cookie';
import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify';
import { SantralError } from '../domain/errors.ts';
import type { AccessToken } from '../ports/stores.ts';
import type { Auth } from '../services/auth/auth.ts';
import type { Caller } from '../services/auth/callers.ts';
import { type Access, PUBLIC } from './contract.ts';
import { checkIntent } from './same-origin.ts';

declare module 'fastify' {
  interface FastifyRequest {
    /** Who asks; null for nobody in particular. Set before anything else looks at the request. */
    caller: Caller | null;
    /** How the caller showed it. */
    shown: 'cookie' | 'bearer' | null;
  }
  interface FastifyContextConfig {
    /** See `Contract.bodyStream`. */
    bodyStream?: boolean;
    access?: Access;
  }
}

/** Cookies are shared by all ports of a host: the port in the name keeps two instances on one machine apart. */
export function cookieName(httpPort: number): string {
  return `santral_login_${httpPort}`;
}

export interface CookieJar {
  set(reply: FastifyReply, secret: string, token: AccessToken): void;
  clear(reply: FastifyReply): void;
}

function cookieOptions(reply: FastifyReply) {
  return { path: '/', httpOnly: true, sameSite: 'strict', secure: reply.request.protocol === 'https' } as const;
}

/** The login cookie: out of reach of scripts, sent to this site only, over TLS only where there is TLS. */
export function cookieJar(httpPort: number): CookieJar {
  const name = cookieName(httpPort);
  return {
    set: (reply, secret, token) => void reply.setCookie(name, secret, { ...cookieOptions(reply), expires: new Date(token.expiresAt) }),
    clear: (reply) => void reply.clearCookie(name, cookieOptions(reply)),
  };
}

/** Who a request shows to be by its headers; undefined for nobody. */
export type Identify = (
  headers: IncomingHttpHeaders,
) => Promise<{ readonly caller: Caller; readonly shown: 'cookie' | 'bearer' } | undefined>;

export function createIdentify(auth: Pick<Auth, 'authenticate'>, httpPort: number): Identify {
  const cookie = cookieName(httpPort);
  return async (headers) => {
    const shown = shownSecret(headers, cookie);
    const caller = shown === undefined ? undefined : await auth.authenticate(shown.secret);
    return shown === undefined || caller === undefined ? undefined : { caller, shown: shown.how };
  };
}

/** The secret the headers carry. A bearer token wins: a program that sends one means it. */
function shownSecret(
  headers: IncomingHttpHeaders,
  cookie: string,
): { readonly how: 'cookie' | 'bearer'; readonly secret: string } | undefined {
  const bearer = /^Bearer +(\S{1,512})$/i.exec(headers.authorization ?? '')?.[1];
  if (bearer !== undefined) return { how: 'bearer', secret: bearer };
  const secret = fastifyCookie.parse(headers.cookie ?? '')[cookie];
  return secret === undefined || secret === '' || secret.length > 512 ? undefined : { how: 'cookie', secret };
}

/**
 * Two steps. First who it is (so that the rate limit counts by login, not by an office's one address), then whether the
 * route may be used: before any body is read.
 */
export function installAuthentication(app: FastifyInstance, identify: Identify): void {
  app.decorateRequest('caller', null);
  app.decorateRequest('shown', null);
  app.addHook('onRequest', async (request) => {
    const found = await identify(request.headers);
    request.caller = found?.caller ?? null;
    request.shown = found?.shown ?? null;
  });
  app.addHook('preParsing', async (request) => {
    if (!request.is404) guard(request);
  });
  demandAccess(app);
}

/** Whether a stream that was allowed still is: the login may have ended, the role may have changed. */
export function createRecheck(identify: Identify): (request: FastifyRequest) => Promise<boolean> {
  return async (request) => {
    const found = await identify(request.headers);
    request.caller = found?.caller ?? null;
    try {
      guard(request);
      return true;
    } catch {
      return false;
    }
  };
}

/** Deny by default: the server does not come up with a route that does not say who may use it. */
function demandAccess(app: FastifyInstance): void {
  const routes: { readonly name: string; readonly access: () => Access | undefined }[] = [];
  app.addHook('onRoute', (route) => {
    routes.push({ name: `${String(route.method)} ${route.url}`, access: () => route.config?.access });
  });
  // Plugins' routes are opened by a hook of their own scope, which runs after the one above: so this is judged at the end.
  app.addHook('onReady', async () => {
    const silent = routes.filter(({ access }) => access() === undefined).map(({ name }) => name);
    if (silent.length > 0) throw new Error(`These routes do not say who may use them: ${silent.join(', ')}`);
  });
}

/** Registers plugins whose routes everybody may use. */
export async function openToAll(app: FastifyInstance, register: (scope: FastifyInstance) => Promise<void>): Promise<void> {
  await app.register(async (scope) => {
    scope.addHook('onRoute', (route) => {
      route.config = { ...route.config, access: PUBLIC };
    });
    await register(scope);
  });
}

/** Rejects what the route's access does not allow. */
function guard(request: FastifyRequest): void {
  const access = request.routeOptions.config.access;
  if (access === undefined) throw new SantralError('request.forbidden', 'Nobody may use this.');
  checkIntent(request);
  if (access.kind === 'public') return;
  const { caller } = request;
  if (caller === null) {
    if (access.loopback === 'free' && isLoopback(request.ip)) return;
    throw new SantralError('request.unauthenticated', 'Log in, or send a bearer token that still works.');
  }
  if (!access.roles.includes(caller.user.role)) {
    throw new SantralError('request.forbidden', `This is for ${access.roles.join(', ')}; you are ${caller.user.role}.`);
  }
  if (access.oneTimePassword !== 'enough' && mustChangePassword(caller)) {
    throw new SantralError('auth.password-change-required', 'Replace your one-time password first: POST /api/v1/auth/password.');
  }
}

/** A machine's token is no password and needs no replacement. */
export function mustChangePassword({ user, token }: Caller): boolean {
  return user.mustChangePassword && token.kind === 'login';
}

export function isLoopback(address: string): boolean {
  return address === '::1' || /^(::ffff:)?127\./.test(address);
}

/** For routes that are not public: the guard has seen to it that there is one. */
export function callerOf(request: FastifyRequest): Caller {
  if (request.caller === null) throw new SantralError('request.unauthenticated', 'Log in, or send a bearer token that still works.');
  return request.caller;
}
