import { createHash } from 'node:crypto';
import { beforeEach, expect, it } from 'vitest';
import type { BrandId } from '../../../src/domain/brand.ts';
import type { TextFile } from '../../../src/ports/definitions.ts';
import type { Stores } from '../../../src/ports/stores.ts';
import { createReleases, type Releases } from '../../../src/services/flows/releases.ts';
import type { ScenarioGate } from '../../../src/services/flows/scenario-gate.ts';
import { standingScenarios } from '../../../src/services/flows/standing-scenarios.ts';
import { createWorkshop, type Workshop } from '../../../src/services/flows/workshop.ts';
import { systemIds } from '../../../src/system-clock.ts';
import { silentLog } from '../../kit/asterisk.ts';
import { openTemporaryStores } from '../../kit/temporary-stores.ts';
import { virtualClock } from '../../kit/virtual-clock.ts';

const flow = (id: string, words: string): string =>
  `flow: ${id}\ntitle: { tr: x, en: x }\nstart: bye\nnodes:\n  bye: { type: hangup, prompt: { text: { tr: ${words}, en: ${words} } } }\n`;
const GREEN = { ok: true, problems: [], results: [], coverage: [], untold: [], unread: [], leftOut: 0 } as unknown as Awaited<
  ReturnType<ScenarioGate['run']>
>;

let stores: Stores;
let releases: Releases;
let workshop: Workshop;
/** Scenario files. */
let onDisk: readonly TextFile[];
/** What happens while the scenarios run. */
let meanwhile: () => Promise<unknown>;
beforeEach(async () => {
  stores = await openTemporaryStores();
  const clock = virtualClock();
  const definitions = {
    read: async () => ({
      flows: ['main', 'other'].map((id) => ({ path: `flows/${id}.yaml`, text: flow(id, 'bir') })),
      ...{ catalogue: [], calendars: [], messages: [], numbers: null, recordings: new Set<string>() },
    }),
  };
  const hash = (text: string): string => createHash('sha256').update(text).digest('hex');
  releases = createReleases({ definitions, store: stores.flows, clock, log: silentLog, hash, settleMs: 300 });
  await releases.load();
  onDisk = [{ path: 'flows/main.test.yaml', text: 'of the file' }];
  meanwhile = async () => undefined;
  const gate = { run: async () => (await meanwhile(), GREEN) };
  const scenarios = standingScenarios({ files: { read: async () => onDisk }, store: stores.scenarioTexts, hash });
  const kept = { flows: stores.flows, drafts: stores.drafts };
  const rest = { gate, scenarios, untoldFlows: 'warn', brand: 'santral' as BrandId, ids: systemIds, clock } as const;
  workshop = createWorkshop({ ...kept, releases, ...rest });
  return () => stores.close();
});

const revisionOf = async (id: string): Promise<number | undefined> => (await stores.flows.latestRelease())?.flows[id];

it('a text whose scenarios ran beside the release in force is published', async () => {
  await workshop.publishTexts([{ flow: 'main', source: flow('main', 'iki') }], 'ayse', 'run');
  expect(await revisionOf('main')).toBe(2);
});

it('a text is refused when another flow was published while its scenarios ran: they went so beside the other one', async () => {
  meanwhile = () => releases.publish([{ flow: 'other', source: flow('other', 'iki') }], 'bora');
  const publishing = workshop.publishTexts([{ flow: 'main', source: flow('main', 'iki') }], 'ayse', 'run');
  await expect(publishing).rejects.toMatchObject({ code: 'request.conflict' });
  expect([await revisionOf('main'), await revisionOf('other')]).toEqual([1, 2]);
});

it('so is a draft, which stays as it is', async () => {
  await workshop.save({ flow: 'main', source: flow('main', 'iki'), basedOn: 1 }, null, 'ayse');
  meanwhile = () => releases.publish([{ flow: 'other', source: flow('other', 'iki') }], 'bora');
  await expect(workshop.publish('main', 1, 'ayse')).rejects.toMatchObject({ code: 'request.conflict' });
  expect([await revisionOf('main'), (await workshop.draft('main')).version]).toEqual([1, 1]);
  meanwhile = async () => undefined;
  await workshop.publish('main', 1, 'ayse');
  expect(await revisionOf('main')).toBe(2);
});

it('who passes over the scenarios is not asked for the release', async () => {
  await releases.publish([{ flow: 'other', source: flow('other', 'iki') }], 'bora');
  await workshop.publishTexts([{ flow: 'main', source: flow('main', 'iki') }], 'ayse', 'skip');
  expect(await revisionOf('main')).toBe(2);
});

const scenariosOf = async (id: string): Promise<string | null> => (await workshop.scenarios(id)).text;
async function publishDraft(id: string, source: string, scenarios: string | null, basedOn: number | null): Promise<void> {
  const { version } = await workshop.save({ flow: id, source, scenarios, basedOn }, null, 'ayse');
  await workshop.publish(id, version, 'ayse');
}

it('the scenarios of a draft are published with it, and stay until their file changes', async () => {
  expect(await scenariosOf('main')).toBe('of the file');
  await publishDraft('main', flow('main', 'iki'), 'of the workshop', 1);
  expect([await revisionOf('main'), await scenariosOf('main')]).toEqual([2, 'of the workshop']);
  onDisk = [{ path: 'flows/main.test.yaml', text: 'of the changed file' }];
  expect(await scenariosOf('main')).toBe('of the changed file');
});

it('scenarios alone are published, too, and make no revision of the flow', async () => {
  onDisk = [];
  await publishDraft('main', flow('main', 'bir'), 'first', 1);
  await publishDraft('main', flow('main', 'bir'), 'second', 1);
  expect([await revisionOf('main'), await scenariosOf('main'), await stores.drafts.list()]).toEqual([1, 'second', []]);
});

it('a draft that says nothing of scenarios leaves those in force; saving it again leaves those of the draft', async () => {
  await publishDraft('main', flow('main', 'iki'), null, 1);
  expect(await scenariosOf('main')).toBe('of the file');
  await workshop.save({ flow: 'main', source: 'x', scenarios: 'mine', basedOn: 2 }, null, 'ayse');
  expect((await workshop.save({ flow: 'main', source: 'y', basedOn: 2 }, 1, 'ayse')).scenarios).toBe('mine');
});

it('who goes back to an older text gets its scenarios back: those of the file, or those it was published with', async () => {
  await publishDraft('main', flow('main', 'iki'), 'of two', 1);
  await publishDraft('main', flow('main', 'üç'), 'of three', 2);
  await workshop.rollBack('main', 2, 3, 'ayse');
  expect([await revisionOf('main'), await scenariosOf('main')]).toEqual([4, 'of two']);
  await workshop.rollBack('main', 1, 4, 'ayse');
  expect([await revisionOf('main'), await scenariosOf('main')]).toEqual([5, 'of the file']);
  const release = (await stores.flows.latestRelease())?.id ?? 0;
  await workshop.rollBackRelease(release - 2, release, 'ayse');
  expect(await scenariosOf('main')).toBe('of three');
});

it('further files of a flow on disk are told beside the one that is written here', async () => {
  onDisk = [...onDisk, { path: 'flows/main.hours.test.yaml', text: 'hours' }, { path: 'flows/main-menu.test.yaml', text: 'other' }];
  expect(await workshop.scenarios('main')).toEqual({
    file: 'main.test.yaml',
    text: 'of the file',
    others: [{ path: 'flows/main.hours.test.yaml', text: 'hours' }],
  });
});
