import { createHash, randomBytes } from 'node:crypto';
import path from 'node:path';
import { fileURLToPath } from 'node:url';
import { endpointOf } from './asterisk/dial-strings.ts';
import { createTelephony } from './asterisk/telephony.ts';
import { TRANSPORTS } from './asterisk/transports.ts';
import { callSettings, orphanAgeMs } from './call-settings.ts';
import { mediaAddress } from './config/addresses.ts';
import type { Config } from './config/config.ts';
import { splitPins } from './config/schemas.ts';
import type { Secrets } from './config/secrets.ts';
import { loadWebhookSecrets } from './config/webhook-secrets.ts';
import { connectedClient } from './connectors/connected-client.ts';
import { connectorSecrets } from './connectors/connector-secrets.ts';
import { demoDealerSystem } from './connectors/demo-dealer-system.ts';
import { undiciHttpClient } from './connectors/undici-http-client.ts';
import { bringDemoAppointments } from './demo-appointments.ts';
import { bringDemoDealers } from './demo-dealers.ts';
import { SantralError } from './domain/errors.ts';
import { callEndsIn } from './files/call-ends.ts';
import { definitionFiles } from './files/definition-files.ts';
import { messageFiles } from './files/message-files.ts';
import { recordingFilesIn } from './files/recording-files.ts';
import { openFloor } from './floor-desk.ts';
import { parseConnectors } from './flow/connector-file.ts';
import { openSimulator, openWorkshop } from './flow-desk.ts';
import { healthOf } from './health.ts';
import { createPrometheus } from './http/prometheus.ts';
import { createHttpServer } from './http/server.ts';
import { startJobs } from './jobs/jobs.ts';
import { type AgentsLine, callOfAgent, openCallWatch, openMatching } from './match-desk.ts';
import { createProviders } from './notify/providers.ts';
import { outboxSettings } from './outbox-settings.ts';
import type { Log } from './ports/log.ts';
import type { Stores } from './ports/stores.ts';
import { openPromptDesk } from './prompt-desk.ts';
import { createAppointments } from './services/appointments/appointments.ts';
import { createAuth } from './services/auth/auth.ts';
import { createPasswords } from './services/auth/passwords.ts';
import type { CallWatch } from './services/calls/call-watch.ts';
import { createCalls } from './services/calls/calls.ts';
import { createReach } from './services/calls/conversation/reach.ts';
import { createConsents } from './services/consents/consents.ts';
import type { CallEvents } from './services/crm/call-events.ts';
import { createDealers } from './services/dealers/dealers.ts';
import { createDesk } from './services/desk/desk.ts';
import { createCallFeed } from './services/feed/call-feed.ts';
import { loadQueues } from './services/floor/load-queues.ts';
import { loadDefinitions } from './services/flows/load-definitions.ts';
import { createReleases } from './services/flows/releases.ts';
import { countFacts } from './services/metrics/journal-facts.ts';
import { meterTelephony } from './services/metrics/metered-telephony.ts';
import { meterVoice } from './services/metrics/metered-voice.ts';
import { createNumbers } from './services/numbers/route-numbers.ts';
import { loadMessages } from './services/outbox/load-messages.ts';
import { createOutbox, type Outbox } from './services/outbox/outbox.ts';
import { pinActions } from './services/pins/pin-actions.ts';
import { createRecordings } from './services/recordings/recordings.ts';
import { createSurveyLinks } from './services/surveys/links.ts';
import { createSurveys } from './services/surveys/surveys.ts';
import { createSwitches } from './services/switches/switches.ts';
import { createWebPhones } from './services/web-phone/web-phone.ts';
import { createSpeech } from './speech/speech.ts';
import { createVoice } from './speech/voices.ts';
import { openStores } from './store/open-stores.ts';
import { sealWith } from './store/session-seal.ts';
import { systemClock as clock, systemIds as ids } from './system-clock.ts';
import { VERSION } from './version.ts';
import { warmSpeech } from './warm-speech.ts';

/** Beside `src/` and `dist/` alike. */
const WEB_ROOT = fileURLToPath(new URL('../dist/web/', import.meta.url));

/** How to close what was opened, in the order of opening. */
type Opened = (() => unknown)[];

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

export interface AppOptions {
  readonly config: Config;
  readonly secrets: Secrets;
  readonly log: Log;
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
  const telephone = openTelephone(
    ground,
    services,
    { outbox, ...openCallWatch({ ...services, outbox, store: ground.stores.outbox, clock, ids, log }) },
    { config, secrets, log },
    opened,
  );
  const auth = createAuth({ users: ground.stores.users, clock, ids, random: randomBytes, options: { loginHours: config.loginHours } });
  const firstAdmin = await auth.ensureFirstAdmin(config.adminPassword);
  const {
    releases: flows,
    numbers,
    dealers,
    surveys,
    appointments,
    switches,
    workshop,
    figures,
    matching,
    expectations,
    imports,
    segments,
  } = services;
  const { stores, prometheus } = ground;
  const recordings = createRecordings({ store: stores.recordings, files: ground.recordings, clock, log, orphanMs: orphanAgeMs(config) });
  const health = healthOf({ stores, telephony: telephone.telephony, releases: flows });
  const asteriskWebSocket = `${config.ariBase.replace(/^http/, 'ws')}/ws`;
  const prompts = openPromptDesk({ config, speech, stores, releases: flows, clock, ids });
  const consents = createConsents({ store: stores.consents, clock, ids });
  const simulator = openSimulator({ ...services, stores, speech, config, log, clock, ids });
  opened.push(() => simulator.stop());
  const written = { flows, workshop, figures, simulator, prompts, switches };
  const callers = { matching, expectations, imports, segments };
  const about = { ...written, ...callers, numbers, dealers, appointments, recordings, surveys, outbox, consents };
  const shared = { config, clock, log, stores, auth, health, prometheus, ...about };
  const desk = createDesk({
    floor: telephone.floorDesk.board,
    brand: config.brand,
    clock,
    nameStream: () => randomBytes(6).toString('base64url'),
  });
  opened.push(() => desk.close());
  const server = await createHttpServer({
    ...shared,
    desk,
    ...telephone,
    ...telephone.floorDesk,
    webRoot: WEB_ROOT,
    asteriskWebSocket,
    version: VERSION,
  });
  opened.push(() => server.close());
  const url = await listen(server, config);
  const sweptImports = { sweep: () => imports.sweep(config.brand) };
  opened.push(startJobs({ auth, appointments, recordings, outbox, imports: sweptImports, log }));
  const warming = new AbortController();
  opened.push(() => warming.abort());
  const warmed = warmSpeech({ speech, release: flows.newest(), dir: config.places.speech, signal: warming.signal, log });
  await telephone.floorDesk.start();
  await outbox.start();
  telephone.telephony.start();
  return { url, number: numbers.example(), firstAdmin, warmed, close };
}

/** What everything stands on: the database, figures, the voice, outgoing requests, what messages say. */
async function openGround(config: Config, { sessionKey }: Secrets, log: Log, opened: Opened) {
  const { soundsDir: recordingsDir, speechWorkers: workers, speechBudgetMs: budgetMs, places } = config;
  const stores = await openStores({ databaseUrl: config.databaseUrl, sqliteFile: places.database, log, seal: sealWith(sessionKey) });
  opened.push(() => stores.close());
  const prometheus = createPrometheus();
  const voice = meterVoice(await createVoice(config.voice, config), prometheus.metrics);
  const speech = await createSpeech({ dir: places.speech, recordingsDir, uploadsDir: places.sounds, voice, clock, log, workers, budgetMs });
  opened.push(() => speech.close());
  const room = log.child({ room: 'connectors' });
  const connected = undiciHttpClient({ reach: 'private', log: room });
  const plain = undiciHttpClient({ reach: config.flowPrivate === 'on' ? 'private' : 'public', log: room });
  opened.push(
    () => connected.close(),
    () => plain.close(),
  );
  const messages = await loadMessages(messageFiles(config.flowsDir), { zone: config.zone, log });
  return { stores, prometheus, speech, connected, plain, messages, recordings: recordingFilesIn(places.recordings) };
}
type Ground = Awaited<ReturnType<typeof openGround>>;

/** What analysts and managers define: flows, numbers, surveys, dealers. */
async function openServices(ground: Ground, { config, secrets, log }: AppOptions, opened: Opened) {
  const { stores, speech, connected, plain, messages } = ground;
  const { brand, language, flowsDir, soundsDir } = config;
  const definitions = definitionFiles({ flows: flowsDir, sounds: soundsDir, uploads: config.places.sounds });
  const releases = createReleases({ definitions, store: stores.flows, clock, log, hash, settleMs: config.settleMs, limits: config });
  const flowExists = (flow: string): boolean => releases.newest()?.flows.has(flow) === true;
  const numbers = createNumbers({ stores, clock, brand, language, flowExists });
  const surveys = openSurveys(stores, config, secrets, log);
  await loadDefinitions({ definitions, releases, numbers, surveys: surveys.use, log });
  const floorDefinitions = await loadQueues(definitions, brand, log);
  const dealers = createDealers({ stores, clock, log });
  if (config.demo === 'on' && (await stores.users.count()) === 0 && (await stores.dealers.count(brand)) === 0) {
    await bringDemoDealers(dealers, brand, flowsDir, log);
    await bringDemoAppointments(stores, brand, flowsDir, log);
  }
  const settings = { zone: config.zone, holdMs: config.appointmentHoldSeconds * 1000, language };
  const holidays = (calendar: string) => releases.newest()?.calendars.get(calendar)?.holidays;
  const subscribed = (webhook: string): boolean => messages.webhooks.has(webhook);
  const appointments = createAppointments({ stores, dealers, holidays, subscribed, clock, ids, random: randomBytes, settings });
  const switches = createSwitches({
    store: stores.switches,
    audit: stores.audit,
    passwords: createPasswords((bytes) => randomBytes(bytes)),
    clock,
    ids,
    prepare: (words) => void speech.prerender(words.map((one) => ({ ...one, key: null }))),
  });
  const { connectors } = parseConnectors((await definitions.read()).connectors);
  const secret = connectorSecrets(process.env, config.places.connectors);
  const demos = { 'dealer-system': demoDealerSystem(() => clock.now(), config.zone) };
  const http = connectedClient({ inner: connected, plain, connectors, secret, demos, log: log.child({ room: 'connectors' }) });
  const pins = pinActions({ pins: new Map(splitPins(config.pins ?? '')), clock });
  // The floor, which seats agents, comes up later; until then nobody has a call.
  const line: AgentsLine = { callOf: () => null };
  const callers = await openMatching({ config, stores, clock, ids, log, http, callOfAgent: (agent) => line.callOf(agent) });
  opened.push(() => callers.imports.close());
  const actions = { ...dealers.actions, ...appointments.actions, ...surveys.actions, ...switches.actions, ...callers.actions, ...pins };
  const { workshop, figures } = openWorkshop({ stores, releases, config, log, clock, ids });
  opened.push(() => figures.stop());
  return {
    releases,
    numbers,
    dealers,
    surveys,
    appointments,
    switches,
    ...callers,
    line,
    actions,
    http,
    workshop,
    figures,
    ...floorDefinitions,
  };
}
type Services = Awaited<ReturnType<typeof openServices>>;

function openSurveys(stores: Stores, config: Config, { sessionKey }: Secrets, log: Log) {
  const { brand, zone, publicBase: publicUrl, callerId = null } = config;
  return createSurveys({
    store: stores.surveys,
    clock,
    ids,
    links: createSurveyLinks(sessionKey, randomBytes),
    settings: { brand, zone, publicUrl },
    kept: async (recording) => (await stores.recordings.get(recording)) !== undefined,
    callerId,
    log: log.child({ room: 'surveys' }),
  });
}

/** Messages on their way out, and the providers that take them. */
async function openOutbox(
  { stores, prometheus, messages: { wording, webhooks } }: Ground,
  { config, log }: Pick<AppOptions, 'config' | 'log'>,
  opened: Opened,
) {
  const { places, outboxTimeoutMs: timeoutMs, outboxAttempts: attempts, outboxParallel: parallel } = config;
  const webhookSecrets = loadWebhookSecrets(places.webhookSecrets, [...webhooks.keys()]);
  const room = log.child({ room: 'outbox' });
  const notifiers = createProviders({ settings: config, webhooks, webhookSecrets, clock, random: Math.random, log: room });
  opened.push(() => notifiers.close());
  const outbox = createOutbox({
    store: stores.outbox,
    consents: stores.consents,
    notifiers,
    wording,
    clock,
    random: Math.random,
    log: room,
    metrics: prometheus.metrics,
    timeoutMs,
    attempts,
    parallel,
    settings: outboxSettings(config),
  });
  opened.push(() => outbox.close());
  return { ...outbox, webhooks };
}

/** Asterisk and everything that happens on the line. */
function openTelephone(
  { stores, speech, recordings, prometheus }: Ground,
  services: Services,
  { outbox, watch, events }: { readonly outbox: Outbox; readonly watch: CallWatch; readonly events: CallEvents },
  { config, secrets, log }: AppOptions,
  opened: Opened,
) {
  const { metrics } = prometheus;
  const telephony = meterTelephony(
    createTelephony({ ...ariOf(config, secrets), beep: speech.beep().path, mediaAddress: mediaAddress(config.host), clock, log }),
    metrics,
  );
  opened.push(() => telephony.stop());
  const onTrouble = (endpoint: string, error: unknown): void =>
    log.warn({ endpoint, err: error }, 'a browser phone could not be brought to Asterisk');
  const webPhones = createWebPhones({ telephony, clock, random: randomBytes, onTrouble });
  opened.push(() => webPhones.stop());
  const floorDesk = openFloor({
    ...{ stores, telephony, webPhones, ...services, events, config, clock, ids, log },
    callOf: (id) => calls.live().find((call) => call.id === id),
  });
  opened.push(() => floorDesk.stop());
  services.line.callOf = (agent) => callOfAgent(floorDesk.floor, agent);
  const feed = createCallFeed(stores.calls);
  opened.push(() => feed.close());
  const count = countFacts(metrics);
  const calls = createCalls({
    telephony,
    store: outbox.watch(stores.calls),
    keys: stores.callKeys,
    consents: stores.consents,
    speech,
    recordings,
    clock,
    ids,
    random: Math.random,
    log: log.child({ room: 'calls' }),
    meter: metrics,
    releases: services.releases,
    routeFor: (did) => services.numbers.routeFor(did),
    actions: services.actions,
    http: services.http,
    endpointFor: (target) => endpointOf(target, config.trunk),
    floor: floorDesk.floor,
    reach: createReach({
      floor: floorDesk.floor,
      queues: services.queues,
      endpointFor: (number) => endpointOf({ kind: 'number', number }, config.trunk),
    }),
    ends: callEndsIn(path.join(config.places.asterisk, 'log'), log),
    publish: (entries) => {
      feed.publish(entries);
      services.surveys.heard(entries);
      count(entries);
      services.figures.note(entries);
    },
    watch,
    settings: callSettings(config),
  });
  opened.push(() => calls.stop());
  telephony.listen({
    onEvent: (event) => calls.onEvent(event),
    onUp: async () => {
      metrics.telephonyConnection(true);
      await Promise.all([webPhones.again(), floorDesk.agents.again(), calls.onUp()]);
      floorDesk.settleSoon();
    },
    onDown: () => {
      metrics.telephonyConnection(false);
      calls.onDown();
    },
  });
  return { telephony, webPhones, feed, calls, floorDesk };
}

function ariOf(config: Config, { ariPassword: password }: Secrets) {
  const { ariApp: app, ariBase: url, ariUser: user, ariTimeoutMs: timeoutMs } = config;
  return { transport: TRANSPORTS[config.ariClient], app, url, user, password, timeoutMs };
}

function hash(text: string): string {
  return createHash('sha256').update(text).digest('hex');
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
