import type { BrandId } from '../../domain/brand.ts';
import { DEAD_STATES, REGISTRY } from '../../domain/consent-registry.ts';
import type { ConsentEntryId } from '../../domain/ids.ts';
import type { PullState, RegistrySend, SendFigures, SendFilter } from '../../ports/registry-store.ts';
import { checkSome } from './check.ts';
import type { Link, RegistryDeps } from './deps.ts';
import { pullChanges } from './pull.ts';
import { pushConsents } from './push.ts';

/** The same in figures, for those who ask often. */
export interface RegistryGlance {
  readonly isStale: boolean;
  readonly figures: SendFigures;
}

/** How things stand between a brand and the registry. */
export interface RegistryState {
  readonly isLinked: boolean;
  readonly isStale: boolean;
  readonly staleMs: number;
  /** When everything was read the last time; null: never. */
  readonly pulledAt: number | null;
  readonly pulls: readonly PullState[];
  readonly figures: SendFigures;
  readonly dead: number;
}

export interface Registry {
  /** Reads how old the copy is, so that nobody is advertised to by an old one. */
  start(): Promise<void>;
  /** Tells the registry what is due; every minute. */
  push(): Promise<void>;
  /** Reads what changed there; often enough that nobody who refused there is called long after. */
  pull(): Promise<void>;
  /** The same at once, for one brand: how things stand then. */
  pullNow(brand: BrandId): Promise<RegistryState>;
  /** The brand has an account, and the copy is too old to advertise by, or known to lack something. */
  isStale(brand: BrandId): boolean;
  state(brand: BrandId): Promise<RegistryState>;
  /** Figures of the last seconds; null: the brand has no account, and nothing is asked. */
  glance(brand: BrandId): Promise<RegistryGlance | null>;
  list(brand: BrandId, filter: SendFilter): Promise<readonly RegistrySend[]>;
  /** Sends a dead letter again (all: null), in spite of its date. Gives how many. */
  replay(brand: BrandId, id: ConsentEntryId | null, by: string): Promise<number>;
  /** Removes what was told there and was kept long enough; consents and their history stay. Gives how many. */
  sweep(): Promise<number>;
  close(): Promise<void>;
}

/** How long an engine that says nothing keeps the registry from another one. */
const LEAD_MS = 180_000;
const SWEPT_AT_ONCE = 1000;
/** How long figures are good for monitors. */
const GLANCE_MS = 10_000;
const NO_FIGURES: SendFigures = { byState: {}, alarms: 0, firstDueAt: null, unread: 0 };
/** Consents that are asked for in one go; what else is to be done comes in between. */
const CHECKED_AT_ONCE = 100;

/** What is recorded here is told to the national registry of consents, and what is recorded there becomes a consent here. */
export function createRegistry(deps: RegistryDeps): Registry {
  const { store, clock, log, settings } = deps;
  const links = new Map<BrandId, Link>([...deps.links].map(([brand, registry]) => [brand, { brand, registry, restUntil: 0, failures: 0 }]));
  const pulls = new Map<BrandId, readonly PullState[]>();
  const alarmed = new Map<BrandId, number>();
  const stop = new AbortController();
  const glances = new Map<BrandId, { readonly until: number; readonly figures: Promise<SendFigures> }>();
  let turn: Promise<unknown> = Promise.resolve();
  let checking: Promise<void> | null = null;

  /** One thing after the other: what was just read is asked when the next is sent. */
  function inTurn<T>(work: () => Promise<T>): Promise<T> {
    const done = turn.then(work, work);
    turn = done.catch(() => undefined);
    return done;
  }

  const pulledAt = (brand: BrandId): number | null => {
    const known = pulls.get(brand) ?? [];
    const times = known.flatMap((one) => one.pulledAt ?? []);
    return times.length < 2 ? null : Math.min(...times);
  };

  function isStale(brand: BrandId): boolean {
    if (!links.has(brand)) return false;
    const at = pulledAt(brand);
    return at === null || clock.now() - at > settings.staleMs || (pulls.get(brand) ?? []).some(({ gap }) => gap !== null);
  }

  async function look(brand: BrandId): Promise<void> {
    pulls.set(brand, await store.pulls(brand));
  }

  async function each(what: string, work: (link: Link) => Promise<unknown>): Promise<void> {
    for (const link of links.values()) {
      try {
        if (!stop.signal.aborted) await work(link);
      } catch (err) {
        log.error({ brand: link.brand, err }, `consents could not be ${what}; it is tried again`);
      }
    }
  }

  /** Another engine may be the one that talks with the registry; what it read counts here, too. */
  async function mayTalk(link: Link): Promise<boolean> {
    await look(link.brand);
    const now = clock.now();
    return now >= link.restUntil && (await store.lead(link.brand, deps.holder, now, now + LEAD_MS));
  }

  async function push(link: Link): Promise<void> {
    // What was read once proves that the account is good: an answer of nothing is then no mistake of an address.
    if ((await mayTalk(link)) && pulledAt(link.brand) !== null) await pushConsents(deps, link, stop.signal);
    await alarm(link.brand);
  }

  async function alarm(brand: BrandId): Promise<void> {
    const { alarms, firstDueAt } = await store.figures(brand, clock.now());
    if (alarms > (alarmed.get(brand) ?? 0))
      log.error({ brand, alarms, firstDueAt }, 'consents must be told to the registry, and their last day is near');
    alarmed.set(brand, alarms);
  }

  async function pull(link: Link): Promise<void> {
    if (await mayTalk(link)) await pullChanges(deps, link, stop.signal);
    await look(link.brand);
  }

  /** As many as one run may; while it is at it, no other is begun. */
  function checkAll(): Promise<void> {
    checking ??= each('asked for again', check).finally(() => {
      checking = null;
    });
    return checking;
  }

  async function check(link: Link): Promise<void> {
    let left = settings.gapChecks;
    while (left > 0 && !stop.signal.aborted) {
      const some = Math.min(left, CHECKED_AT_ONCE);
      const checked = await inTurn(async () => ((await mayTalk(link)) ? checkSome(deps, link, some, stop.signal) : 0));
      if (checked === 0) break;
      left -= checked;
    }
    await look(link.brand);
  }

  async function state(brand: BrandId): Promise<RegistryState> {
    if (links.has(brand)) await look(brand);
    const figures = links.has(brand) ? await store.figures(brand, clock.now()) : NO_FIGURES;
    const dead = deadOf(figures);
    const is = { isLinked: links.has(brand), isStale: isStale(brand), staleMs: settings.staleMs };
    return { ...is, pulledAt: pulledAt(brand), pulls: pulls.get(brand) ?? [], figures, dead };
  }

  async function glance(brand: BrandId): Promise<RegistryGlance | null> {
    if (!links.has(brand)) return null;
    const now = clock.now();
    const known = glances.get(brand);
    const one = known !== undefined && known.until > now ? known : { until: now + GLANCE_MS, figures: store.figures(brand, now) };
    glances.set(brand, one);
    try {
      return { isStale: isStale(brand), figures: await one.figures };
    } catch (error) {
      // A fault is no figure: the next one asks anew.
      if (glances.get(brand) === one) glances.delete(brand);
      throw error;
    }
  }

  return {
    start: () => each('looked at', (link) => look(link.brand)),
    push: () => inTurn(() => each('told to the registry', push)),
    async pull() {
      await inTurn(() => each('read from the registry', pull));
      await checkAll();
    },
    async pullNow(brand) {
      const link = links.get(brand);
      if (link !== undefined) {
        link.restUntil = 0;
        await inTurn(() => pull(link));
        void checkAll();
      }
      return state(brand);
    },
    isStale,
    state,
    glance,
    list: (brand, filter) => store.list(brand, filter),
    replay(brand, id, by) {
      const at = clock.now();
      const line = { brand, at, actor: by, via: 'api', what: 'registry-replayed', details: { registry: REGISTRY } } as const;
      return store.replay(brand, id, at, (subject) => ({ ...line, id: deps.ids.next('audit'), subject }));
    },
    async sweep() {
      const before = clock.now() - settings.keepMs;
      let removed = 0;
      for (let some = SWEPT_AT_ONCE; some === SWEPT_AT_ONCE && !stop.signal.aborted; removed += some)
        some = await store.sweep(before, SWEPT_AT_ONCE);
      if (removed > 0) log.info({ removed }, 'what was told to the registry and was kept long enough was removed');
      return removed;
    },
    async close() {
      stop.abort();
      await checking;
      await turn;
      for (const { registry } of links.values()) await registry.close();
    },
  };
}

/** How many were refused, or came too late. */
export function deadOf({ byState }: Pick<SendFigures, 'byState'>): number {
  return DEAD_STATES.reduce((sum, one) => sum + (byState[one] ?? 0), 0);
}
