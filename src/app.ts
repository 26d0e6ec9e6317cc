import { randomBytes } from 'node:crypto';
import { fileURLToPath } from 'node:url';
import { recordingAges } from './call-settings.ts';
import { openCallbackForms } from './callback-desk.ts';
import type { Config } from './config/config.ts';
import { SantralError } from './domain/errors.ts';
import { openSimulator } from './flow-desk.ts';
import { healthOf } from './health.ts';
import { createHttpServer } from './http/server.ts';
import { startJobs } from './jobs/jobs.ts';
import { openCallWatch } from './match-desk.ts';
import { type AppOptions, type Opened, openGround, openOutbox, openServices } from './open-services.ts';
import { openTelephone } from './open-telephone.ts';
import { openPromptDesk } from './prompt-desk.ts';
import { openRegistry } from './registry-desk.ts';
import { createAuth } from './services/auth/auth.ts';
import { createConsents } from './services/consents/consents.ts';
import { createDesk } from './services/desk/desk.ts';
import { sweepMissed } from './services/directory/missed.ts';
import { createRecordings } from './services/recordings/recordings.ts';
import { systemClock as clock, systemIds as ids } from './system-clock.ts';
import { VERSION } from './version.ts';
import { warmSpeech } from './warm-speech.ts';

const DAY_MS = 86_400_000;
/** Beside `src/` and `dist/` alike. */
const WEB_ROOT = fileURLToPath(new URL('../dist/web/', import.meta.url));

export interface App {
  /** Where the web pages and the API are. */
  readonly url: string;
  /** A number to try a call with; null when none leads to a flow. */
  readonly number: string | null;
  /** Of the first administrator, when it was made just now. */
  readonly firstAdmin: { readonly name: string; readonly password: string } | null;
  /** Resolves when all fixed prompts are rendered. */
  readonly warmed: Promise<void>;
  /** Lets go of everything; calls stay up for the next start. */
  close(): Promise<void>;
}

/** Puts the parts together and starts them, what others need first. What was opened is closed again if a later part fails. */
export async function createApp(options: AppOptions): Promise<App> {
  const opened: Opened = [];
  const closeAll = async (): Promise<void> => {
    for (const close of opened.splice(0).toReversed()) await close();
  };
  try {
    return await compose(options, opened, closeAll);
  } catch (error) {
    await closeAll();
    throw error;
  }
}

async function compose({ config, secrets, log }: AppOptions, opened: Opened, close: () => Promise<void>): Promise<App> {
  const ground = await openGround(config, secrets, log, opened);
  const services = await openServices(ground, { config, secrets, log }, opened);
  const { speech } = ground;
  const outbox = await openOutbox(ground, { config, log }, opened);
  const registry = await openRegistry({ config, stores: ground.stores, releases: services.releases, log });
  opened.push(() => registry.close());
  const telephone = openTelephone(
    ground,
    services,
    { outbox, registry, ...openCallWatch({ ...services, outbox, store: ground.stores.outbox, clock, ids, log }) },
    { config, secrets, log },
    opened,
  );
  // Before anybody can ask for it: pages that come back find their agents, and those who worked on one are expected to.
  await telephone.floorDesk.start();
  const auth = createAuth({ users: ground.stores.users, clock, ids, random: randomBytes, options: { loginHours: config.loginHours } });
  const firstAdmin = await auth.ensureFirstAdmin(config.adminPassword);
  const {
    releases: flows,
    numbers,
    dealers,
    directory,
    surveys,
    appointments,
    switches,
    workshop,
    figures,
    matching,
    expectations,
    imports,
    lists,
    segments,
  } = services;
  const { stores, prometheus } = ground;
  const recordings = createRecordings({
    ...{ store: stores.recordings, files: ground.recordings, clock, log, ...recordingAges(config) },
    isOver: async (call) => (await stores.calls.get(call))?.state !== 'open',
  });
  const health = healthOf({ stores, telephony: telephone.telephony, releases: flows, registry, brand: config.brand });
  const asteriskWebSocket = `${config.ariBase.replace(/^http/, 'ws')}/ws`;
  const prompts = openPromptDesk({ config, speech, stores, releases: flows, clock, ids });
  const consents = createConsents({ store: stores.consents, clock, ids });
  const simulator = openSimulator({ ...services, stores, speech, config, log, clock, ids });
  opened.push(() => simulator.stop());
  const written = { flows, workshop, figures, simulator, prompts, switches };
  const callers = { matching, expectations, imports, lists, segments };
  const about = {
    ...written,
    ...callers,
    numbers,
    dealers,
    directory,
    appointments,
    recordings,
    callRecordings: ground.callRecordings,
    surveys,
    outbox,
    consents,
    registry,
  };
  const shared = { config, clock, log, stores, auth, health, prometheus, ...about };
  const desk = createDesk({
    floor: telephone.floorDesk.board,
    brand: config.brand,
    clock,
    nameStream: () => randomBytes(6).toString('base64url'),
  });
  opened.push(() => desk.close());
  const { forms } = services;
  const callbackForms = openCallbackForms({ stores, wishes: telephone.callbacks.wishes, forms, config, secrets, log });
  const server = await createHttpServer({
    ...shared,
    desk,
    ...telephone,
    ...telephone.floorDesk,
    callbacks: telephone.callbacks.desk,
    callbackForms,
    webRoot: WEB_ROOT,
    asteriskWebSocket,
    version: VERSION,
  });
  opened.push(() => server.close());
  const url = await listen(server, config);
  const sweptImports = { sweep: () => imports.sweep(config.brand) };
  const keepMs = config.missedDays * DAY_MS;
  const missed = { sweep: () => sweepMissed({ store: stores.missedCalls, clock, log, keepMs }) };
  opened.push(
    startJobs({
      auth,
      appointments,
      recordings,
      callRecordings: ground.callRecordings,
      outbox,
      imports: sweptImports,
      missed,
      callbacks: telephone.callbacks,
      callbackForms,
      campaigns: telephone.campaigns,
      registry,
      log,
    }),
  );
  const warming = new AbortController();
  opened.push(() => warming.abort());
  const warmed = warmSpeech({ speech, release: flows.newest(), dir: config.places.speech, signal: warming.signal, log });
  await outbox.start();
  // Not waited for: nobody is advertised to before it was read, and all else begins.
  void registry.pull();
  telephone.telephony.start();
  return { url, number: numbers.example(), firstAdmin, warmed, close };
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
