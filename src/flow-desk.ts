import { callSettings } from './call-settings.ts';
import type { Config } from './config/config.ts';
import type { IdSource } from './domain/ids.ts';
import { scenarioFiles } from './files/scenario-files.ts';
import type { ActionHandler } from './ports/actions.ts';
import type { Clock } from './ports/clock.ts';
import type { HttpClient } from './ports/http-client.ts';
import type { Log } from './ports/log.ts';
import type { Stores } from './ports/stores.ts';
import { createFlowFigures } from './services/flows/flow-figures.ts';
import type { Releases } from './services/flows/releases.ts';
import { createScenarioGate } from './services/flows/scenario-gate.ts';
import { standingScenarios } from './services/flows/standing-scenarios.ts';
import { createWorkshop } from './services/flows/workshop.ts';
import { createSimulator } from './services/simulator/simulator.ts';
import { hearItem } from './speech/hear.ts';
import type { CachedSpeech } from './speech/speech.ts';
import { textHash } from './text-hash.ts';

interface WorkshopDesk {
  readonly ids: IdSource;
  readonly stores: Stores;
  readonly releases: Releases;
  readonly config: Config;
  readonly log: Log;
  readonly clock: Clock;
}

interface SimulatorDesk extends WorkshopDesk {
  readonly speech: CachedSpeech;
  readonly actions: Readonly<Record<string, ActionHandler>>;
  readonly http: HttpClient;
}

/** Where flows are written and published, and what callers did in them. */
export function openWorkshop({ stores, releases, config, log, clock, ids }: WorkshopDesk) {
  const { zone, limits, typeAheadKeys } = callSettings(config);
  const scenarios = standingScenarios({ files: scenarioFiles(config.flowsDir), store: stores.scenarioTexts, hash: textHash });
  const gate = createScenarioGate({ scenarios, clock, zone, brand: config.brand, limits, typeAheadKeys });
  const { drafts, flows } = stores;
  const { brand, flowScenarios: untoldFlows } = config;
  const workshop = createWorkshop({ releases, flows, drafts, gate, scenarios, untoldFlows, brand, ids, clock });
  const figures = createFlowFigures({ counts: stores.flowCounts, calls: stores.calls, clock, log });
  return { workshop, figures, gate };
}

/** Flows on trial; they share the systems behind look-ups with real calls. */
export function openSimulator({ stores, releases, config, log, clock, speech, actions, http, ids }: SimulatorDesk) {
  const { zone, limits, typeAheadKeys } = callSettings(config);
  return createSimulator({
    releases,
    draft: (flow) => stores.drafts.get(flow),
    actions,
    http,
    speak: (item) => hearItem(speech, item),
    clock,
    ids,
    random: Math.random,
    log: log.child({ room: 'simulator' }),
    brand: config.brand,
    zone,
    limits,
    typeAheadKeys,
  });
}
