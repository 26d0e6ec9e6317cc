import { CHANGE_SIDES, type ChangeSide } from '../../domain/consent-registry.ts';
import type { RegistryChange, RegistryKey, RegistryTrouble } from '../../ports/consent-registry.ts';
import type { Heard, PulledPage, PullState } from '../../ports/registry-store.ts';
import type { Link, RegistryDeps } from './deps.ts';
import { heard, MANY_UNREAD, NOTHING_READ, unreadNote } from './hear.ts';
import { rest } from './rest.ts';

/** The registry keeps changes for a week; an hour of it is left for the way. */
const KEPT_MS = (7 * 24 - 1) * 3_600_000;
/** So many pages hold more than a week of the largest brand: beyond it something runs in a circle. */
const MOST_PAGES = 10_000;

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
  return changed;
}

async function pullSide(
  deps: PullDeps,
  link: Link,
  side: ChangeSide,
  before: PullState | undefined,
  signal: AbortSignal,
): Promise<number | null> {
  const { store, clock, log, random } = deps;
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
    const read = await understood(deps, link, page.changes, signal);
    if ('trouble' in read) {
      await store.pullFailed(brand, side, clock.now(), read.trouble.reason);
      rest(link, read.trouble, clock.now(), random());
      return null;
    }
    const isLast = page.isLast || page.after === after;
    const place = { side, cursor: page.after, at: clock.now(), pulledAt: isLast ? begun : null, gap };
    changed += await store.take(brand, { ...place, ...read, note: unreadNote(deps, brand) });
    if (isLast) return changed;
    after = page.after;
  }
  await store.pullFailed(brand, side, clock.now(), 'the registry gives changes without end');
  return null;
}

/** The consents of a page. Of whom a change tells that cannot be understood, the registry is asked how things stand. */
async function understood(
  deps: PullDeps,
  { brand, registry }: Link,
  changes: readonly RegistryChange[],
  signal: AbortSignal,
): Promise<Pick<PulledPage, 'consents' | 'unread' | 'lost'> | { readonly trouble: RegistryTrouble }> {
  const consents: Heard[] = [];
  const unread: RegistryKey[] = [];
  let lost = 0;
  for (const one of changes) {
    if (!('unread' in one)) consents.push(heard(deps, brand, one));
    else if (one.unread === null) lost += 1;
    else {
      const asked = await registry.status(one.unread, signal);
      if (asked.kind === 'unread' || (asked.kind === 'known' && asked.consent === null)) unread.push(one.unread);
      else if (asked.kind !== 'known') return { trouble: asked };
      else if (asked.consent !== null) consents.push(heard(deps, brand, { ...asked.consent, ...one.unread }));
    }
  }
  if (unread.length + lost > 0) deps.log.error({ brand, unread: unread.length, lost }, 'changes at the registry cannot be understood');
  if (consents.length === 0 && unread.length + lost >= MANY_UNREAD) return { trouble: NOTHING_READ };
  return { consents, unread, lost };
}
