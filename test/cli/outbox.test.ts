import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { openCommandStores } from '../../src/cli/command-stores.ts';
import { santral } from '../../src/cli/santral.ts';
import { messageOf } from '../kit/messages.ts';

let dir: string;
let out: string;
let err: string;
const io = () => ({
  out: (text: string) => void (out += text),
  err: (text: string) => void (err += text),
  env: { SANTRAL_DATA: path.join(dir, 'data'), SANTRAL_FLOWS: path.join(dir, 'flows') },
  cwd: dir,
  stdin: process.stdin,
});
beforeEach(() => {
  dir = mkdtempSync(path.join(os.tmpdir(), 'santral-outbox-'));
});
afterEach(() => rmSync(dir, { recursive: true, force: true }));

async function run(...args: string[]): Promise<number> {
  out = '';
  err = '';
  return santral(args, io());
}

async function withDeadLetters(count: number): Promise<string[]> {
  const stores = await openCommandStores(io());
  const messages = Array.from({ length: count }, () => messageOf());
  await stores.outbox.add(messages);
  await stores.outbox.expire(Number.MAX_SAFE_INTEGER, 0, 'too late');
  await stores.close();
  return messages.map(({ id }) => id);
}

test('dead letters are listed with their reason, recipients masked, and replayed one by one or all', async () => {
  expect(await run('outbox', 'list')).toBe(0);
  expect(out).toBe('There are none.\n');
  const [first = '', second = '', third = ''] = await withDeadLetters(3);
  expect(await run('outbox', 'list')).toBe(0);
  expect(out.trim().split('\n')).toHaveLength(3);
  expect(out).toMatch(new RegExp(`^${third}.*sms  general\\.note  dead  0×  \\+90 5\\*\\* \\*\\*\\* \\*\\* 17  too late$`, 'm'));
  expect(out).not.toContain('5550000017');
  expect(await run('outbox', 'replay', first, 'msg_nonsense')).toBe(1);
  expect(out).toBe(`${first} is queued again.\n`);
  expect(err).toBe('msg_nonsense is not in the outbox.\n');
  expect(await run('outbox', 'replay', '--all', '--channel', 'email')).toBe(0);
  expect(out).toBe('0 dead letters are queued again.\n');
  expect(await run('outbox', 'replay', '--all')).toBe(0);
  expect(out).toBe('2 dead letters are queued again.\n');
  expect(await run('outbox', 'list', '--state', 'queued', '--limit', '2', '--json')).toBe(0);
  const [top] = out
    .trim()
    .split('\n')
    .map((line) => JSON.parse(line));
  expect(top).toMatchObject({ id: third, state: 'queued', to: '+90 5** *** ** 17' });
  expect(await run('outbox', 'replay', second)).toBe(1);
});

test.each([
  [['list', '--state', 'lost']],
  [['list', '--channel', 'fax']],
  [['list', '--limit', '0']],
  [['replay']],
  [['replay', '--all', 'msg_x']],
  [['replay', 'msg_x', '--channel', 'sms']],
])('santral outbox %j is a wrong command line', async (args) => {
  expect(await run('outbox', ...args)).toBe(2);
  expect(err).toMatch(/santral outbox/);
});

test('webhooks are shown with the secrets their receivers need', async () => {
  expect(await run('webhooks')).toBe(0);
  expect(out).toMatch(/There are no webhooks/);
  mkdirSync(path.join(dir, 'flows'));
  writeFileSync(path.join(dir, 'flows', 'webhooks.yaml'), 'crm: { url: "https://crm.example/santral" }\nBAD: { url: x }\n');
  expect(await run('webhooks')).toBe(1);
  expect(out).toMatch(/^crm {2}https:\/\/crm\.example\/santral {2}secret [\w-]{43}\n$/);
  expect(err).toMatch(/webhooks\.yaml:2:1/);
  const before = out;
  await run('webhooks');
  expect(out).toBe(before);
});
