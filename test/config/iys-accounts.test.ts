import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { readConfig } from '../../src/config/config.ts';
import { readIysAccounts } from '../../src/config/iys-accounts.ts';

let dir: string;
beforeEach(() => {
  dir = mkdtempSync(path.join(os.tmpdir(), 'santral-iys-'));
});
afterEach(() => rmSync(dir, { recursive: true, force: true }));

const ACCOUNT = { SANTRAL_IYS_CODE: '012', SANTRAL_IYS_BRAND_CODE: '34', SANTRAL_IYS_USER: 'u', SANTRAL_IYS_PASSWORD: 'gizli' };
const accounts = (env: Record<string, string> = {}) =>
  readIysAccounts(readConfig({ SANTRAL_DATA: dir, SANTRAL_BRAND: 'oto', ...env }, dir));
const put = (text: string) => writeFileSync(path.join(dir, 'iys.json'), text);
const account = { iysCode: '7', brandCode: '8', user: 'v', password: 'p' };

test('the settings’ account is that of their brand, and wins over the file; other brands stand there', () => {
  expect(accounts().size).toBe(0);
  put(JSON.stringify({ oto: account, sigorta: account }));
  expect(accounts().get('oto' as never)).toEqual(account);
  const both = accounts(ACCOUNT);
  expect(both.get('oto' as never)).toEqual({ iysCode: '012', brandCode: '34', user: 'u', password: 'gizli' });
  expect([...both.keys()]).toEqual(['oto', 'sigorta']);
});

test.each([
  ['{', 'the whole'],
  ['{"oto": {"iysCode": "x", "brandCode": "8", "user": "v", "password": "gizli"}}', 'oto.iysCode'],
  ['{"Oto!": {"iysCode": "7", "brandCode": "8", "user": "v", "password": "gizli"}}', 'Oto!'],
  ['{"oto": {"iysCode": "7", "brandCode": "8", "user": "v", "password": "gizli", "more": 1}}', 'oto'],
])('%s is no file of accounts; the place is told, and no password', (text, place) => {
  put(text);
  const fault = (() => {
    try {
      return accounts();
    } catch (error) {
      return error as Error;
    }
  })();
  expect(fault).toMatchObject({ code: 'config.invalid', message: expect.stringContaining(place) });
  expect(String((fault as Error).message)).not.toContain('gizli');
});

test('a part of an account is no account, and an alarm after the last day is none', () => {
  const { SANTRAL_IYS_PASSWORD: _left, ...part } = ACCOUNT;
  expect(() => accounts(part)).toThrow(/SANTRAL_IYS_PASSWORD: an account at İYS needs all four/);
  expect(() => accounts({ SANTRAL_IYS_ALARM_DAYS: '3' })).toThrow(/SANTRAL_IYS_ALARM_DAYS/);
});
