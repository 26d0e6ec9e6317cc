import { existsSync, mkdirSync, readdirSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { interrupted, lastLines, run, SetupError, step } from './steps.mjs';

/** @typedef {{ package: string, why: string, there: () => boolean }} Need */

/** @param {string} name */
const program = (name) => (process.env['PATH'] ?? '').split(':').some((folder) => folder !== '' && existsSync(path.join(folder, name)));
/** Where Debian keeps what sox reads beside plain sound, per architecture. */
const LIBRARIES = '/usr/lib';
const soxReadsMp3 = () =>
  existsSync(LIBRARIES) && readdirSync(LIBRARIES).some((folder) => existsSync(path.join(LIBRARIES, folder, 'sox/libsox_fmt_mp3.so')));
/** @type {readonly Need[]} */
const UPLOADS = [
  { package: 'sox', why: 'reads uploaded recordings', there: () => program('sox') },
  { package: 'libsox-fmt-mp3', why: 'reads uploaded MP3', there: soxReadsMp3 },
  { package: 'opus-tools', why: 'reads uploaded Ogg Opus', there: () => program('opusdec') },
];
/** Nobody waits longer than this for what is not needed. */
const EXTRAS_MS = 120_000;
const POSTGRES = '/usr/lib/postgresql';

/** What is looked for, per kind of need. Looking takes a millisecond: it is done at every start. @type {Record<string, readonly Need[]>} */
const NEEDS = {
  run: [{ package: 'espeak-ng', why: 'speaks the prompts', there: () => process.env['SANTRAL_VOICE'] === 'http' || program('espeak-ng') }],
  compile: [
    { package: 'python3', why: 'compiles the database driver', there: () => program('python3') },
    { package: 'make', why: 'compiles the database driver', there: () => program('make') },
    { package: 'g++', why: 'compiles the database driver', there: () => program('g++') },
  ],
  test: [
    ...UPLOADS,
    { package: 'sip-tester', why: 'SIPp, the callers of the tests', there: () => program('sipp') },
    { package: 'chromium', why: 'the browser of the tests', there: () => program('chromium') },
    {
      package: 'postgresql',
      why: 'the other database of the tests',
      there: () => existsSync(POSTGRES) && readdirSync(POSTGRES).some((version) => existsSync(path.join(POSTGRES, version, 'bin/initdb'))),
    },
  ],
  bench: [{ package: 'sip-tester', why: 'SIPp, the callers of the bench', there: () => program('sipp') }],
};

/** Installs what is missing where we may; otherwise says the one command and stops. @param {readonly (keyof typeof NEEDS)[]} kinds */
export async function debianPackages(kinds) {
  const missing = kinds.flatMap((kind) => NEEDS[kind] ?? []).filter((need) => !need.there());
  if (missing.length === 0) return;
  const names = [...new Set(missing.map((need) => need.package))];
  const prefix = await rightToInstall();
  if (prefix === undefined) throw new SetupError(`${list(missing)}\nInstall with this command, then start again:\n\n  ${byHand(names)}\n`);
  await step(`Installing ${names.join(', ')}`, async () => {
    if (names.includes('postgresql')) keepServerOff(prefix);
    // Lists may be old or missing: they are read again only when the first try fails.
    if ((await install(prefix, names)).code === 0) return;
    const env = ['env', 'DEBIAN_FRONTEND=noninteractive'];
    await run([...prefix, ...env, 'apt-get', 'update', '-q']);
    const { code, output } = await install(prefix, names);
    if (code !== 0)
      throw new SetupError(`apt-get could not install ${names.join(', ')}:\n${lastLines(output, 12)}\nBy hand:\n\n  ${byHand(names)}\n`);
  });
  interrupted.throwIfAborted();
}

/**
 * What the engine uses where it is there, and does without where it is not: nothing stops for it. Without them recordings
 * are uploaded as WAV.
 */
export async function debianExtras() {
  const missing = UPLOADS.filter((need) => !need.there());
  if (missing.length === 0) return;
  const names = missing.map((need) => need.package);
  const prefix = await rightToInstall();
  const without = `Going on without ${names.join(', ')}: recordings can be uploaded as WAV only. By hand: ${byHand(names)}`;
  if (prefix === undefined) {
    console.error(`• ${without}`);
    return;
  }
  await step(`Installing ${names.join(', ')}`, async () => {
    if ((await install(prefix, names, EXTRAS_MS)).code === 0) return;
    await run([...prefix, 'env', 'DEBIAN_FRONTEND=noninteractive', 'apt-get', 'update', '-q'], { timeoutMs: EXTRAS_MS });
    if ((await install(prefix, names, EXTRAS_MS)).code !== 0) console.error(`  ${without}`);
  });
}

/** @param {readonly string[]} prefix @param {readonly string[]} names @param {number} [timeoutMs] */
function install(prefix, names, timeoutMs) {
  const options = ['-y', '-q', '--no-install-recommends', '-o', 'DPkg::Lock::Timeout=120'];
  return run(
    [...prefix, 'env', 'DEBIAN_FRONTEND=noninteractive', 'apt-get', 'install', ...options, ...names],
    timeoutMs === undefined ? {} : { timeoutMs },
  );
}

/** What to put before a command: nothing for root, sudo where it asks no password; undefined when we may not. */
async function rightToInstall() {
  if (process.env['SANTRAL_NO_INSTALL'] === '1' || !program('apt-get')) return undefined;
  if (process.getuid?.() === 0) return [];
  return program('sudo') && (await run(['sudo', '-n', 'true'])).code === 0 ? ['sudo', '-n'] : undefined;
}

/** Debian's PostgreSQL starts a server on port 5432 when it is installed; the tests start their own, so none is wanted. @param {readonly string[]} prefix */
function keepServerOff(prefix) {
  const folder = '/etc/postgresql-common';
  const file = path.join(folder, 'createcluster.conf');
  if (prefix.length > 0 || existsSync(file)) return;
  mkdirSync(folder, { recursive: true });
  writeFileSync(file, '# Written by the set-up of Santral: its tests start servers of their own.\ncreate_main_cluster = false\n');
}

/** @param {readonly Need[]} missing */
function list(missing) {
  return ['These Debian packages are missing:', ...missing.map((need) => `  ${need.package}: ${need.why}`)].join('\n');
}

/** @param {readonly string[]} names */
function byHand(names) {
  const sudo = process.getuid?.() === 0 ? '' : 'sudo ';
  return `${sudo}apt-get update && ${sudo}apt-get install -y --no-install-recommends ${names.join(' ')}`;
}
