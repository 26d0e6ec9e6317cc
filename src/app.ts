import { createHash, randomBytes } from 'node:crypto';
import path from 'node:path';
import { fileURLToPath } from 'node:url';
import { endpointOf } from './asterisk/dial-strings.ts';
import { createTelephony } from './asterisk/telephony.ts';
import { TRANSPORTS } from './asterisk/transports.ts';
import { callSettings } from './call-settings.ts';
import type { Config } from './config/config.ts';
import type { Secrets } from './config/secrets.ts';
import { undiciHttpClient } from './connectors/undici-http-client.ts';
import { bringDemoDealers } from './demo-dealers.ts';
import { SantralError } from './domain/errors.ts';
import { callEndsIn } from './files/call-ends.ts';
import { definitionFiles } from './files/definition-files.ts';
import { healthOf } from './health.ts';
import { createPrometheus } from './http/prometheus.ts';
import { createHttpServer } from './http/server.ts';
import { startJobs } from './jobs/jobs.ts';
import type { Log } from './ports/log.ts';
import { createAuth } from './services/auth/auth.ts';
import { createCalls } from './services/calls/calls.ts';
import { createDealers } from './services/dealers/dealers.ts';
import { createCallFeed } from './services/feed/call-feed.ts';
import { loadDefinitions } from './services/flows/load-definitions.ts';
import { createReleases } from './services/flows/releases.ts';
import { createNumbers } from './services/numbers/route-numbers.ts';
import { createWebPhones } from './services/web-phone/web-phone.ts';
import { createSpeech } from './speech/speech.ts';
import { createVoice } from './speech/voices.ts';
import { openStores } from './store/open-stores.ts';
import { systemClock as clock, systemIds as ids } from './system-clock.ts';
import { warmSpeech } from './warm-speech.ts';

const VERSION = process.env['npm_package_version'] ?? '0.1.0';

export interface App {
  /** Where the web pages and the API are. */
  readonly url: string;
  /** Of the first administrator, when it was made just now. */
  readonly firstAdmin: { readonly name: string; readonly password: string } | null;
  /** Resolves when all fixed prompts are rendered. */
  readonly warmed: Promise<void>;
  /** Lets go of everything; calls stay up for the next start. */
  close(): Promise<void>;
}

export interface AppOptions {
  readonly config: Config;
  readonly secrets: Secrets;
  readonly log: Log;
}

/** Puts the parts together and starts them, what others need first. What was opened is closed again if a later part fails. */
export async function createApp(options: AppOptions): Promise<App> {
  const opened: (() => unknown)[] = [];
  const closeAll = async (): Promise<void> => {
    for (const close of opened.splice(0).reverse()) await close();
  };
  try {
    return await compose(options, opened, closeAll);
  } catch (error) {
    await closeAll();
    throw error;
  }
}

async function compose({ config, secrets, log }: AppOptions, opened: (() => unknown)[], close: () => Promise<void>): Promise<App> {
  const stores = await openStores({ databaseUrl: config.databaseUrl, sqliteFile: config.places.database, log });
  opened.push(() => stores.close());
  const prometheus = createPrometheus();
  const { metrics } = prometheus;
  const voice = await createVoice(config.voice, config);
  const { soundsDir, speechWorkers, speechBudgetMs, places } = config;
  const speech = await createSpeech({
    dir: places.speech,
    recordingsDir: soundsDir,
    voice,
    clock,
    log,
    workers: speechWorkers,
    budgetMs: speechBudgetMs,
  });
  opened.push(() => speech.close());
  const http = undiciHttpClient();
  opened.push(() => http.close());

  const hash = (text: string): string => createHash('sha256').update(text).digest('hex');
  const definitions = definitionFiles({ flows: config.flowsDir, sounds: soundsDir });
  const releases = createReleases({ definitions, store: stores.flows, clock, log, hash });
  const flowExists = (flow: string): boolean => releases.newest()?.flows.has(flow) === true;
  const numbers = createNumbers({ stores, clock, brand: config.brand, language: config.language, flowExists });
  await loadDefinitions({ definitions, releases, numbers, log });
  const dealers = createDealers({ stores, clock, log });

  const ariPassword = secrets.ariPassword;
  const { ariApp: app, ariBase: url, ariUser: user, ariTimeoutMs: timeoutMs } = config;
  const telephony = createTelephony({
    transport: TRANSPORTS[config.ariClient],
    app,
    url,
    user,
    password: ariPassword,
    timeoutMs,
    clock,
    log,
  });
  opened.push(() => telephony.stop());
  const webPhones = createWebPhones({
    telephony,
    clock,
    random: randomBytes,
    onTrouble: (endpoint, error) => log.warn({ endpoint, err: error }, 'a browser phone could not be brought to Asterisk'),
  });
  opened.push(() => webPhones.stop());
  const feed = createCallFeed(stores.calls);
  opened.push(() => feed.close());
  const calls = createCalls({
    telephony,
    store: stores.calls,
    speech,
    clock,
    ids,
    random: Math.random,
    log: log.child({ room: 'calls' }),
    meter: metrics,
    releases,
    routeFor: numbers.routeFor,
    actions: dealers.actions,
    http,
    endpointFor: (target) => endpointOf(target, config.trunk),
    ends: callEndsIn(path.join(places.asterisk, 'log'), log),
    publish: feed.publish,
    settings: callSettings(config),
  });
  opened.push(() => calls.stop());
  telephony.listen({
    onEvent: calls.onEvent,
    onUp: async () => {
      metrics.telephonyConnection(true);
      await Promise.all([webPhones.again(), calls.onUp()]);
    },
    onDown: () => metrics.telephonyConnection(false),
  });

  if (config.demo === 'on' && (await stores.users.count()) === 0 && (await stores.dealers.count(config.brand)) === 0) {
    await bringDemoDealers(dealers, config.brand, config.flowsDir, log);
  }
  const auth = createAuth({ users: stores.users, clock, ids, random: randomBytes, options: { loginHours: config.loginHours } });
  const firstAdmin = await auth.ensureFirstAdmin(config.adminPassword);
  const health = healthOf({ stores, telephony, releases });
  const server = await createHttpServer({
    config,
    clock,
    log,
    stores,
    auth,
    calls,
    feed,
    flows: releases,
    numbers,
    dealers,
    webPhones,
    health,
    prometheus,
    webRoot: fileURLToPath(new URL('../dist/web/', import.meta.url)),
    asteriskWebSocket: `${config.ariBase.replace(/^http/, 'ws')}/ws`,
    version: VERSION,
  });
  opened.push(() => server.close());
  const address = await listen(server, config);
  opened.push(startJobs({ users: stores.users, clock, log }));
  const warming = new AbortController();
  opened.push(() => warming.abort());
  const warmed = warmSpeech({ speech, release: releases.newest(), dir: places.speech, signal: warming.signal, log });
  telephony.start();
  return { url: address, firstAdmin, warmed, close };
}

async function listen(server: Awaited<ReturnType<typeof createHttpServer>>, { host, httpPort }: Config): Promise<string> {
  try {
    return await server.listen({ host, port: httpPort });
  } catch (error) {
    const code = error instanceof Error && 'code' in error ? error.code : undefined;
    if (code !== 'EADDRINUSE' && code !== 'EACCES') throw error;
    const why = code === 'EADDRINUSE' ? 'is in use by another program' : 'may not be opened by this user';
    throw new SantralError('config.invalid', `Port ${httpPort} on ${host} ${why}. Set SANTRAL_HTTP_PORT to another one.`, { cause: error });
  }
}
