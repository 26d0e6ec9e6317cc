import { describe, expect, test } from 'vitest';
import { labelOf } from '../../src/domain/label.ts';
import { ENGINES, storesFor } from './engines.ts';
import { NOON, route } from './fixtures.ts';

describe.each(ENGINES)('numbers on $name', ({ place: newPlace }) => {
  const at = storesFor(newPlace);

  test('a route is put, replaced, listed by number and removed', async () => {
    const { numbers } = at.stores;
    await numbers.put(route('200', { source: 'api' }));
    await numbers.put(route('*', { source: 'api' }));
    const changed = route('200', { source: 'api', language: 'en', label: { tr: 'Gece', en: 'Night' }, flow: 'night', updatedAt: NOON + 1 });
    await numbers.put(changed);
    expect(await numbers.get('200')).toEqual(changed);
    expect(await numbers.list()).toEqual([route('*', { source: 'api' }), changed]);
    expect(await numbers.remove('200')).toBe(true);
    expect(await numbers.remove('200')).toBe(false);
    expect(await numbers.get('200')).toBeUndefined();
  });

  test('file routes are replaced as a whole; the API’s stay and win', async () => {
    const { numbers } = at.stores;
    await numbers.replaceFileRoutes([route('100'), route('200'), route('*')]);
    const own = route('200', { source: 'api', flow: 'night' });
    await numbers.put(own);
    await numbers.put(route('300', { source: 'api' }));
    await numbers.replaceFileRoutes([route('200', { label: labelOf('Yeni') }), route('400')]);
    expect(await numbers.list()).toEqual([own, route('300', { source: 'api' }), route('400')]);
    expect(await numbers.get('200')).toEqual(own);
    expect(await numbers.get('100')).toBeUndefined();
  });

  test('former routes of the file stay where what it says now could not be read', async () => {
    const { numbers } = at.stores;
    await numbers.replaceFileRoutes([route('100'), route('200'), route('300'), route('*')]);
    await numbers.replaceFileRoutes([route('200', { label: labelOf('Yeni') }), route('400')], new Set(['100', '200', '500']));
    expect(await numbers.list()).toEqual([route('100'), route('200', { label: labelOf('Yeni') }), route('400')]);
    await numbers.replaceFileRoutes([], 'all');
    expect(await numbers.list()).toHaveLength(3);
    await numbers.put(route('100', { source: 'api', flow: 'night' }));
    await numbers.replaceFileRoutes([], new Set(['100']));
    expect(await numbers.remove('100')).toBe(true);
    expect(await numbers.list()).toEqual([route('100')]);
  });

  test('a label of before there were two is the same in both languages', async () => {
    const { numbers } = at.stores;
    await numbers.put(route('200', { source: 'api', label: { tr: 'Merkez', en: 'Head office' } }));
    await at.place.query('update numbers set label_en = null');
    expect((await numbers.get('200'))?.label).toEqual({ tr: 'Merkez', en: 'Merkez' });
  });

  test('removing the API’s route brings the file’s back', async () => {
    const { numbers } = at.stores;
    await numbers.put(route('200', { source: 'api' }));
    await numbers.replaceFileRoutes([route('200', { label: labelOf('Dosya') })]);
    expect(await numbers.remove('200')).toBe(true);
    expect(await numbers.get('200')).toEqual(route('200', { label: labelOf('Dosya') }));
    expect(await numbers.remove('200')).toBe(true);
    expect(await numbers.list()).toEqual([]);
  });

  test('a file that names a number twice changes nothing', async () => {
    const { numbers } = at.stores;
    await numbers.replaceFileRoutes([route('100')]);
    await expect(numbers.replaceFileRoutes([route('200'), route('200')])).rejects.toMatchObject({ code: 'store.conflict' });
    expect(await numbers.list()).toEqual([route('100')]);
  });

  test('thousands of routes are replaced at once, also to none', async () => {
    const routes = Array.from({ length: 1201 }, (_, i) => route(String(10_000 + i)));
    await at.stores.numbers.replaceFileRoutes(routes);
    expect(await at.stores.numbers.list()).toEqual(routes);
    await at.stores.numbers.replaceFileRoutes([]);
    expect(await at.stores.numbers.list()).toEqual([]);
  });
});
