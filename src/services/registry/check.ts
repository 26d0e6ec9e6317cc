import type { Unchecked } from '../../ports/registry-store.ts';
import type { Link, RegistryDeps } from './deps.ts';
import { heard, MANY_UNREAD, NOTHING_READ, unreadNote } from './hear.ts';
import { rest } from './rest.ts';

/** What could not be read is asked for anew after so long. */
const AGAIN_MS = 86_400_000;

type CheckDeps = Pick<RegistryDeps, 'store' | 'clock' | 'ids' | 'log' | 'random'>;

/**
 * Where changes were missed, the registry is asked for the consents that stand, some at a time; else for those that could not
 * be read. What can still not be read is passed over and told. Gives how many were looked after; 0: there are none, or it is to be left alone.
 */
export async function checkSome(deps: CheckDeps, link: Link, limit: number, signal: AbortSignal): Promise<number> {
  const { store, clock, log } = deps;
  const { brand } = link;
  const gaps = (await store.pulls(brand)).flatMap(({ gap }) => gap ?? []);
  const rows =
    gaps.length === 0
      ? await store.unchecked(brand, 'unread', clock.now() - AGAIN_MS, limit)
      : await store.unchecked(brand, 'all', Math.max(...gaps.map(({ seenAt }) => seenAt)), limit);
  if (rows.length > 0) return (await askFor(deps, link, rows, signal)) ? rows.length : 0;
  if (gaps.length === 0) return 0;
  await store.closeGap(brand);
  const { unread } = await store.figures(brand, clock.now());
  const asked = 'every consent was asked for again at the registry';
  if (unread === 0) log.info({ brand }, `${asked}: nothing is missing any more`);
  else log.error({ brand, unread }, `${asked}; some cannot be read, and nobody is advertised to by them`);
  return 0;
}

/** False: the registry is to be left alone. */
async function askFor(deps: CheckDeps, link: Link, rows: readonly Unchecked[], signal: AbortSignal): Promise<boolean> {
  const { store, clock, log, random } = deps;
  const { brand, registry } = link;
  const sealed = rows.filter(({ recipient }) => recipient === null);
  const unread: Unchecked[] = [];
  let read = 0;
  let trouble = null;
  for (const { recipient, recipientType, type, ...row } of rows) {
    if (recipient === null) continue;
    const key = { recipient, recipientType, type };
    const found = await registry.status(key, signal);
    if (found.kind === 'unread') {
      unread.push({ ...row, ...key });
      continue;
    }
    if (found.kind !== 'known') {
      trouble = found;
      break;
    }
    read += 1;
    if (found.consent === null) await store.learn(brand, key, null, clock.now());
    else await store.hear(heard(deps, brand, { ...found.consent, ...key }));
  }
  if (read === 0 && unread.length >= MANY_UNREAD) trouble ??= NOTHING_READ;
  const passed = trouble === NOTHING_READ ? sealed : [...sealed, ...unread];
  if (passed.length > 0) await store.markUnread(brand, passed, clock.now(), unreadNote(deps, brand));
  if (trouble === null) return true;
  log.warn({ brand, reason: trouble.reason }, 'consents could not be asked for again at the registry; it is tried again');
  rest(link, trouble, clock.now(), random());
  return false;
}
