import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { type House, openHouse } from './house.ts';

let house: House;
beforeAll(async () => {
  house = await openHouse();
});
afterAll(() => house.close());

type Headers = Record<string, string>;
const post = (headers: Headers, url: string, payload: object) => house.app.inject({ method: 'POST', url, headers, payload });
const get = (headers: Headers, url: string) => house.app.inject({ method: 'GET', url, headers });

async function begin(headers: Headers, order: object = {}): Promise<string> {
  const answer = await post(headers, '/api/v1/simulations', { flow: 'main', ...order });
  expect(answer.statusCode).toBe(201);
  return `/api/v1/simulations/${answer.json<{ id: string }>().id}`;
}

describe('a simulation over the API', () => {
  it('is begun, moved, looked at, heard and ended', async () => {
    const headers = await house.bearer('campaign-manager');
    const at = await begin(headers, { language: 'en', caller: '+905550000017', at: 1_795_417_200_000, random: 0.5 });
    const pressed = await post(headers, `${at}/inputs`, { kind: 'press', keys: '14711' });
    expect(pressed.statusCode).toBe(200);
    expect(pressed.json()).toMatchObject({
      waiting: { kind: 'keys' },
      variables: { code: '4711' },
      language: 'en',
      now: 1_795_417_200_000,
    });
    const all = (await get(headers, at)).json<{ told: { kind: string }[] }>();
    expect(all.told[1]).toEqual({ kind: 'heard', key: 'test.menu', language: 'en', text: 'One or two.' });
    expect((await get(headers, `${at}?first=${all.told.length}`)).json()).toMatchObject({ told: [] });
    const sound = await get(headers, `${at}/audio/1`);
    expect([sound.headers['content-type'], sound.body]).toEqual(['audio/wav', 'One or two.']);
    expect((await house.app.inject({ method: 'DELETE', url: at, headers })).statusCode).toBe(204);
    expect((await get(headers, at)).statusCode).toBe(404);
  });

  it.each([
    [{ kind: 'press', keys: '3' }, { kind: 'record', outcome: 'spoken', ms: 2000 }, 'keys'],
    [{ kind: 'press', keys: '3' }, { kind: 'record', outcome: 'nothing' }, 'ended'],
    [{ kind: 'press', keys: '3' }, { kind: 'record', outcome: 'failed' }, 'ended'],
    [{ kind: 'press', keys: '2' }, { kind: 'dialled', outcome: 'answered', talkMs: 1000 }, 'keys'],
    [{ kind: 'press', keys: '4' }, { kind: 'answer', value: { name: 'Can' }, status: 200 }, 'keys'],
    [{ kind: 'press', keys: '4' }, { kind: 'answer', value: { name: 'Can' }, afterMs: 9000 }, 'ended'],
    [{ kind: 'press', keys: '4' }, { kind: 'fail', reason: 'status', status: 503 }, 'ended'],
    [{ kind: 'press', keys: '4' }, { kind: 'ask' }, 'keys'],
    [{ kind: 'press', keys: '1' }, { kind: 'press', keys: '47', more: true }, 'keys'],
    [{ kind: 'wait', ms: 1000 }, { kind: 'silence' }, 'keys'],
    [{ kind: 'silence' }, { kind: 'hang-up' }, 'ended'],
  ])('takes %j, then %j', async (first, second, kind) => {
    const headers = await house.bearer('supervisor');
    const at = await begin(headers);
    expect((await post(headers, `${at}/inputs`, first)).statusCode).toBe(200);
    expect((await post(headers, `${at}/inputs`, second)).json()).toMatchObject({ waiting: { kind } });
  });

  it.each([
    [{ kind: 'press', keys: '1x' }, 400, 'request.invalid'],
    [{ kind: 'press', keys: '' }, 400, 'request.invalid'],
    [{ kind: 'press', keys: '1'.repeat(65) }, 400, 'request.invalid'],
    [{ kind: 'wait', ms: -1 }, 400, 'request.invalid'],
    [{ kind: 'shout' }, 400, 'request.invalid'],
    [{ kind: 'answer' }, 400, 'request.invalid'],
    [{ kind: 'ask' }, 409, 'request.conflict'],
    [{ kind: 'dialled', outcome: 'busy' }, 409, 'request.conflict'],
  ])('refuses %j', async (input, status, code) => {
    const headers = await house.bearer('supervisor');
    const answer = await post(headers, `${await begin(headers)}/inputs`, input);
    expect([answer.statusCode, answer.json<{ code: string }>().code]).toEqual([status, code]);
  });

  it.each([
    [{ flow: 'gone' }, 404, 'flow.unknown'],
    [{ source: { kind: 'text', flows: [{ flow: 'main', source: 'flow: main\n' }] } }, 422, 'flow.invalid'],
    [{ source: { kind: 'text', flows: [] } }, 400, 'request.invalid'],
    [{ source: { kind: 'draft' }, lookUps: 'live' }, 403, 'request.forbidden'],
    [{ caller: '<script>' }, 400, 'request.invalid'],
  ])('is not begun with %j', async (order, status, code) => {
    const answer = await post(await house.bearer('supervisor'), '/api/v1/simulations', { flow: 'main', ...order });
    expect([answer.statusCode, answer.json<{ code: string }>().code]).toEqual([status, code]);
  });

  it('refuses an answer that is too deep to be walked through', async () => {
    const headers = await house.bearer('supervisor');
    const at = await begin(headers);
    const payload = `{"kind":"answer","value":${'['.repeat(5000)}${']'.repeat(5000)}}`;
    const answer = await house.app.inject({
      method: 'POST',
      url: `${at}/inputs`,
      headers: { ...headers, 'content-type': 'application/json' },
      payload,
    });
    expect([answer.statusCode, answer.json<{ detail: string }>().detail]).toEqual([400, expect.stringContaining('40 levels deep')]);
  });

  it('belongs to its login, also among administrators', async () => {
    const at = await begin(await house.bearer('admin'));
    expect((await get(await house.bearer('admin'), at)).statusCode).toBe(404);
  });

  it('is not for agents', async () => {
    expect((await post(await house.bearer('agent'), '/api/v1/simulations', { flow: 'main' })).statusCode).toBe(403);
  });
});
