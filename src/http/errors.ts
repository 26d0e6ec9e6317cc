import '@fastify/rate-limit';
import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify';
import { isResponseSerializationError } from 'fastify-type-provider-zod';
import { SantralError } from '../domain/errors.ts';
import type { Log } from '../ports/log.ts';
import { problemOf, sendProblem } from './problem.ts';

/** Everything that goes wrong leaves as problem+json; faults of our own are logged with the request's id. */
export function installErrors(app: FastifyInstance, log: Log): void {
  app.setErrorHandler(async (error, request, reply) => {
    const { status } = problemOf(error, request.id);
    if (status >= 500) log.error({ ...about(request), err: error, ...serialization(error) }, 'a request failed');
    await sendProblem(reply, error);
  });
}

/** To be installed after the limits: guessing addresses counts, too. `page` may answer a browser instead. */
export function installNotFound(app: FastifyInstance, page: (request: FastifyRequest, reply: FastifyReply) => Promise<boolean>): void {
  app.setNotFoundHandler({ preHandler: app.rateLimit() }, async (request, reply) => {
    if (await page(request, reply)) return;
    await sendProblem(
      reply,
      new SantralError('request.not-found', `There is no ${request.method} ${pathOf(request)}. The API is described at /docs.`),
    );
  });
}

/** Without the query: it may hold what must not be logged. */
export function pathOf(request: FastifyRequest): string {
  return request.url.split('?', 1)[0] ?? '/';
}

export function about(request: FastifyRequest): object {
  return { requestId: request.id, method: request.method, route: request.routeOptions.url ?? '(none)' };
}

function serialization(error: unknown): object {
  return error instanceof Error && isResponseSerializationError(error) ? { issues: error.cause.issues } : {};
}
