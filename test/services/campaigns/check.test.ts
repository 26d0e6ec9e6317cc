import { describe, expect, it } from 'vitest';
import { DEFAULT_BRAND } from '../../../src/domain/brand.ts';
import type { Campaign } from '../../../src/domain/campaign.ts';
import type { CampaignId, ContactId, ListId } from '../../../src/domain/ids.ts';
import type { E164 } from '../../../src/domain/phone-number.ts';
import type { ValueMap } from '../../../src/domain/value.ts';
import { ACTIONS } from '../../../src/flow/actions.ts';
import { checkRelease } from '../../../src/flow/check.ts';
import type { Release } from '../../../src/flow/release.ts';
import { checkCampaign } from '../../../src/services/campaigns/check.ts';
import { shippedRelease } from '../../flows/player.ts';
import { campaignOf } from '../../kit/campaigns.ts';
import { virtualClock } from '../../kit/virtual-clock.ts';

const LIST = 'lst_1' as ListId;
const { release: shipped } = shippedRelease();
const OFFER = { brand: 'Zonguldak Oto', offer: 'Bu ay bakımda indirim.' };
const DEBT = { brand: 'Zonguldak Oto', name: 'Deniz', check: '1984', amount: 10, due: '2026-12-01' };

/** What keeps a campaign from being started whose list holds these rows. */
async function problems(changes: Partial<Campaign>, rows: readonly ValueMap[] = [{}], release: Release = shipped) {
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
    brandName: () => 'Santral',
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
    expect(await codes({ flow: 'nps', messageClass: 'commercial' })).toEqual(['no-opt-out', 'brand-unnamed']);
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

/** A release of flows written here, each beginning with its name. */
function releaseOf(...texts: readonly string[]): Release {
  const files = texts.map((text) => ({ path: `flows/${/^flow: (.*)$/m.exec(text)?.[1]}.yaml`, text }));
  const rest = {
    catalogue: new Map(),
    calendars: new Map(),
    actions: ACTIONS,
    recordings: new Set<string>(),
    settleMs: 0,
    messages: new Map(),
  };
  const { flows, problems: found } = checkRelease({ files, ...rest });
  expect(found.filter(({ severity }) => severity === 'error')).toEqual([]);
  return { id: 1, flows, catalogue: new Map(), calendars: new Map() };
}
const said = (text: string) => `{ text: { tr: ${JSON.stringify(text)}, en: ${JSON.stringify(text)} } }`;
const ASKS = `
flow: asks
title: { tr: Sorar, en: Asks }
start: ask
exits: { error: done, exhausted: done }
nodes:
  ask: { type: menu, prompt: ${said('Bir daha aranmamak için sekizi tuşlayın.')}, options: { 8: no-more, 1: done } }
  no-more: { type: opt-out, next: done }
  done: { type: return }
`;
const offer = (first: string, calls: string) => `
flow: offer
title: { tr: Teklif, en: Offer }
start: hello
exits: { error: bye, exhausted: bye }
nodes:
  hello: { type: say, prompt: ${said(first)}, next: more }
  more: { type: say, prompt: ${said('Bu ay indirim var.')}, next: ask }
  ask: ${calls}
  bye: { type: hangup }
`;
const RUNS_ASKS = '{ type: subflow, flow: asks, next: bye }';
const ADVERT = { flow: 'offer', messageClass: 'commercial', params: {} } as const;

describe('a commercial message', () => {
  it('may let people refuse in a flow that it runs', async () => {
    expect(await codes(ADVERT, [{}], releaseOf(offer('Santral arıyor.', RUNS_ASKS), ASKS))).toEqual([]);
    const without = ASKS.replace('8: no-more, 1: done', '8: done, 1: done').replace(/ {2}no-more:.*\n/, '');
    expect(await codes(ADVERT, [{}], releaseOf(offer('Santral arıyor.', RUNS_ASKS), without))).toEqual(['no-opt-out']);
  });

  it('does not let people refuse by a flow that it never runs', async () => {
    const alone = offer('Santral arıyor.', `{ type: say, prompt: ${said('İyi günler.')}, next: bye }`);
    expect(await codes(ADVERT, [{}], releaseOf(alone, ASKS))).toEqual(['no-opt-out']);
  });

  it('names the brand in its first words: its own name as a word, or the one the campaign or the row gives', async () => {
    const by = (first: string, changes: Partial<Campaign> = {}, row: ValueMap = {}) =>
      codes(
        { ...ADVERT, ...changes },
        [row],
        releaseOf(offer(first, RUNS_ASKS).replace('start: hello', 'start: hello\nparameters: { brand: "" }'), ASKS),
      );
    expect(await by("Merhaba, SANTRAL'dan arıyoruz.")).toEqual([]);
    expect(await by('Merhaba.')).toEqual(['brand-unnamed']);
    expect(await by('Merhaba, santrale hoş geldiniz.')).toEqual(['brand-unnamed']);
    expect(await by('{{params.brand}} adına arıyoruz.', { params: { brand: 'Zonguldak Oto' } })).toEqual([]);
    expect(await by('{{params.brand}} adına arıyoruz.', {}, { brand: 'Zonguldak Oto' })).toEqual([]);
    expect(await by('{{params.brand}} adına arıyoruz.')).toEqual(['brand-unnamed']);
    expect(await by('Merhaba.', { messageClass: 'informational' })).toEqual([]);
  });

  it('says who calls in a prompt of its own before the message, too, and not only after something was asked', async () => {
    const two = offer('Merhaba.', RUNS_ASKS).replace('Bu ay indirim var.', 'Santral arıyor.');
    expect(await codes(ADVERT, [{}], releaseOf(two, ASKS))).toEqual([]);
    const late = releaseOf(
      offer('Merhaba.', '{ type: subflow, flow: asks, next: late }\n  late: { type: say, prompt: ' + said('Santral.') + ', next: bye }'),
      ASKS,
    );
    expect(await codes(ADVERT, [{}], late)).toEqual(['brand-unnamed']);
  });
});
