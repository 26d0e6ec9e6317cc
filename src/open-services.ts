import { randomBytes } from 'node:crypto';
import { hostname } from 'node:os';
import { recordingAges } from './call-settings.ts';
import { openCheckDesk } from './check-desk.ts';
import { asteriskName } from './config/addresses.ts';
import type { Config } from './config/config.ts';
import { loadEngineId } from './config/engine-id.ts';
import { splitPins } from './config/schemas.ts';
import type { Secrets } from './config/secrets.ts';
import { loadWebhookSecrets } from './config/webhook-secrets.ts';
import { connectedClient } from './connectors/connected-client.ts';
import { connectorSecrets } from './connectors/connector-secrets.ts';
import { demoDealerSystem } from './connectors/demo-dealer-system.ts';
import { undiciHttpClient } from './connectors/undici-http-client.ts';
import { bringDemoAppointments } from './demo-appointments.ts';
import { bringDemoDealers } from './demo-dealers.ts';
import { ANY_DID } from './domain/did.ts';
import type { DirectoryEntry } from './domain/directory.ts';
import { callbackGroupsOf } from './domain/queue.ts';
import { callAudioIn } from './files/call-audio.ts';
import { definitionFiles } from './files/definition-files.ts';
import { messageFiles } from './files/message-files.ts';
import { recordingFilesIn } from './files/recording-files.ts';
import { sealAudioWith } from './files/sealed-audio.ts';
import { parseConnectors } from './flow/connector-file.ts';
import type { Release } from './flow/release.ts';
import { openWorkshop } from './flow-desk.ts';
import { createPrometheus } from './http/prometheus.ts';
import { type AgentsLine, openMatching } from './match-desk.ts';
import { createProviders } from './notify/providers.ts';
import { outboxSettings } from './outbox-settings.ts';
import type { Log } from './ports/log.ts';
import type { Stores } from './ports/stores.ts';
import { createAppointments } from './services/appointments/appointments.ts';
import { createPasswords } from './services/auth/passwords.ts';
import { loadForms } from './services/callback-forms/load-forms.ts';
import { createDealers, type Dealers } from './services/dealers/dealers.ts';
import { createDirectory } from './services/directory/directory.ts';
import { directoryActions } from './services/directory/directory-actions.ts';
import { loadDirectory } from './services/directory/load-directory.ts';
import { loadQueues } from './services/floor/load-queues.ts';
import { loadDefinitions, tryLoaded } from './services/flows/load-definitions.ts';
import { createReleases, type Releases } from './services/flows/releases.ts';
import type { ScenarioGate } from './services/flows/scenario-gate.ts';
import { meterVoice } from './services/metrics/metered-voice.ts';
import { createNumbers, type Numbers } from './services/numbers/route-numbers.ts';
import { loadMessages } from './services/outbox/load-messages.ts';
import { createOutbox } from './services/outbox/outbox.ts';
import { pinActions } from './services/pins/pin-actions.ts';
import { createCallRecordings } from './services/recordings/call-recordings.ts';
import { createSurveyLinks } from './services/surveys/links.ts';
import { createSurveys } from './services/surveys/surveys.ts';
import { createSwitches } from './services/switches/switches.ts';
import { createSpeech } from './speech/speech.ts';
import { createVoice } from './speech/voices.ts';
import { openStores } from './store/open-stores.ts';
import { sealWith } from './store/session-seal.ts';
import { systemClock as clock, systemIds as ids } from './system-clock.ts';
import { textHash } from './text-hash.ts';

/** How to close what was opened, in the order of opening. */
export type Opened = (() => unknown)[];

export interface AppOptions {
  readonly config: Config;
  readonly secrets: Secrets;
  readonly log: Log;
}

/** What everything stands on: the database, figures, the voice, outgoing requests, what messages say. */
export async function openGround(config: Config, { sessionKey }: Secrets, log: Log, opened: Opened) {
  const { soundsDir: recordingsDir, speechWorkers: workers, speechBudgetMs: budgetMs, places } = config;
  const stores = await openStores({
    databaseUrl: config.databaseUrl,
    sqliteFile: places.database,
    log,
    seal: sealWith(sessionKey),
    asterisk: asteriskName(config, loadEngineId(places.engineId, hostname())),
  });
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
  const sealed = sealAudioWith(sessionKey);
  const callAudio = callAudioIn(places.callRecordings, sealed);
  const callRecordings = createCallRecordings({
    ...{ store: stores.callRecordings, audit: stores.audit, files: callAudio, ...recordingAges(config) },
    ...{ clock, ids, log: log.child({ room: 'recordings' }), meter: prometheus.metrics },
  });
  opened.push(() => callRecordings.stop());
  const recordings = recordingFilesIn(places.recordings, sealed);
  return { stores, prometheus, speech, connected, plain, messages, recordings, callRecordings, callAudio };
}
export type Ground = Awaited<ReturnType<typeof openGround>>;

/** What analysts and managers define: flows, numbers, surveys, dealers. */
export async function openServices(ground: Ground, { config, secrets, log }: AppOptions, opened: Opened) {
  const { stores, speech, connected, plain, messages } = ground;
  const { brand, language, flowsDir, soundsDir } = config;
  const definitions = definitionFiles({ flows: flowsDir, sounds: soundsDir, uploads: config.places.sounds });
  const floorDefinitions = await loadQueues(definitions, brand, log);
  const { entries, departments } = await loadDirectory(definitions, log);
  const groups = callbackGroupsOf(floorDefinitions.queues);
  const forms = await loadForms(definitions, { brand, groups }, log);
  const checking = openCheckDesk();
  opened.push(() => checking.close());
  const limits = { maxSubflowDepth: config.maxSubflowDepth, maxTextLength: config.maxTextLength };
  const releases = createReleases({
    ...{ definitions, store: stores.flows, clock, log, hash: textHash, settleMs: config.settleMs, limits, aside: checking.check },
    ...{ queues: new Set(floorDefinitions.queues.keys()), callbackGroups: groups, departments },
  });
  const flowExists = (flow: string): boolean => releases.newest()?.flows.has(flow) === true;
  const numbers = createNumbers({ stores, clock, brand, language, flowExists });
  const surveys = openSurveys(stores, config, secrets, log);
  const made = await loadDefinitions({ definitions, releases, numbers, surveys: surveys.use, log });
  const dealers = createDealers({ stores, clock, log });
  if (config.demo === 'on' && (await stores.users.count()) === 0 && (await stores.dealers.count(brand)) === 0) {
    await bringDemoDealers(dealers, brand, flowsDir, log);
    await bringDemoAppointments(stores, brand, flowsDir, log);
  }
  const directory = await openDirectory(ground, { config, log }, { entries, dealers, releases, numbers });
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
  const callers = await openMatching({
    config,
    stores,
    clock,
    ids,
    log,
    http,
    sealKey: secrets.sessionKey,
    callOfAgent: (agent) => line.callOf(agent),
  });
  opened.push(() => callers.imports.close());
  const actions = {
    ...dealers.actions,
    ...appointments.actions,
    ...surveys.actions,
    ...switches.actions,
    ...callers.actions,
    ...pins,
    ...directoryActions(directory),
  };
  const { workshop, figures, gate } = openWorkshop({ stores, releases, config, log, clock, ids });
  opened.push(() => figures.stop());
  if (made !== null) opened.push(tryInTheBackground(made, gate, log));
  return {
    releases,
    numbers,
    dealers,
    directory,
    surveys,
    appointments,
    switches,
    ...callers,
    line,
    actions,
    http,
    workshop,
    figures,
    forms,
    ...floorDefinitions,
  };
}
export type Services = Awaited<ReturnType<typeof openServices>>;

/** A start does not wait for scenarios; gives how to end them. */
function tryInTheBackground(made: Release, gate: ScenarioGate, log: Log): () => Promise<void> {
  const ended = new AbortController();
  const trial = tryLoaded(made, gate, log, ended.signal);
  return () => {
    ended.abort();
    return trial;
  };
}

/** Whom to ring for departments, dealers and people. */
async function openDirectory(
  { stores }: Ground,
  { config: { brand, language, zone }, log }: Pick<AppOptions, 'config' | 'log'>,
  { entries, dealers, releases, numbers }: DirectoryNeeds,
) {
  const room = log.child({ room: 'directory' });
  const directory = createDirectory({
    store: stores.directory,
    entries,
    dealers,
    calendar: (id) => releases.newest()?.calendars.get(id),
    leadsHere: (number) => (numbers.routeFor(number)?.did ?? ANY_DID) !== ANY_DID,
    ...{ brand, language, zone, clock, ids, log: room },
  });
  await directory.start();
  return directory;
}

interface DirectoryNeeds {
  readonly entries: readonly DirectoryEntry[];
  readonly dealers: Pick<Dealers, 'all'>;
  readonly releases: Pick<Releases, 'newest'>;
  readonly numbers: Pick<Numbers, 'routeFor'>;
}

function openSurveys(stores: Stores, config: Config, { sessionKey }: Secrets, log: Log) {
  const { brand, zone, publicBase: publicUrl, callerId = null } = config;
  return createSurveys({
    store: stores.surveys,
    clock,
    ids,
    links: createSurveyLinks(sessionKey, randomBytes),
    settings: { brand, zone, publicUrl },
    calls: stores.calls,
    kept: async (recording) => (await stores.recordings.get(recording)) !== undefined,
    callerId,
    log: log.child({ room: 'surveys' }),
  });
}

/** Messages on their way out, and the providers that take them. */
export async function openOutbox(
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
