import { explain, type Why } from '../../dialer/explain.ts';
import type { Campaign, CampaignPlan, CampaignState, EmergencyStop } from '../../domain/campaign.ts';
import { SantralError } from '../../domain/errors.ts';
import type { CampaignId, ListId } from '../../domain/ids.ts';
import type { ContactFilter, ContactHistory, NumberCallStore, Standing } from '../../ports/campaign-store.ts';
import type { ContactRow } from '../../ports/list-store.ts';
import { type CampaignProblem, type CheckDeps, checkCampaign } from './check.ts';
import type { DialDeps } from './deps.ts';
import type { Dialler } from './dialler.ts';
import { type DryDeps, type DryRun, dryRun } from './dry-run.ts';
import { type Figures, figuresOf } from './figures.ts';
import { type CampaignOptions, campaignOptions, type OptionDeps } from './options.ts';
import { judgeCampaign } from './plans.ts';
import { type Course, createProgress } from './progress.ts';

export interface CampaignDeps extends DialDeps, CheckDeps, DryDeps, OptionDeps {
  readonly releases: CheckDeps['releases'];
  readonly dialler: Pick<Dialler, 'wake' | 'hangUpRinging' | 'state'>;
  readonly numberCalls: Pick<NumberCallStore, 'since' | 'forgetBefore'>;
  /** What a number is found by. */
  readonly tokenOf: (number: string) => string;
}

export interface FoundContact extends ContactHistory {
  /** undefined: the list was removed. */
  readonly row: ContactRow | undefined;
}

export interface Campaigns {
  create(plan: CampaignPlan, by: string): Promise<Campaign>;
  list(): Promise<readonly Campaign[]>;
  /** Where everybody of each campaign stands, in short; counted a moment ago. */
  standings(campaigns: readonly Campaign[]): Promise<ReadonlyMap<CampaignId, Standing>>;
  /** Rejects with `request.not-found`, as everything that names a campaign does. */
  get(id: CampaignId): Promise<Campaign>;
  /** Rejects with `request.conflict` when somebody changed it meanwhile, or when it is over. */
  change(id: CampaignId, version: number, plan: CampaignPlan): Promise<Campaign>;
  check(id: CampaignId): Promise<readonly CampaignProblem[]>;
  options(): CampaignOptions;
  dryRun(id: CampaignId, rows: number): Promise<DryRun>;
  /** Rejects with `request.invalid` and the problems when something is wrong with it. */
  start(id: CampaignId, by: string): Promise<Campaign>;
  /** From the moment this resolves nobody is dialled; telephones that ring follow the campaign's rule, talks end by themselves. */
  pause(id: CampaignId, by: string): Promise<Campaign>;
  resume(id: CampaignId, by: string): Promise<Campaign>;
  stop(id: CampaignId, by: string): Promise<Campaign>;
  cancel(id: CampaignId, by: string): Promise<Campaign>;
  rate(id: CampaignId, rate: Pick<CampaignPlan, 'callsPerSecond' | 'channels' | 'weight'>): Promise<Campaign>;
  why(id: CampaignId): Promise<Why>;
  figures(id: CampaignId): Promise<Figures>;
  /** How calls went over time. */
  course(id: CampaignId): Promise<Course>;
  tokenOf(number: string): string;
  /** The list that people join whom other systems name. Rejects with `request.conflict` when nobody who joins would be called. */
  joinedList(id: CampaignId): Promise<ListId>;
  contacts(id: CampaignId, filter: ContactFilter): Promise<readonly FoundContact[]>;
  /** These numbers leave the campaign before they are called again; tokens as `tokenOf` gives them. Gives how many had not left yet. */
  exclude(id: CampaignId, tokens: readonly string[], by: string): Promise<number>;
  /** Everything that campaigns did with a number, newest first; `token` is what `tokenOf` gives for it. */
  history(token: string): Promise<readonly FoundContact[]>;
  /** Forgets when numbers were called, where no cap counts it any more. Gives how many. */
  sweep(): Promise<number>;
  emergency(): Promise<EmergencyStop | null>;
  /** Everything of the brand stands still, and telephones that ring are let go. */
  setEmergency(by: string, reason: string): Promise<EmergencyStop>;
  liftEmergency(by: string): Promise<void>;
}

/** Campaigns of one number that are shown. */
const MOST_HISTORY = 100;
/** Who was served or confirmed so long ago is no news to any campaign that runs. */
const LEAVERS_MS = 180 * 86_400_000;
const CHANGED = 'Somebody has changed this campaign meanwhile. Read it again.';

export function createCampaigns(deps: CampaignDeps): Campaigns {
  const { store, lists, clock, ids, log, dialler, settings } = deps;
  const { brand } = settings;
  const progress = createProgress(deps);

  async function get(id: CampaignId): Promise<Campaign> {
    const campaign = await store.get(brand, id);
    if (campaign === undefined) throw new SantralError('request.not-found', 'There is no such campaign.');
    return campaign;
  }

  async function move(id: CampaignId, from: readonly CampaignState[], to: CampaignState, by: string): Promise<Campaign> {
    const before = await get(id);
    const moved = await store.move(brand, id, { from, to, at: clock.now() });
    if (moved === undefined)
      throw new SantralError('request.conflict', `The campaign is ${before.state}: it can be ${to} only when it is ${from.join(' or ')}.`);
    log.info({ campaign: id, from: before.state, to, by }, 'campaign changed its state');
    dialler.wake();
    return moved;
  }

  async function letGo(campaign: Campaign, by: string): Promise<Campaign> {
    if (campaign.ringingOnPause === 'hang-up') await dialler.hangUpRinging(campaign.id, by);
    return campaign;
  }

  async function change(id: CampaignId, version: number, plan: CampaignPlan): Promise<Campaign> {
    const before = await get(id);
    if (before.state === 'cancelled') throw new SantralError('request.conflict', 'The campaign was cancelled. Make a new one.');
    if (before.version !== version) throw new SantralError('request.conflict', CHANGED);
    const changed = await store.change(brand, id, version, plan);
    dialler.wake();
    return changed;
  }

  async function why(id: CampaignId): Promise<Why> {
    const [campaign, counts, emergency] = await Promise.all([get(id), store.counts(brand, id), store.emergency(brand)]);
    const { leads, isUp, breaker, room, of } = dialler.state();
    const now = clock.now();
    const here = of.get(id);
    const limits = {
      'no-line': !isUp,
      'other-engine': !leads,
      'trunk-resting': breaker.openUntil > now,
      'calls-fail': (here?.stuckUntil ?? 0) > now,
      'lines-taken': room <= 0,
      'channels-taken': (here?.calls ?? 0) >= campaign.channels,
      'no-agents': here?.agentRoom === 0,
      speed: true,
    };
    return explain({ now, counts, verdict: judgeCampaign(deps, { campaign, emergency }), limits });
  }

  async function withRows(found: readonly ContactHistory[]): Promise<readonly FoundContact[]> {
    return Promise.all(found.map(async (one) => ({ ...one, row: await lists.contact(brand, one.contact.contact) })));
  }

  return {
    get,
    change,
    why,
    figures: async (id) => figuresOf(deps, await get(id)),
    dryRun: async (id, rows) => dryRun(deps, await get(id), rows),
    options: () => campaignOptions(deps),
    tokenOf: deps.tokenOf,
    list: () => store.list(brand),
    standings: progress.standings,
    async course(id) {
      await get(id);
      return progress.course(id);
    },
    async create(plan, by) {
      const open = { state: 'draft', version: 1, startedAt: null, endedAt: null } as const;
      const campaign: Campaign = { ...plan, ...open, id: ids.next('campaign'), brand, createdAt: clock.now(), createdBy: by };
      await store.create(campaign);
      return campaign;
    },
    check: async (id) => checkCampaign(deps, await get(id)),
    async start(id, by) {
      const problems = await checkCampaign(deps, await get(id));
      if (problems.length > 0) {
        const details = { problems };
        throw new SantralError('request.invalid', problems.map(({ message }) => message).join(' '), { details });
      }
      return move(id, ['draft', 'stopped', 'done'], 'running', by);
    },
    pause: async (id, by) => letGo(await move(id, ['running'], 'paused', by), by),
    resume: (id, by) => move(id, ['paused'], 'running', by),
    stop: async (id, by) => letGo(await move(id, ['running', 'paused'], 'stopped', by), by),
    cancel: async (id, by) => letGo(await move(id, ['draft', 'running', 'paused', 'stopped', 'done'], 'cancelled', by), by),
    async rate(id, rate) {
      const { version, ...before } = await get(id);
      return change(id, version, { ...before, ...rate });
    },
    async joinedList(id) {
      const { state, lists: all } = await get(id);
      if (state === 'done' || state === 'cancelled')
        throw new SantralError(
          'request.conflict',
          `The campaign is ${state} and calls nobody who joins it. Name another one; staysOpen keeps one open.`,
        );
      const [list] = all;
      if (list === undefined) throw new SantralError('request.conflict', 'The campaign has no list that people could join. Give it one.');
      return list;
    },
    async contacts(id, filter) {
      await get(id);
      return withRows(await store.contacts(brand, id, filter));
    },
    async exclude(id, tokens, by) {
      await get(id);
      const added = await store.exclude(brand, id, [...new Set(tokens)], { at: clock.now(), by });
      log.info({ campaign: id, added, by }, 'people were taken out of a campaign');
      return added;
    },
    history: async (token) => withRows(await store.history(brand, token, MOST_HISTORY)),
    async sweep() {
      await store.forgetLeavers(clock.now() - LEAVERS_MS);
      return deps.numberCalls.forgetBefore(clock.now() - settings.cap.withinMs);
    },
    emergency: async () => store.emergency(brand),
    async setEmergency(by, reason) {
      await store.setEmergency({ brand, since: clock.now(), by, reason });
      log.warn({ by }, 'emergency stop: no campaign calls anybody');
      dialler.wake();
      await dialler.hangUpRinging(null, by);
      return (await store.emergency(brand)) ?? { brand, since: clock.now(), by, reason };
    },
    async liftEmergency(by) {
      if (!(await store.liftEmergency(brand))) throw new SantralError('request.not-found', 'There is no emergency stop.');
      log.warn({ by }, 'the emergency stop was lifted');
      dialler.wake();
    },
  };
}
