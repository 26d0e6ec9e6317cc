import type { Release } from '../../flow/release.ts';
import type { World } from '../../flow/world.ts';
import type { CallDeps } from './deps.ts';

/** What the interpreter may look at now. */
export function worldOf({ clock, settings, random }: CallDeps, release: Release): World {
  return { now: clock.now(), zone: settings.zone, release, limits: settings.limits, random: random() };
}
