import { readFileSync } from 'node:fs';
import { setTimeout as wait } from 'node:timers/promises';
import { describe, expect, test } from 'vitest';
import { readConfig } from '../../src/config/config.ts';
import type { Log } from '../../src/ports/log.ts';
import { announcement } from '../../src/setup/announce.ts';
import { restartDelay } from '../../src/setup/back-off.ts';
import { ENGINE_FLAGS } from '../../src/setup/engine-process.ts';
import { launcherLog } from '../../src/setup/launcher-log.ts';
import { readableLine } from '../../src/setup/log-lines.ts';
import { wantedPorts } from '../../src/setup/port-check.ts';
import { supervise } from '../../src/setup/supervise.ts';
import { silentLog } from '../kit/asterisk.ts';

describe('a log line for people', () => {
  const time = new Date(2026, 4, 20, 9, 8, 7).getTime();
  test.each<[line: string, readable: string]>([
    [
      JSON.stringify({ level: 30, time, pid: 1, hostname: 'x', msg: 'prompts are ready', total: 3 }),
      '09:08:07 info  prompts are ready total=3',
    ],
    [
      JSON.stringify({ level: 50, time, msg: 'broken', err: { stack: 'Error: why\n    at there' } }),
      '09:08:07 ERROR broken\nError: why\n    at there',
    ],
    [JSON.stringify({ level: 40, time, msg: 'odd', place: { a: 1 } }), '09:08:07 WARN  odd place={"a":1}'],
    ['no JSON at all', 'no JSON at all'],
    ['{"kind":"ready"}', '{"kind":"ready"}'],
    ['{broken', '{broken'],
  ])('%s', (line, readable) => {
    expect(readableLine(line)).toBe(readable);
  });

  test('of the launcher itself has the engine’s form, and is dropped below the level', () => {
    const lines: string[] = [];
    const log = launcherLog('warn', false, (line) => lines.push(line)).child({ room: 'launcher' });
    log.info({}, 'too quiet');
    log.warn({ port: 1 }, 'heard');
    expect(lines.map((line) => JSON.parse(line))).toMatchObject([{ level: 40, room: 'launcher', port: 1, msg: 'heard' }]);
  });
});

describe('supervision', () => {
  /** A process that ends when told. */
  function pretend() {
    let end: (reason: string) => void = () => {};
    const exited = new Promise<string>((resolve) => (end = resolve));
    let stops = 0;
    return { exited, end, stop: () => ((stops += 1), end('stopped'), Promise.resolve()), stops: () => stops };
  }

  function recording() {
    const lines: { readonly message: string; readonly fields: object }[] = [];
    const log: Log = { ...silentLog, error: (fields, message) => void lines.push({ fields, message }) };
    return { log, lines };
  }

  test('waits longer from one restart to the next, and never gives up', () => {
    const delays = [1, 2, 3, 4, 5, 6, 7, 100].map(restartDelay);
    expect(delays).toEqual([...delays].sort((a, b) => a - b));
    expect(delays[0]).toBeLessThanOrEqual(250);
    expect(delays.at(-1)).toBe(10_000);
  });

  test('starts again what ended, also when a start fails, until it is told to stop', async () => {
    const made = [pretend(), pretend()];
    const stopping = new AbortController();
    const { log, lines } = recording();
    let starts = 0;
    let second: () => void = () => {};
    const secondRuns = new Promise<void>((resolve) => (second = resolve));
    const start = () => {
      starts += 1;
      if (starts === 2) return Promise.reject(new Error('not yet'));
      if (starts === 3) second();
      return Promise.resolve(made[starts === 1 ? 0 : 1] as ReturnType<typeof pretend>);
    };
    const { first, done } = await supervise({ name: 'It', start, log, stopping: stopping.signal });
    expect(first).toBe(made[0]);
    made[0]?.end('SIGKILL');
    await secondRuns;
    expect(lines.map(({ message }) => message)).toEqual([
      'It ended; it is started again',
      'It could not be started',
      'It ended; it is started again',
    ]);
    expect(lines[0]?.fields).toMatchObject({ reason: 'SIGKILL', restartInMs: 200 });
    stopping.abort();
    await done;
    expect(made.map(({ stops }) => stops())).toEqual([0, 1]);
    expect(starts).toBe(3);
  });

  test('does not start anything after it was told to stop, not even while it waits', async () => {
    const only = pretend();
    const stopping = new AbortController();
    const { log, lines } = recording();
    const { done } = await supervise({ name: 'It', start: () => Promise.resolve(only), log, stopping: stopping.signal });
    only.end('code 1');
    while (lines.length === 0) await wait(1);
    stopping.abort();
    await done;
    expect(lines).toHaveLength(1);
  });

  test('fails when the first start does', async () => {
    const start = () => Promise.reject(new Error('first'));
    await expect(supervise({ name: 'It', start, log: silentLog, stopping: new AbortController().signal })).rejects.toThrow('first');
  });
});

describe('what npm start says', () => {
  const secrets = { ariPassword: 'hidden', agents: [{ name: '100', password: 'hidden-too' }] };
  const config = (env: Record<string, string> = {}) => readConfig({ SANTRAL_SIP_PORT: '5070', ...env }, '/srv');

  test('where to go, whom to dial, and the password once', () => {
    const ready = { kind: 'ready', url: 'http://127.0.0.1:8080', number: '4444' } as const;
    const text = announcement(config(), secrets, { ...ready, oneTimePassword: 'abcd-efgh' }, 4711);
    expect(text).toContain('Ctrl-C stops it; so does: kill -INT 4711');
    expect(text).toContain('http://127.0.0.1:8080/phone');
    expect(text).toContain('sip:4444@127.0.0.1:5070 (dial 4444)');
    expect(text).toContain('abcd-efgh');
    expect(text).not.toContain('hidden');
    expect(announcement(config(), secrets, ready)).not.toContain('password ');
  });

  test('that no number leads anywhere yet', () => {
    const text = announcement(config(), secrets, { kind: 'ready', url: 'x', number: null });
    expect(text).toMatch(/127\.0\.0\.1:5070; no number leads to a flow yet: add one/);
    expect(text).not.toContain('sip:');
  });

  test('an address of the newer kind in brackets, and an Asterisk that runs elsewhere', () => {
    expect(announcement(config({ SANTRAL_HOST: '::1' }), secrets, { kind: 'ready', url: 'x', number: '1000' })).toContain(
      'sip:1000@[::1]:5070',
    );
    const elsewhere = config({ SANTRAL_ASTERISK: 'external', SANTRAL_ARI_URL: 'http://asterisk:8088' });
    expect(announcement(elsewhere, secrets, { kind: 'ready', url: 'x', number: null })).toContain('http://asterisk:8088');
    expect(wantedPorts(elsewhere).map(({ setting }) => setting)).toEqual(['SANTRAL_HTTP_PORT']);
  });
});

test('the engine’s image starts it with the flags that the launcher gives', () => {
  const commands = readFileSync(new URL('../../Dockerfile', import.meta.url), 'utf8').match(/^CMD .*dist\/main\.js.*$/gm);
  expect(commands).toEqual([`CMD ${JSON.stringify(['node', ...ENGINE_FLAGS, 'dist/main.js']).replaceAll(',', ', ')}`]);
});
