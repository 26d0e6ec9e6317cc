import { openness } from './domain/openness.ts';
import type { Releases } from './services/flows/releases.ts';

/** Whether a calendar is open, and until when it stays so (UTC ms; null: not known). One that is gone, or not there yet, is open. */
export function opennessBy(
  releases: Pick<Releases, 'newest'>,
): (calendar: string, now: number) => { readonly open: boolean; readonly until: number | null } {
  return (calendar, now) => {
    const known = releases.newest()?.calendars.get(calendar);
    if (known === undefined) return { open: true, until: null };
    const is = openness(known, now);
    return { open: is.kind === 'open', until: is.kind === 'open' ? is.until : is.opensAt };
  };
}
