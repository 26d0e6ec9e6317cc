import type { CampaignPlan } from '../../domain/campaign.ts';
import { CAMPAIGN_PROBLEMS, type CampaignProblemCode } from '../../domain/campaign-problem.ts';
import { SUPPRESSIONS, type Suppression } from '../../domain/contact.ts';
import type { RetryTable } from '../../domain/retry-table.ts';
import type { CampaignInfo } from './campaigns.ts';
import { request } from './client.ts';
import { type Shape, shape } from './shape.ts';

/** What campaigns can be made of here. */
export interface CampaignOptions {
  readonly flows: readonly { readonly id: string; readonly title: Readonly<Record<string, unknown>>; readonly canRefuse: boolean }[];
  readonly release: number | null;
  readonly callerIds: readonly string[];
  readonly queues: readonly { readonly id: string; readonly label: { readonly tr: string; readonly en: string } }[];
  readonly calendars: readonly string[];
  readonly webhooks: readonly string[];
  readonly cap: { readonly calls: number; readonly withinMs: number };
  readonly callsPerSecond: number;
  readonly channels: number;
  readonly zone: string;
  readonly usualRetries: RetryTable;
}

/** One thing that keeps a campaign from being started. */
export interface Problem {
  /** null: one that these pages do not know; `message` tells. */
  readonly code: CampaignProblemCode | null;
  readonly place: string;
  readonly about: string;
  readonly message: string;
}

export interface DryRow {
  readonly row: number;
  readonly number: string;
  readonly verdict: 'call' | 'wait' | Suppression;
  readonly until: number | null;
}

export interface DryRun {
  readonly looked: number;
  readonly callable: number;
  readonly waiting: number;
  readonly suppressed: readonly (readonly [reason: Suppression, count: number])[];
  readonly contacts: number;
  readonly callingSeconds: number;
  readonly opensAt: number | null;
  readonly finishAt: number | null;
  readonly rows: readonly DryRow[];
}

export async function campaignOptions(): Promise<CampaignOptions> {
  const options = shape(await request('GET', '/campaign-options'), 'options');
  const cap = options.child('cap');
  return {
    flows: options.list('flows').map((row) => ({
      ...{ id: row.text('id'), canRefuse: row.flag('canRefuse') },
      title: row.child('title').raw as Readonly<Record<string, unknown>>,
    })),
    release: options.has('release') ? options.number('release') : null,
    ...{ callerIds: options.texts('callerIds'), calendars: options.texts('calendars'), webhooks: options.texts('webhooks') },
    queues: options.list('queues').map((row) => {
      const label = row.child('label');
      return { id: row.text('id'), label: { tr: label.text('tr'), en: label.text('en') } };
    }),
    cap: { calls: cap.number('calls'), withinMs: cap.number('withinMs') },
    ...{ callsPerSecond: options.number('callsPerSecond'), channels: options.number('channels'), zone: options.text('zone') },
    usualRetries: options.child('usual').child('retries').raw as RetryTable,
  };
}

export type NewPlan = Pick<CampaignPlan, 'name' | 'flow' | 'language' | 'messageClass'> & { readonly lists: readonly string[] };

/** A new campaign, not started yet; what is not said is as is usual. */
export async function createCampaign(plan: NewPlan): Promise<string> {
  return shape(await request('POST', '/campaigns', plan), 'campaign').text('id');
}

export async function changeCampaign(id: string, version: number, plan: CampaignPlan): Promise<void> {
  await request('PUT', `/campaigns/${id}`, { ...plan, version });
}

/** What was decided of a campaign, without what became of it. */
export function planOf(campaign: CampaignInfo): CampaignPlan {
  const {
    id: _id,
    state: _state,
    version: _version,
    createdAt: _at,
    createdBy: _by,
    startedAt: _started,
    endedAt: _ended,
    ...plan
  } = campaign;
  return plan;
}

export async function checkCampaign(id: string): Promise<readonly Problem[]> {
  return shape(await request('POST', `/campaigns/${id}/check`), 'check')
    .list('problems')
    .map((row) => ({
      code: CAMPAIGN_PROBLEMS.find((one) => one === row.text('code')) ?? null,
      ...{ place: row.text('place'), about: row.text('about'), message: row.text('message') },
    }));
}

export async function dryRunCampaign(id: string, rows: number): Promise<DryRun> {
  const run = shape(await request('POST', `/campaigns/${id}/dry-run`, { rows }), 'dryRun');
  const suppressed = run.child('suppressed');
  return {
    ...{ looked: run.number('looked'), callable: run.number('callable'), waiting: run.number('waiting') },
    suppressed: SUPPRESSIONS.flatMap((reason) => (suppressed.has(reason) ? [[reason, suppressed.number(reason)] as const] : [])),
    ...{ contacts: run.number('contacts'), callingSeconds: run.number('callingSeconds') },
    ...{ opensAt: maybe(run, 'opensAt'), finishAt: maybe(run, 'finishAt') },
    rows: run.list('rows').map((row) => ({
      ...{ row: row.number('row'), number: row.text('number'), until: maybe(row, 'until') },
      verdict: (['call', 'wait', ...SUPPRESSIONS] as const).find((one) => one === row.text('verdict')) ?? 'wait',
    })),
  };
}

const maybe = (row: Shape, name: string): number | null => (row.has(name) ? row.number(name) : null);
