import type { z } from 'zod';
import type { Campaign, CampaignPlan } from '../../domain/campaign.ts';
import { SantralError } from '../../domain/errors.ts';
import type { CampaignId } from '../../domain/ids.ts';
import { maskNumber } from '../../domain/mask-number.ts';
import { parsePhoneNumber } from '../../domain/phone-number.ts';
import type { Role } from '../../ports/stores.ts';
import type { FoundContact } from '../../services/campaigns/campaigns.ts';
import { tellWhy } from '../../services/campaigns/why-words.ts';
import * as k from '../contracts/campaign-contacts.ts';
import type { campaignView } from '../contracts/campaign-views.ts';
import * as c from '../contracts/campaigns.ts';
import { contactSheet } from '../exports/contact-sheet.ts';
import { sendTable } from '../exports/send-table.ts';
import { type Route, route, streamRoute } from '../route.ts';
import type { RouteContext } from './context.ts';

/** Contacts that are read at once for an export. */
const EXPORTED_AT_ONCE = 500;

export function campaignRoutes({ deps: { campaigns, lists, config, log } }: RouteContext): readonly Route[] {
  const planOf = ({ zone = config.zone, ...plan }: z.output<typeof c.createCampaign.body>): CampaignPlan => ({ ...plan, zone });

  return [
    route(c.listCampaigns, async () => ({ items: (await campaigns.list()).map(view) })),
    route(c.createCampaign, async ({ body, caller }) => view(await campaigns.create(planOf(body), caller.user.name))),
    route(c.getCampaign, async ({ params: { id } }) => view(await campaigns.get(id))),
    route(c.changeCampaign, async ({ params: { id }, body: { version, ...plan } }) =>
      view(await campaigns.change(id, version, planOf(plan))),
    ),
    route(c.checkCampaign, async ({ params: { id } }) => ({ problems: [...(await campaigns.check(id))] })),
    route(c.dryRunCampaign, ({ params: { id }, body: { rows } }) => campaigns.dryRun(id, rows)),
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
      const { campaign, counts, sums, ...rest } = await campaigns.figures(id);
      return { ...rest, campaign: view(campaign), counts: [...counts], sums: { ...sums, byOutcome: [...sums.byOutcome] } };
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
    streamRoute(k.exportContacts, async ({ params: { id }, query: { language }, caller, reply }) => {
      const { zone } = await campaigns.get(id);
      const table = contactSheet({ rows: allContacts(id), zone, language, show: (number) => shown(number, caller.user.role) });
      await sendTable(reply, log, 'csv', { ...table, name: `santral-contacts-${id}` });
    }),
    route(k.getEmergency, async () => ({ stop: await campaigns.emergency() })),
    route(k.setEmergency, async ({ body: { reason }, caller }) => ({ stop: await campaigns.setEmergency(caller.user.name, reason) })),
    route(k.liftEmergency, ({ caller }) => campaigns.liftEmergency(caller.user.name)),
  ];

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
    callerIds: [...campaign.callerIds],
    webhooks: [...campaign.webhooks],
    retries: { ...campaign.retries },
  };
}

function contactView({ contact, attempts, row }: FoundContact, role: Role) {
  const { seq, state, outcome, waitReason, dueAt } = contact;
  return {
    ...{ contact: contact.contact, seq, state, outcome, waitReason, attempts: contact.attempts },
    number: row === undefined ? null : shown(row.number, role),
    dueAt: state === 'waiting-retry' ? dueAt : null,
    history: attempts.map(({ campaign: _campaign, contact: _contact, campaignVersion: _version, ...attempt }) => attempt),
  };
}

type Defined<T> = { [K in keyof T]?: Exclude<T[K], undefined> };

/** Without the members that are undefined: absent and undefined differ for the ports. */
function defined<T extends object>(value: T): Defined<T> {
  return Object.fromEntries(Object.entries(value).filter(([, member]) => member !== undefined)) as Defined<T>;
}
