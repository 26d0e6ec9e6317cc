import { createHash } from 'node:crypto';
import { describe, expect, test } from 'vitest';
import { ENGINES, storesFor } from './engines.ts';
import { NOON } from './fixtures.ts';

const hash = (text: string): string => createHash('sha256').update(text).digest('hex');
const draft = (source: string, author = 'ayşe', basedOn: number | null = null) => ({
  flow: 'main',
  source,
  scenarios: null,
  basedOn,
  author,
  updatedAt: NOON,
});

describe.each(ENGINES)('drafts on $name', ({ place }) => {
  const at = storesFor(place);

  test('are saved, counted, found and listed', async () => {
    const { drafts } = at.stores;
    expect(await drafts.get('main')).toBeUndefined();
    expect(await drafts.save(draft('bir ğüşıöç'), null)).toEqual({ kind: 'saved', draft: { ...draft('bir ğüşıöç'), version: 1 } });
    expect(await drafts.save(draft('iki', 'can', 4), 1)).toEqual({ kind: 'saved', draft: { ...draft('iki', 'can', 4), version: 2 } });
    await drafts.save({ ...draft('x'), flow: 'a' }, null);
    expect(await drafts.get('main')).toEqual({ ...draft('iki', 'can', 4), version: 2 });
    expect((await drafts.list()).map(({ flow }) => flow)).toEqual(['a', 'main']);
  });

  test('are not overwritten by somebody who has not seen them', async () => {
    const { drafts } = at.stores;
    await drafts.save(draft('bir'), null);
    const mine = { kind: 'changed', draft: { ...draft('bir'), version: 1 } };
    expect(await drafts.save(draft('iki'), null)).toEqual(mine);
    expect(await drafts.save(draft('iki'), 2)).toEqual(mine);
    expect(await drafts.discard('main', 2)).toBe(false);
    expect(await drafts.discard('main', 1)).toBe(true);
    expect(await drafts.save(draft('iki'), 1)).toEqual({ kind: 'changed', draft: undefined });
  });

  test('of ten who save at once, from two engines, one is taken', async () => {
    const other = await at.place.open();
    const texts = Array.from({ length: 10 }, (_, i) => `text ${i}`);
    const saved = await Promise.all(texts.map((text, i) => (i % 2 === 0 ? at.stores : other).drafts.save(draft(text), null)));
    await other.close();
    expect(saved.filter(({ kind }) => kind === 'saved')).toHaveLength(1);
  });

  test('are gone with the release that holds them, or nothing is written', async () => {
    const { drafts, flows } = at.stores;
    await drafts.save(draft('bir'), null);
    const publish = (version: number) =>
      flows.publish([{ flow: 'main', source: 'bir', hash: hash('bir') }], 'ayşe', NOON, [], { flow: 'main', version });
    await expect(publish(2)).rejects.toMatchObject({ code: 'store.conflict' });
    expect(await at.place.query('select * from flow_revisions')).toEqual([]);
    expect((await publish(1)).flows).toEqual({ main: 1 });
    expect(await drafts.get('main')).toBeUndefined();
    await expect(publish(1)).rejects.toMatchObject({ code: 'store.conflict' });
  });
});

describe.each(ENGINES)('scenarios of the workshop on $name', ({ place }) => {
  const at = storesFor(place);
  const publish = (source: string, scenarios?: { source: string | null; replaces: string | null }, version = 1) =>
    at.stores.flows.publish([{ flow: 'main', source, hash: hash(source), scenarios }], 'ayşe', NOON, [], { flow: 'main', version });

  test('are kept with the draft, ğüşıöç and all', async () => {
    const { drafts } = at.stores;
    await drafts.save({ ...draft('bir'), scenarios: 'flow: ğüşıöç' }, null);
    expect((await drafts.get('main'))?.scenarios).toBe('flow: ğüşıöç');
    await drafts.save({ ...draft('bir'), scenarios: null }, 1);
    expect((await drafts.get('main'))?.scenarios).toBeNull();
  });

  test('are published with their flow, both or neither, and are found by its revisions', async () => {
    const { drafts, scenarioTexts } = at.stores;
    expect(await scenarioTexts.newest()).toEqual([]);
    await drafts.save(draft('bir'), null);
    const first = { source: 'a', replaces: null };
    await expect(publish('bir', first, 2)).rejects.toMatchObject({ code: 'store.conflict' });
    expect(await at.place.query('select * from flow_scenarios')).toEqual([]);
    await publish('bir', first);
    await drafts.save(draft('iki'), null);
    await publish('iki');
    await drafts.save(draft('iki'), null);
    // Other scenarios of the same text make no revision.
    await publish('iki', { source: 'b', replaces: 'x' });
    await drafts.save(draft('iki'), null);
    await publish('iki', { source: 'c', replaces: 'x' });
    expect(await scenarioTexts.newest()).toEqual([{ flow: 'main', revision: 2, source: 'c', replaces: 'x' }]);
    expect(await scenarioTexts.at('main', 1)).toEqual({ flow: 'main', revision: 1, source: 'a', replaces: null });
    expect(await scenarioTexts.at('main', 7)).toMatchObject({ source: 'c' });
    expect(await scenarioTexts.at('other', 1)).toBeUndefined();
  });

  test('of a flow that is in no release any more are left out', async () => {
    const { drafts, flows, scenarioTexts } = at.stores;
    await drafts.save(draft('bir'), null);
    await publish('bir', { source: 'a', replaces: null });
    await flows.publish([{ flow: 'other', source: 'x', hash: hash('x') }], 'files', NOON);
    expect(await scenarioTexts.newest()).toEqual([]);
  });
});

const HOUR = 3_600_000;
const entered = { kind: 'entered', flow: 'main', node: 'top' } as const;
const left = { kind: 'exit', flow: 'main', node: 'top', exit: '1', to: 'bye' } as const;
const ended = { kind: 'exit', flow: 'main', node: 'top', exit: 'error', to: null } as const;
const hungUp = { kind: 'hang-up', flow: 'main', node: 'top' } as const;

describe.each(ENGINES)('counts of ways on $name', ({ place }) => {
  const at = storesFor(place);

  test('are summed over hours, per flow, and forgotten', async () => {
    const { flowCounts } = at.stores;
    const steps = [entered, left, ended, hungUp].map((step, i) => ({ ...step, count: i + 1 }));
    await flowCounts.add(NOON, steps);
    await flowCounts.add(NOON, steps);
    await flowCounts.add(NOON - HOUR, steps);
    await flowCounts.add(NOON, [{ ...entered, flow: 'other', count: 7 }]);
    const sums = (times: number) => [
      { ...entered, count: times },
      { ...left, count: 2 * times },
      { ...ended, count: 3 * times },
      { ...hungUp, count: 4 * times },
    ];
    expect(await flowCounts.of('main', 0)).toEqual(sums(3));
    expect(await flowCounts.of('main', NOON)).toEqual(sums(2));
    await flowCounts.forget(NOON);
    expect(await flowCounts.of('main', 0)).toEqual(sums(2));
    expect(await flowCounts.of('nobody', 0)).toEqual([]);
  });

  test('of two engines that count at once are all there', async () => {
    const other = await at.place.open();
    const many = Array.from({ length: 450 }, (_, i) => ({ ...entered, node: `n${i}`, count: 1 }));
    await Promise.all([at.stores, other, at.stores, other].map(({ flowCounts }) => flowCounts.add(NOON, many)));
    await other.close();
    const counts = await at.stores.flowCounts.of('main', 0);
    expect([counts.length, counts.every(({ count }) => count === 4)]).toEqual([450, true]);
  });
});
