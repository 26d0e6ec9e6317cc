import { afterEach, beforeEach, expect, it } from 'vitest';
import type { BrandId } from '../../../src/domain/brand.ts';
import type { Stores } from '../../../src/ports/stores.ts';
import { type CheckAside, lookAt } from '../../../src/services/flows/check-definitions.ts';
import { createReleases } from '../../../src/services/flows/releases.ts';
import { standingScenarios } from '../../../src/services/flows/standing-scenarios.ts';
import { createWorkshop, type Workshop } from '../../../src/services/flows/workshop.ts';
import { systemIds } from '../../../src/system-clock.ts';
import { textHash } from '../../../src/text-hash.ts';
import { silentLog } from '../../kit/asterisk.ts';
import { openTemporaryStores } from '../../kit/temporary-stores.ts';
import { virtualClock } from '../../kit/virtual-clock.ts';

const source = 'flow: main\nstart: bye\nnodes:\n  bye: { type: hangup }\n';
const scenarios = (name: string): string => `flow: main\nscenarios:\n  - { name: x, steps: [{ expect: { visited: [${name}] } }] }\n`;

let stores: Stores;
let workshop: Workshop;
/** Scenario files that were handed to the thread. */
let aside: string[];
beforeEach(async () => {
  stores = await openTemporaryStores();
  aside = [];
  const thread: CheckAside = async (ingredients, settings, files = []) => {
    aside.push(...files.map(({ path }) => path));
    return lookAt(ingredients, settings, files);
  };
  const none = { flows: [], catalogue: [], calendars: [], messages: [], numbers: null, recordings: new Set<string>() };
  const definitions = { read: async () => none };
  const clock = virtualClock();
  const releases = createReleases({
    ...{ definitions, store: stores.flows, clock, log: silentLog, hash: textHash, settleMs: 300, aside: thread },
  });
  const here = () => Promise.reject(new Error('compiled where calls run'));
  workshop = createWorkshop({
    releases: { ...releases, propose: here, publish: here },
    gate: { run: here },
    scenarios: standingScenarios({ files: { read: async () => [] }, store: stores.scenarioTexts, hash: textHash }),
    ...{ flows: stores.flows, drafts: stores.drafts, untoldFlows: 'warn', brand: 'santral' as BrandId, ids: systemIds, clock },
  });
});
afterEach(() => stores.close());

it('scenarios that somebody is writing are checked in the thread that checks drafts, beside the text of their flow', async () => {
  expect(await workshop.inspectScenarios({ flow: 'main', source, scenarios: scenarios('bye') })).toEqual([]);
  const problems = await workshop.inspectScenarios({ flow: 'main', source, scenarios: scenarios('by') });
  expect(problems.map(({ code }) => code)).toEqual(['scenario.unknown-node']);
  expect(aside).toEqual(['main.test.yaml', 'main.test.yaml']);
});
