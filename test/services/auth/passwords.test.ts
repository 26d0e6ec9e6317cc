import { randomBytes } from 'node:crypto';
import { describe, expect, test } from 'vitest';
import { createPasswords } from '../../../src/services/auth/passwords.ts';
import { makeOneTimePassword } from '../../../src/services/auth/secrets.ts';
import { createThrottle } from '../../../src/services/auth/throttle.ts';
import { createGate } from '../../../src/services/gate.ts';
import { CHEAP } from './house.ts';

describe('password hashes', () => {
  test('are scrypt at full cost, and say how they were made', async () => {
    const passwords = createPasswords(randomBytes);
    const stored = await passwords.hash('correct horse');
    expect(stored).toMatch(/^scrypt\$15\$8\$3\$[\w-]{22}\$[\w-]{43}$/u);
    expect(await passwords.matches('correct horse', stored)).toBe(true);
  });

  test('of the same password differ, and match it alone', async () => {
    const passwords = createPasswords(randomBytes, CHEAP);
    const [one, two] = await Promise.all([passwords.hash('correct horse'), passwords.hash('correct horse')]);
    expect(two).not.toBe(one);
    for (const stored of [one, two]) {
      expect(await passwords.matches('correct horse', stored)).toBe(true);
      expect(await passwords.matches('correct horsf', stored)).toBe(false);
    }
  });

  test('agree with the test vector of RFC 7914 section 12', async () => {
    const salt = Buffer.from('NaCl').toString('base64url');
    const hash = Buffer.from('fdbabe1c9d3472007856e7190d01e9fe7c6ad7cbc8237830e77376634b373162', 'hex').toString('base64url');
    expect(await createPasswords(randomBytes).matches('password', `scrypt$10$8$16$${salt}$${hash}`)).toBe(true);
  });

  test('of another cost are still understood', async () => {
    const cheap = await createPasswords(randomBytes, CHEAP).hash('correct horse');
    expect(await createPasswords(randomBytes).matches('correct horse', cheap)).toBe(true);
  });

  test('nobody’s password costs what a wrong one costs, and never matches', async () => {
    const costs: unknown[] = [];
    const derive = async (_password: string, salt: Uint8Array, cost: unknown) => {
      costs.push({ cost, salt: salt.length });
      return Buffer.alloc(32);
    };
    const passwords = createPasswords((bytes) => new Uint8Array(bytes), CHEAP, derive);
    const stored = await passwords.hash('correct horse');
    expect(await passwords.matches('anything', stored)).toBe(true);
    // Even where the hash of nobody would be met by chance.
    expect(await passwords.matches('anything', undefined)).toBe(false);
    expect(costs).toEqual(Array.from({ length: 3 }, () => ({ cost: CHEAP, salt: 16 })));
  });

  test('that are damaged are a fault of ours, not a way in', async () => {
    const passwords = createPasswords(randomBytes);
    for (const stored of ['', 'scrypt$15$8$3$abc', 'plain', 'scrypt$15$8$3$YWJj$YWJj']) {
      await expect(passwords.matches('x', stored)).rejects.toMatchObject({ code: 'internal' });
    }
  });
});

test('one-time passwords are easy to type and never the same', () => {
  const made = Array.from({ length: 200 }, () => makeOneTimePassword(randomBytes));
  expect(new Set(made).size).toBe(200);
  for (const one of made) expect(one).toMatch(/^([0-9a-hjkmnp-tv-z]{4}-){3}[0-9a-hjkmnp-tv-z]{4}$/u);
});

test('the gate lets so many in, keeps so many waiting, and turns the rest away', async () => {
  const gate = createGate(2, 3, 'Come later.');
  const doors: (() => void)[] = [];
  let inside = 0;
  let most = 0;
  const work = async () => {
    inside += 1;
    most = Math.max(most, inside);
    await new Promise<void>((open) => doors.push(open));
    inside -= 1;
  };
  const outcomes = Promise.allSettled(Array.from({ length: 7 }, () => gate(work)));
  for (let opened = 0; opened < 5; ) {
    const door = doors.shift();
    if (door) opened += 1;
    door?.();
    await new Promise((resolve) => setImmediate(resolve));
  }
  expect((await outcomes).map(({ status }) => status)).toEqual([...Array<string>(5).fill('fulfilled'), 'rejected', 'rejected']);
  expect(most).toBe(2);
  const after = gate(async () => 'free again');
  await expect(after).resolves.toBe('free again');
  await expect(gate(() => Promise.reject(new Error('no')))).rejects.toThrow('no');
});

test('the throttle’s waits grow to their longest and stop there; it remembers ten thousand keys', () => {
  const throttle = createThrottle({ free: 2, firstWaitMs: 100, longestWaitMs: 1000, forgetMs: 60_000 });
  const waits = Array.from({ length: 8 }, () => {
    throttle.attempt('a', 0);
    return throttle.wait('a', 0);
  });
  expect(waits).toEqual([0, 100, 200, 400, 800, 1000, 1000, 1000]);
  expect(throttle.wait('a', 400)).toBe(600);
  throttle.forgive('a');
  throttle.forgive('never seen');
  expect(throttle.wait('a', 59_999)).toBe(0);
  for (let i = 0; i < 10_000; i += 1) throttle.attempt(`key ${i}`, 1);
  expect(throttle.wait('a', 1)).toBe(0);
  throttle.attempt('key 9999', 1);
  expect(throttle.wait('key 9999', 1)).toBe(100);
});
