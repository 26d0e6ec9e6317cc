import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { Campaign } from '../../src/domain/campaign.ts';
import { readTable } from '../../src/services/importer/read-table.ts';
import { runningCampaign, STORY_CONTACTS, storyNumber } from '../kit/campaign-story.ts';
import { type Ask, asking } from './asking.ts';
import { type House, openHouse } from './house.ts';

let house: House;
let manager: Ask;
let supervisor: Ask;
let campaign: Campaign;
beforeAll(async () => {
  house = await openHouse();
  manager = asking(house, await house.bearer('campaign-manager'));
  supervisor = asking(house, await house.bearer('supervisor'));
  campaign = await runningCampaign(house);
});
afterAll(() => house.close());

const file = (ask: Ask, kind: string, language: string) => ask(`/api/v1/campaigns/${campaign.id}/contacts.${kind}?language=${language}`);

describe('all contacts of a campaign', () => {
  it('are a file that Turkish Excel opens: mark, semicolons, Turkish words, numbers as texts', async () => {
    const answer = await file(manager, 'csv', 'tr');
    expect(answer.headers['content-type']).toBe('text/csv; charset=utf-8');
    expect(answer.headers['content-disposition']).toBe(`attachment; filename="santral-contacts-${campaign.id}.csv"`);
    const [head, first, second] = answer.body.split('\r\n');
    expect(head).toBe('\uFEFFSıra;Numara;Durum;Sonuç;Deneme;Son arama;Süre (s);Dinlenen (%);Tuşlar');
    expect(first).toMatch(/^1;'\+905550000001;Tamamlandı;Ulaşıldı;1;\d{4}-\d\d-\d\d \d\d:\d\d;17;100;1$/);
    expect(second).toMatch(/^2;'\+905550000002;Yeniden aranacak;Meşgul;1;[^;]+;;;$/);
  });

  it('are a workbook with the same rows', async () => {
    const answer = await file(manager, 'xlsx', 'en');
    const table = await readTable(answer.rawPayload, { number: ['number'], outcome: ['outcome'] });
    expect(table.rows).toHaveLength(STORY_CONTACTS);
    expect(JSON.stringify(table.rows[0])).toContain('Reached');
  });

  it('are masked for those who did not bring them', async () => {
    const { body } = await file(supervisor, 'csv', 'tr');
    expect(body).not.toContain(storyNumber(1));
    expect(body).toContain('+90 5** *** ** 01');
  });
});

describe('the figures of a campaign', () => {
  it('sum to its contacts, and tell what was chosen by what the flow calls it', async () => {
    const figures = (await manager(`/api/v1/campaigns/${campaign.id}/figures`)).json();
    const counts: readonly { count: number }[] = figures.counts;
    expect(counts.reduce((sum, { count }) => sum + count, 0)).toBe(figures.contacts);
    expect(figures.choices).toEqual([
      { flow: 'announcement', node: 'ask', keys: '1', label: { tr: 'Randevu al', en: 'Make an appointment' }, count: 2 },
      { flow: 'announcement', node: 'ask', keys: '2', label: null, count: 1 },
    ]);
    expect(figures.finishAt).toBeGreaterThan(Date.now() + 80 * 60_000);
  });

  it('over time have every call in one step', async () => {
    const { steps } = (await manager(`/api/v1/campaigns/${campaign.id}/course`)).json();
    expect(steps.reduce((sum: number, { made }: { made: number }) => sum + made, 0)).toBe(8);
  });

  it('stand with each campaign in the list', async () => {
    const { items } = (await manager('/api/v1/campaigns')).json();
    expect(items[0]).toMatchObject({ id: campaign.id, standing: { contacts: STORY_CONTACTS, waiting: 6, calling: 0, delivered: 4 } });
  });
});

it('a dry run tells of each of the first rows what would become of it, numbers masked', async () => {
  const { brand } = house.deps.config;
  await house.deps.consents.block(brand, storyNumber(2), 'asked', 'ayse');
  const { rows, callable, suppressed } = (
    await manager(`/api/v1/campaigns/${campaign.id}/dry-run`, { method: 'POST', payload: { rows: 3 } })
  ).json();
  expect(rows).toMatchObject([
    { row: 1, number: '+90 5** *** ** 01', verdict: 'call', until: null },
    { row: 2, verdict: 'do-not-contact' },
    { row: 3, verdict: 'call' },
  ]);
  expect({ callable, suppressed }).toEqual({ callable: 2, suppressed: { 'do-not-contact': 1 } });
});
