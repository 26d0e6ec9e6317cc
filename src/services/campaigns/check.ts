import { callingWindow, nextOpening } from '../../dialer/window.ts';
import type { BrandId } from '../../domain/brand.ts';
import type { Campaign, CampaignPlan } from '../../domain/campaign.ts';
import type { CampaignProblemCode } from '../../domain/campaign-problem.ts';
import { maskNumber } from '../../domain/mask-number.ts';
import type { Release } from '../../flow/release.ts';
import type { World } from '../../flow/world.ts';
import { canRefuse, namesBrand } from './commercial.ts';
import type { DialDeps } from './deps.ts';
import { longestOf, tryRow } from './try-row.ts';

/** What of the plan a problem is about. */
const PLACES = {
  'zone-unknown': 'zone',
  'hours-unreadable': 'hours',
  'holidays-unknown': 'holidays',
  'window-unreachable': 'hours',
  'flow-unknown': 'flow',
  'release-unknown': 'release',
  'no-list': 'lists',
  'list-unknown': 'lists',
  'list-empty': 'lists',
  'caller-id-foreign': 'callerIds',
  'queue-unknown': 'pacing',
  'webhook-unknown': 'webhooks',
  'no-opt-out': 'flow',
  'machine-flow-unknown': 'machines',
  'brand-unnamed': 'flow',
  'parameter-missing': 'params',
  'row-unreadable': 'lists',
} as const satisfies Readonly<Record<CampaignProblemCode, keyof CampaignPlan>>;

/** One thing that keeps a campaign from being started; the message says what to do. */
export interface CampaignProblem {
  readonly code: CampaignProblemCode;
  /** The field of the plan. */
  readonly place: keyof CampaignPlan;
  /** What of it, as it stands there; empty where the whole field is meant. */
  readonly about: string;
  readonly message: string;
}

export interface CheckDeps extends Pick<DialDeps, 'lists' | 'clock'> {
  /** What flows may do at most. */
  readonly limits: World['limits'];
  readonly releases: { newest(): Release | null; get(id: number): Promise<Release | undefined> };
  /** Whether calls to that number come to us. */
  readonly owns: (number: string) => boolean;
  readonly hasQueue: (queue: string) => boolean;
  readonly hasWebhook: (webhook: string) => boolean;
  /** As customers know the brand; null: nobody has said it. */
  readonly brandName: (brand: BrandId) => string | null;
}

/** Everything that is wrong with a campaign, at once. */
export async function checkCampaign(deps: CheckDeps, campaign: Campaign): Promise<readonly CampaignProblem[]> {
  const release = campaign.release === null ? deps.releases.newest() : await deps.releases.get(campaign.release);
  return [
    ...windowProblems(deps, campaign),
    ...flowProblems(campaign, release ?? null),
    ...(await listProblems(deps, campaign)),
    ...(release == null ? [] : await rowProblems(deps, campaign, release)),
    ...(release == null ? [] : await machineRowProblems(deps, campaign, release)),
    ...campaign.callerIds
      .filter((number) => !deps.owns(number))
      .map((number) =>
        problem(
          'caller-id-foreign',
          `The caller id ${number.slice(0, 6)}… is no number of ours. Show a number that leads to a flow here.`,
          maskNumber(number),
        ),
      ),
    ...campaign.webhooks
      .filter((name) => !deps.hasWebhook(name))
      .map((name) => problem('webhook-unknown', `There is no webhook "${name}" in webhooks.yaml.`, name)),
    ...(campaign.pacing.kind === 'progressive' && !deps.hasQueue(campaign.pacing.queue)
      ? [problem('queue-unknown', `There is no queue "${campaign.pacing.queue}". Name one of queues.yaml.`, campaign.pacing.queue)]
      : []),
  ];
}

function windowProblems({ releases, clock }: CheckDeps, { hours, zone, holidays, startAt, endAt }: Campaign): readonly CampaignProblem[] {
  const days = holidays === null ? [] : releases.newest()?.calendars.get(holidays)?.holidays;
  if (days === undefined)
    return [problem('holidays-unknown', `There is no calendar "${holidays}". Name one of flows/calendars.`, holidays ?? '')];
  const window = callingWindow({ hours, zone, holidays: days });
  if (window.kind === 'bad')
    return window.problems.map((one) =>
      one.code === 'zone-unknown'
        ? problem('zone-unknown', `There is no time zone "${one.zone}". Write an IANA name such as Europe/Istanbul.`, one.zone)
        : problem('hours-unreadable', `The calling window cannot be read: ${one.text}.`, one.text),
    );
  const opensAt = nextOpening(window.calendar, Math.max(clock.now(), startAt ?? 0));
  if (opensAt !== null && (endAt === null || opensAt < endAt)) return [];
  return [problem('window-unreachable', 'The calling window does not open before the campaign ends. Widen the hours, or end it later.')];
}

function flowProblems(campaign: Campaign, release: Release | null): readonly CampaignProblem[] {
  const ofMachines = campaign.machines?.flow ?? null;
  const isThere = ofMachines === null || release === null || release.flows.has(ofMachines);
  const unknown = `There is no flow "${ofMachines}" for answering machines. Publish it, or choose another one.`;
  return [...mainFlowProblems(campaign, release), ...(isThere ? [] : [problem('machine-flow-unknown', unknown, ofMachines ?? '')])];
}

function mainFlowProblems({ flow, release: id, messageClass }: Campaign, release: Release | null): readonly CampaignProblem[] {
  if (release === null && id !== null) return [problem('release-unknown', `There is no release ${id}.`, String(id))];
  const compiled = release?.flows.get(flow);
  if (compiled === undefined) return [problem('flow-unknown', `There is no flow "${flow}". Publish it, or choose another one.`, flow)];
  if (messageClass === 'informational' || canRefuse(release?.flows ?? new Map(), flow)) return [];
  return [
    problem(
      'no-opt-out',
      `The flow "${flow}" lets nobody refuse further calls. A commercial message needs a key that leads to an opt-out node.`,
      flow,
    ),
  ];
}

async function listProblems({ lists }: CheckDeps, { brand, lists: ids, staysOpen }: Campaign): Promise<readonly CampaignProblem[]> {
  if (ids.length === 0) return [problem('no-list', 'The campaign has no list. Choose one.')];
  const found = await Promise.all(ids.map(async (id) => ({ id, list: await lists.get(brand, id) })));
  return found.flatMap(({ id, list }) => {
    if (list?.state !== 'ready') return [problem('list-unknown', `The list ${id} is not there, or not loaded.`, list?.name ?? id)];
    return list.contacts === 0 && !staysOpen
      ? [problem('list-empty', `The list "${list.name}" is empty. Add contacts first.`, list.name)]
      : [];
  });
}

/** What machines hear is spoken with the rows, too. */
async function machineRowProblems(deps: CheckDeps, campaign: Campaign, release: Release): Promise<readonly CampaignProblem[]> {
  const flow = campaign.machines?.flow ?? campaign.flow;
  return flow === campaign.flow || !release.flows.has(flow) ? [] : rowProblems(deps, { ...campaign, flow }, release);
}

/** So many rows of each list are looked through for the longest one. */
const LOOKED_AT = 1000;

/** What the flow needs and nobody gives; and what goes wrong at its beginning with the first row and the longest of each list. */
async function rowProblems(deps: CheckDeps, campaign: Campaign, release: Release): Promise<readonly CampaignProblem[]> {
  const { lists, clock, limits } = deps;
  const { brand, flow, params, lists: ids } = campaign;
  const takes = release.flows.get(flow)?.takes ?? {};
  const found = (await Promise.all(ids.map(async (id) => lists.get(brand, id)))).flatMap((list) => list ?? []);
  const needed = Object.entries(takes).filter(([name, { required }]) => required && name !== 'campaign' && !Object.hasOwn(params, name));
  const missing = needed.flatMap(([name]) => {
    const without = found.find(({ variables }) => !variables.some((variable) => variable.name === name));
    const message = `The flow "${flow}" needs "${name}", and the list "${without?.name}" has no such column. Add it, or give it for all in params.`;
    return without === undefined ? [] : [problem('parameter-missing', message, name)];
  });
  if (missing.length > 0) return missing;
  const world: World = { now: clock.now(), zone: campaign.zone, release, limits, random: 0.5 };
  const faults = found.map(async ({ id, name }) => {
    const rows = await lists.rows(brand, id, 0, LOOKED_AT);
    for (const row of [rows[0], longestOf(rows)]) {
      if (row === undefined) continue;
      const { fault, opening } = tryRow(campaign, row, world);
      if (fault !== null)
        return [
          problem(
            'row-unreadable',
            `Row ${row.rowNo} of the list "${name}" cannot be spoken: ${fault}. Correct the row or the flow.`,
            String(row.rowNo),
          ),
        ];
      if (!namesBrand(deps, campaign, row.variables, opening)) return [unnamed(deps, campaign)];
    }
    return [];
  });
  // Lists that all keep the brand from being named have one fault: the flow's.
  const told = new Set<string>();
  return (await Promise.all(faults)).flat().filter(({ code, about }) => !told.has(code + about) && told.add(code + about));
}

function unnamed({ brandName }: CheckDeps, { brand, flow }: Campaign): CampaignProblem {
  const name = brandName(brand) ?? brand;
  const remedy = `Say "${name}" before anything is asked or looked up, as flows/senders.yaml or the parameter "brand" writes it.`;
  return problem('brand-unnamed', `The first words of the flow "${flow}" do not say on whose behalf it calls. ${remedy}`, name);
}

function problem(code: CampaignProblemCode, message: string, about = ''): CampaignProblem {
  return { code, place: PLACES[code], about, message };
}
