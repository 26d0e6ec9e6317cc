import { randomBytes } from 'node:crypto';
import type { ServerOptions } from 'node:http';
import cookie from '@fastify/cookie';
import Fastify, { type FastifyInstance } from 'fastify';
import { serializerCompiler, validatorCompiler } from 'fastify-type-provider-zod';
import { AGENT_SOCKET_PATH, createAgentSockets } from './agent-socket.ts';
import { cookieJar, cookieName, createIdentify, createRecheck, installAuthentication } from './authentication.ts';
import { installBodies } from './bodies.ts';
import { installCrossOrigin } from './cross-origin.ts';
import type { HttpDeps } from './deps.ts';
import { about, installErrors, installNotFound } from './errors.ts';
import { installHeaders } from './headers.ts';
import { BODY_LIMIT, HANDLER_TIMEOUT_MS, installLimits } from './limits.ts';
import { installOpenApi } from './openapi.ts';
import { sendProblem } from './problem.ts';
import { addRoute } from './route.ts';
import { RESOURCES } from './routes/registry.ts';
import { createSipProxy, SIP_PATH } from './sip-proxy.ts';
import { createStreams } from './sse.ts';
import { installDoors, isWebSocket } from './upgrade.ts';
import { installWebApp, sendPage, wantsPage } from './web-app.ts';

/** The web's side of the engine, ready to listen: API, live feeds, documentation, web pages, the phones' WebSocket. */
export async function createHttpServer(deps: HttpDeps): Promise<FastifyInstance> {
  const { config, clock, log } = deps;
  const identify = createIdentify(deps.auth, config.httpPort);
  const app = bare();
  installErrors(app, log);
  await app.register(cookie);
  await installHeaders(app);
  installCrossOrigin(app, { callbackForms: deps.callbackForms, publicBase: config.publicBase });
  installAuthentication(app, identify);
  await installLimits(app, config.rateLimit, config.maxLoopDelayMs);
  installBodies(app);
  installNotFound(app, async (request, reply) => {
    if (!wantsPage(request)) return false;
    await sendPage(reply, deps.webRoot);
    return true;
  });
  countRequests(app, deps);
  await installOpenApi(app, deps.version, cookieName(config.httpPort));

  const streams = createStreams({ clock, stillAllowed: createRecheck(identify) });
  const context = { deps, cookies: cookieJar(config.httpPort), streams };
  for (const route of RESOURCES.flatMap((resource) => resource(context))) {
    addRoute(app, route);
  }
  await installWebApp(app, deps.webRoot);
  installDoors(app, {
    [SIP_PATH]: createSipProxy({ identify, clock, log, target: deps.asteriskWebSocket, phoneGone: deps.phoneGone }),
    [AGENT_SOCKET_PATH]: createAgentSockets({ identify, desk: deps.desk, clock, log }),
  });
  app.addHook('preClose', async () => streams.closeAll());
  deps.prometheus.activeCallsFrom(() => deps.calls.live().length);
  deps.prometheus.outboxFrom(() => deps.outbox.figures());
  deps.prometheus.registryFrom(() => deps.registry.glance(deps.config.brand));
  await app.ready();
  return app;
}

function bare(): FastifyInstance {
  const app = Fastify({
    logger: false,
    bodyLimit: BODY_LIMIT,
    handlerTimeout: HANDLER_TIMEOUT_MS,
    requestTimeout: HANDLER_TIMEOUT_MS,
    // A proxy on this machine may say whom it speaks for; nobody else is believed.
    trustProxy: 'loopback',
    // Where Node has it: only WebSockets are upgrades, all other offers (HTTP/2) are passed over.
    http: { shouldUpgradeCallback: isWebSocket } as ServerOptions,
    // What the router itself cannot take, such as a malformed address.
    frameworkErrors: (error, _request, reply) => void sendProblem(reply, error),
    genReqId: () => randomBytes(9).toString('base64url'),
    routerOptions: { maxParamLength: 200 },
  });
  app.setValidatorCompiler(validatorCompiler);
  app.setSerializerCompiler(serializerCompiler);
  return app;
}

/** Figures and one debug line for each request; by its route, so that no id or number gets there. */
function countRequests(app: FastifyInstance, { prometheus, log }: HttpDeps): void {
  app.addHook('onResponse', async (request, reply) => {
    const route = request.routeOptions.url ?? '(none)';
    prometheus.countRequest(request.method, route, reply.statusCode, reply.elapsedTime);
    log.debug({ ...about(request), status: reply.statusCode, ms: Math.round(reply.elapsedTime) }, 'request');
  });
}
