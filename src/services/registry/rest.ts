import { pauseAfter } from '../../domain/back-off.ts';
import type { RegistryTrouble } from '../../ports/consent-registry.ts';
import type { Link } from './deps.ts';

/** What the registry refuses (an account, a brand) is mended by people: it is not asked again at once. */
const REFUSED_MS = 600_000;

/** After trouble the registry is left alone for a while, longer each time. */
export function rest(link: Link, trouble: RegistryTrouble, now: number, random: number): void {
  link.failures += 1;
  const pause = trouble.kind === 'refused' ? REFUSED_MS : pauseAfter(link.failures, random, trouble.afterMs);
  link.restUntil = Math.max(link.restUntil, now + pause);
}
