import type { BrandId } from '../../domain/brand.ts';
import { REGISTRY } from '../../domain/consent-registry.ts';
import type { RegistryConsent, RegistryTrouble } from '../../ports/consent-registry.ts';
import type { Heard, Note } from '../../ports/registry-store.ts';
import type { RegistryDeps } from './deps.ts';

const EVIDENCE = 'İYS';
/** So many at once that cannot be understood, and none that can: it is not they that are at fault, and nothing is passed over. */
export const MANY_UNREAD = 20;
export const NOTHING_READ: RegistryTrouble = {
  kind: 'later',
  reason: 'nothing of what the registry says can be understood',
  unsure: false,
};

type HearDeps = Pick<RegistryDeps, 'clock' | 'ids'>;

/** What the registry says of somebody, as it is written down here. */
export function heard({ clock, ids }: HearDeps, brand: BrandId, consent: RegistryConsent): Heard {
  return { consent: { ...consent, brand, evidence: EVIDENCE }, how: { id: ids.next('consent'), at: clock.now(), by: REGISTRY } };
}

/** What is noted where consents or changes cannot be read. */
export function unreadNote({ clock, ids }: HearDeps, brand: BrandId): Note {
  const line = { brand, at: clock.now(), actor: REGISTRY, via: 'api', what: 'registry-unread', subject: REGISTRY } as const;
  return (unread) => ({ ...line, id: ids.next('audit'), details: { unread } });
}
