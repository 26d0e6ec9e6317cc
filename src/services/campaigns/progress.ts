import type { Campaign } from '../../domain/campaign.ts';
import type { CampaignId } from '../../domain/ids.ts';
import type { MadeAttempts, Standing } from '../../ports/campaign-store.ts';
import type { DialDeps } from './deps.ts';

/** How calls went over time: steps of equal length, those without a call left out. */
export interface Course {
  readonly stepMs: number;
  readonly steps: readonly MadeAttempts[];
}

export interface Progress {
  /** Where everybody of each campaign stands; every campaign has one. */
  standings(campaigns: readonly Campaign[]): Promise<ReadonlyMap<CampaignId, Standing>>;
  course(id: CampaignId): Promise<Course>;
}

const MINUTE = 60_000;
const STEPS = [1, 5, 15, 60, 360, 1440].map((minutes) => minutes * MINUTE);
/** A chart has no room for more. */
const MOST_STEPS = 300;
/** Many may look at once: what was counted is shown to all of them for so long. */
const KEPT_MS = 2000;
const MOST_KEPT = 1000;

type Counting = Pick<DialDeps, 'store' | 'clock' | 'settings'>;

export function createProgress({ store, clock, settings: { brand } }: Counting): Progress {
  const kept = new Map<CampaignId, { readonly version: number; readonly until: number; readonly standing: Standing }>();
  const courses = new Map<CampaignId, { readonly until: number; readonly course: Promise<Course> }>();

  async function standings(campaigns: readonly Campaign[]): Promise<ReadonlyMap<CampaignId, Standing>> {
    const now = clock.now();
    const known = campaigns.flatMap(({ id, version }) => {
      const one = kept.get(id);
      return one !== undefined && one.version === version && one.until > now ? [one.standing] : [];
    });
    const found = new Map(known.map((standing) => [standing.campaign, standing]));
    const wanted = campaigns.filter(({ id }) => !found.has(id));
    if (wanted.length === 0) return found;
    const ids = wanted.map(({ id }) => id);
    const counted = new Map((await store.standings(brand, ids)).map((one) => [one.campaign, one]));
    for (const { id, state, version } of wanted) {
      const standing = counted.get(id) ?? { campaign: id, contacts: 0, waiting: 0, calling: 0, delivered: 0 };
      found.set(id, standing);
      if (kept.size >= MOST_KEPT) kept.clear();
      // Nothing changes in a campaign that calls nobody, before it is changed itself.
      const rests = state !== 'running' && standing.calling === 0;
      kept.set(id, { version, until: rests ? Number.POSITIVE_INFINITY : now + KEPT_MS, standing });
    }
    return found;
  }

  async function count(id: CampaignId): Promise<Course> {
    const span = await store.madeBetween(brand, id);
    if (span === null) return { stepMs: MINUTE, steps: [] };
    const long = span.last - span.first;
    const days = Math.ceil(long / (MOST_STEPS * 1440 * MINUTE));
    const stepMs = STEPS.find((step) => long / step < MOST_STEPS) ?? days * 1440 * MINUTE;
    return { stepMs, steps: await store.madeBy(brand, id, stepMs) };
  }

  return {
    standings,
    course(id) {
      const now = clock.now();
      const known = courses.get(id);
      if (known !== undefined && known.until > now) return known.course;
      const course = count(id);
      if (courses.size >= MOST_KEPT) courses.clear();
      courses.set(id, { until: now + KEPT_MS, course });
      course.catch(() => courses.delete(id));
      return course;
    },
  };
}
