import rateLimit from '@fastify/rate-limit';
import type { FastifyInstance, FastifyRequest } from 'fastify';
import { SantralError } from '../domain/errors.ts';
import { watchLoop } from './loop-delay.ts';

/** Bytes of a body where its contract says nothing else. */
export const BODY_LIMIT = 256 * 1024;
/** No request may be pending longer, streams aside. */
export const HANDLER_TIMEOUT_MS = 30_000;
const ALWAYS_ANSWERED: ReadonlySet<string> = new Set(['/health', '/metrics', '/assets/*']);

/** Who a request is counted for: the login, or where it comes from. */
function client(request: FastifyRequest): string {
  return request.caller?.token.id ?? request.ip;
}

/** To be installed after the authentication: an office behind one address must not share one allowance. */
export async function installLimits(app: FastifyInstance, perMinute: number, maxLoopDelayMs: number): Promise<void> {
  await app.register(rateLimit, {
    max: perMinute,
    timeWindow: 60_000,
    keyGenerator: client,
    enableDraftSpec: true,
    errorResponseBuilder: (_request, { after }) => new SantralError('request.too-many', `Too many requests; try again in ${after}.`),
  });
  const loop = watchLoop();
  app.addHook('onClose', async () => loop.stop());
  app.addHook('onRequest', async (request) => {
    if (loop.lateMs() <= maxLoopDelayMs || ALWAYS_ANSWERED.has(request.routeOptions.url ?? '')) return;
    throw new SantralError('engine.not-ready', 'The engine is busy with its calls. Try again shortly.');
  });
}
