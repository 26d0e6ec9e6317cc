import { CHANGE_SIDES, type ChangeSide, REGISTRY } from '../../domain/consent-registry.ts';
import type { PulledPage, PullState } from '../../ports/registry-store.ts';
import type { Link, RegistryDeps } from './deps.ts';
import { rest } from './rest.ts';

/** The registry keeps changes for a week; an hour of it is left for the way. */
const KEPT_MS = (7 * 24 - 1) * 3_600_000;
/** So many pages hold more than a week of the largest brand: beyond it something runs in a circle. */
const MOST_PAGES = 10_000;
/** Consents that are looked after one by one in a run, where changes were missed. */
const CHECKED_AT_ONCE = 100;
const EVIDENCE = 'İYS';

type PullDeps = Pick<RegistryDeps, 'store' | 'clock' | 'ids' | 'log' | 'random'>;

/** Reads what changed at the registry since the last time. Gives how many consents stand otherwise now; null: it could not be read. */
export async function pullChanges(deps: PullDeps, link: Link, signal: AbortSignal): Promise<number | null> {
  const before = await deps.store.pulls(link.brand);
  let changed = 0;
  for (const side of CHANGE_SIDES) {
    const read = await pullSide(
      deps,
      link,
      side,
      before.find((one) => one.side === side),
      signal,
    );
    if (read === null) return null;
    changed += read;
  }
  link.failures = 0;
  if (changed > 0) deps.log.info({ brand: link.brand, changed }, 'consents were changed at the registry');
  await closeGaps(deps, link, signal);
  return changed;
}

async function pullSide(
  { store, clock, ids, log, random }: PullDeps,
  link: Link,
  side: ChangeSide,
  before: PullState | undefined,
  signal: AbortSignal,
): Promise<number | null> {
  const { brand, registry } = link;
  const begun = clock.now();
  const last = before?.pulledAt ?? null;
  const missed = last !== null && begun - last > KEPT_MS;
  const gap = missed ? { from: before?.gap?.from ?? last, seenAt: begun } : (before?.gap ?? null);
  if (missed) log.error({ brand, side, since: last }, 'changes at the registry were missed; every consent is asked for again');
  let after = missed ? null : (before?.cursor ?? null);
  let changed = 0;
  for (let pages = 0; pages < MOST_PAGES; pages += 1) {
    const page = await registry.changes(side, after, signal);
    if (page.kind === 'refused' && after !== null && pages === 0) {
      // A cursor that is no good any more: the whole week is read, and what is known of it changes nothing.
      after = null;
      continue;
    }
    if (page.kind !== 'page') {
      await store.pullFailed(brand, side, clock.now(), page.reason);
      rest(link, page, clock.now(), random());
      log.warn({ brand, side, reason: page.reason }, 'changes at the registry could not be read');
      return null;
    }
    const unreadable = page.changes.filter((one) => one === null).length;
    if (unreadable > 0) log.warn({ brand, side, unreadable }, 'changes at the registry that cannot be understood were left out');
    const how = () => ({ id: ids.next('consent'), at: clock.now(), by: REGISTRY });
    const consents: PulledPage['consents'] = page.changes.flatMap((one) =>
      one === null ? [] : [{ consent: { ...one, brand, evidence: EVIDENCE }, how: how() }],
    );
    const isLast = page.isLast || page.after === after;
    changed += await store.take(brand, { side, consents, cursor: page.after, pulledAt: isLast ? begun : null, gap });
    if (isLast) return changed;
    after = page.after;
  }
  await store.pullFailed(brand, side, clock.now(), 'the registry gives changes without end');
  return null;
}

/** Changes that nobody can read any more: the registry is asked for every consent that stands, some at a time. */
async function closeGaps({ store, clock, ids, log, random }: PullDeps, link: Link, signal: AbortSignal): Promise<void> {
  const { brand, registry } = link;
  const gaps = (await store.pulls(brand)).flatMap(({ gap }) => gap ?? []);
  if (gaps.length === 0) return;
  const keys = await store.unchecked(brand, Math.max(...gaps.map(({ seenAt }) => seenAt)), CHECKED_AT_ONCE);
  for (const key of keys) {
    const found = await registry.status(key, signal);
    if (found.kind !== 'known') return rest(link, found, clock.now(), random());
    const at = clock.now();
    if (found.consent === null) await store.learn(brand, key, null, at);
    else
      await store.hear({
        consent: { ...found.consent, ...key, brand, evidence: EVIDENCE },
        how: { id: ids.next('consent'), at, by: REGISTRY },
      });
  }
  if (keys.length > 0) return;
  await store.closeGap(brand);
  log.info({ brand }, 'every consent was asked for again at the registry: nothing is missing any more');
}
