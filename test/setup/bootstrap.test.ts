import { spawn } from 'node:child_process';
import { chmodSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { fileURLToPath, pathToFileURL } from 'node:url';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';

const SETUP = fileURLToPath(new URL('../../src/setup', import.meta.url));
let folder: string;
beforeEach(() => {
  folder = mkdtempSync(path.join(os.tmpdir(), 'santral-bootstrap-'));
});
afterEach(() => rmSync(folder, { recursive: true, force: true }));

function node(script: string, env: Record<string, string>): Promise<{ readonly code: number | null; readonly said: string }> {
  return new Promise((resolve) => {
    const child = spawn(process.execPath, ['--input-type=module', '-e', script], { env, stdio: ['ignore', 'pipe', 'pipe'] });
    let said = '';
    for (const stream of [child.stdout, child.stderr]) stream.setEncoding('utf8').on('data', (text: string) => (said += text));
    child.once('close', (code) => resolve({ code, said }));
  });
}

/** Runs the step of the Debian packages alone, on a machine whose programs are those of `folder`. */
function debianPackages(kinds: string, env: Record<string, string> = {}) {
  return setUp(`debianPackages(${kinds})`, env);
}

function setUp(call: string, env: Record<string, string> = {}) {
  const module = (name: string) => pathToFileURL(path.join(SETUP, name)).href;
  const script = `import { main } from '${module('steps.mjs')}'; import { debianExtras, debianPackages } from '${module('debian-packages.mjs')}';
    await main(async () => { await ${call}; return 0; });`;
  return node(script, { PATH: folder, ...env });
}

/** A program of that machine: notes how it was called, then runs the lines. */
function program(name: string, lines = ''): void {
  const file = path.join(folder, name);
  writeFileSync(file, `#!/bin/sh\necho "${name} $*" >> ${folder}/calls\n${lines}\n`);
  chmodSync(file, 0o755);
}

const calls = () => readFileSync(path.join(folder, 'calls'), 'utf8').trim().split('\n');

describe('missing Debian packages', () => {
  test('are named with the one command to run, where nothing may be installed', async () => {
    program('apt-get');
    const { code, said } = await debianPackages("['run', 'compile']", { SANTRAL_NO_INSTALL: '1' });
    expect(code).toBe(1);
    expect(said).toContain('espeak-ng: speaks the prompts');
    expect(said).toMatch(
      /^ {2}(sudo )?apt-get update && (sudo )?apt-get install -y --no-install-recommends espeak-ng python3 make g\+\+$/m,
    );
    expect(() => calls()).toThrow();
  });

  test('are named where there is no apt at all', async () => {
    const { code, said } = await debianPackages("['bench']");
    expect(code).toBe(1);
    expect(said).toContain('sip-tester: SIPp');
  });

  test('are installed where the user may, without recommended ones, and the lists are read again only when needed', async () => {
    program('env', 'while [ $# -gt 0 ]; do case "$1" in *=*) shift;; *) break;; esac; done; exec "$@"');
    program('sudo', '[ "$1" = -n ] && shift; exec "$@"');
    program('true');
    program(
      'apt-get',
      `if [ "$1" = update ]; then : > ${folder}/fresh; elif [ ! -e ${folder}/fresh ]; then echo 'E: Unable to locate package' >&2; exit 100; fi`,
    );
    const { code, said } = await debianPackages("['bench']");
    expect({ code, said }).toEqual({ code: 0, said: expect.stringContaining('Installing sip-tester') });
    const apt = calls().filter((call) => call.startsWith('apt-get'));
    expect(apt.map((call) => call.split(' ')[1])).toEqual(['install', 'update', 'install']);
    expect(apt[0]).toMatch(/--no-install-recommends .*sip-tester$/);
  });

  test('that cannot be installed stop the set-up with apt’s own words', async () => {
    program('env', 'while [ $# -gt 0 ]; do case "$1" in *=*) shift;; *) break;; esac; done; exec "$@"');
    program('sudo', '[ "$1" = -n ] && shift; exec "$@"');
    program('true');
    program('apt-get', "echo 'E: Could not resolve mirror.example' >&2; exit 100");
    const { code, said } = await debianPackages("['run']");
    expect(code).toBe(1);
    expect(said).toContain('E: Could not resolve mirror.example');
    expect(said).toContain('apt-get install -y --no-install-recommends espeak-ng');
  });

  test('cost nothing when none is missing', async () => {
    program('espeak-ng');
    program('sipp');
    const { code, said } = await debianPackages("['run', 'bench']");
    expect({ code, said }).toEqual({ code: 0, said: '' });
    expect((await debianPackages("['run']", { SANTRAL_VOICE: 'http', PATH: '/nowhere' })).code).toBe(0);
  });
});

describe('packages that the engine can do without', () => {
  const mine = () => calls().filter((call) => call.startsWith('apt-get'));

  test('are named in one line, where nothing may be installed', async () => {
    const { code, said } = await setUp('debianExtras()', { SANTRAL_NO_INSTALL: '1' });
    expect(code).toBe(0);
    expect(said).toMatch(/^• Going on without sox.*opus-tools: .*WAV only.*apt-get install -y --no-install-recommends sox/m);
  });

  test('are installed where the user may; apt’s failure stops nothing', async () => {
    program('env', 'while [ $# -gt 0 ]; do case "$1" in *=*) shift;; *) break;; esac; done; exec "$@"');
    program('sudo', '[ "$1" = -n ] && shift; exec "$@"');
    program('true');
    program('apt-get', "echo 'E: Could not resolve mirror.example' >&2; exit 100");
    const { code, said } = await setUp('debianExtras()');
    expect(code).toBe(0);
    expect(said).toContain('recordings can be uploaded as WAV only');
    expect(mine().map((call) => call.split(' ')[1])).toEqual(['install', 'update', 'install']);
    expect(mine()[0]).toMatch(/sox .*opus-tools$/);
  });
});

describe('an old Node', () => {
  test.each(['16.20.2', '18.20.4', '20.18.3'])('%s is told which one is needed', async (version) => {
    const script = `Object.defineProperty(process.versions, 'node', { value: '${version}' }); await import('${pathToFileURL(path.join(SETUP, 'node-version.mjs')).href}');`;
    const { code, said } = await node(script, {});
    expect(code).toBe(1);
    expect(said).toContain(`Santral needs Node 20.19 or newer; this is ${version}`);
  });

  test.each(['20.19.0', '22.1.0', '24.0.0'])('%s will do', async (version) => {
    const script = `Object.defineProperty(process.versions, 'node', { value: '${version}' }); await import('${pathToFileURL(path.join(SETUP, 'node-version.mjs')).href}');`;
    expect(await node(script, {})).toEqual({ code: 0, said: '' });
  });
});
