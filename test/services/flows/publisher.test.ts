import { createHash } from 'node:crypto';
import { beforeEach, expect, it } from 'vitest';
import type { BrandId } from '../../../src/domain/brand.ts';
import type { Stores } from '../../../src/ports/stores.ts';
import { createReleases, type Releases } from '../../../src/services/flows/releases.ts';
import type { ScenarioGate } from '../../../src/services/flows/scenario-gate.ts';
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
  meanwhile = async () => undefined;
  const gate = { run: async () => (await meanwhile(), GREEN) };
  const kept = { flows: stores.flows, drafts: stores.drafts };
  const rest = { gate, untoldFlows: 'warn', brand: 'santral' as BrandId, ids: systemIds, clock } as const;
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
