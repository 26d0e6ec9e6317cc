import { cp, mkdtemp, rm, writeFile } from 'node:fs/promises';
import os from 'node:os';
import path from 'node:path';
import { callSettings } from '../../src/call-settings.ts';
import { readConfig } from '../../src/config/config.ts';
import { definitionFiles } from '../../src/files/definition-files.ts';
import { scenarioFiles } from '../../src/files/scenario-files.ts';
import type { HttpDeps } from '../../src/http/deps.ts';
import type { CountedStep } from '../../src/ports/drafts.ts';
import type { Role, Stores } from '../../src/ports/stores.ts';
import { createFlowFigures } from '../../src/services/flows/flow-figures.ts';
import { createReleases } from '../../src/services/flows/releases.ts';
import { createScenarioGate } from '../../src/services/flows/scenario-gate.ts';
import { standingScenarios } from '../../src/services/flows/standing-scenarios.ts';
import { createWorkshop } from '../../src/services/flows/workshop.ts';
import { createSimulator } from '../../src/services/simulator/simulator.ts';
import { hearItem } from '../../src/speech/hear.ts';
import { createSpeech } from '../../src/speech/speech.ts';
import { createVoice } from '../../src/speech/voices.ts';
import { systemClock as clock, systemIds } from '../../src/system-clock.ts';
import { textHash } from '../../src/text-hash.ts';
import { silentLog as log } from '../kit/asterisk.ts';
import { SWITCHED_OFF } from '../kit/switched-off.ts';
import { openTemporaryStores } from '../kit/temporary-stores.ts';
import { type PretendEngine, startPretendEngine } from './pretend-engine.ts';

/** The workshop as the engine has it: real files, releases, scenarios and database; no Asterisk. */
export interface WorkshopHouse {
  readonly engine: PretendEngine;
  readonly stores: Stores;
  readonly services: Pick<HttpDeps, 'workshop' | 'flows'>;
  /** What the last hour's callers did. */
  count(steps: readonly CountedStep[]): Promise<void>;
  close(): Promise<void>;
}

/** A flow of four nodes, and its one scenario. */
export const GREETING = `flow: greeting
title: { tr: Karşılama, en: Greeting }
start: welcome
exits: { error: bye, exhausted: bye }
nodes:
  welcome: { type: say, prompt: { text: { tr: Hoş geldiniz., en: Welcome. } }, next: ask }
  ask:
    type: menu
    prompt: { text: { tr: Bire basınız., en: Press one. } }
    options:
      1: { to: thanks, label: { tr: Tamam, en: Fine } }
  thanks: { type: say, prompt: { text: { tr: Teşekkürler., en: Thank you. } }, next: bye }
  bye: { type: hangup }
`;
const SCENARIO = `flow: greeting
scenarios:
  - name: presses one
    language: en
    steps:
      - hears: Welcome.
      - presses: "1"
      - hears: Thank you.
      - flow hangs up
`;

/** With the shipped flows and, beside them, the flow `greeting`. */
export async function openWorkshopHouse(role: Role = 'admin', untoldFlows: 'warn' | 'require' = 'warn'): Promise<WorkshopHouse> {
  const dir = await mkdtemp(path.join(os.tmpdir(), 'santral-workshop-'));
  const flows = path.join(dir, 'flows');
  // Their scenarios are tested where they are written; here only the one below counts.
  await cp('flows', flows, { recursive: true, filter: (file) => !file.endsWith('.test.yaml') });
  await writeFile(path.join(flows, 'greeting.yaml'), GREETING);
  await writeFile(path.join(flows, 'greeting.test.yaml'), SCENARIO);
  const stores = await openTemporaryStores();
  const config = readConfig({}, dir);
  const definitions = definitionFiles({ flows, sounds: 'sounds' });
  const releases = createReleases({ definitions, store: stores.flows, clock, log, hash: textHash, settleMs: 300 });
  await releases.load();
  const scenarios = standingScenarios({ files: scenarioFiles(flows), store: stores.scenarioTexts, hash: textHash });
  const gate = createScenarioGate({ scenarios, clock, brand: config.brand, ...callSettings(config) });
  const { audit, drafts } = stores;
  const kept = { flows: stores.flows, drafts, audit };
  const rules = { untoldFlows, brand: config.brand };
  const workshop = createWorkshop({ ...kept, ...rules, releases, gate, scenarios, ids: systemIds, clock });
  const figures = createFlowFigures({ counts: stores.flowCounts, calls: stores.calls, clock, log });
  const voice = await createVoice('tones', config);
  const speech = await createSpeech({
    dir: path.join(dir, 'speech'),
    recordingsDir: 'sounds',
    voice,
    clock,
    log,
    workers: 1,
    budgetMs: 2000,
  });
  const simulator = createSimulator({
    releases,
    draft: (flow) => stores.drafts.get(flow),
    actions: SWITCHED_OFF,
    http: { request: async () => ({ kind: 'error', reason: 'unreachable' }) },
    speak: (item) => hearItem(speech, item),
    clock,
    ids: systemIds,
    random: Math.random,
    log,
    brand: config.brand,
    ...callSettings(config),
  });
  const services = { flows: releases, workshop, figures, simulator };
  const engine = await startPretendEngine({ role, services: { ...services, stores } });
  return {
    engine,
    stores,
    services,
    count: (steps) => stores.flowCounts.add(Date.now() - (Date.now() % 3_600_000), steps),
    async close() {
      await engine.stop();
      await figures.stop();
      simulator.stop();
      speech.close();
      await stores.close();
      await rm(dir, { recursive: true, force: true });
    },
  };
}
