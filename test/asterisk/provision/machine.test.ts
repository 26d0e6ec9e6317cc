import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { chmodSync, existsSync, mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { isNewEnough, packagedDistribution, parseVersion } from '../../../src/asterisk/provision/distribution.ts';
import { holdMusic, melody } from '../../../src/asterisk/provision/hold-music.ts';
import { mirrorsIn, mirrorsToTry } from '../../../src/asterisk/provision/host-mirror.ts';
import { hostNameRemedy, hostsFileKnows } from '../../../src/asterisk/provision/host-name.ts';
import { keepLogsSmall } from '../../../src/asterisk/provision/instance-logs.ts';
import { withLock } from '../../../src/asterisk/provision/lock.ts';
import { endProcess, isRunning, markProcess } from '../../../src/asterisk/provision/processes.ts';
import { openToOthers } from '../../../src/asterisk/provision/run-as.ts';
import { runCommand } from '../../../src/asterisk/provision/run-command.ts';

let folder: string;
beforeEach(() => {
  folder = mkdtempSync(path.join(os.tmpdir(), 'santral-machine-'));
});
afterEach(() => rmSync(folder, { recursive: true, force: true }));

describe('which Asterisk will do', () => {
  test.each<[said: string, enough: boolean | undefined]>([
    ['Asterisk 22.10.1~dfsg+~cs6.17.60671434-1', true],
    ['Asterisk 22.10.0', false],
    ['Asterisk 22.9.4', false],
    ['Asterisk 23.0.0', true],
    ['Asterisk 20.19.2~dfsg', false],
    ['Asterisk certified/22.11-cert1', true],
    ['Asterisk GIT-master-abc', undefined],
    ['bash: asterisk: not found', undefined],
  ])('%s: %s', (said, enough) => {
    const version = parseVersion(said);
    expect(version === undefined ? undefined : isNewEnough(version)).toBe(enough);
  });

  test('Debian’s package has its modules in the folder of the architecture', () => {
    expect(packagedDistribution().moduleDir).toMatch(/^\/usr\/lib\/\w+-linux-gnu\/asterisk\/modules$/);
  });
});

describe('the Debian mirror', () => {
  test('is read from both kinds of sources files', () => {
    expect(
      mirrorsIn('# deb http://no.example/debian x main\ndeb http://a.example/debian bookworm main\ndeb-src http://no.example y'),
    ).toEqual(['http://a.example/debian']);
    expect(mirrorsIn('deb [arch=amd64 signed-by=/x] https://b.example/debian/ bookworm main')).toEqual(['https://b.example/debian/']);
    expect(mirrorsIn('Types: deb\nURIs: http://c.example/debian http://d.example/debian\nSuites: bookworm')).toEqual([
      'http://c.example/debian',
      'http://d.example/debian',
    ]);
  });

  test('of this machine comes before the public one, and one that is set stands alone', () => {
    mkdirSync(path.join(folder, 'sources.list.d'));
    writeFileSync(path.join(folder, 'sources.list.d/node.list'), 'deb https://deb.nodesource.com/node_20.x nodistro main\n');
    writeFileSync(path.join(folder, 'sources.list.d/debian.sources'), 'URIs: http://mirror.example/debian/\n');
    expect(mirrorsToTry({}, folder)).toEqual(['http://mirror.example/debian', 'http://deb.debian.org/debian']);
    expect(mirrorsToTry({ SANTRAL_DEBIAN_MIRROR: 'http://mine.example/debian/' }, folder)).toEqual(['http://mine.example/debian']);
    expect(mirrorsToTry({}, path.join(folder, 'nothing'))).toEqual(['http://deb.debian.org/debian']);
  });
});

describe('the machine’s host name', () => {
  test.each<[hosts: string, name: string, known: boolean]>([
    ['127.0.0.1 localhost', 'localhost', true],
    ['127.0.0.1 localhost\n127.0.1.1\tbox.example box # mine', 'box', true],
    ['127.0.0.1 localhost\n127.0.1.1 Box', 'box', true],
    ['127.0.0.1 localhost # box', 'box', false],
    ['# 127.0.1.1 box', 'box', false],
    ['127.0.0.1 boxes', 'box', false],
    ['', 'box', false],
  ])('hosts file %j knows %s: %s', (hosts, name, known) => {
    expect(hostsFileKnows(hosts, name)).toBe(known);
  });

  test('that /etc/hosts does not know is replaced for Asterisk, or the line to add is told', async () => {
    const hosts = path.join(folder, 'hosts');
    writeFileSync(hosts, '127.0.0.1 localhost\n');
    const remedy = await hostNameRemedy(hosts, 'unheard-of');
    if (remedy.kind === 'own-name') {
      const said = await runCommand([...remedy.command, 'uname', '-n']);
      expect(said.stdout.trim()).toBe('localhost');
      expect((await runCommand(['uname', '-n'])).stdout.trim()).toBe(os.hostname());
    } else expect(remedy).toEqual({ kind: 'tell', line: '127.0.0.1 unheard-of' });
    writeFileSync(hosts, '');
    expect(await hostNameRemedy(hosts, 'unheard-of')).toEqual({ kind: 'tell', line: '127.0.0.1 unheard-of' });
    writeFileSync(hosts, '127.0.1.1 unheard-of\n');
    expect(await hostNameRemedy(hosts, 'unheard-of')).toEqual({ kind: 'not-needed' });
  });
});

describe('processes', () => {
  test('are told apart from later ones with the same number, and ended only when they are the same', async () => {
    const child = spawn('sleep', ['60']);
    const pid = child.pid as number;
    const mark = markProcess(pid);
    expect(mark?.pid).toBe(pid);
    const other = { pid, began: 'another time' };
    expect(isRunning(other)).toBe(false);
    expect(await endProcess(other, 1000)).toBe(false);
    expect(isRunning(mark as { pid: number; began: string })).toBe(true);
    const gone = once(child, 'exit');
    expect(await endProcess(mark as { pid: number; began: string }, 1000)).toBe(true);
    await gone;
    expect(markProcess(pid)).toBeUndefined();
  });

  test('that ignore SIGTERM are killed after their grace', async () => {
    const child = spawn('sh', ['-c', 'trap "" TERM; echo ready; while :; do sleep 0.05; done'], { stdio: ['ignore', 'pipe', 'ignore'] });
    await once(child.stdout, 'data');
    const gone = once(child, 'exit');
    await endProcess(markProcess(child.pid as number) as { pid: number; began: string }, 100);
    expect((await gone)[1]).toBe('SIGKILL');
  });
});

describe('the lock on providing Asterisk', () => {
  const never = new AbortController().signal;

  test('lets one at a time through, and tells the others that they wait', async () => {
    const file = path.join(folder, 'lock');
    const order: string[] = [];
    const waited: string[] = [];
    let open = () => {};
    const gate = new Promise<void>((resolve) => {
      open = resolve;
    });
    let inside = () => {};
    const entered = new Promise<void>((resolve) => {
      inside = resolve;
    });
    const first = withLock(
      file,
      () => waited.push('first'),
      never,
      async () => {
        inside();
        await gate;
        order.push('first');
      },
    );
    await entered;
    const second = withLock(
      file,
      () => (waited.push('second'), open()),
      never,
      async () => void order.push('second'),
    );
    await Promise.all([first, second]);
    expect({ order, waited }).toEqual({ order: ['first', 'second'], waited: ['second'] });
    expect(existsSync(file)).toBe(false);
  });

  test('is taken over from a process that died with it, and given back when the work fails', async () => {
    const file = path.join(folder, 'lock');
    writeFileSync(file, JSON.stringify({ pid: process.pid, began: 'in another life' }));
    const waited = () => expect.unreachable('the one that died is not waited for');
    await expect(withLock(file, waited, never, () => Promise.reject(new Error('work')))).rejects.toThrow('work');
    expect(existsSync(file)).toBe(false);
  });

  test('is not waited for after Ctrl-C', async () => {
    const file = path.join(folder, 'lock');
    writeFileSync(file, JSON.stringify(markProcess(process.pid)));
    const stop = new AbortController();
    await expect(
      withLock(
        file,
        () => stop.abort(new Error('stopped')),
        stop.signal,
        () => Promise.resolve(),
      ),
    ).rejects.toThrow('stopped');
    expect(JSON.parse(readFileSync(file, 'utf8'))).toEqual(markProcess(process.pid));
  });
});

test('a folder behind a closed one is not open to others', () => {
  chmodSync(folder, 0o700);
  mkdirSync(path.join(folder, 'data'));
  expect(openToOthers(path.join(folder, 'data', 'not-yet'))).toBe(false);
  chmodSync(folder, 0o711);
  expect(openToOthers(path.join(folder, 'data', 'not-yet'))).toBe(true);
});

test('the music for waiting callers is a WAV as Asterisk wants it, never overdriven, and the operator’s own wins', () => {
  const wav = melody();
  expect([wav.toString('latin1', 0, 4), wav.readUInt32LE(24), wav.readUInt16LE(22), wav.readUInt16LE(34)]).toEqual(['RIFF', 8000, 1, 16]);
  expect(wav.readUInt32LE(40)).toBe(wav.length - 44);
  const samples = new Int16Array(new Uint8Array(wav.subarray(44)).buffer);
  const peak = samples.reduce((most, sample) => Math.max(most, Math.abs(sample)), 0);
  expect(peak).toBeGreaterThan(1_000);
  expect(peak).toBeLessThan(8_000);
  const sounds = path.join(folder, 'sounds');
  const own = path.join(folder, 'own');
  expect(holdMusic(sounds, own)).toBe(own);
  mkdirSync(path.join(sounds, 'music'), { recursive: true });
  expect(holdMusic(sounds, own)).toBe(own);
  writeFileSync(path.join(sounds, 'music/piece.wav'), wav);
  expect(holdMusic(sounds, own)).toBe(path.join(sounds, 'music'));
});

test('logs that grew large are emptied with one copy kept, and old notes of ended calls go', () => {
  const now = Date.UTC(2026, 4, 20);
  writeFileSync(path.join(folder, 'messages.log'), Buffer.alloc(10_000_001, 'x'));
  writeFileSync(path.join(folder, 'console.log'), 'short');
  for (const day of ['20260512', '20260513', '20260520']) writeFileSync(path.join(folder, `ended-${day}.csv`), 'x');
  keepLogsSmall(folder, now);
  expect(readFileSync(path.join(folder, 'messages.log'), 'utf8')).toBe('');
  expect(readFileSync(path.join(folder, 'messages.log.old')).length).toBe(10_000_001);
  expect(readFileSync(path.join(folder, 'console.log'), 'utf8')).toBe('short');
  expect(['20260512', '20260513', '20260520'].filter((day) => existsSync(path.join(folder, `ended-${day}.csv`)))).toEqual([
    '20260513',
    '20260520',
  ]);
});
