import { execFileSync } from 'node:child_process';
import { once } from 'node:events';
import { chmodSync, existsSync, mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { createServer } from 'node:net';
import os from 'node:os';
import path from 'node:path';
import { pathToFileURL } from 'node:url';
import Database from 'better-sqlite3';
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import { isRunning } from '../../src/asterisk/provision/processes.ts';
import { type Ports, takePorts } from '../kit/ports.ts';
import { PROJECT, type Start, startSantral } from './start-kit.ts';

/** To ready, when nothing is missing. */
const SECOND_START_MS = 15_000;

let ports: Ports;
/** Those of the running test; what a failed one left is stopped after it. */
const starts: Start[] = [];
let data: string;
beforeAll(async () => {
  ports = await takePorts();
});
afterAll(() => ports.release());
beforeEach(() => {
  data = mkdtempSync(path.join(os.tmpdir(), 'santral-start-'));
  chmodSync(data, 0o755);
});
afterEach(async () => {
  for (const run of starts.splice(0)) {
    run.process.kill('SIGINT');
    await run.exit;
  }
  rmSync(data, { recursive: true, force: true });
});

function start(env: Record<string, string> = {}): Start {
  const run = startSantral({ data, ports, env });
  starts.push(run);
  return run;
}

/** Where the code lies that the engine runs. */
function buildOf(run: Start): string {
  const place = /\S+\/dist\/running\/\d+-\d+/.exec(readFileSync(`/proc/${run.marks().engine.pid}/cmdline`, 'utf8').replaceAll('\0', ' '));
  if (place === null) throw new Error('the engine runs no build of its own');
  return place[0];
}

const health = () => fetch(`http://127.0.0.1:${ports.http}/health`).then((answer) => answer.status);

describe('npm start', () => {
  test('gives an engine that serves, says where, and leaves nothing behind after Ctrl-C', async () => {
    const run = start();
    await run.until('Santral is ready.');
    expect(await health()).toBe(200);
    expect(run.said()).toContain(`http://127.0.0.1:${ports.http}/phone`);
    expect(run.said()).toContain(`sip:1000@127.0.0.1:${ports.sip}`);
    expect(run.said()).toMatch(/One-time password +\S{12,}/);
    const marks = Object.values(run.marks());
    expect(marks.map(isRunning)).toEqual([true, true, true]);
    // A build beside it changes dist/, not what this one reads.
    const build = buildOf(run);
    const [theirs, ours] = [path.join(build, 'dist/web/index.html'), path.join(PROJECT, 'dist/web/index.html')];
    const keeper = pathToFileURL(path.join(PROJECT, 'src/setup/private-build.mjs')).href;
    execFileSync(process.execPath, ['--input-type=module', '-e', `import { keepRunningBuilds } from '${keeper}'; keepRunningBuilds();`]);
    expect(statSync(theirs).ino).not.toBe(statSync(ours).ino);
    expect(readFileSync(theirs)).toEqual(readFileSync(ours));
    run.process.kill('SIGINT');
    expect(await run.exit).toBe(0);
    expect(marks.map(isRunning)).toEqual([false, false, false]);
    expect(existsSync(path.join(data, 'run.json'))).toBe(false);
    expect(existsSync(build)).toBe(false);

    const began = Date.now();
    const again = start();
    await again.until('Santral is ready.');
    expect(Date.now() - began).toBeLessThan(SECOND_START_MS);
    expect(again.said()).not.toContain('One-time password');
    again.process.kill('SIGTERM');
    expect(await again.exit).toBe(0);
  });

  test('starts the engine again after a crash while Asterisk stays up, and Asterisk after one of its own', async () => {
    const run = start();
    await run.until('Santral is ready.');
    const before = run.marks();
    process.kill(before.engine.pid, 'SIGKILL');
    await run.until('The engine ended; it is started again');
    await expect.poll(() => run.marks().engine.pid, { timeout: 30_000 }).not.toBe(before.engine.pid);
    await expect.poll(() => health().catch(() => 0), { timeout: 30_000 }).toBe(200);
    expect(isRunning(before.asterisk)).toBe(true);
    process.kill(before.asterisk.pid, 'SIGKILL');
    await run.until('Asterisk ended; it is started again');
    await expect.poll(() => run.marks().asterisk.pid, { timeout: 30_000 }).not.toBe(before.asterisk.pid);
    await expect.poll(() => health().catch(() => 0), { timeout: 30_000 }).toBe(200);
    const after = Object.values(run.marks());
    run.process.kill('SIGINT');
    expect(await run.exit).toBe(0);
    expect(after.map(isRunning)).toEqual([false, false, false]);
  });

  test('that is killed takes the engine and Asterisk with it, or the next start ends them', async () => {
    const run = start();
    await run.until('Santral is ready.');
    const { engine, asterisk } = run.marks();
    // An engine that hangs cannot notice.
    process.kill(engine.pid, 'SIGSTOP');
    run.process.kill('SIGKILL');
    await run.exit;
    expect(isRunning(engine)).toBe(true);
    const next = start();
    await next.until('Santral is ready.');
    expect(next.said()).toContain(`Ended process ${engine.pid}, left behind`);
    expect([engine, asterisk].map(isRunning)).toEqual([false, false]);
    next.process.kill('SIGINT');
    expect(await next.exit).toBe(0);
  });

  test('refuses a second start with the same data, and ports that are taken, naming them', async () => {
    const run = start();
    await run.until('Santral is ready.');
    const second = start();
    expect(await second.exit).toBe(1);
    expect(second.said()).toContain(`Santral is running already with the data directory ${data} (process ${run.process.pid})`);
    const elsewhere = start({ SANTRAL_DATA: path.join(data, 'other') });
    expect(await elsewhere.exit).toBe(1);
    expect(elsewhere.said()).toMatch(
      new RegExp(`${ports.http}/tcp \\(web pages and API\\) is in use by node \\(process \\d+\\): SANTRAL_HTTP_PORT`),
    );
    expect(elsewhere.said()).toMatch(new RegExp(`${ports.sip}/udp \\(SIP\\) is in use by asterisk \\(process \\d+\\): SANTRAL_SIP_PORT`));
    expect(elsewhere.said()).toMatch(/SANTRAL_ARI_PORT/);
    run.process.kill('SIGINT');
    expect(await run.exit).toBe(0);
  });

  test.each<[what: string, env: () => Record<string, string>, sentence: RegExp]>([
    ['a setting that cannot be used', () => ({ SANTRAL_MAX_CPS: 'many' }), /SANTRAL_MAX_CPS: must be a whole number/],
    ['a setting that does not exist', () => ({ SANTRAL_MAXCPS: '1' }), /SANTRAL_MAXCPS: there is no such setting/],
    [
      'two settings with one port',
      () => ({ SANTRAL_HTTP_PORT: String(ports.ari) }),
      /SANTRAL_HTTP_PORT and SANTRAL_ARI_PORT are the same port/,
    ],
    ['an address this machine does not have', () => ({ SANTRAL_HOST: '192.0.2.77' }), /cannot be had at 192\.0\.2\.77.*SANTRAL_HOST/],
    [
      'a data directory that cannot be',
      () => ({ SANTRAL_DATA: '/proc/santral' }),
      /data directory \/proc\/santral cannot be written.*SANTRAL_DATA/,
    ],
    ['a data directory that is a file', () => ({ SANTRAL_DATA: path.join(PROJECT, 'package.json') }), /cannot be written.*SANTRAL_DATA/],
    [
      'an Asterisk folder that holds something else',
      () => ({ SANTRAL_ASTERISK_DIST: foreignFolder() }),
      /exists and holds something else\. Empty it, or choose another folder by SANTRAL_ASTERISK_DIST/,
    ],
    [
      'a mirror that cannot be reached',
      () => ({ SANTRAL_ASTERISK_DIST: path.join(data, 'dist'), SANTRAL_DEBIAN_MIRROR: 'http://127.0.0.1:9/debian' }),
      /could not be provided: Debian's package could not be had:[\s\S]*127\.0\.0\.1:9[\s\S]*SANTRAL_DEBIAN_MIRROR/,
    ],
  ])('with %s ends with a sentence that says what to do', async (_what, env, sentence) => {
    const run = start(env());
    expect(await run.exit).toBe(1);
    expect(run.said()).toMatch(sentence);
    expect(run.said()).not.toMatch(/\n {4}at /);
  });

  test('ends at once on Ctrl-C while Asterisk is being fetched, and goes on from there the next time', async () => {
    const server = createServer();
    const connected = once(server, 'connection');
    await new Promise<void>((resolve) => {
      server.listen(0, '127.0.0.1', resolve);
    });
    const { port } = server.address() as { port: number };
    const dist = path.join(data, 'dist');
    const run = start({ SANTRAL_ASTERISK_DIST: dist, SANTRAL_DEBIAN_MIRROR: `http://127.0.0.1:${port}/debian` });
    await connected;
    run.process.kill('SIGINT');
    expect(await run.exit).toBe(0);
    server.close();
    expect(existsSync(dist)).toBe(false);
    expect(readdirSync(`${dist}.partial`)).toContain('apt');
    expect(existsSync(`${dist}.lock`)).toBe(false);
  });

  test('refuses the database of a newer Santral, says so, and leaves it as it is', async () => {
    const file = path.join(data, 'santral.db');
    const later = new Database(file);
    later.exec('create table schema_version (version integer primary key, name text not null, applied_at integer not null) strict');
    later.exec("insert into schema_version values (9999, 'of later', 0)");
    later.close();
    const run = start();
    expect(await run.exit).toBe(1);
    expect(run.said()).toMatch(/has schema version 9999.*Start that newer version, or restore a backup/);
    expect(run.said()).not.toContain('Santral is ready');
    const kept = new Database(file, { readonly: true });
    expect(kept.prepare('select version from schema_version').all()).toEqual([{ version: 9999 }]);
    kept.close();
  });

  test('names a number that numbers.yaml has', async () => {
    const flows = path.join(data, 'flows');
    mkdirSync(flows);
    const flow = 'flow: main\ntitle: { tr: x, en: x }\nstart: bye\nnodes:\n  bye: { type: hangup, prompt: { text: { tr: x, en: x } } }\n';
    writeFileSync(path.join(flows, 'main.yaml'), flow);
    writeFileSync(path.join(flows, 'numbers.yaml'), 'numbers:\n  "*": { flow: main }\n  "4444": { flow: main }\n');
    const run = start({ SANTRAL_FLOWS: flows, SANTRAL_DEMO: 'off' });
    await run.until(`sip:4444@127.0.0.1:${ports.sip} (dial 4444)`);
    run.process.kill('SIGINT');
    expect(await run.exit).toBe(0);
  });

  test('says why the engine does not start, and leaves nothing behind', async () => {
    const run = start({ DATABASE_URL: 'postgresql://nobody@127.0.0.1:9/none' });
    expect(await run.exit).toBe(1);
    expect(run.said()).toMatch(/database/i);
    expect(run.said()).toContain('The engine did not start');
    expect(run.said()).not.toContain('Santral is ready');
  });
});

function foreignFolder(): string {
  const folder = path.join(data, 'foreign');
  mkdirSync(folder);
  writeFileSync(path.join(folder, 'letter.txt'), 'not ours');
  return folder;
}
