import { DEFAULT_BRAND } from '../../src/domain/brand.ts';
import { iysRegistry } from '../../src/notify/iys.ts';
import type { PulledPage } from '../../src/ports/registry-store.ts';
import type { RegistryDeps, RegistrySettings } from '../../src/services/registry/deps.ts';
import { createRegistry, type Registry } from '../../src/services/registry/registry.ts';

/** What a page of changes is that tells nothing. */
export const EMPTY_PAGE = {
  consents: [],
  unread: [],
  lost: 0,
  at: 0,
  note: () => {
    throw new Error('Nothing is to be noted.');
  },
} satisfies Partial<PulledPage>;

type Parts = Pick<RegistryDeps, 'store' | 'clock' | 'ids' | 'log'>;
const SETTINGS = { staleMs: 6 * 3_600_000, sendDays: 3, alarmDays: 2, gapChecks: 5000, keepMs: 1095 * 86_400_000 };
const days = () => ({ zone: 'Europe/Istanbul', holidays: [] });

/** The registry's service where no brand has an account. */
export function unlinkedRegistry(parts: Parts): Registry {
  return createRegistry({ ...parts, days, random: () => 0.5, holder: 'test', links: new Map(), settings: SETTINGS });
}

/** The same with an account of the usual brand at a register of `startIysServer`. */
export function linkedRegistry(parts: Parts, url: string, settings: Partial<RegistrySettings> = {}): Registry {
  const account = { url, iysCode: '1234', brandCode: '5678', user: 'santral', password: 'dogru-parola', timeoutMs: 3000 };
  const link = iysRegistry({ ...account, now: () => parts.clock.now(), random: () => 0.5 });
  const own = { days, random: () => 0.5, holder: 'test', settings: { ...SETTINGS, ...settings } };
  return createRegistry({ ...parts, ...own, links: new Map([[DEFAULT_BRAND, link]]) });
}
