import type { z } from 'zod';
import { CAMPAIGN_DEFAULTS, type Campaign, type CampaignPlan } from '../../domain/campaign.ts';
import { SantralError } from '../../domain/errors.ts';
import type { CampaignId } from '../../domain/ids.ts';
import { maskNumber } from '../../domain/mask-number.ts';
import { parsePhoneNumber } from '../../domain/phone-number.ts';
import { USUAL_RETRIES } from '../../domain/retry-table.ts';
import type { Standing } from '../../ports/campaign-store.ts';
import type { Role } from '../../ports/stores.ts';
import type { FoundContact } from '../../services/campaigns/campaigns.ts';
import type { CampaignOptions } from '../../services/campaigns/options.ts';
import { tellWhy } from '../../services/campaigns/why-words.ts';
import * as k from '../contracts/campaign-contacts.ts';
import type { campaignView } from '../contracts/campaign-views.ts';
import * as c from '../contracts/campaigns.ts';
import { contactSheet } from '../exports/contact-sheet.ts';
import type { FileKind } from '../exports/file-kinds.ts';
import { sendTable } from '../exports/send-table.ts';
import { type Ask, type Route, route, streamRoute } from '../route.ts';
import type { RouteContext } from './context.ts';

/** Contacts that are read at once for an export. */
const EXPORTED_AT_ONCE = 500;

export function campaignRoutes({ deps: { campaigns, lists, config, log } }: RouteContext): readonly Route[] {
  const planOf = ({ zone = config.zone, ...plan }: z.output<typeof c.createCampaign.body>): CampaignPlan => ({ ...plan, zone });

  return [
    route(c.listCampaigns, async () => {
      const all = await campaigns.list();
      const standings = await campaigns.standings(all);
      return { items: all.map((one) => ({ ...view(one), standing: standingOf(standings.get(one.id)) })) };
    }),
    route(c.createCampaign, async ({ body, caller }) => view(await campaigns.create(planOf(body), caller.user.name))),
    route(c.getCampaign, async ({ params: { id } }) => view(await campaigns.get(id))),
    route(c.changeCampaign, async ({ params: { id }, body: { version, ...plan } }) =>
      view(await campaigns.change(id, version, planOf(plan))),
    ),
    route(c.checkCampaign, async ({ params: { id } }) => ({ problems: [...(await campaigns.check(id))] })),
    route(c.campaignOptions, async () => optionsView(campaigns.options(), config.zone)),
    route(c.dryRunCampaign, async ({ params: { id }, body }) => {
      const { rows, ...found } = await campaigns.dryRun(id, body.rows);
      return { ...found, rows: rows.map((one) => ({ ...one, number: maskNumber(one.number) })) };
    }),
    route(c.startCampaign, async ({ params: { id }, caller }) => view(await campaigns.start(id, caller.user.name))),
    route(c.pauseCampaign, async ({ params: { id }, caller }) => view(await campaigns.pause(id, caller.user.name))),
    route(c.resumeCampaign, async ({ params: { id }, caller }) => view(await campaigns.resume(id, caller.user.name))),
    route(c.stopCampaign, async ({ params: { id }, caller }) => view(await campaigns.stop(id, caller.user.name))),
    route(c.cancelCampaign, async ({ params: { id }, caller }) => view(await campaigns.cancel(id, caller.user.name))),
    route(c.rateCampaign, async ({ params: { id }, body }) => view(await campaigns.rate(id, body))),
    route(c.whyCampaign, async ({ params: { id } }) => {
      const [{ zone }, why] = await Promise.all([campaigns.get(id), campaigns.why(id)]);
      return { ...why, groups: [...why.groups], text: { tr: tellWhy(why, zone, 'tr'), en: tellWhy(why, zone, 'en') } };
    }),
    route(c.campaignFigures, async ({ params: { id } }) => {
      const { campaign, counts, sums, choices, ...rest } = await campaigns.figures(id);
      return {
        ...{ ...rest, campaign: view(campaign), counts: [...counts], sums: { ...sums, byOutcome: [...sums.byOutcome] } },
        choices: choices.map((one) => ({ ...one, label: one.label && { ...one.label } })),
      };
    }),
    route(c.campaignCourse, async ({ params: { id } }) => {
      const { stepMs, steps } = await campaigns.course(id);
      return { stepMs, steps: [...steps] };
    }),
    route(k.findContacts, async ({ params: { id }, body: { number, limit, ...filter }, caller }) => {
      const token = number === undefined ? {} : { number: campaigns.tokenOf(e164Of(number)) };
      const found = await campaigns.contacts(id, { ...defined(filter), ...token, limit: limit + 1 });
      const items = found.slice(0, limit).map((one) => contactView(one, caller.user.role));
      return { items, next: found.length > limit ? (items.at(-1)?.seq ?? null) : null };
    }),
    route(k.addContacts, async ({ params: { id }, body: { contacts } }) => {
      const { added, known, rejected } = await lists.append(config.brand, await campaigns.joinedList(id), contacts);
      return { added: [...added], known, rejected: rejected.map((line) => ({ ...line })) };
    }),
    route(k.excludeContacts, async ({ params: { id }, body: { numbers }, caller }) => {
      const read = numbers.map((number) => parsePhoneNumber(number));
      const tokens = read.flatMap((one) => (one.kind === 'ok' ? [campaigns.tokenOf(one.e164)] : []));
      const unreadable = read.flatMap((one, index) => (one.kind === 'ok' ? [] : [index + 1]));
      return { excluded: await campaigns.exclude(id, tokens, caller.user.name), unreadable };
    }),
    route(k.numberHistory, async ({ body: { number }, caller }) => {
      const found = await campaigns.history(campaigns.tokenOf(e164Of(number)));
      const names = new Map((await campaigns.list()).map(({ id, name }) => [id, name]));
      const items = found.map((one) => ({ ...contactView(one, caller.user.role), campaign: one.contact.campaign }));
      return { items: items.map((one) => ({ ...one, name: names.get(one.campaign) ?? '' })) };
    }),
    ...(['csv', 'xlsx'] as const).map((kind) => streamRoute(k.contactFiles[kind], (asked) => sendContacts(kind, asked))),
    route(k.getEmergency, async () => ({ stop: await campaigns.emergency() })),
    route(k.setEmergency, async ({ body: { reason }, caller }) => ({ stop: await campaigns.setEmergency(caller.user.name, reason) })),
    route(k.liftEmergency, ({ caller }) => campaigns.liftEmergency(caller.user.name)),
  ];

  async function sendContacts(kind: FileKind, { params: { id }, query: { language }, caller, reply }: Ask<typeof k.contactFiles.csv>) {
    const campaign = await campaigns.get(id);
    const found = await Promise.all(campaign.lists.map(async (list) => lists.get(config.brand, list)));
    const variables = [...new Set(found.flatMap((list) => (list?.variables ?? []).map(({ name }) => name)))];
    const show = (number: string): string => shown(number, caller.user.role);
    const table = contactSheet({ rows: allContacts(id), variables, zone: campaign.zone, language, show });
    await sendTable(reply, log, kind, { ...table, name: `santral-contacts-${id}` });
  }

  async function* allContacts(id: CampaignId): AsyncGenerator<FoundContact> {
    for (let after = 0; ; ) {
      const page = await campaigns.contacts(id, { after, limit: EXPORTED_AT_ONCE });
      yield* page;
      const last = page.at(-1);
      if (last === undefined || page.length < EXPORTED_AT_ONCE) return;
      after = last.contact.seq;
    }
  }
}

function e164Of(number: string): string {
  const parsed = parsePhoneNumber(number);
  if (parsed.kind === 'ok') return parsed.e164;
  throw new SantralError('request.invalid', 'body.number: this is no telephone number.');
}

/** Who brought the numbers sees them. */
function shown(number: string, role: Role): string {
  return role === 'admin' || role === 'campaign-manager' ? number : maskNumber(number);
}

function view({ brand: _brand, ...campaign }: Campaign): z.output<typeof campaignView> {
  return {
    ...campaign,
    params: { ...campaign.params },
    lists: [...campaign.lists],
    leaveOn: [...campaign.leaveOn],
    callerIds: [...campaign.callerIds],
    webhooks: [...campaign.webhooks],
    retries: { ...campaign.retries },
  };
}

function optionsView({ flows, queues, callerIds, calendars, webhooks, ...rest }: CampaignOptions, zone: string) {
  const { hours, maxAttempts, ringMs, deliveredPercent } = CAMPAIGN_DEFAULTS;
  return {
    ...rest,
    ...{ callerIds: [...callerIds], calendars: [...calendars], webhooks: [...webhooks], zone },
    flows: flows.map((flow) => ({ ...flow, title: { ...flow.title } })),
    queues: queues.map(({ id, label }) => ({ id, label: { ...label } })),
    usual: { hours, retries: { ...USUAL_RETRIES }, maxAttempts, ringMs, deliveredPercent },
  };
}

function standingOf(standing: Standing | undefined) {
  const { contacts = 0, waiting = 0, calling = 0, delivered = 0 } = standing ?? {};
  return { contacts, waiting, calling, delivered };
}

function contactView({ contact, attempts, choices, row }: FoundContact, role: Role) {
  const { seq, state, outcome, waitReason, dueAt } = contact;
  return {
    ...{ contact: contact.contact, seq, state, outcome, waitReason, attempts: contact.attempts },
    number: row === undefined ? null : shown(row.number, role),
    dueAt: state === 'waiting-retry' ? dueAt : null,
    history: attempts.map(({ campaign: _campaign, contact: _contact, campaignVersion: _version, ...attempt }) => ({
      ...attempt,
      choices: choices.filter((one) => one.attempt === attempt.id).map(({ keys }) => keys),
    })),
  };
}

type Defined<T> = { [K in keyof T]?: Exclude<T[K], undefined> };

/** Without the members that are undefined: absent and undefined differ for the ports. */
function defined<T extends object>(value: T): Defined<T> {
  return Object.fromEntries(Object.entries(value).filter(([, member]) => member !== undefined)) as Defined<T>;
}
