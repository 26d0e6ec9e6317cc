import { mkdtempSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { loadWebhookSecrets, readWebhookSecrets } from '../../src/config/webhook-secrets.ts';

let dir: string;
const file = () => path.join(dir, 'sub', 'webhook-secrets.json');
beforeEach(() => {
  dir = mkdtempSync(path.join(os.tmpdir(), 'santral-webhooks-'));
});
afterEach(() => rmSync(dir, { recursive: true, force: true }));

test('a secret is made for each webhook once, for the owner only; those of others stay', () => {
  expect(readWebhookSecrets(file()).size).toBe(0);
  const first = loadWebhookSecrets(file(), ['crm']);
  expect(first.get('crm')).toMatch(/^[\w-]{43}$/);
  expect(statSync(file()).mode & 0o777).toBe(0o600);
  const second = loadWebhookSecrets(file(), ['wall']);
  expect(second.get('crm')).toBe(first.get('crm'));
  expect(second.get('wall')).not.toBe(second.get('crm'));
  const before = readFileSync(file(), 'utf8');
  loadWebhookSecrets(file(), ['crm', 'wall']);
  expect(readFileSync(file(), 'utf8')).toBe(before);
});

test.each(['{', '[]', '{"crm": "short"}', '{"crm": 5}'])('%s is no file of secrets, and is told as such', (text) => {
  loadWebhookSecrets(file(), ['crm']);
  writeFileSync(file(), text);
  expect(() => loadWebhookSecrets(file(), ['crm'])).toThrow(expect.objectContaining({ code: 'config.invalid' }));
});
