import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { type Ask, asking } from './asking.ts';
import { type House, openHouse } from './house.ts';

let house: House;
let ask: Ask;
let analyst: { authorization: string };
beforeAll(async () => {
  house = await openHouse();
  ask = asking(house, await house.bearer('supervisor'));
  analyst = await house.bearer('campaign-manager');
});
afterAll(() => house.close());

let count = 0;
let flow: string;
beforeEach(() => {
  count += 1;
  flow = `flow-${count}`;
});
const draft = () => `/api/v1/flows/${flow}/draft`;
const save = (source: string, seen: number | null, basedOn: number | null = null) =>
  ask(draft(), { method: 'PUT', payload: { source, seen, basedOn } }, analyst);
const publish = (version: number) => ask(`${draft()}/publish`, { method: 'POST', payload: { version } });
const codeOf = (answer: { json(): { code: string } }): string => answer.json().code;

describe('drafts', () => {
  it('are saved with their author and found again, faults and all', async () => {
    expect((await save('broken ğüşıöç', null)).json()).toMatchObject({ flow, version: 1, source: 'broken ğüşıöç', basedOn: null });
    expect((await save('odd', 1)).json()).toMatchObject({ version: 2, author: expect.stringMatching(/^campaign-manager-/) });
    expect((await ask(draft())).json()).toMatchObject({ version: 2, source: 'odd' });
    const { items } = (await ask('/api/v1/workshop')).json();
    expect(items.find((one: { flow: string }) => one.flow === flow)).toMatchObject({
      current: null,
      title: { tr: 'Ana menü' },
      draft: { version: 2, errors: 0, warnings: 1 },
    });
  });

  it('do not overwrite each other: the second editor is told who was faster', async () => {
    await save('one', null);
    await save('two', 1);
    const late = await save('three', 1);
    expect([late.statusCode, codeOf(late)]).toEqual([409, 'request.conflict']);
    expect(late.json().detail).toMatch(/saved by campaign-manager-\d+ meanwhile \(version 2\)/);
    expect((await ask(draft())).json().source).toBe('two');
    expect((await ask(`${draft()}?version=1`, { method: 'DELETE' })).statusCode).toBe(409);
    expect((await ask(`${draft()}?version=2`, { method: 'DELETE' })).statusCode).toBe(204);
    expect(codeOf(await ask(draft()))).toBe('request.not-found');
    expect((await save('four', 2)).json().detail).toMatch(/published or discarded meanwhile/);
  });

  it('are published once the check and the scenarios say yes, and are gone then', async () => {
    await save('broken', null);
    expect((await ask(`${draft()}/readiness`)).json()).toMatchObject({ ready: false, scenarios: null, problems: [{ line: 3, column: 5 }] });
    const faulty = await publish(1);
    expect([faulty.statusCode, codeOf(faulty)]).toEqual([422, 'flow.invalid']);
    expect(faulty.json().errors).toEqual([{ path: `${flow}.yaml:3:5`, code: 'flow.yaml', message: 'It is broken.; Mend it.' }]);

    await save('red', 1);
    expect((await ask(`${draft()}/readiness`)).json()).toMatchObject({
      ready: false,
      scenarios: {
        ok: false,
        results: [
          {
            name: 'says nothing',
            failure: { line: 4, message: 'something else is heard', tr: { message: 'başka bir şey duyuluyor', expected: 'x' } },
          },
        ],
      },
    });
    const red = await publish(2);
    expect([red.statusCode, codeOf(red)]).toEqual([422, 'flow.scenarios-failed']);
    expect(red.json().errors[0].path).toBe('main-menu.test.yaml:4:7');

    await save('green', 2);
    expect(codeOf(await publish(2))).toBe('request.conflict');
    expect((await ask(`${draft()}/readiness`)).json()).toMatchObject({ ready: true, version: 3, scenarios: { ok: true } });
    const release = (await publish(3)).json();
    expect(release.flows[flow]).toBe(1);
    expect(codeOf(await ask(draft()))).toBe('request.not-found');
    expect((await ask(`/api/v1/flows/${flow}`)).json().current).toMatchObject({ source: 'green', revision: 1 });
  });

  it('of which no scenario tells are published with a warning, or not at all where the setting says so', async () => {
    await save('untold', null);
    expect((await ask(`${draft()}/readiness`)).json()).toMatchObject({ ready: true, scenarios: { ok: true, untold: [flow] } });
    expect((await publish(1)).statusCode).toBe(201);

    const strict = await openHouse({ untoldFlows: 'require' });
    const asked = asking(strict, await strict.bearer('admin'));
    await asked(draft(), { method: 'PUT', payload: { source: 'untold', seen: null, basedOn: null } });
    expect((await asked(`${draft()}/readiness`)).json()).toMatchObject({ ready: false, scenarios: { ok: true, untold: [flow] } });
    const refused = await asked(`${draft()}/publish`, { method: 'POST', payload: { version: 1 } });
    expect([refused.statusCode, codeOf(refused)]).toEqual([422, 'flow.scenarios-failed']);
    expect(refused.json().detail).toContain('SANTRAL_FLOW_SCENARIOS');
    expect(refused.json().errors).toMatchObject([{ path: `${flow}.test.yaml`, code: 'scenario.missing' }]);
    expect((await asked(`/api/v1/flows/${flow}`, { method: 'PUT', payload: { source: 'untold' } })).statusCode).toBe(422);
    expect((await asked(`/api/v1/flows/${flow}?scenarios=skip`, { method: 'PUT', payload: { source: 'untold' } })).statusCode).toBe(200);
    await strict.close();
  });

  it('that began with an older revision are not published over a newer one', async () => {
    await save('one', null);
    await publish(1);
    await save('mine', null, 1);
    await ask(`/api/v1/flows/${flow}`, { method: 'PUT', payload: { source: 'theirs' } }, await house.bearer('admin'));
    expect((await ask(`${draft()}/readiness`)).json()).toMatchObject({ ready: false, overtakenBy: 2 });
    const late = await publish(1);
    expect(late.json()).toMatchObject({ code: 'request.conflict', detail: expect.stringContaining('Revision 2') });
    await save('mine and theirs', 1, 2);
    expect((await publish(2)).json().flows[flow]).toBe(3);
  });

  it('have names that flows have, and texts of bounded length', async () => {
    flow = 'Main';
    expect((await save('x', null)).statusCode).toBe(400);
    flow = 'long';
    expect((await save('x'.repeat(1_000_001), null)).statusCode).toBe(400);
    expect((await save('', null)).statusCode).toBe(400);
  });
});

describe('going back', () => {
  it('publishes an older text again, as a new revision', async () => {
    await save('one', null);
    await publish(1);
    await save('two', null, 1);
    await publish(1);
    const back = (revision: number, current: number) =>
      ask(`/api/v1/flows/${flow}/rollback`, { method: 'POST', payload: { revision, current } });
    expect(codeOf(await back(1, 1))).toBe('request.conflict');
    expect(codeOf(await back(9, 2))).toBe('request.not-found');
    expect((await back(1, 2)).json().flows[flow]).toBe(3);
    expect((await ask(`/api/v1/flows/${flow}`)).json().current.source).toBe('one');
  });

  it('takes all flows of an older release along', async () => {
    await save('one', null);
    const first = (await publish(1)).json();
    await save('two', null, 1);
    const second = (await publish(1)).json();
    const back = (release: number, current: number) =>
      ask(`/api/v1/releases/${release}/rollback`, { method: 'POST', payload: { current } });
    expect(codeOf(await back(first.id, first.id))).toBe('request.conflict');
    expect(codeOf(await back(1_000_000, second.id))).toBe('request.not-found');
    expect((await back(second.id, second.id)).json().id).toBe(second.id);
    expect((await back(first.id, second.id)).json()).toMatchObject({ id: second.id + 1, flows: { [flow]: 3 } });
  });
});

describe('a flow', () => {
  it('is looked at as its draft, as it is published, or as it was', async () => {
    const outline = (query = '') => ask(`/api/v1/flows/${flow}/outline${query}`);
    expect(codeOf(await outline())).toBe('flow.unknown');
    await save('fine', null);
    await publish(1);
    expect((await outline()).json()).toMatchObject({ ok: true, outline: { start: 'top' } });
    await save('broken', null, 1);
    expect((await outline()).json()).toMatchObject({ ok: false, problems: [{ code: 'flow.yaml', node: null }] });
    expect((await outline('?revision=1')).json().ok).toBe(true);
    expect(codeOf(await outline('?revision=7'))).toBe('request.not-found');
  });

  it('tells what callers did in it', async () => {
    await house.deps.flows.publish([{ flow, source: 'x' }], 'test');
    expect(codeOf(await ask('/api/v1/flows/nowhere/figures'))).toBe('flow.unknown');
    expect((await ask(`/api/v1/flows/${flow}/figures`)).json()).toMatchObject({ items: [] });
    const steps = [
      { kind: 'exit', flow, node: 'top', exit: '1', to: null, count: 3 },
      { kind: 'hang-up', flow, node: 'top', count: 2 },
    ] as const;
    await house.stores.flowCounts.add(Date.now() - 3_600_000, steps);
    expect((await ask(`/api/v1/flows/${flow}/figures`)).json().items).toEqual([
      { kind: 'exit', node: 'top', exit: '1', to: null, count: 3 },
      { kind: 'hang-up', node: 'top', exit: null, to: null, count: 2 },
    ]);
  });

  it('is written with the words that the editor is given', async () => {
    const words = (await ask('/api/v1/flow-language')).json();
    expect(words.schema).toMatchObject({ title: 'Santral flow', type: 'object' });
    expect(words.exits.menu.map(({ exit }: { exit: string }) => exit)).toContain('exhausted');
    expect(words.actions[0]).toMatchObject({ name: 'dealers.by-province', params: ['province'] });
  });
});
