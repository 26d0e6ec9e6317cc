import { once } from 'node:events';
import { describe, expect, it } from 'vitest';
import { SantralError } from '../../../src/domain/errors.ts';
import { makeId } from '../../../src/domain/ids.ts';
import { createWebPhones, endpointOfChannel, endpointOfLogin } from '../../../src/services/web-phone/web-phone.ts';

const login = (n: number) =>
  makeId(
    'token',
    1_700_000_000_000,
    Array.from({ length: 16 }, () => n),
  );
const user = makeId('user', 1_700_000_000_000, [1]);
const IDLE = 60_000;

/** Asterisk's memory, and a switch that makes it refuse. */
function asterisk() {
  const endpoints = new Map<string, string>();
  const log: string[] = [];
  let gate: Promise<void> | undefined;
  let broken = false;
  const pass = async (line: string): Promise<void> => {
    log.push(line);
    await gate;
    if (broken) throw new SantralError('telephony.disconnected', 'no connection');
  };
  return {
    endpoints,
    log,
    hold: (until: Promise<void> | undefined) => {
      gate = until;
    },
    fail: (value: boolean) => {
      broken = value;
    },
    async putWebEndpoint(name: string, secret: string) {
      await pass(`put ${name}`);
      endpoints.set(name, secret);
    },
    async removeWebEndpoint(name: string) {
      await pass(`remove ${name}`);
      endpoints.delete(name);
    },
  };
}

/** A clock that moves by hand. */
function handClock() {
  let now = 1_000_000;
  const timers = new Set<{ at: number; fire: () => void }>();
  return {
    now: () => now,
    timers,
    setTimer(ms: number, fire: () => void) {
      const timer = { at: now + ms, fire };
      timers.add(timer);
      return () => void timers.delete(timer);
    },
    pass(ms: number) {
      const end = now + ms;
      for (;;) {
        const due = [...timers].filter((timer) => timer.at <= end).sort((a, b) => a.at - b.at)[0];
        if (due === undefined) break;
        now = due.at;
        timers.delete(due);
        due.fire();
      }
      now = end;
    },
  };
}

function bench() {
  const telephony = asterisk();
  const clock = handClock();
  const troubles: string[] = [];
  let seed = 0;
  const phones = createWebPhones({
    telephony,
    clock,
    random: (bytes) => Uint8Array.from({ length: bytes }, () => (seed += 1) & 255),
    onTrouble: (endpoint) => troubles.push(endpoint),
    options: { idleMs: IDLE },
  });
  return { telephony, clock, phones, troubles };
}

const settled = () => new Promise<void>((resolve) => void setImmediate(resolve));

describe('web phones', () => {
  it('give one endpoint per login, the same one when asked again', async () => {
    const { telephony, phones } = bench();
    const first = await phones.open(user, login(1));
    const again = await phones.open(user, login(1));
    const other = await phones.open(user, login(2));
    expect(again).toEqual(first);
    expect(other.username).not.toBe(first.username);
    expect(other.password).not.toBe(first.password);
    expect(first).toMatchObject({ wsPath: '/sip', username: endpointOfLogin(login(1)) });
    expect([...telephony.endpoints]).toEqual([
      [first.username, first.password],
      [other.username, other.password],
    ]);
    expect(telephony.log.filter((line) => line.startsWith('put'))).toHaveLength(2);
  });

  it('have secrets of 24 random bytes and names that do not show the login', async () => {
    const { phones } = bench();
    const account = await phones.open(user, login(3));
    expect(Buffer.from(account.password, 'base64url')).toHaveLength(24);
    expect(account.username).toMatch(/^web-[0-9a-f]{16}$/);
    expect(account.username).not.toContain(login(3).slice(4));
  });

  it('are taken out of Asterisk at logout, once', async () => {
    const { telephony, phones, clock } = bench();
    await phones.open(user, login(1));
    await phones.close(login(1));
    await phones.close(login(1));
    expect(telephony.endpoints.size).toBe(0);
    expect(telephony.log.filter((line) => line.startsWith('remove'))).toHaveLength(1);
    expect(clock.timers.size).toBe(0);
  });

  it('expire after the idle time, counted from the last use', async () => {
    const { telephony, phones, clock } = bench();
    const { username } = await phones.open(user, login(1));
    clock.pass(IDLE - 1);
    await phones.open(user, login(1));
    clock.pass(IDLE - 1);
    expect(phones.ownerOfChannel(`PJSIP/${username}-0000001a`)).toBe(user);
    clock.pass(IDLE - 1);
    expect(telephony.endpoints.has(username)).toBe(true);
    clock.pass(1);
    await settled();
    expect(telephony.endpoints.has(username)).toBe(false);
    expect(phones.ownerOf(username)).toBeUndefined();
    expect(clock.timers.size).toBe(0);
  });

  it('are pushed again after Asterisk came back with an empty memory', async () => {
    const { telephony, phones } = bench();
    const one = await phones.open(user, login(1));
    const two = await phones.open(user, login(2));
    telephony.endpoints.clear();
    await phones.again();
    expect(telephony.endpoints).toEqual(
      new Map([
        [one.username, one.password],
        [two.username, two.password],
      ]),
    );
  });

  it('report an Asterisk that is away, and come up with the next connect', async () => {
    const { telephony, phones } = bench();
    telephony.fail(true);
    await expect(phones.open(user, login(1))).rejects.toMatchObject({ code: 'telephony.disconnected' });
    telephony.fail(false);
    await phones.again();
    const account = await phones.open(user, login(1));
    expect(telephony.endpoints.get(account.username)).toBe(account.password);
  });

  it('remember a removal that failed until Asterisk confirms it', async () => {
    const { telephony, phones, troubles } = bench();
    const { username } = await phones.open(user, login(1));
    telephony.fail(true);
    await phones.close(login(1));
    expect(troubles).toEqual([username]);
    expect(telephony.endpoints.has(username)).toBe(true);
    telephony.fail(false);
    await phones.again();
    expect(telephony.endpoints.has(username)).toBe(false);
  });

  it('never reject from again(), and tell the trouble', async () => {
    const { telephony, phones, troubles } = bench();
    const { username } = await phones.open(user, login(1));
    telephony.fail(true);
    await phones.again();
    expect(troubles).toEqual([username]);
  });

  it('end up removed when the logout meets a push that is under way', async () => {
    const { telephony, phones } = bench();
    const gate = new AbortController();
    telephony.hold(once(gate.signal, 'abort').then(() => undefined));
    const opening = phones.open(user, login(1));
    await settled();
    const closing = phones.close(login(1));
    telephony.hold(undefined);
    gate.abort();
    await Promise.all([opening, closing]);
    expect(telephony.endpoints.size).toBe(0);
  });

  it('replace what an earlier engine left behind, as the name follows from the login', async () => {
    const { telephony, phones } = bench();
    telephony.endpoints.set(endpointOfLogin(login(1)), 'from before');
    const account = await phones.open(user, login(1));
    expect([...telephony.endpoints]).toEqual([[account.username, account.password]]);
    expect(account.password).not.toBe('from before');
  });

  it('leave no timer behind when stopped', async () => {
    const { phones, clock } = bench();
    await phones.open(user, login(1));
    phones.stop();
    expect(clock.timers.size).toBe(0);
  });
});

describe('the endpoint in a channel name', () => {
  it.each([
    ['PJSIP/web-0123456789abcdef-0000001a', 'web-0123456789abcdef'],
    ['PJSIP/web-0123456789abcdef-0000001a;1', undefined],
    ['PJSIP/trunk-0000001a', undefined],
    ['Local/web-0123456789abcdef-0000001a', undefined],
    ['PJSIP/web-xyz-0000001a', undefined],
    ['', undefined],
  ])('%s is %s', (name, endpoint) => {
    expect(endpointOfChannel(name)).toBe(endpoint);
  });
});
