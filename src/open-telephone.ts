import { randomBytes } from 'node:crypto';
import path from 'node:path';
import { endpointOf } from './asterisk/dial-strings.ts';
import { createTelephony } from './asterisk/telephony.ts';
import { TRANSPORTS } from './asterisk/transports.ts';
import { callSettings } from './call-settings.ts';
import { openCallbacks, watchTogether } from './callback-desk.ts';
import { openCampaigns } from './campaign-desk.ts';
import { mediaAddress } from './config/addresses.ts';
import type { Config } from './config/config.ts';
import type { Secrets } from './config/secrets.ts';
import type { CallId } from './domain/ids.ts';
import { callEndsIn } from './files/call-ends.ts';
import { type FloorDesk, openFloor } from './floor-desk.ts';
import { callOfAgent } from './match-desk.ts';
import type { AppOptions, Ground, Opened, Services } from './open-services.ts';
import { createDialActs, type DialActs } from './services/agents/dial-acts.ts';
import { startBeat } from './services/calls/beat.ts';
import type { CallWatch } from './services/calls/call-watch.ts';
import { type Calls, createCalls } from './services/calls/calls.ts';
import { createReach } from './services/calls/conversation/reach.ts';
import type { CallEvents } from './services/crm/call-events.ts';
import { createClickToCall } from './services/crm/click-to-call.ts';
import { createCallFeed } from './services/feed/call-feed.ts';
import { queueActions } from './services/floor/queue-actions.ts';
import { countFacts } from './services/metrics/journal-facts.ts';
import { meterTelephony } from './services/metrics/metered-telephony.ts';
import { type Outbox } from './services/outbox/outbox.ts';
import type { Webhooks } from './services/outbox/webhooks-file.ts';
import type { Registry } from './services/registry/registry.ts';
import { createWebPhones } from './services/web-phone/web-phone.ts';
import { sealWith } from './store/session-seal.ts';
import { systemClock as clock, systemIds as ids } from './system-clock.ts';

/** Asterisk and everything that happens on the line. */
export function openTelephone(
  { stores, speech, recordings, callRecordings, callAudio, prometheus, messages }: Ground,
  services: Services,
  {
    outbox,
    registry,
    watch,
    events,
  }: {
    readonly outbox: Outbox & { readonly webhooks: Webhooks };
    readonly registry: Pick<Registry, 'isStale'>;
    readonly watch: CallWatch;
    readonly events: CallEvents;
  },
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
  const callbacks = openCallbacks({
    ...{ stores, telephony, ...services, config, log },
    floor: () => floorDesk.floor,
    calls: () => calls,
  });
  opened.push(() => callbacks.stop());
  const floorDesk: FloorDesk = openFloor({
    ...{ stores, telephony, webPhones, ...services, events, config, clock, ids, log, callbacks: callbacks.onFloor },
    extensions: new Set(secrets.agents.map(({ name }) => name)),
    callOf: (id) => calls.get(id),
  });
  opened.push(() => floorDesk.stop());
  services.line.callOf = (agent) => callOfAgent(floorDesk.floor, agent);
  const feed = createCallFeed(stores.calls);
  opened.push(() => feed.close());
  const count = countFacts(metrics);
  const settings = callSettings(config);
  const calls: Calls = createCalls({
    telephony,
    store: outbox.watch(stores.calls),
    keys: stores.callKeys,
    consents: stores.consents,
    speech,
    recordings,
    callRecordings: stores.callRecordings,
    callAudio,
    callRecorded: (id) => callRecordings.finishSoon(id),
    clock,
    ids,
    random: Math.random,
    log: log.child({ room: 'calls' }),
    meter: metrics,
    releases: services.releases,
    routeFor: (did) => services.numbers.routeFor(did),
    actions: {
      ...services.actions,
      ...queueActions({ queues: () => floorDesk.board.queues(), expectedWait: (queue) => floorDesk.floor.expectedWait(queue), clock }),
    },
    http: services.http,
    endpointFor: (target) => endpointOf(target, config.trunk),
    floor: floorDesk.floor,
    directory: services.directory,
    reach: createReach({
      floor: floorDesk.floor,
      queues: services.queues,
      endpointFor: (target) => endpointOf(target, config.trunk),
      attempts: (ref) => services.directory.attemptsNow(ref),
      ringMs: settings.transferRingMs,
      language: config.language,
    }),
    ends: callEndsIn(path.join(config.places.asterisk, 'log'), log),
    publish: (entries) => {
      feed.publish(entries);
      void services.surveys.heard(entries);
      count(entries);
      services.figures.note(entries);
      campaigning.dialler.note(entries);
    },
    hungUp: callbacks.hungUp,
    watch: watchTogether([watch, callbacks.watch]),
    settings,
  });
  opened.push(() => calls.stop());
  const beat = startBeat({ store: stores.calls, clock, log, closeCallsOfGone: (gone) => calls.closeCallsOfGone(gone) });
  opened.push(() => beat.stop());
  const dialActs = openDial({ stores, services, floorDesk, calls, callbacks, config });
  const { releases, numbers, queues } = services;
  const campaigning = openCampaigns({
    ...{ config, stores, telephony, calls, releases, numbers, queues, clock, ids, log },
    floor: floorDesk.floor,
    webhooks: outbox.webhooks,
    senders: messages.wording.senders,
    seal: sealWith(secrets.sessionKey),
    registry,
  });
  opened.push(() => campaigning.dialler.stop());
  telephony.listen({
    onEvent: (event) => calls.onEvent(event),
    onUp: async () => {
      metrics.telephonyConnection(true);
      await Promise.all([webPhones.again(), floorDesk.agents.again(), calls.onUp()]);
      floorDesk.settleSoon();
      callbacks.start();
      // Only now that every call of before is known to live or to be over.
      await campaigning.dialler.up();
    },
    onDown: () => {
      metrics.telephonyConnection(false);
      calls.onDown();
      campaigning.dialler.down();
    },
  });
  return { telephony, webPhones, feed, calls, floorDesk, dialActs, campaigns: campaigning.campaigns, callbacks };
}

/** Calls that agents make from the screen. */
function openDial(parts: {
  readonly stores: Ground['stores'];
  readonly services: Services;
  readonly floorDesk: ReturnType<typeof openFloor>;
  readonly calls: Calls;
  readonly callbacks: Pick<ReturnType<typeof openCallbacks>, 'byHand'>;
  readonly config: Config;
}): DialActs {
  const { stores, services, floorDesk, calls, callbacks, config } = parts;
  const { floor, agents, board } = floorDesk;
  const clickToCall = createClickToCall({
    ...{ consents: stores.consents, audit: stores.audit, clock, ids },
    place: (order) =>
      calls.placeByHand({
        ...order,
        lock: (callId) => callbacks.byHand({ callId, agent: order.agent, number: order.number }),
        language: config.language,
        callerId: services.queues.get(order.queue ?? '')?.callerId ?? config.callerId ?? null,
        failed: (outcome) => board.tell(order.agent, { type: 'notice', callId: null, legId: null, data: { code: `dial-${outcome}` } }),
      }),
  });
  const callOf = async (id: CallId) => calls.get(id) ?? (await stores.calls.get(id));
  return createDialActs({ floor, clickToCall, brand: config.brand, nameOf: agents.nameOf, callOf });
}

function ariOf(config: Config, { ariPassword: password }: Secrets) {
  const { ariApp: app, ariBase: url, ariUser: user, ariTimeoutMs: timeoutMs } = config;
  return { transport: TRANSPORTS[config.ariClient], app, url, user, password, timeoutMs };
}
