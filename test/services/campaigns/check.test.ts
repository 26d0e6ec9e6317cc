import { describe, expect, it } from 'vitest';
import { DEFAULT_BRAND } from '../../../src/domain/brand.ts';
import type { Campaign } from '../../../src/domain/campaign.ts';
import type { CampaignId, ContactId, ListId } from '../../../src/domain/ids.ts';
import type { E164 } from '../../../src/domain/phone-number.ts';
import type { ValueMap } from '../../../src/domain/value.ts';
import { checkCampaign } from '../../../src/services/campaigns/check.ts';
import { shippedRelease } from '../../flows/player.ts';
import { campaignOf } from '../../kit/campaigns.ts';
import { virtualClock } from '../../kit/virtual-clock.ts';

const LIST = 'lst_1' as ListId;
const { release } = shippedRelease();
const OFFER = { brand: 'Zonguldak Oto', offer: 'Bu ay bakımda indirim.' };
const DEBT = { brand: 'Zonguldak Oto', name: 'Deniz', check: '1984', amount: 10, due: '2026-12-01' };

/** What keeps a campaign from being started whose list holds these rows. */
async function problems(changes: Partial<Campaign>, rows: readonly ValueMap[] = [{}]) {
  const names = [...new Set(rows.flatMap((row) => Object.keys(row)))];
  const list = {
    ...{ id: LIST, brand: DEFAULT_BRAND, name: 'Ankara', state: 'ready', contacts: rows.length, createdAt: 1, createdBy: 'ayse' },
    variables: names.map((name) => ({ name, type: 'text' })),
  } as const;
  const contacts = rows.map((variables, n) => ({
    ...{ id: `ctc_${n}` as ContactId, list: LIST, rowNo: n + 2, numberToken: `t${n}` },
    ...{ number: `+9055500000${10 + n}` as E164, variables },
  }));
  const deps = {
    lists: { get: async () => list, contact: async () => undefined, rows: async () => contacts },
    clock: virtualClock(),
    releases: { newest: () => release, get: async () => release },
    limits: { maxTransitions: 1000, maxSubflowDepth: 10, maxTextLength: 400, maxSessionBytes: 65_536 },
    owns: (number: string) => number === '+902125550010',
    hasQueue: () => true,
    hasWebhook: () => true,
  };
  const campaign = campaignOf({ id: 'cmp_1' as CampaignId, lists: [LIST], language: 'tr', ...changes });
  return checkCampaign(deps as never, campaign);
}
const codes = async (...args: Parameters<typeof problems>) => (await problems(...args)).map(({ code }) => code);

describe('before a campaign is started', () => {
  it('a flow with everything it needs and a key against offers is let through', async () => {
    expect(await codes({ flow: 'campaign-offer', messageClass: 'commercial', params: OFFER })).toEqual([]);
    expect(await codes({ flow: 'debt-reminder' }, [DEBT])).toEqual([]);
  });

  it('advertising needs an opt-out: a question for consent is none', async () => {
    expect(await codes({ flow: 'nps', messageClass: 'commercial' })).toEqual(['no-opt-out']);
    expect(await codes({ flow: 'nps', messageClass: 'informational' })).toEqual([]);
  });

  it('what the flow needs must stand in the params or in every list', async () => {
    const { brand: _brand, ...rest } = DEBT;
    const found = await problems({ flow: 'debt-reminder' }, [rest]);
    expect(found).toMatchObject([{ code: 'parameter-missing', message: expect.stringContaining('needs "brand"') }]);
    expect(await codes({ flow: 'debt-reminder', params: { brand: 'Zonguldak Oto' } }, [rest])).toEqual([]);
  });

  it('the first row is tried, and no value of it is told', async () => {
    const found = await problems({ flow: 'debt-reminder' }, [{ ...DEBT, amount: 'çok gizli' }]);
    expect(found).toMatchObject([{ code: 'row-unreadable', message: expect.stringMatching(/^Row 2 of the list "Ankara".*amount/) }]);
    expect(JSON.stringify(found)).not.toContain('gizli');
  });

  it('the longest row is tried, too', async () => {
    const rows = [OFFER, OFFER, { ...OFFER, offer: 'uzun '.repeat(200) }, OFFER];
    expect(await problems({ flow: 'campaign-offer' }, rows)).toMatchObject([
      { code: 'row-unreadable', message: expect.stringMatching(/^Row 4 /) },
    ]);
  });

  it('a number that is not ours is shown to nobody, and is not told in full', async () => {
    const found = await problems({ flow: 'nps', callerIds: ['+902125550010', '+902125550099'] });
    expect(found.map(({ code }) => code)).toEqual(['caller-id-foreign']);
    expect(JSON.stringify(found)).not.toContain('5550099');
  });
});
