import type { Campaign } from '../../src/domain/campaign.ts';
import type { E164 } from '../../src/domain/phone-number.ts';
import { campaignOf } from '../kit/campaigns.ts';
import type { Case } from './case.ts';
import type { House } from './house.ts';

const PLAN = { name: 'Kış lastiği', flow: 'announcement', language: 'tr', messageClass: 'informational' } as const;

/** A campaign with a list of one contact, whom it has taken. */
export async function aCampaign({ deps, stores, ids }: House, state: Campaign['state'] = 'draft'): Promise<Campaign> {
  const { brand } = deps.config;
  const list = { id: ids.next('list'), brand, name: `Ankara ${ids.next('list')}`, variables: [], createdAt: 1, createdBy: 'ayse' };
  await stores.lists.create(list);
  await stores.lists.append(brand, list.id, [{ id: ids.next('contact'), number: '+905550000017' as E164, variables: {} }]);
  const campaign = campaignOf({ id: ids.next('campaign'), flow: 'announcement', lists: [list.id] });
  await stores.campaigns.create(campaign);
  await stores.campaigns.fill(brand, campaign.id, list.id, 0, await stores.lists.rows(brand, list.id, 0, 10));
  if (state === 'draft') return campaign;
  return (await stores.campaigns.move(brand, campaign.id, { from: ['draft'], to: state, at: 2 })) as Campaign;
}

function onCampaign(path: string, { state = 'draft' as Campaign['state'], body = undefined as unknown } = {}): Case['ask'] {
  return async (house) => ({
    url: `/api/v1/campaigns/${(await aCampaign(house, state)).id}${path}`,
    ...(body === undefined ? {} : { body }),
  });
}

export const CAMPAIGN_CASES: Readonly<Record<string, Case>> = {
  'campaigns.list': { ask: () => ({ url: '/api/v1/campaigns' }), status: 200 },
  'campaigns.options': { ask: () => ({ url: '/api/v1/campaign-options' }), status: 200 },
  'campaigns.create': { ask: () => ({ url: '/api/v1/campaigns', body: { ...PLAN, lists: [] } }), status: 201 },
  'campaigns.get': { ask: onCampaign(''), status: 200 },
  'campaigns.change': { ask: onCampaign('', { body: { ...PLAN, lists: [], version: 1, hours: 'mon-fri 10:00-12:00' } }), status: 200 },
  'campaigns.check': { ask: onCampaign('/check'), status: 200 },
  'campaigns.dry-run': { ask: onCampaign('/dry-run', { body: { rows: 10 } }), status: 200 },
  'campaigns.start': { ask: onCampaign('/start'), status: 200 },
  'campaigns.pause': { ask: onCampaign('/pause', { state: 'running' }), status: 200 },
  'campaigns.resume': { ask: onCampaign('/resume', { state: 'paused' }), status: 200 },
  'campaigns.stop': { ask: onCampaign('/stop', { state: 'running' }), status: 200 },
  'campaigns.cancel': { ask: onCampaign('/cancel', { state: 'running' }), status: 200 },
  'campaigns.rate': { ask: onCampaign('/rate', { state: 'running', body: { callsPerSecond: 20, channels: 40, weight: 2 } }), status: 200 },
  'campaigns.why': { ask: onCampaign('/why', { state: 'running' }), status: 200 },
  'campaigns.figures': { ask: onCampaign('/figures', { state: 'running' }), status: 200 },
  'campaigns.course': { ask: onCampaign('/course', { state: 'running' }), status: 200 },
  'campaigns.number-history': {
    ask: async (house) => {
      await aCampaign(house);
      return { url: '/api/v1/campaigns/numbers/history', body: { number: '0555 000 00 17' } };
    },
    status: 200,
  },
  'campaigns.find-contacts': { ask: onCampaign('/contacts/find', { body: { number: '0555 000 00 17' } }), status: 200 },
  'campaigns.add-contacts': {
    ask: onCampaign('/contacts', { state: 'running', body: { contacts: [{ number: '0542 123 45 67' }] } }),
    status: 200,
  },
  'campaigns.exclude': { ask: onCampaign('/exclusions', { state: 'running', body: { numbers: ['0555 000 00 17'] } }), status: 200 },
  'campaigns.export-csv': { ask: onCampaign('/contacts.csv'), status: 200 },
  'campaigns.export-xlsx': { ask: onCampaign('/contacts.xlsx'), status: 200 },
  'emergency-stop.get': { ask: () => ({ url: '/api/v1/emergency-stop' }), status: 200 },
  'emergency-stop.set': { ask: () => ({ url: '/api/v1/emergency-stop', body: { reason: 'wrong file' } }), status: 200 },
  'emergency-stop.lift': {
    ask: async ({ deps }) => {
      await deps.campaigns.setEmergency('ayse', 'wrong file');
      return { url: '/api/v1/emergency-stop' };
    },
    status: 204,
  },
};
