import { callingMsLeft, endOfCalling } from '../../dialer/estimate.ts';
import { explain, type Why } from '../../dialer/explain.ts';
import { contactGate } from '../../dialer/gate.ts';
import type { Campaign, CampaignPlan, CampaignState, EmergencyStop, NumberCap } from '../../domain/campaign.ts';
import type { ContactOutcome, Suppression } from '../../domain/contact.ts';
import { SantralError } from '../../domain/errors.ts';
import type { CampaignId, ListId } from '../../domain/ids.ts';
import type { Label } from '../../domain/label.ts';
import type { Language } from '../../domain/language.ts';
import type { Release } from '../../flow/release.ts';
import type {
  AttemptSums,
  ChoiceCount,
  ContactCount,
  ContactFilter,
  ContactHistory,
  NumberCallStore,
  Standing,
} from '../../ports/campaign-store.ts';
import type { ConsentStore } from '../../ports/consents.ts';
import type { ContactRow } from '../../ports/list-store.ts';
import { type CampaignProblem, type CheckDeps, canRefuse, checkCampaign } from './check.ts';
import type { DialDeps } from './deps.ts';
import type { Dialler } from './dialler.ts';
import { calendarOf, judgeCampaign } from './plans.ts';
import { type Course, createProgress } from './progress.ts';

export interface CampaignDeps extends DialDeps, CheckDeps {
  readonly releases: CheckDeps['releases'];
  readonly dialler: Pick<Dialler, 'wake' | 'hangUpRinging' | 'state'>;
  readonly consents: Pick<ConsentStore, 'of'>;
  readonly numberCalls: Pick<NumberCallStore, 'since'>;
  /** What a number is found by. */
  readonly tokenOf: (number: string) => string;
  /** Numbers of ours, queues and webhooks that campaigns may name. */
  readonly offers: () => Pick<CampaignOptions, 'callerIds' | 'queues' | 'webhooks'>;
}

export interface Figures {
  readonly campaign: Campaign;
  /** Everybody in the campaign: the counts sum to it. */
  readonly contacts: number;
  readonly counts: readonly ContactCount[];
  readonly sums: AttemptSums;
  /** Being called or talked with at this moment, by this engine. */
  readonly calls: number;
  /** Calls that were made within the last minute. */
  readonly lately: number;
  /** What they chose with keys, by flow and node. */
  readonly choices: readonly LabelledChoice[];
  /** About when nobody waits any more, as fast as it may call; null: it is not running, nobody waits, or not within a year. */
  readonly finishAt: number | null;
}

export interface LabelledChoice extends ChoiceCount {
  /** What the flow calls it; null: nothing. */
  readonly label: Readonly<Partial<Record<Language, string>>> | null;
}

/** What would become of the first rows, were the campaign started now. */
export interface DryRun {
  readonly looked: number;
  readonly callable: number;
  readonly waiting: number;
  readonly suppressed: Readonly<Partial<Record<ContactOutcome, number>>>;
  /** Contacts of all lists. */
  readonly contacts: number;
  /** If all of those who may be called are reached at the first try: the shortest it can take, in calling time. */
  readonly callingSeconds: number;
  readonly opensAt: number | null;
  /** About when all would be through, with the hours in which it may not call; null: not within a year. */
  readonly finishAt: number | null;
  /** The first of them, each with what would become of it. */
  readonly rows: readonly DryRow[];
}

export interface DryRow {
  readonly list: ListId;
  /** Place in the list. */
  readonly row: number;
  readonly number: string;
  /** call · wait: called often enough lately · a suppression: may not be called. */
  readonly verdict: 'call' | 'wait' | Suppression;
  /** When it may be called, where it waits. */
  readonly until: number | null;
}

/** What a campaign can be made of here. */
export interface CampaignOptions {
  /** Of the release in force; `canRefuse`: called ones can refuse further calls in it. */
  readonly flows: readonly {
    readonly id: string;
    readonly title: Readonly<Partial<Record<Language, string>>>;
    readonly canRefuse: boolean;
  }[];
  readonly release: number | null;
  /** Numbers of ours that may be shown. */
  readonly callerIds: readonly string[];
  readonly queues: readonly { readonly id: string; readonly label: Label }[];
  /** Calendars whose holidays may hold. */
  readonly calendars: readonly string[];
  readonly webhooks: readonly string[];
  readonly cap: NumberCap;
  /** Of all campaigns together. */
  readonly callsPerSecond: number;
  readonly channels: number;
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
  contacts(id: CampaignId, filter: ContactFilter): Promise<readonly FoundContact[]>;
  /** Everything that campaigns did with a number, newest first; `token` is what `tokenOf` gives for it. */
  history(token: string): Promise<readonly FoundContact[]>;
  emergency(): Promise<EmergencyStop | null>;
  /** Everything of the brand stands still, and telephones that ring are let go. */
  setEmergency(by: string, reason: string): Promise<EmergencyStop>;
  liftEmergency(by: string): Promise<void>;
}

const MINUTE_MS = 60_000;
/** Campaigns of one number that are shown. */
const MOST_HISTORY = 100;
/** Rows of a dry run that are shown one by one. */
const MOST_DRY_ROWS = 100;
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

  async function figures(id: CampaignId): Promise<Figures> {
    const now = clock.now();
    const [campaign, counts, sums, chosen, lately] = await Promise.all([
      get(id),
      store.counts(brand, id),
      store.sums(brand, id),
      store.choices(brand, id),
      store.madeSince(brand, id, now - MINUTE_MS),
    ]);
    const contacts = counts.reduce((sum, { count }) => sum + count, 0);
    const calls = dialler.state().of.get(id)?.calls ?? 0;
    const finishAt = campaign.state === 'running' ? finishOf(campaign, counts, sums, now) : null;
    const release = campaign.release === null ? deps.releases.newest() : ((await deps.releases.get(campaign.release)) ?? null);
    const choices = chosen.map((one) => ({ ...one, label: labelOf(release, one) }));
    return { campaign, contacts, counts, sums, calls, lately, choices, finishAt };
  }

  function finishOf(campaign: Campaign, counts: readonly ContactCount[], sums: AttemptSums, now: number): number | null {
    const calendar = calendarOf(deps, campaign);
    const sum = (...states: readonly ContactCount['state'][]): number =>
      counts.filter(({ state }) => states.includes(state)).reduce((total, { count }) => total + count, 0);
    const waiting = sum('pending', 'waiting-retry');
    if (calendar === undefined || waiting === 0) return null;
    const { callsPerSecond, channels, startAt } = campaign;
    const { attempts, lineMs } = sums;
    const left = callingMsLeft({ waiting, over: sum('done', 'suppressed'), attempts, lineMs, callsPerSecond, channels });
    const lastDue = Math.max(0, ...counts.filter(({ state }) => state === 'waiting-retry').map(({ lastAt }) => lastAt));
    const end = endOfCalling(calendar, Math.max(now, startAt ?? 0), left);
    return end === null ? null : Math.max(end, lastDue);
  }

  async function withRows(found: readonly ContactHistory[]): Promise<readonly FoundContact[]> {
    return Promise.all(found.map(async (one) => ({ ...one, row: await lists.contact(brand, one.contact.contact) })));
  }

  async function dryRun(id: CampaignId, rows: number): Promise<DryRun> {
    const campaign = await get(id);
    const now = clock.now();
    const found = await Promise.all(campaign.lists.map(async (list) => lists.get(brand, list)));
    const contacts = found.reduce((sum, list) => sum + (list?.contacts ?? 0), 0);
    const suppressed: Partial<Record<ContactOutcome, number>> = {};
    let [looked, callable, waiting] = [0, 0, 0];
    const shown: DryRow[] = [];
    for (const list of campaign.lists) {
      if (looked >= rows) break;
      for (const row of await lists.rows(brand, list, 0, rows - looked)) {
        looked += 1;
        const verdict = await verdictOn(campaign, row, now);
        if (verdict.kind === 'call') callable += 1;
        else if (verdict.kind === 'wait') waiting += 1;
        else suppressed[verdict.outcome] = (suppressed[verdict.outcome] ?? 0) + 1;
        if (shown.length >= MOST_DRY_ROWS) continue;
        const until = verdict.kind === 'wait' ? verdict.until : null;
        shown.push({
          list,
          row: row.rowNo,
          number: row.number,
          verdict: verdict.kind === 'suppress' ? verdict.outcome : verdict.kind,
          until,
        });
      }
    }
    const share = looked === 0 ? 0 : callable / looked;
    const verdict = judgeCampaign(deps, { campaign: { ...campaign, state: 'running' }, emergency: null });
    const { callsPerSecond, channels, startAt } = campaign;
    const pace = { waiting: contacts * share, over: 0, attempts: 0, lineMs: 0, callsPerSecond, channels };
    const callingMs = callingMsLeft(pace);
    const calendar = calendarOf(deps, campaign);
    const finishAt = calendar === undefined ? null : endOfCalling(calendar, Math.max(now, startAt ?? 0), callingMs);
    const opensAt = verdict.kind === 'open' ? now : verdict.wakeAt;
    return { looked, callable, waiting, suppressed, contacts, callingSeconds: Math.ceil(callingMs / 1000), opensAt, finishAt, rows: shown };
  }

  function options(): CampaignOptions {
    const release = deps.releases.newest();
    const flows = [...(release?.flows ?? [])].map(([flow, { title, nodes }]) => ({ id: flow, title, canRefuse: canRefuse(nodes) }));
    const { cap, callsPerSecond, channels } = settings;
    const calendars = [...(release?.calendars.keys() ?? [])];
    return { flows, release: release?.id ?? null, calendars, cap, callsPerSecond, channels, ...deps.offers() };
  }

  async function verdictOn(campaign: Campaign, row: ContactRow, now: number) {
    const { consents, doNotContact } = await deps.consents.of(brand, row.number);
    const calledAt = await deps.numberCalls.since(brand, row.numberToken, now - settings.cap.withinMs);
    const standing = { consents, doNotContact: doNotContact !== null };
    return contactGate({ campaign, standing, calledAt, isBusy: false }, settings.cap, now);
  }

  return {
    get,
    change,
    why,
    figures,
    dryRun,
    options,
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
    async contacts(id, filter) {
      await get(id);
      return withRows(await store.contacts(brand, id, filter));
    },
    history: async (token) => withRows(await store.history(brand, token, MOST_HISTORY)),
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

/** What the node that was chosen at calls its exit. */
function labelOf(release: Release | null, { flow, node, keys }: ChoiceCount): LabelledChoice['label'] {
  const outline = release?.flows.get(flow)?.outline.find(({ id }) => id === node);
  return outline?.exits.find(({ exit }) => exit === keys)?.label ?? null;
}
