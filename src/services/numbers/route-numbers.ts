import type { BrandId } from '../../domain/brand.ts';
import { ANY_DID, normaliseDid } from '../../domain/did.ts';
import { SantralError } from '../../domain/errors.ts';
import type { Language } from '../../domain/language.ts';
import type { Clock } from '../../ports/clock.ts';
import type { KeptRoutes, NumberRoute, NumberStore, Stores } from '../../ports/stores.ts';
import type { FileRoute } from './numbers-file.ts';

/** What one may dial where every number is taken. */
const ANY_NUMBER = '1000';

/** Dialled numbers whose route is remembered; whoever dials at random makes it forget, no more. */
const MOST_REMEMBERED = 1000;

/** The numbers callers dial, looked up in memory and changed through here only. */
export interface Numbers {
  /** The route of a dialled number in whatever form it arrived, else that of `*`; undefined when there is neither. */
  routeFor(did: string): NumberRoute | undefined;
  /** A number to try a call with: the first there is, any where `*` takes all; null when no call is taken. */
  example(): string | null;
  /** The numbers themselves, the same list until they change. */
  dids(): readonly string[];
  /** Puts the file's routes into the store in place of its former ones, save those `kept`, and reads all of them. */
  useFile(routes: readonly FileRoute[], kept?: KeptRoutes): Promise<void>;
  list(): Promise<readonly NumberRoute[]>;
  /** Sets a route over the API: it wins over the file's. Rejects with `flow.unknown`. */
  put(route: Pick<NumberRoute, 'did' | 'flow' | 'language' | 'label' | 'params' | 'record'>): Promise<NumberRoute>;
  /** Forgets a route set over the API; the file's applies again. False when there is none. */
  remove(did: string): Promise<boolean>;
}

export function createNumbers(deps: {
  readonly stores: Pick<Stores, 'numbers'>;
  readonly clock: Pick<Clock, 'now'>;
  /** For routes that do not name their own. */
  readonly brand: BrandId;
  readonly language: Language;
  readonly flowExists: (flow: string) => boolean;
}): Numbers {
  const store: NumberStore = deps.stores.numbers;
  let routes: ReadonlyMap<string, NumberRoute> = new Map();
  let dids: readonly string[] = [];
  /** By the number as it arrived: every call asks several times. */
  const remembered = new Map<string, NumberRoute | undefined>();
  const refresh = async () => {
    routes = new Map((await store.list()).map((route) => [route.did, route]));
    dids = [...routes.keys()].filter((did) => did !== ANY_DID);
    remembered.clear();
  };
  const find = (did: string): NumberRoute | undefined => routes.get(normaliseDid(did)) ?? routes.get(ANY_DID);

  return {
    routeFor(did) {
      const known = routes.get(did) ?? remembered.get(did);
      if (known !== undefined || remembered.has(did)) return known;
      if (remembered.size >= MOST_REMEMBERED) remembered.clear();
      const found = find(did);
      remembered.set(did, found);
      return found;
    },
    example: () => [...routes.keys()].find((did) => did !== ANY_DID) ?? (routes.has(ANY_DID) ? ANY_NUMBER : null),
    dids: () => dids,
    useFile: async (file, kept) => {
      const updatedAt = deps.clock.now();
      await store.replaceFileRoutes(
        file.map(({ brand, language, ...route }) => ({
          ...route,
          brand: brand ?? deps.brand,
          language: language ?? deps.language,
          source: 'file' as const,
          updatedAt,
        })),
        kept,
      );
      await refresh();
    },
    list: () => store.list(),
    put: async ({ did, flow, language, label, params }) => {
      if (!deps.flowExists(flow)) throw new SantralError('flow.unknown', `There is no flow "${flow}".`, { details: { flow } });
      const key = normaliseDid(did);
      const brand = routes.get(key)?.brand ?? deps.brand;
      const given = params === undefined ? {} : { params };
      const route: NumberRoute = { did: key, brand, flow, language, label, ...given, source: 'api', updatedAt: deps.clock.now() };
      await store.put(route);
      await refresh();
      return route;
    },
    remove: async (did) => {
      const key = normaliseDid(did);
      if ((await store.get(key))?.source !== 'api') return false;
      const removed = await store.remove(key);
      await refresh();
      return removed;
    },
  };
}
