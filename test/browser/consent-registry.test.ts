import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest';
import type { Registry } from '../../src/services/registry/registry.ts';
import { systemIds } from '../../src/system-clock.ts';
import en from '../../src/web/locales/en.json' with { type: 'json' };
import tr from '../../src/web/locales/tr.json' with { type: 'json' };
import { type House, openHouse } from '../http/house.ts';
import { accessFaults } from '../kit/axe.ts';
import { openBrowser, type TestBrowser, type Visit } from '../kit/browser.ts';
import { type IysServer, startIysServer } from '../kit/iys-server.ts';
import { EMPTY_PAGE, linkedRegistry } from '../kit/registry.ts';
import { LOOKS, overflows, shot } from '../kit/shots.ts';
import { builtWeb } from '../kit/web-build.ts';

const TEXTS = { tr, en };

let browser: TestBrowser;
let server: IysServer;
let house: House;
let registry: Registry;
let url: string;
const visits: Visit[] = [];

beforeAll(async () => {
  const webRoot = await builtWeb();
  [browser, server] = await Promise.all([openBrowser(), startIysServer(() => Date.now(), { tokensPerMinute: 1000 })]);
  house = await openHouse({
    webRoot,
    change(deps, { consentRegistry: store }) {
      registry = linkedRegistry({ store, clock: deps.clock, ids: systemIds, log: deps.log }, server.url);
      return { ...deps, registry };
    },
  });
  url = await house.url();
});
afterEach(async () => {
  await Promise.all(visits.splice(0).map((visit) => visit.close()));
});
afterAll(async () => {
  await browser?.close();
  await house?.close();
  await registry?.close();
  await server?.close();
});

let tries = 0;

describe.each(LOOKS)('the registry of consents in $language at $width px', ({ language, name, ...look }) => {
  const text = TEXTS[language].registry;

  it('is told on the page of campaigns: what holds advertising back, what was refused, told again by a supervisor', async () => {
    const brand = house.deps.config.brand;
    // One of its own in each look, and in each try.
    tries += 1;
    const recipient = `+90555000${tries}666`;
    const said = {
      recipientType: 'BIREYSEL',
      type: 'ARAMA',
      status: 'ONAY',
      source: 'HS_WEB',
      consentDate: null,
      evidence: 'form 1',
    } as const;
    await registry.pullNow(brand);
    await house.deps.consents.record(brand, { ...said, recipient }, 'ayse');
    await registry.push();
    // Not read to its end: the copy is as old as it was.
    const { consentRegistry: store } = house.stores;
    for (const side of ['IYS', 'HS'] as const)
      await store.take(brand, {
        ...{ ...EMPTY_PAGE, side, cursor: null, gap: null },
        ...{ at: Date.now(), pulledAt: Date.now() - 7 * 3_600_000, lost: side === 'IYS' ? 1 : 0 },
        note: () => ({
          ...{ id: systemIds.next('audit'), brand, at: Date.now(), actor: 'iys', via: 'api', what: 'registry-unread' },
          ...{ subject: 'iys', details: {} },
        }),
      });

    const visit = await browser.visit(look);
    visits.push(visit);
    const { page, problems } = visit;
    const [cookie = '', value = ''] = (await house.browser('supervisor')).cookie.split('=');
    await visit.context.addCookies([{ name: cookie, value, url }]);
    await page.goto(`${url}/campaigns`);
    await page.locator('[data-registry="stale"]').waitFor();
    await page.locator('[data-registry-stale]').getByText(text.stale).waitFor();
    await page.locator('[data-registry-unread]').getByText(text.unreadText).waitFor();
    const dead = page.locator('li[data-dead-send]');
    await dead.first().waitFor();
    expect(await dead.first().innerText()).toContain('+90 5** *** ** 66');
    expect(await dead.first().innerText()).toContain(text.consent);
    await shot(page, `consent-registry-${name}`);
    expect(await accessFaults(page)).toEqual([]);
    expect(await overflows(page)).toBe(false);

    await page.getByRole('button', { name: text.read, exact: true }).click();
    await page.locator('[data-registry="read"]').waitFor();
    const before = (await registry.state(brand)).dead;
    const id = await dead.first().getAttribute('data-dead-send');
    await dead.first().getByRole('button').click();
    await page.locator(`li[data-dead-send="${id}"]`).waitFor({ state: 'detached' });
    expect((await registry.state(brand)).dead).toBe(before - 1);
    // Beside the next one it would be sent as one of many, and judged later only.
    await store.end(new Map([[id as never, { kind: 'rejected', reason: 'H114: test' }]]), Date.now());
    expect(problems).toEqual([]);
  });
});
