import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { type Ask, asking, type Page } from './asking.ts';
import { type House, openHouse } from './house.ts';

let house: House;
let ask: Ask;
let supervisor: { authorization: string };
beforeAll(async () => {
  house = await openHouse();
  ask = asking(house, await house.bearer('admin'));
  supervisor = await house.bearer('supervisor');
});
afterAll(() => house.close());

describe('flows', () => {
  const yaml = (text: string, flow = 'main-menu') =>
    ask(`/api/v1/flows/${flow}`, { method: 'PUT', headers: { 'content-type': 'application/yaml' }, payload: text });

  it('are published as YAML or as JSON, and show their text and history', async () => {
    const first = (await yaml('id: main-menu # bir ğüşöçİ')).json();
    expect(first.flows).toEqual({ 'main-menu': 1 });
    const second = (await ask('/api/v1/flows/main-menu', { method: 'PUT', payload: { source: 'id: main-menu # iki' } })).json();
    expect(second).toMatchObject({ flows: { 'main-menu': 2 }, id: first.id + 1 });
    const shown = (await ask('/api/v1/flows/main-menu')).json();
    expect(shown.current).toMatchObject({ revision: 2, source: 'id: main-menu # iki', createdBy: expect.stringMatching(/^admin-/) });
    expect(shown.revisions.map(({ revision }: { revision: number }) => revision)).toEqual([2, 1]);
    expect((await ask('/api/v1/flows/main-menu/revisions/1')).json().source).toBe('id: main-menu # bir ğüşöçİ');
    expect((await ask('/api/v1/flows')).json().items).toMatchObject([{ flow: 'main-menu', revision: 2 }]);
  });

  it('are not published while the check finds an error; every fault is named with its place', async () => {
    const before = (await ask('/api/v1/releases?limit=1')).json().items[0].id;
    const answer = await yaml('broken');
    expect([answer.statusCode, answer.json().code]).toEqual([422, 'flow.invalid']);
    expect(answer.json().errors).toEqual([{ path: 'main-menu.yaml:3:5', code: 'flow.yaml', message: 'It is broken.; Mend it.' }]);
    expect((await ask('/api/v1/releases?limit=1')).json().items[0].id).toBe(before);
    expect((await yaml('odd, but good')).statusCode).toBe(200);
  });

  it('are not published while a scenario goes otherwise; who passes them over is noted', async () => {
    const before = (await ask('/api/v1/releases?limit=1')).json().items[0].id;
    const red = await yaml('red');
    expect([red.statusCode, red.json().code]).toEqual([422, 'flow.scenarios-failed']);
    expect(red.json().errors).toEqual([
      { path: 'main-menu.test.yaml:4:7', code: 'scenario.failed', message: 'says nothing: something else is heard' },
    ]);
    const together = { method: 'POST' as const, payload: { flows: [{ flow: 'main-menu', source: 'red' }] } };
    expect((await ask('/api/v1/releases', together)).statusCode).toBe(422);
    expect((await ask('/api/v1/releases?limit=1')).json().items[0].id).toBe(before);

    const skipped = await ask('/api/v1/flows/main-menu?scenarios=skip', { method: 'PUT', payload: { source: 'red' } });
    expect(skipped.statusCode).toBe(200);
    const [noted] = (await ask('/api/v1/audit?subject=main-menu')).json().items;
    expect(noted).toMatchObject({
      actor: expect.stringMatching(/^admin-/),
      what: 'scenarios-skipped',
      via: 'api',
      details: { release: skipped.json().id },
    });
    expect((await ask('/api/v1/releases?scenarios=skip', together)).statusCode).toBe(201);
    expect((await ask('/api/v1/flows/main-menu?scenarios=never', { method: 'PUT', payload: { source: 'x' } })).statusCode).toBe(400);
    await yaml('green');
    expect((await ask('/api/v1/audit?subject=main-menu')).json().items).toHaveLength(2);
  });

  it('are checked without being published', async () => {
    const check = async (source: string) =>
      (await ask('/api/v1/flows/check', { method: 'POST', payload: { flows: [{ flow: 'new', source }] } }, supervisor)).json();
    expect(await check('fine')).toEqual({ ok: true, problems: [] });
    expect(await check('odd')).toMatchObject({ ok: true, problems: [{ severity: 'warning', line: 3, column: 5 }] });
    expect(await check('odd and broken')).toMatchObject({ ok: false, problems: [{ code: 'flow.yaml' }, { code: 'flow.odd' }] });
    expect((await ask('/api/v1/flows/new')).json().code).toBe('flow.unknown');
  });

  it('have releases that are listed by pages', async () => {
    await ask('/api/v1/releases', {
      method: 'POST',
      payload: {
        flows: [
          { flow: 'a', source: 'a' },
          { flow: 'b', source: 'b' },
        ],
      },
    });
    const all: number[] = [];
    let next: number | null = null;
    do {
      const page: Page<number> = (await ask(`/api/v1/releases?limit=2${next === null ? '' : `&before=${next}`}`)).json();
      all.push(...page.items.map(({ id }) => id));
      next = page.next;
    } while (next !== null);
    expect(all).toEqual(Array.from({ length: all[0] ?? 0 }, (_, i) => (all[0] ?? 0) - i));
  });

  it.each(['../secrets', 'Main', 'a b', ''])('cannot be named "%s"', async (flow) => {
    expect([400, 404]).toContain((await yaml('x', encodeURIComponent(flow))).statusCode);
  });
});
