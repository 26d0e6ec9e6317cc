import { mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises';
import os from 'node:os';
import path from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { WEB_PAGES } from '../../src/http/web-app.ts';
import { type House, openHouse } from './house.ts';

const PAGE = '<!doctype html><title>Santral</title><script type="module" src="/assets/index-abc123.js"></script>';
const browser = { accept: 'text/html,application/xhtml+xml,*/*;q=0.8' };

describe('the web pages', () => {
  let house: House;
  let dir: string;
  beforeAll(async () => {
    dir = await mkdtemp(path.join(os.tmpdir(), 'santral-web-'));
    await mkdir(path.join(dir, 'assets'));
    await writeFile(path.join(dir, 'index.html'), PAGE);
    await writeFile(path.join(dir, 'secret.txt'), 'not for everybody');
    await writeFile(path.join(dir, 'assets', 'index-abc123.js'), 'export {};');
    house = await openHouse({ webRoot: dir });
  });
  afterAll(async () => {
    await house.close();
    await rm(dir, { recursive: true, force: true });
  });

  it.each(WEB_PAGES)('%s is the app’s one page, looked up each time', async (url) => {
    const answer = await house.app.inject(url);
    expect([answer.statusCode, answer.body]).toEqual([200, PAGE]);
    expect(answer.headers['content-type']).toBe('text/html; charset=utf-8');
    expect(answer.headers['cache-control']).toBe('no-cache');
  });

  it('answers a browser at addresses that only the app’s own router knows', async () => {
    expect((await house.app.inject({ url: '/reports/today?x=1', headers: browser })).body).toBe(PAGE);
  });

  it.each(['/api/v1/nothing', '/assets/missing.js', '/docs/nothing', '/secret.txt', '/index.html.bak', '/sip'])(
    '%s stays not found, for browsers, too',
    async (url) => {
      const answer = await house.app.inject({ url, headers: browser });
      expect([answer.statusCode, answer.json().code]).toEqual([404, 'request.not-found']);
    },
  );

  it('says not found to programs', async () => {
    expect((await house.app.inject({ url: '/reports/today', headers: { accept: '*/*' } })).statusCode).toBe(404);
    expect((await house.app.inject({ method: 'POST', url: '/reports/today', headers: browser })).statusCode).toBe(404);
  });

  it('lets browsers keep files whose name has their hash', async () => {
    const answer = await house.app.inject('/assets/index-abc123.js');
    expect(answer.statusCode).toBe(200);
    expect(answer.headers['content-type']).toContain('javascript');
    expect(answer.headers['cache-control']).toBe('public, max-age=31536000, immutable');
  });

  it.each([
    '/assets/../index.html',
    '/assets/..%2findex.html',
    '/assets/%2e%2e/secret.txt',
    '/assets/..%5csecret.txt',
    '/assets//etc/passwd',
  ])('gives no file outside assets: %s', async (url) => {
    const answer = await house.app.inject(url);
    expect(answer.statusCode).toBeGreaterThanOrEqual(400);
    expect(answer.body).not.toMatch(/not for everybody|root:|<title>/);
  });
});

describe('the web pages that are not built', () => {
  it('are a clear page, and appear without a restart', async () => {
    const dir = await mkdtemp(path.join(os.tmpdir(), 'santral-web-'));
    const house = await openHouse({ webRoot: path.join(dir, 'web') });
    const missing = await house.app.inject('/phone');
    expect(missing.statusCode).toBe(503);
    expect(missing.body).toContain('npm run build');
    expect(missing.headers['content-type']).toBe('text/html; charset=utf-8');
    expect((await house.app.inject('/health')).statusCode).toBe(200);
    await mkdir(path.join(dir, 'web', 'assets'), { recursive: true });
    await writeFile(path.join(dir, 'web', 'index.html'), PAGE);
    await writeFile(path.join(dir, 'web', 'assets', 'a-1.js'), 'export {};');
    expect((await house.app.inject('/phone')).body).toBe(PAGE);
    expect((await house.app.inject('/assets/a-1.js')).statusCode).toBe(200);
    await house.close();
    await rm(dir, { recursive: true, force: true });
  });
});
