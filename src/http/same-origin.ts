import type { IncomingHttpHeaders } from 'node:http';
import type { FastifyRequest } from 'fastify';
import { SantralError } from '../domain/errors.ts';

/** Any value will do: a page of another site cannot send it without a preflight, which is never granted. */
const INTENT_HEADER = 'x-santral-request';
const SAFE_METHODS: ReadonlySet<string> = new Set(['GET', 'HEAD', 'OPTIONS']);

/**
 * Whether a browser says that the request comes from a page of ours. Undefined when it says nothing (not a browser).
 * `host` is the name the browser asked for.
 */
export function fromOurPage(headers: IncomingHttpHeaders, host: string | undefined): boolean | undefined {
  const site = headers['sec-fetch-site'];
  if (site !== undefined && site !== 'same-origin' && site !== 'none') return false;
  const { origin } = headers;
  if (origin === undefined) return site === undefined ? undefined : true;
  return host !== undefined && sameHost(origin, host);
}

/** Read as addresses, so that a default port may be said or not. */
export function sameHost(origin: string, host: string): boolean {
  try {
    const page = new URL(origin);
    return page.host !== '' && page.host === new URL(`${page.protocol}//${host}`).host;
  } catch {
    return false;
  }
}

/** Refuses requests that change something and that another site's page may have sent with the user's cookie. */
export function checkIntent(request: FastifyRequest): void {
  if (SAFE_METHODS.has(request.method) || request.shown === 'bearer') return;
  // Made for pages of others, and nothing there depends on who is logged in.
  if (request.routeOptions.config.otherOrigins === true) return;
  if (fromOurPage(request.headers, request.host) === false) {
    throw new SantralError('request.forbidden', 'A page of another site may not do this.');
  }
  if (request.shown === 'cookie' && request.headers[INTENT_HEADER] === undefined) {
    throw new SantralError(
      'request.forbidden',
      `Requests with a login cookie that change something must carry the header ${INTENT_HEADER}.`,
    );
  }
}
