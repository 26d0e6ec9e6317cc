import { createHash } from 'node:crypto';
import { beforeEach, describe, expect, it } from 'vitest';
import type { Definitions } from '../../../src/ports/definitions.ts';
import type { FlowStore, Stores } from '../../../src/ports/stores.ts';
import { createReleases, type Releases } from '../../../src/services/flows/releases.ts';
import { silentLog } from '../../kit/asterisk.ts';
import { openTemporaryStores } from '../../kit/temporary-stores.ts';
import { virtualClock } from '../../kit/virtual-clock.ts';

const flow = (id: string, words: string): string =>
  `flow: ${id}\ntitle: { tr: x, en: x }\nstart: bye\nnodes:\n  bye: { type: hangup, prompt: { text: { tr: ${words}, en: ${words} } } }\n`;
const BROKEN = 'flow: main\ntitle: { tr: x, en: x }\nstart: nowhere\nnodes: {}\n';

let stores: Stores;
let files: Record<string, string>;
let prompts: string;
let hours: string;
let recordings: Set<string>;
let releases: Releases;
let warned: object[];

function engine(store: FlowStore = stores.flows, queues?: ReadonlySet<string>): Releases {
  const definitions = {
    read: async (): Promise<Definitions> => ({
      flows: Object.entries(files).map(([id, text]) => ({ path: `flows/${id}.yaml`, text })),
      catalogue: [{ path: 'sounds/test.yaml', text: prompts }],
      calendars: [{ path: 'flows/calendars/office.yaml', text: `calendar: office\nzone: Europe/Istanbul\nhours: ${hours}\n` }],
      messages: [],
      numbers: null,
      recordings,
    }),
  };
  const hash = (text: string): string => createHash('sha256').update(text).digest('hex');
  return createReleases({
    definitions,
    store,
    clock: virtualClock(),
    log: { ...silentLog, warn: (fields) => void warned.push(fields) },
    hash,
    settleMs: 300,
    ...(queues === undefined ? {} : { queues }),
  });
}

beforeEach(async () => {
  stores = await openTemporaryStores();
  files = { main: flow('main', 'bir') };
  prompts = 'test.hello: { tr: Merhaba., en: Hello. }\n';
  hours = 'mon-fri 09:00-18:00';
  recordings = new Set();
  warned = [];
  releases = engine();
  await releases.load();
  return () => stores.close();
});

const newest = () => {
  const release = releases.newest();
  if (release === null) throw new Error('there is no release');
  return release;
};
const revisionOf = async (id: string): Promise<number | undefined> => (await releases.list()).find((one) => one.flow === id)?.revision;

it('the same files make no new release, a changed one does', async () => {
  const first = newest().id;
  releases = engine();
  await releases.load();
  expect(newest().id).toBe(first);
  files['main'] = flow('main', 'iki');
  releases = engine();
  await releases.load();
  expect(newest().id).toBeGreaterThan(first);
  expect(await revisionOf('main')).toBe(2);
});

it('behaviour 45: an older release can still be had by the calls that began on it', async () => {
  const first = newest();
  expect(await releases.publish([{ flow: 'main', source: flow('main', 'iki') }], 'ayse')).toMatchObject({ kind: 'published' });
  expect(newest().id).not.toBe(first.id);
  expect((await releases.get(first.id))?.flows.get('main')).toEqual(first.flows.get('main'));
  // As after a restart: from the database alone.
  const again = engine();
  await again.load();
  expect((await again.get(first.id))?.flows.has('main')).toBe(true);
  expect(await again.get(999)).toBeUndefined();
});

it('behaviour 45: an older release keeps its prompts and its calendars, also after a restart', async () => {
  const first = newest();
  prompts = 'test.hello: { tr: Günaydın., en: Good morning. }\n';
  hours = 'mon-fri 10:00-12:00';
  await releases.load();
  expect(newest().id).toBe(first.id + 1);
  const again = engine();
  await again.load();
  expect(again.newest()?.id).toBe(first.id + 1);
  const old = await again.get(first.id);
  expect(old?.catalogue.get('test.hello')?.text).toEqual({ tr: 'Merhaba.', en: 'Hello.' });
  expect(old?.calendars.get('office')).toEqual(first.calendars.get('office'));
  expect(again.newest()?.calendars.get('office')).not.toEqual(first.calendars.get('office'));
});

it('an older release runs even when the prompts, recordings or calendars it needs are gone by now', async () => {
  files['main'] =
    'flow: main\nstart: open\nnodes:\n  open: { type: hours, calendar: office, exits: { open: bye, closed: bye } }\n  bye: { type: hangup, prompt: [test.hello, test.spoken] }\n';
  prompts = 'test.hello: { tr: Merhaba., en: Hello. }\ntest.spoken: { tr: Ses. }\n';
  recordings = new Set(['en/test.spoken']);
  await releases.load();
  const { id } = newest();
  files = { main: flow('main', 'iki') };
  prompts = 'test.other: { tr: x, en: x }\n';
  recordings = new Set();
  const again = engine();
  await again.load();
  const old = await again.get(id);
  expect(old?.flows.has('main')).toBe(true);
  expect(old?.catalogue.has('test.spoken')).toBe(true);
});

it('what was published over the API stays in force after a restart, until its file changes', async () => {
  await releases.publish(
    [
      { flow: 'main', source: flow('main', 'api') },
      { flow: 'extra', source: flow('extra', 'api') },
    ],
    'ayse',
  );
  releases = engine();
  await releases.load();
  expect(await revisionOf('main')).toBe(2);
  expect(newest().flows.has('extra')).toBe(true);
  files['main'] = flow('main', 'file again');
  releases = engine();
  await releases.load();
  expect(await revisionOf('main')).toBe(3);
});

it('where the page and a file say different things, the one that is left aside is told', async () => {
  await releases.publish([{ flow: 'main', source: flow('main', 'api') }], 'ayse');
  expect(warned).toEqual([]);
  await engine().load();
  expect(warned).toEqual([{ flow: 'main', revision: 2, by: 'ayse' }]);
  warned = [];
  files['main'] = flow('main', 'file again');
  await engine().load();
  expect(warned).toEqual([{ flow: 'main', revision: 2, by: 'ayse' }]);
  expect((await stores.flows.revision('main', 2))?.source).toBe(flow('main', 'api'));
  warned = [];
  await engine().load();
  expect(warned).toEqual([]);
});

it('a file that was given the text of the page contradicts nobody', async () => {
  await releases.publish([{ flow: 'main', source: flow('main', 'api') }], 'ayse');
  files['main'] = flow('main', 'api');
  await engine().load();
  expect(warned).toEqual([]);
});

it('a flow with errors is not published, and says why', async () => {
  const before = newest().id;
  const published = await releases.publish([{ flow: 'main', source: BROKEN }], 'ayse');
  expect(published.kind).toBe('refused');
  expect(published.kind === 'refused' && published.problems.some(({ severity, line }) => severity === 'error' && line > 0)).toBe(true);
  expect(newest().id).toBe(before);
  expect((await releases.check([{ flow: 'main', source: BROKEN }])).length).toBeGreaterThan(0);
});

it('files with errors leave the newest good release in force', async () => {
  const good = newest().id;
  files['main'] = BROKEN;
  releases = engine();
  const { problems } = await releases.load();
  expect(problems.some(({ severity }) => severity === 'error')).toBe(true);
  expect(newest().id).toBe(good);
});

it('before the first good release there is none', async () => {
  await stores.close();
  stores = await openTemporaryStores();
  files = { main: BROKEN };
  releases = engine();
  await releases.load();
  expect(releases.newest()).toBeNull();
});

describe('two engines on one database', () => {
  /** An engine in whose way another publishes, once, between its reading and its storing. */
  function disturbed(theirs: () => Promise<unknown>): Releases {
    let left = 1;
    const publish: FlowStore['publish'] = async (...given) => {
      left -= 1;
      if (left === 0) await theirs();
      return stores.flows.publish(...given);
    };
    return engine({ ...stores.flows, publish });
  }

  it('keep each other’s flows: what was read too early is read anew', async () => {
    const ours = disturbed(() => releases.publish([{ flow: 'extra', source: flow('extra', 'onlar') }], 'can'));
    await ours.publish([{ flow: 'main', source: flow('main', 'biz') }], 'ayse');
    expect((await stores.flows.latestRelease())?.flows).toEqual({ main: 2, extra: 1 });
    expect(ours.newest()?.flows.has('extra')).toBe(true);
  });

  it('tell an author whose flow the other published in the same moment', async () => {
    const ours = disturbed(() => releases.publish([{ flow: 'main', source: flow('main', 'onlar') }], 'can'));
    const terms = { revisions: { main: 1 } };
    await expect(ours.publish([{ flow: 'main', source: flow('main', 'biz') }], 'ayse', terms)).rejects.toMatchObject({
      code: 'request.conflict',
      message: expect.stringContaining('main is at revision 2 by now, not 1'),
    });
    expect(await stores.flows.revision('main', 3)).toBeUndefined();
  });

  it('do not go back to an old release over a new one', async () => {
    const { id } = newest();
    const ours = disturbed(() => releases.publish([{ flow: 'main', source: flow('main', 'onlar') }], 'can'));
    await expect(ours.publish([{ flow: 'main', source: flow('main', 'biz') }], 'ayse', { release: id })).rejects.toMatchObject({
      code: 'request.conflict',
    });
  });

  it('load their files at the same moment', async () => {
    files['main'] = flow('main', 'iki');
    const ours = disturbed(() => engine().load());
    await ours.load();
    expect(ours.newest()?.id).toBe((await stores.flows.latestRelease())?.id);
    expect(await stores.flows.revision('main', 3)).toBeUndefined();
  });
});

it('keeps the ten older releases that were asked for last; the rest is read from the database again', async () => {
  const read: number[] = [];
  const watched = { ...stores.flows, release: (id: number) => (read.push(id), stores.flows.release(id)) };
  releases = engine(watched);
  await releases.load();
  const first = newest().id;
  for (let i = 0; i < 12; i += 1) await releases.publish([{ flow: 'main', source: flow('main', `metin ${i}`) }], 'ayse');
  await releases.get(first + 2);
  expect(read).toEqual([]);
  // Asked for again just now, so it outlives the next one.
  await releases.publish([{ flow: 'main', source: flow('main', 'son') }], 'ayse');
  await releases.get(first + 2);
  expect(read).toEqual([]);
  expect((await releases.get(first))?.flows.has('main')).toBe(true);
  expect(read).toEqual([first]);
});

it('a flow names the queues of the floor alone, whatever flows/queues.yaml says by now', async () => {
  const waiting = (queue: string) =>
    `flow: main\nstart: wait\nnodes:\n  wait: { type: queue, queue: ${queue}, next: bye, exits: { failed: bye } }\n  bye: { type: hangup }\n`;
  releases = engine(stores.flows, new Set(['support']));
  expect((await releases.check([{ flow: 'main', source: waiting('support') }])).filter(({ severity }) => severity === 'error')).toEqual([]);
  expect(await releases.check([{ flow: 'main', source: waiting('sales') }])).toContainEqual(
    expect.objectContaining({ code: 'flow.unknown-queue', severity: 'error' }),
  );
});
