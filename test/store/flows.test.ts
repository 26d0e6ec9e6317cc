import { createHash } from 'node:crypto';
import { describe, expect, test } from 'vitest';
import type { AuditEntry } from '../../src/domain/audit.ts';
import type { BrandId } from '../../src/domain/brand.ts';
import type { AuditId } from '../../src/domain/ids.ts';
import { ENGINES, storesFor } from './engines.ts';
import { NOON } from './fixtures.ts';

const source = (flow: string, text: string) => ({ flow, source: text, hash: createHash('sha256').update(text).digest('hex') });

describe.each(ENGINES)('flows on $name', ({ place: newPlace }) => {
  const at = storesFor(newPlace);

  test('nothing is published at first', async () => {
    expect(await at.stores.flows.latestRelease()).toBeUndefined();
    expect(await at.stores.flows.release(1)).toBeUndefined();
    expect(await at.stores.flows.revision('main', 1)).toBeUndefined();
    expect(await at.stores.flows.revisions('main')).toEqual([]);
  });

  test('publishing counts revisions per flow, and a release names them all', async () => {
    const first = await at.stores.flows.publish([source('main', 'a'), source('dealers', 'b')], 'ayşe', NOON);
    expect(first).toEqual({ id: 1, createdAt: NOON, createdBy: 'ayşe', flows: { main: 1, dealers: 1 } });
    const second = await at.stores.flows.publish([source('main', 'a2: "ğ"'), source('dealers', 'b')], 'can', NOON + 1);
    expect(second).toEqual({ id: 2, createdAt: NOON + 1, createdBy: 'can', flows: { main: 2, dealers: 1 } });
    expect(await at.stores.flows.release(1)).toEqual(first);
    expect(await at.stores.flows.latestRelease()).toEqual(second);
    const { hash } = source('main', 'a2: "ğ"');
    expect(await at.stores.flows.revision('main', 2)).toEqual({
      flow: 'main',
      revision: 2,
      source: 'a2: "ğ"',
      hash,
      createdAt: NOON + 1,
      createdBy: 'can',
    });
    expect((await at.stores.flows.revisions('main')).map(({ revision }) => revision)).toEqual([2, 1]);
    expect(await at.stores.flows.revisions('dealers')).toEqual([
      { flow: 'dealers', revision: 1, hash: source('dealers', 'b').hash, createdAt: NOON, createdBy: 'ayşe' },
    ]);
  });

  test('the same set again, in any order, gives the release that exists', async () => {
    const first = await at.stores.flows.publish([source('main', 'a'), source('dealers', 'b')], 'ayşe', NOON);
    expect(await at.stores.flows.publish([source('dealers', 'b'), source('main', 'a')], 'can', NOON + 1)).toEqual(first);
    expect(await at.place.query('select * from flow_revisions')).toHaveLength(2);
  });

  test('what the audit keeps of a release stands in its transaction: both, or neither', async () => {
    const { flows, audit } = at.stores;
    const note = (release: number): AuditEntry => ({
      id: 'aud_1' as AuditId,
      brand: 'santral' as BrandId,
      at: NOON,
      actor: 'can',
      via: 'api',
      what: 'scenarios-skipped',
      subject: 'main',
      details: { release },
    });
    const first = await flows.publish([source('main', 'a')], 'can', NOON, [], undefined, null, (release) => [note(release)]);
    expect(await audit.list({ brand: note(0).brand, limit: 5 })).toEqual([note(first.id)]);
    const again = flows.publish([source('main', 'b')], 'can', NOON, [], undefined, first.id, (release) => [note(release)]);
    await expect(again).rejects.toMatchObject({ code: 'store.conflict' });
    expect(await flows.latestRelease()).toEqual(first);
    const unchanged = { ...note(first.id), id: 'aud_2' as AuditId };
    expect(await flows.publish([source('main', 'a')], 'can', NOON, [], undefined, first.id, () => [unchanged])).toEqual(first);
    expect(await audit.list({ brand: unchanged.brand, limit: 1 })).toEqual([unchanged]);
  });

  test('what was read beside a release that another engine has replaced since is not stored', async () => {
    const { flows } = at.stores;
    const first = await flows.publish([source('main', 'a')], 'ayşe', NOON, [], undefined, null);
    await flows.publish([source('main', 'theirs')], 'can', NOON, [], undefined, first.id);
    const late = flows.publish([source('main', 'mine')], 'ayşe', NOON, [], undefined, first.id);
    await expect(late).rejects.toMatchObject({ code: 'store.conflict', details: { release: first.id + 1 } });
    await expect(flows.publish([source('main', 'mine')], 'ayşe', NOON, [], undefined, null)).rejects.toMatchObject({
      code: 'store.conflict',
    });
    expect((await flows.revision('main', 2))?.source).toBe('theirs');
    expect(await flows.revision('main', 3)).toBeUndefined();
  });

  test('of two engines that publish at the same moment one is told of the other', async () => {
    const { flows } = at.stores;
    const { id } = await flows.publish([source('main', 'a')], 'x', NOON);
    const outcomes = await Promise.allSettled(
      ['b', 'c', 'd'].map((text) => flows.publish([source('main', text)], text, NOON, [], undefined, id)),
    );
    expect(outcomes.filter(({ status }) => status === 'fulfilled')).toHaveLength(1);
    expect((await flows.latestRelease())?.id).toBe(id + 1);
  });

  describe('prompts and calendars', () => {
    const text = (kind: 'catalogue' | 'calendar', path: string, words: string) => ({
      kind,
      path,
      text: words,
      hash: source('', words).hash,
    });
    const main = [source('main', 'a')];
    const prompts = text('catalogue', 'sounds/general.yaml', 'general.goodbye: { tr: "Güle güle." }');
    const office = text('calendar', 'flows/calendars/office.yaml', 'calendar: office');

    test('come back with their release, as they were and in their order', async () => {
      const { flows } = at.stores;
      const first = await flows.publish(main, 'x', NOON, [prompts, office]);
      const changed = { ...prompts, ...text('catalogue', prompts.path, 'general.goodbye: { tr: "Hoşça kalın." }') };
      const second = await flows.publish(main, 'x', NOON, [changed, office]);
      expect(second.id).toBe(first.id + 1);
      expect(second.flows).toEqual(first.flows);
      expect(await flows.textsOf(first.id)).toEqual([prompts, office]);
      expect(await flows.textsOf(second.id)).toEqual([changed, office]);
      expect(await flows.textsOf(99)).toBeUndefined();
      const third = await flows.publish(main, 'x', NOON, []);
      expect(third.id).toBe(second.id + 1);
      expect(await flows.textsOf(third.id)).toEqual([]);
    });

    test('unchanged ones are kept once and make no new release', async () => {
      const { flows } = at.stores;
      const first = await flows.publish(main, 'x', NOON, [prompts, office, { ...office, path: 'flows/calendars/copy.yaml' }]);
      expect(await flows.publish(main, 'x', NOON, [prompts, office, { ...office, path: 'flows/calendars/copy.yaml' }])).toEqual(first);
      await flows.publish([source('main', 'b')], 'x', NOON, [prompts, office]);
      expect(await at.place.query('select * from definition_texts')).toHaveLength(2);
    });

    test('are not known of releases of before they were kept', async () => {
      const { id } = await at.stores.flows.publish(main, 'x', NOON, [prompts]);
      await at.place.query('update releases set texts = null');
      expect(await at.stores.flows.textsOf(id)).toBeUndefined();
      expect((await at.stores.flows.publish(main, 'x', NOON, [prompts])).id).toBe(id + 1);
    });
  });

  test('a flow taken out, put back, or turned back makes a new release', async () => {
    await at.stores.flows.publish([source('main', 'a'), source('dealers', 'b')], 'x', NOON);
    expect((await at.stores.flows.publish([source('main', 'a')], 'x', NOON)).flows).toEqual({ main: 1 });
    expect((await at.stores.flows.publish([source('main', 'a'), source('dealers', 'b')], 'x', NOON)).flows).toEqual({
      main: 1,
      dealers: 1,
    });
    expect((await at.stores.flows.publish([source('main', 'a2')], 'x', NOON)).flows).toEqual({ main: 2 });
    const back = await at.stores.flows.publish([source('main', 'a')], 'x', NOON);
    expect(back).toMatchObject({ id: 5, flows: { main: 3 } });
    expect(await at.stores.flows.latestRelease()).toEqual(back);
  });

  test('names that every object has are ordinary flow names', async () => {
    const names = ['constructor', '__proto__', 'toString'];
    const set = names.map((name) => source(name, name));
    const release = await at.stores.flows.publish(set, 'x', NOON);
    expect(Object.entries(release.flows).sort()).toEqual(names.map((name) => [name, 1]).sort());
    expect(await at.stores.flows.publish(set, 'x', NOON)).toEqual(release);
    expect(await at.stores.flows.latestRelease()).toEqual(release);
  });

  test('a flow given twice is refused, and nothing is written', async () => {
    const twice = at.stores.flows.publish([source('main', 'a'), source('main', 'b')], 'x', NOON);
    await expect(twice).rejects.toMatchObject({ code: 'store.conflict' });
    expect(await at.place.query('select * from flow_revisions')).toEqual([]);
  });

  test('publishing at the same time from two engines makes one release', async () => {
    const other = await at.place.open();
    const set = [source('main', 'a'), source('dealers', 'b')];
    const releases = await Promise.all(
      [at.stores, other, at.stores, other, at.stores, other].map((one) => one.flows.publish(set, 'x', NOON)),
    );
    await other.close();
    expect(new Set(releases.map(({ id }) => id))).toEqual(new Set([1]));
    expect(await at.place.query('select * from releases')).toHaveLength(1);
  });

  test('different sets at the same time follow each other without a gap', async () => {
    const other = await at.place.open();
    const texts = Array.from({ length: 10 }, (_, i) => `text ${i}`);
    const releases = await Promise.all(
      texts.map((text, i) => (i % 2 === 0 ? at.stores : other).flows.publish([source('main', text)], 'x', NOON)),
    );
    await other.close();
    const numbers = Array.from({ length: 10 }, (_, i) => i + 1);
    expect(releases.map(({ id }) => id).sort((a, b) => a - b)).toEqual(numbers);
    expect(releases.map(({ flows }) => flows['main'] ?? 0).sort((a, b) => a - b)).toEqual(numbers);
  });
});
