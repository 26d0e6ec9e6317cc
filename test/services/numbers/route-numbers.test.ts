import { describe, expect, it } from 'vitest';
import type { BrandId } from '../../../src/domain/brand.ts';
import { labelOf } from '../../../src/domain/label.ts';
import type { NumberRoute, NumberStore } from '../../../src/ports/stores.ts';
import type { FileRoute } from '../../../src/services/numbers/numbers-file.ts';
import { createNumbers } from '../../../src/services/numbers/route-numbers.ts';

/** Numbers in memory, as the port promises them. */
function memoryNumberStore(): NumberStore & { reads: number } {
  const file = new Map<string, NumberRoute>();
  const api = new Map<string, NumberRoute>();
  const store = {
    reads: 0,
    list: async () => {
      store.reads += 1;
      return [...new Map([...file, ...api]).values()];
    },
    get: async (did: string) => api.get(did) ?? file.get(did),
    put: async (route: NumberRoute) => void (route.source === 'api' ? api : file).set(route.did, route),
    remove: async (did: string) => api.delete(did) || file.delete(did),
    replaceFileRoutes: async (routes: readonly NumberRoute[]) => {
      file.clear();
      for (const route of routes) file.set(route.did, route);
    },
  };
  return store;
}

const fileRoute = (did: string, flow: string): FileRoute => ({ did, flow, brand: null, language: null, label: labelOf(did) });

function setUp() {
  const store = memoryNumberStore();
  const numbers = createNumbers({
    stores: { numbers: store },
    clock: { now: () => 42 },
    brand: 'santral' as BrandId,
    language: 'tr',
    flowExists: (flow) => flow.startsWith('flow-'),
  });
  return { store, numbers };
}

describe('numbers', () => {
  it.each(['+902125550010', '902125550010', '02125550010', '00902125550010', '0212 555 00 10', '2125550010'])(
    'find the route of one number however it arrives: %s',
    async (did) => {
      const { numbers } = setUp();
      await numbers.useFile([fileRoute('+902125550010', 'flow-a'), fileRoute('*', 'flow-b')]);
      expect(numbers.routeFor(did)).toMatchObject({
        did: '+902125550010',
        flow: 'flow-a',
        brand: 'santral',
        language: 'tr',
        source: 'file',
      });
    },
  );

  it('lead every other number to *, and to nothing when there is no *', async () => {
    const { numbers } = setUp();
    expect(numbers.routeFor('1000')).toBeUndefined();
    await numbers.useFile([fileRoute('1000', 'flow-a'), fileRoute('*', 'flow-b')]);
    expect(numbers.routeFor('1000')?.flow).toBe('flow-a');
    expect(numbers.routeFor('9999')?.flow).toBe('flow-b');
    expect(numbers.routeFor('')?.flow).toBe('flow-b');
    await numbers.useFile([fileRoute('1000', 'flow-a')]);
    expect(numbers.routeFor('9999')).toBeUndefined();
  });

  it('let a route of the API win at once, and the file’s come back when it is removed', async () => {
    const { numbers } = setUp();
    await numbers.useFile([fileRoute('+902125550010', 'flow-a')]);
    const put = await numbers.put({ did: '02125550010', flow: 'flow-c', language: 'en', label: labelOf('x') });
    expect(put).toEqual({
      did: '+902125550010',
      brand: 'santral',
      flow: 'flow-c',
      language: 'en',
      label: labelOf('x'),
      source: 'api',
      updatedAt: 42,
    });
    expect(numbers.routeFor('902125550010')?.flow).toBe('flow-c');
    await numbers.useFile([fileRoute('+902125550010', 'flow-b')]);
    expect(numbers.routeFor('902125550010')?.flow).toBe('flow-c');
    expect(await numbers.remove('902125550010')).toBe(true);
    expect(numbers.routeFor('902125550010')?.flow).toBe('flow-b');
  });

  it('refuse to remove what the file says, or what is not there', async () => {
    const { numbers } = setUp();
    await numbers.useFile([fileRoute('1000', 'flow-a')]);
    expect(await numbers.remove('1000')).toBe(false);
    expect(await numbers.remove('1001')).toBe(false);
    expect(numbers.routeFor('1000')?.flow).toBe('flow-a');
  });

  it('refuse a flow that is not there', async () => {
    const { numbers } = setUp();
    await expect(numbers.put({ did: '1000', flow: 'nowhere', language: 'tr', label: labelOf('') })).rejects.toMatchObject({
      code: 'flow.unknown',
    });
    expect(numbers.routeFor('1000')).toBeUndefined();
  });

  it('ask the database for nothing when a call comes in', async () => {
    const { store, numbers } = setUp();
    await numbers.useFile([fileRoute('*', 'flow-a')]);
    const before = store.reads;
    for (let i = 0; i < 100; i += 1) numbers.routeFor(`10${i}`);
    expect(store.reads).toBe(before);
  });

  it.each<[dids: string[], example: string | null]>([
    [['*', '4444', '5555'], '4444'],
    [['*'], '1000'],
    [[], null],
  ])('of %j one to try is %s', async (dids, example) => {
    const { numbers } = setUp();
    await numbers.useFile(dids.map((did) => fileRoute(did, 'flow-a')));
    expect(numbers.example()).toBe(example);
  });
});
