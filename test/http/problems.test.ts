import Fastify from 'fastify';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { ERROR_CODES, type ErrorCode, SantralError } from '../../src/domain/errors.ts';
import { problem } from '../../src/http/contracts/common.ts';
import { installErrors } from '../../src/http/errors.ts';
import { problemOf } from '../../src/http/problem.ts';
import { statusOf } from '../../src/http/status.ts';
import { type House, openHouse } from './house.ts';

let house: House;
let admin: { authorization: string };
beforeAll(async () => {
  house = await openHouse({
    change: (deps) => ({
      ...deps,
      numbers: { ...deps.numbers, list: () => Promise.reject(new TypeError('the secret is hunter2 at /srv/santral')) },
      dealers: { ...deps.dealers, get: () => Promise.reject(new SantralError('store.full', 'The disk is full.')) },
      calls: { ...deps.calls, live: () => [{ nonsense: true, brand: deps.config.brand }] as never },
    }),
  });
  admin = await house.bearer('admin');
});
afterAll(() => house.close());

const USERS = '/api/v1/users';
const json = { 'content-type': 'application/json' };

describe('a request that cannot be taken', () => {
  it.each([
    ['an address that does not exist', { url: '/api/v1/nothing' }, 404, 'request.not-found'],
    ['a method that is not served there', { method: 'DELETE', url: USERS }, 404, 'request.not-found'],
    ['broken JSON', { method: 'POST', url: USERS, headers: json, payload: '{"name": ' }, 400, 'request.invalid'],
    ['no body', { method: 'POST', url: USERS, headers: json }, 400, 'request.invalid'],
    ['a poisoned prototype', { method: 'POST', url: USERS, headers: json, payload: '{"__proto__": {"x": 1}}' }, 400, 'request.invalid'],
    [
      'a form',
      { method: 'POST', url: USERS, headers: { 'content-type': 'application/x-www-form-urlencoded' }, payload: 'name=x' },
      415,
      'request.unsupported-type',
    ],
    [
      'plain text',
      { method: 'POST', url: USERS, headers: { 'content-type': 'text/plain' }, payload: '{}' },
      415,
      'request.unsupported-type',
    ],
    ['a huge body', { method: 'POST', url: USERS, headers: json, payload: `"${'x'.repeat(300_000)}"` }, 413, 'request.too-large'],
    ['an id of the wrong kind', { url: '/api/v1/calls/usr_01jd9v8q4k0000000000000000' }, 400, 'request.invalid'],
    ['an id of nothing', { url: '/api/v1/calls/call_01jd9v8q4k0000000000000000' }, 404, 'request.not-found'],
    ['a malformed address', { url: '/api/v1/dealers/%E0%A4%A' }, 400, 'request.invalid'],
    [
      'YAML that is no text',
      {
        method: 'PUT',
        url: '/api/v1/flows/main-menu',
        headers: { 'content-type': 'application/yaml' },
        payload: Buffer.from([0xff, 0xfe, 0xff]),
      },
      400,
      'request.invalid',
    ],
  ] as const)('gets a problem for %s', async (_what, request, status, code) => {
    const answer = await house.app.inject({ ...request, headers: { ...admin, ...('headers' in request ? request.headers : {}) } } as never);
    expect(answer.headers['content-type']).toBe('application/problem+json');
    const body = problem.strict().parse(answer.json());
    expect(body).toMatchObject({ status, code, type: `urn:santral:error:${code}`, title: ERROR_CODES[code] });
    expect(answer.statusCode).toBe(status);
    expect(body.instance).toBe(`urn:santral:request:${String(answer.headers['x-request-id'])}`);
  });

  it('may ask for the head alone, but not of a stream, which has no end', async () => {
    const head = async (url: string) => (await house.app.inject({ method: 'HEAD', url, headers: admin })).statusCode;
    expect(await Promise.all(['/health', '/api/v1/users', '/api/v1/phone/feed'].map(head))).toEqual([200, 200, 404]);
  });

  it('is told every field that does not fit, by its path', async () => {
    const answer = await house.app.inject({ method: 'POST', url: USERS, headers: admin, payload: { name: '', role: 'king', extra: 1 } });
    expect(
      answer
        .json()
        .errors.map(({ path }: { path: string }) => path)
        .toSorted(),
    ).toEqual(['body', 'body.name', 'body.role']);
    expect(answer.json().detail).toContain('body.role: ');
  });

  it.each([
    ['/api/v1/calls?limit=0', 'query.limit'],
    ['/api/v1/calls?limit=many', 'query.limit'],
    ['/api/v1/calls?sate=open', 'query'],
    ['/api/v1/calls?limit=5&limit=6', 'query.limit'],
  ])('is told about the query: %s', async (url, path) => {
    const answer = await house.app.inject({ url, headers: admin });
    expect(answer.statusCode).toBe(400);
    expect(answer.json().errors[0].path).toBe(path);
  });
});

describe('a fault of our own', () => {
  it('says nothing outside and everything in the log, under one id', async () => {
    const answer = await house.app.inject({ url: '/api/v1/numbers', headers: admin });
    expect(answer.statusCode).toBe(500);
    expect(answer.body).not.toMatch(/hunter2|srv|TypeError/);
    const id = answer.headers['x-request-id'];
    const line = house.logged.find(({ fields }) => 'requestId' in fields && fields.requestId === id && 'err' in fields);
    expect(line).toMatchObject({
      level: 'error',
      fields: { route: '/api/v1/numbers', err: { message: expect.stringContaining('hunter2') } },
    });
  });

  it('is one when an answer does not fit its schema: nothing leaves that the API does not promise', async () => {
    const answer = await house.app.inject({ url: '/api/v1/calls/live', headers: admin });
    expect([answer.statusCode, answer.json().code]).toEqual([500, 'internal']);
    expect(answer.body).not.toContain('nonsense');
  });

  it('of the database is named, so that somebody can act', async () => {
    const answer = await house.app.inject({ url: '/api/v1/dealers/IST-1', headers: admin });
    expect([answer.statusCode, answer.json().code, answer.json().detail]).toEqual([507, 'store.full', 'The disk is full.']);
  });

  it('that hangs is given up', async () => {
    const app = Fastify({ handlerTimeout: 20 });
    installErrors(app, house.deps.log);
    app.get('/hangs', () => new Promise(() => undefined));
    const answer = await app.inject('/hangs');
    expect([answer.statusCode, answer.json().code]).toEqual([503, 'engine.not-ready']);
    await app.close();
  });
});

describe('the catalogue', () => {
  it.each(Object.keys(ERROR_CODES) as ErrorCode[])('%s has a status, and becomes a problem', (code) => {
    const made = problem.parse(problemOf(new SantralError(code, 'It happened.'), 'r1'));
    expect(made.status).toBe(statusOf(code));
    expect(made.status).toBeGreaterThanOrEqual(400);
    if (made.status === 500) expect(made.code).toBe('internal');
    else expect(made).toMatchObject({ code, detail: 'It happened.' });
  });

  it('is told by the API, whole', async () => {
    const answer = await house.app.inject('/api/v1/errors');
    expect(answer.json().items.map(({ code }: { code: string }) => code)).toEqual(Object.keys(ERROR_CODES));
  });

  it.each([undefined, null, 'text', 7, { statusCode: 404 }])('takes whatever is thrown: %j', (thrown) => {
    expect(problemOf(thrown, 'r1')).toMatchObject({ code: 'internal', status: 500 });
  });
});

describe('a refusal with a reason', () => {
  it('tells it alone, for pages that say the rest in another language', () => {
    const refused = new SantralError('call.not-allowed', 'This person must not be called: asked not to', {
      details: { reason: 'asked not to' },
    });
    expect(problemOf(refused, 'r1')).toMatchObject({
      status: 409,
      detail: expect.stringContaining('asked not to'),
      reason: 'asked not to',
    });
    expect(problem.parse(problemOf(refused, 'r1'))).toHaveProperty('reason', 'asked not to');
    expect(problemOf(new SantralError('call.not-allowed', 'No.'), 'r1')).not.toHaveProperty('reason');
  });

  it('keeps the reason of a fault of our own to itself', () => {
    expect(problemOf(new SantralError('internal', 'x', { details: { reason: 'hunter2' } }), 'r1')).not.toHaveProperty('reason');
  });
});
