import { afterAll, afterEach, beforeAll, describe, expect, it, vi } from 'vitest';
import { ATTEMPT_OUTCOMES } from '../../src/domain/attempt.ts';
import { CONTACT_STATES, ENDS, SUPPRESSIONS } from '../../src/domain/contact.ts';
import type { E164 } from '../../src/domain/phone-number.ts';
import { contactSheet } from '../../src/http/exports/contact-sheet.ts';
import type { FoundContact } from '../../src/services/campaigns/campaigns.ts';
import en from '../../src/web/locales/en.json' with { type: 'json' };
import tr from '../../src/web/locales/tr.json' with { type: 'json' };
import { aCampaign } from './campaign-cases.ts';
import { type House, openHouse } from './house.ts';

let house: House;
let admin: { authorization: string };
beforeAll(async () => {
  house = await openHouse();
  admin = await house.bearer('admin');
});
afterEach(() => vi.restoreAllMocks());
afterAll(() => house.close());

describe('the export of contacts', () => {
  it('is read a page at a time, with words for states, and no number for who may not see it', async () => {
    const { brand } = house.deps.config;
    const campaign = await aCampaign(house);
    const [list = ''] = campaign.lists;
    const more = Array.from({ length: 1200 }, (_, n) => ({
      ...{ id: house.ids.next('contact'), number: `+90555001${String(n).padStart(4, '0')}` as E164, variables: {} },
    }));
    await house.stores.lists.append(brand, list as never, more);
    await house.stores.campaigns.fill(brand, campaign.id, list as never, 1, await house.stores.lists.rows(brand, list as never, 1, 2000));
    const read = vi.spyOn(house.deps.campaigns, 'contacts');
    const answer = await house.app.inject({ url: `/api/v1/campaigns/${campaign.id}/contacts.csv`, headers: admin });
    const lines = answer.body.split('\r\n');
    expect(lines).toHaveLength(1203);
    expect(lines[0]).toBe('\uFEFFSıra;Numara;Durum;Sonuç;Deneme;Son arama;Süre (s);Dinlenen (%);Tuşlar');
    expect(lines[1]).toBe("1;'+905550000017;Henüz aranmadı;;0;;;;");
    expect(read.mock.calls.map(([, { limit }]) => limit)).toEqual([500, 500, 500]);
    const masked = await house.app.inject({
      url: `/api/v1/campaigns/${campaign.id}/contacts.csv?language=en`,
      headers: await house.bearer('supervisor'),
    });
    expect(masked.body).toContain('Not called yet');
    expect(masked.body).not.toContain('0000017');
  });

  it('begins before its end is read, however many there are', async () => {
    const campaign = await aCampaign(house);
    const [one] = await house.deps.campaigns.contacts(campaign.id, { limit: 1 });
    let listening = true;
    vi.spyOn(house.deps.campaigns, 'contacts').mockImplementation(async (_id, { limit }) =>
      listening ? Array.from({ length: limit }, () => one as FoundContact) : [],
    );
    const abort = new AbortController();
    const url = `${await house.url()}/api/v1/campaigns/${campaign.id}`;
    // What other tests did a moment ago may still keep it busy, and then it turns everybody away.
    await expect.poll(async () => (await fetch(url, { headers: admin })).status, { timeout: 20_000 }).toBe(200);
    const answer = await fetch(`${url}/contacts.csv`, { headers: admin, signal: abort.signal });
    const first = await answer.body?.getReader().read();
    listening = false;
    abort.abort();
    expect(new TextDecoder().decode(first?.value)).toContain('Sıra');
  });

  it.each([
    ['tr', tr],
    ['en', en],
  ] as const)('says in %s what the page says', async (language, { campaigns: { outcomes, contactStates } }) => {
    const [one] = await house.deps.campaigns.contacts((await aCampaign(house)).id, { limit: 1 });
    const rows = async function* (): AsyncGenerator<FoundContact> {
      for (const state of CONTACT_STATES)
        for (const outcome of [...ENDS, ...SUPPRESSIONS])
          yield { ...(one as FoundContact), contact: { ...(one as FoundContact).contact, state, outcome } };
    };
    const words: (readonly [unknown, unknown])[] = [];
    const sheet = contactSheet({ rows: rows(), variables: [], zone: 'Europe/Istanbul', language, show: (number) => number });
    for await (const [, , state, outcome] of sheet.rows) words.push([state?.value, outcome?.value]);
    expect(words).toEqual(
      CONTACT_STATES.flatMap((state) => [...ENDS, ...SUPPRESSIONS].map((end) => [contactStates[state], outcomes[end]])),
    );
  });

  it.each(['tr', 'en'] as const)('has a word in %s for everything that can be', async (language) => {
    const [one] = await house.deps.campaigns.contacts((await aCampaign(house)).id, { limit: 1 });
    const { contact } = one as FoundContact;
    const outcomes = [...ENDS, ...SUPPRESSIONS, ...ATTEMPT_OUTCOMES];
    const rows = async function* (): AsyncGenerator<FoundContact> {
      for (const state of CONTACT_STATES) yield { contact: { ...contact, state }, attempts: [], choices: [], row: undefined };
      for (const outcome of outcomes)
        yield { contact: { ...contact, outcome: outcome as never }, attempts: [], choices: [], row: undefined };
    };
    const codes = new Set<string>([...CONTACT_STATES, ...outcomes]);
    for await (const row of contactSheet({ rows: rows(), variables: [], zone: 'Europe/Istanbul', language, show: (number) => number }).rows)
      for (const cell of row) expect(codes).not.toContain(cell.value);
  });
});
