import type { FastifyInstance, FastifyRequest } from 'fastify';
import { type CallbackForms, OWN_PAGE } from '../services/callback-forms/forms.ts';
import type { FormPlace } from '../services/callback-forms/tokens.ts';
import { PUBLIC } from './contract.ts';
import { sameHost } from './same-origin.ts';

/** How long a browser remembers that it may send, in seconds. */
const REMEMBERED_SECONDS = 600;

declare module 'fastify' {
  interface FastifyContextConfig {
    /** See `Contract.otherOrigins`. */
    otherOrigins?: boolean;
  }
}

interface CrossOriginDeps {
  readonly callbackForms: Pick<CallbackForms, 'allows'>;
  readonly publicBase: string;
}

/** The form that is asked for, and the page that asks. Browsers name the origin of every page but, for reading, our own. */
export function placeOf(request: FastifyRequest, publicBase: string): FormPlace {
  const { form } = request.params as { readonly form?: unknown };
  const { origin } = request.headers;
  const own = origin === undefined || sameHost(origin, request.host) || origin === new URL(publicBase).origin;
  return { form: typeof form === 'string' ? form : '', origin: own ? OWN_PAGE : origin };
}

/**
 * Lets pages of the origins that a form names read its answers, errors among them; no cookie is ever taken along. To be
 * installed before the limits, whose refusals such a page has to read as well.
 */
export function installCrossOrigin(app: FastifyInstance, { callbackForms, publicBase }: CrossOriginDeps): void {
  app.addHook('onRequest', async (request, reply) => {
    if (request.routeOptions.config.otherOrigins !== true) return;
    void reply.header('vary', 'origin');
    const place = placeOf(request, publicBase);
    if (place.origin === OWN_PAGE || !callbackForms.allows(place)) return;
    void reply.header('access-control-allow-origin', place.origin);
    if (request.method !== 'OPTIONS') return;
    void reply.header('access-control-allow-methods', 'GET, POST');
    void reply.header('access-control-allow-headers', 'content-type');
    void reply.header('access-control-max-age', String(REMEMBERED_SECONDS));
  });
}

/** What browsers ask before they send JSON from another origin; without the headers above it is a no. */
export function addPreflight(app: FastifyInstance, path: string): void {
  app.options(path, { schema: { hide: true }, config: { access: PUBLIC, otherOrigins: true } }, async (_request, reply) =>
    reply.code(204).send(),
  );
}
