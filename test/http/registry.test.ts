import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { z } from 'zod';
import type { Contract } from '../../src/http/contract.ts';
import { RESOURCES } from '../../src/http/routes/registry.ts';
import { ROLES } from '../../src/ports/stores.ts';
import { CASES } from './cases.ts';
import { type House, openHouse } from './house.ts';

let house: House;
beforeAll(async () => {
  house = await openHouse();
});
afterAll(() => house.close());

/** Contracts are data: any context gives the same ones. */
const CONTRACTS: readonly Contract[] = RESOURCES.flatMap((resource) =>
  resource({ deps: { config: {}, stores: {} }, cookies: {}, streams: {} } as never).map(({ contract }) => contract),
);

async function send(contract: Contract, headers: Record<string, string>): Promise<{ readonly status: number; readonly code: unknown }> {
  const { url, body, raw, type } = await (CASES[contract.id] as (typeof CASES)[string]).ask(house);
  const abort = new AbortController();
  const answer = await fetch(`${await house.url()}${url}`, {
    method: contract.method,
    signal: abort.signal,
    headers: {
      ...headers,
      ...(raw === undefined && body === undefined ? {} : { 'content-type': type ?? 'application/json' }),
    },
    ...(raw === undefined && body === undefined ? {} : { body: raw ?? JSON.stringify(body) }),
  });
  const problem = answer.headers.get('content-type')?.startsWith('application/problem+json')
    ? ((await answer.json()) as { code: unknown })
    : null;
  // A live feed goes on for ever: its status is all that is wanted here.
  abort.abort();
  return { status: answer.status, code: problem?.code };
}

describe('every operation', () => {
  it('has an id and an address of its own, and a case; and no case is without its operation', () => {
    const ids = CONTRACTS.map(({ id }) => id);
    expect(new Set(ids).size).toBe(ids.length);
    expect(new Set(CONTRACTS.map(({ method, path }) => `${method} ${path}`)).size).toBe(CONTRACTS.length);
    expect(ids.toSorted()).toEqual(Object.keys(CASES).toSorted());
  });

  it.each(CONTRACTS.map((contract) => [contract.id, contract] as const))(
    '%s says what it takes, gives and may fail with',
    (_id, contract) => {
      expect(contract.summary).toMatch(/^[A-Z].{5,}/);
      expect(contract.summary).not.toMatch(/\.$/);
      expect(contract.reply.schema).toBeInstanceOf(z.ZodType);
      const named = [...contract.path.matchAll(/:(\w+)/g)].map(([, name]) => name);
      const described = contract.params instanceof z.ZodObject ? Object.keys(contract.params.shape) : [];
      expect(described).toEqual(named);
      if (named.length > 0 && contract.method !== 'PUT') expect(contract.errors.some((code) => /not-found|unknown/.test(code))).toBe(true);
      if (contract.access.kind === 'roles') expect(contract.access.roles).toContain('admin');
    },
  );
});

describe.each(CONTRACTS.map((contract) => [contract.id, contract] as const))('%s', (id, contract) => {
  const roles = contract.access.kind === 'public' ? [] : contract.access.roles;
  const allowed = ROLES.filter((role) => roles.includes(role));
  const others = contract.access.kind === 'public' ? [] : ROLES.filter((role) => !roles.includes(role));
  const expected = CASES[id]?.status;

  it.each(allowed)('is done for %s', async (role) => {
    const wanted = role === 'agent' ? (CASES[id]?.agentStatus ?? expected) : expected;
    expect((await send(contract, await house.bearer(role))).status).toBe(wanted);
  });

  it.each(others)('is refused to %s', async (role) => {
    expect(await send(contract, await house.bearer(role))).toEqual({ status: 403, code: 'request.forbidden' });
  });

  it('asks nobody in particular for a login, unless it is open', async () => {
    const open = contract.access.kind === 'public' || contract.access.loopback === 'free';
    const { status, code } = await send(contract, {});
    if (open) expect(status).toBe(expected);
    else expect({ status, code }).toEqual({ status: 401, code: 'request.unauthenticated' });
  });

  it('is closed to a login whose one-time password still stands, unless it serves to replace it', async () => {
    const browser = await house.browser('admin', { oneTime: true });
    const { status, code } = await send(contract, browser.write);
    const open = contract.access.kind === 'public' || contract.access.oneTimePassword === 'enough';
    if (open) expect(status).toBe(expected);
    else expect({ status, code }).toEqual({ status: 403, code: 'auth.password-change-required' });
  });
});
