import Fastify from 'fastify';
import { afterEach, describe, expect, it } from 'vitest';
import { installErrors } from '../../src/http/errors.ts';
import { installLimits } from '../../src/http/limits.ts';
import { type House, openHouse } from './house.ts';

describe('rate limits', () => {
  let house: House;
  afterEach(() => house.close());

  it('stop a client after so many requests a minute, and say when to come back', async () => {
    house = await openHouse({ rateLimit: 10 });
    for (let i = 0; i < 10; i += 1) expect((await house.app.inject('/api/v1/errors')).statusCode).toBe(200);
    const answer = await house.app.inject('/api/v1/errors');
    expect([answer.statusCode, answer.json().code]).toEqual([429, 'request.too-many']);
    expect(Number(answer.headers['retry-after'])).toBeGreaterThan(0);
    expect(answer.headers['ratelimit-remaining']).toBe('0');
  });

  it('count guesses at addresses and at tokens, too', async () => {
    house = await openHouse({ rateLimit: 10 });
    for (let i = 0; i < 5; i += 1) await house.app.inject(`/guess-${i}`);
    for (let i = 0; i < 5; i += 1) await house.app.inject({ url: '/api/v1/auth/me', headers: { authorization: `Bearer guess-${i}` } });
    expect((await house.app.inject('/guess-6')).statusCode).toBe(429);
    expect((await house.app.inject({ url: '/api/v1/auth/me', headers: { authorization: 'Bearer guess-7' } })).statusCode).toBe(429);
  });

  it('count each login by itself: one that asks too much does not stop its neighbours', async () => {
    house = await openHouse({ rateLimit: 10 });
    const [greedy, modest] = [await house.bearer('agent'), await house.bearer('agent')];
    for (let i = 0; i < 11; i += 1) await house.app.inject({ url: '/api/v1/auth/me', headers: greedy });
    expect((await house.app.inject({ url: '/api/v1/auth/me', headers: greedy })).statusCode).toBe(429);
    expect((await house.app.inject({ url: '/api/v1/auth/me', headers: modest })).statusCode).toBe(200);
  });

  it('are stricter where passwords are tried, and do not believe a stranger who names another address', async () => {
    house = await openHouse();
    const guess = (i: number, remoteAddress: string) =>
      house.app.inject({
        method: 'POST',
        url: '/api/v1/auth/login',
        remoteAddress,
        headers: { 'x-forwarded-for': `10.0.0.${i}` },
        // One name each: guessing one name is slowed down by the logins themselves.
        payload: { name: `name-${i}`, password: 'guess' },
      });
    const statuses: number[] = [];
    for (let i = 0; i < 25; i += 1) statuses.push((await guess(i, '192.0.2.7')).statusCode);
    expect(statuses.slice(0, 20)).toEqual(Array.from({ length: 20 }, () => 401));
    expect(statuses.slice(20)).toEqual(Array.from({ length: 5 }, () => 429));
    expect((await guess(1, '192.0.2.8')).statusCode).toBe(401);
  });
});

/** What is done with requests that wait while the event loop is held for so long, again and again. */
async function answersWhileHeld(maxLoopDelayMs: number, heldMs: number, times: number) {
  const app = Fastify();
  installErrors(app, { debug: () => {}, info: () => {}, warn: () => {}, error: () => {}, child: () => ({}) as never });
  app.decorateRequest('caller', null);
  await installLimits(app, 100_000, maxLoopDelayMs);
  app.get('/calls', () => 'ok');
  app.get('/health', () => 'ok');
  await app.ready();
  const answers = [];
  for (let time = 0; time < times; time += 1) {
    const blocked = Date.now() + heldMs;
    while (Date.now() < blocked);
    await new Promise((resolve) => setImmediate(resolve));
    answers.push(await app.inject('/calls'));
  }
  expect((await app.inject('/health')).statusCode).toBe(200);
  await app.close();
  return answers;
}

describe('pressure', () => {
  it('turns requests away while the event loop is late, but not monitors', async () => {
    const refused = (await answersWhileHeld(50, 1200, 2)).at(-1);
    expect(refused).toMatchObject({ statusCode: 503 });
    expect(refused?.json().code).toBe('engine.not-ready');
  });

  it('turns nobody away for being late by less than is allowed', async () => {
    expect((await answersWhileHeld(1500, 700, 6)).map(({ statusCode }) => statusCode)).toEqual(Array(6).fill(200));
  });
});
