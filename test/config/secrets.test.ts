import { mkdtempSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { readConfig } from '../../src/config/config.ts';
import { loadSecrets, makeSecrets, readSecrets } from '../../src/config/secrets.ts';

let data: string;
beforeEach(() => {
  data = mkdtempSync(path.join(os.tmpdir(), 'santral-secrets-'));
});
afterEach(() => rmSync(data, { recursive: true, force: true }));
const config = (env: Record<string, string> = {}) => readConfig({ SANTRAL_DATA: path.join(data, 'sub'), ...env }, '/');

test('secrets are made once, kept for the owner only, and read again', () => {
  expect(readSecrets(config().places.secrets)).toBeUndefined();
  const made = loadSecrets(config());
  expect(loadSecrets(config())).toEqual(made);
  expect(statSync(config().places.secrets).mode & 0o777).toBe(0o600);
  expect(made.agents.map(({ name }) => name)).toEqual(['100', '101']);
});

test('no two are alike, and all are letters and digits that any file and phone can carry', () => {
  const all = [makeSecrets(), makeSecrets()].flatMap(({ ariPassword, agents }) => [ariPassword, ...agents.map(({ password }) => password)]);
  expect(new Set(all).size).toBe(6);
  for (const secret of all) expect(secret).toMatch(/^[a-zA-Z0-9]{24}$/);
});

test('SANTRAL_ARI_PASSWORD wins over the kept one and is not written down', () => {
  const kept = loadSecrets(config());
  expect(loadSecrets(config({ SANTRAL_ARI_PASSWORD: 'given' }))).toEqual({ ...kept, ariPassword: 'given' });
  expect(readFileSync(config().places.secrets, 'utf8')).not.toContain('given');
});

test.each(['', '{', '{"ariPassword":""}', '[]'])('a damaged file (%j) is told, with what to do', (text) => {
  loadSecrets(config());
  writeFileSync(config().places.secrets, text);
  expect(() => loadSecrets(config())).toThrow('is damaged. Delete it');
});
