import { createHash } from 'node:crypto';
import { copyFileSync, existsSync, mkdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { debianPackages } from './debian-packages.mjs';
import { lastLines, must, PROJECT, run, SetupError, step } from './steps.mjs';

const MODULES = path.join(PROJECT, 'node_modules');
/** Says for which lock file and which Node the modules were made. */
const MARKER = path.join(MODULES, '.santral.json');
const LOCK = path.join(PROJECT, 'package-lock.json');
const PREBUILT_MS = 60_000;
const OLDEST_NPM = 10;

/** Brings node_modules to what package-lock.json says. */
export async function npmPackages() {
  if (read(MARKER) === wantedModules()) return;
  if (!matchesLock()) {
    rmSync(MARKER, { force: true });
    // Scripts of packages do not run; the one that is needed is run below, with a reason when it fails.
    await step('Fetching npm packages', () => npm(['ci', '--ignore-scripts'], 'npm could not fetch the packages:'));
  }
}

/** Makes the database driver fit this Node; done while the code is built, because it can take minutes. */
export async function databaseDriver() {
  const wanted = wantedModules();
  if (read(MARKER) === wanted) return;
  if (!(await driverLoads())) await buildDriver();
  writeFileSync(MARKER, wanted);
}

function wantedModules() {
  return JSON.stringify({ lock: hashOf(readFileSync(LOCK)), abi: process.versions.modules, arch: process.arch });
}

/** Whether somebody's own `npm install` already gave what the lock file says. */
function matchesLock() {
  const there = parse(read(path.join(MODULES, '.package-lock.json')))?.packages;
  const wanted = parse(read(LOCK))?.packages;
  if (there === undefined || wanted === undefined) return false;
  return Object.entries(wanted).every(([place, { version, integrity, optional, link }]) => {
    if (place === '' || optional === true || link === true) return true;
    const found = there[place];
    return found !== undefined && found.version === version && (found.integrity === undefined || found.integrity === integrity);
  });
}

/** Leaves only what the engine needs at run time; for the Docker image. */
export async function dropDevelopmentPackages() {
  await npm(['prune', '--omit=dev', '--ignore-scripts'], 'npm could not drop the development packages:');
}

/** @param {readonly string[]} words @param {string} sentence @param {NodeJS.ProcessEnv} [env] */
async function npm(words, sentence, env = process.env) {
  // Not started within the project: an old npm would look at its lock file before it fetches the newer npm.
  await must([...(await npmCommand()), '--prefix', PROJECT, ...words, '--no-audit', '--no-fund'], sentence, { cwd: os.tmpdir(), env });
}

/** This machine's npm; one older than 10 (Debian's) cannot read our lock file and is made to fetch a newer one for this once. */
async function npmCommand() {
  const { code, output } = await run(['npm', '--version']);
  if (code !== 0) throw new SetupError('npm is missing. Install it (it comes with Node from https://nodejs.org), then start again.');
  const major = Number(/^(\d+)\.\d+\.\d+/m.exec(output)?.[1]);
  return major >= OLDEST_NPM ? ['npm'] : ['npm', 'exec', '--yes', `--package=npm@${OLDEST_NPM}`, '--', 'npm'];
}

async function driverLoads() {
  return (await run([process.execPath, '-e', "new (require('better-sqlite3'))(':memory:').close()"])).code === 0;
}

/** A prebuilt file where one fits this machine, else compiled here (about a minute). */
async function buildDriver() {
  const folder = path.join(MODULES, 'better-sqlite3');
  const file = path.join(folder, 'build/Release/better_sqlite3.node');
  const kept = keptDriver(folder);
  if (existsSync(kept)) {
    mkdirSync(path.dirname(file), { recursive: true });
    copyFileSync(kept, file);
    if (await driverLoads()) return;
  }
  const prebuilt = path.join(MODULES, '.bin/prebuild-install');
  if (existsSync(prebuilt)) {
    await step('Fetching the database driver', () => run([prebuilt], { cwd: folder, timeoutMs: PREBUILT_MS }));
    if (await driverLoads()) return;
  }
  await debianPackages(['compile']);
  await step('Compiling the database driver (a minute or two; there is no prebuilt one for this machine)', () =>
    npm(['rebuild', 'better-sqlite3', '--foreground-scripts'], 'better-sqlite3 could not be compiled:', withHeaders()),
  );
  const { code, output } = await run([process.execPath, '-e', "require('better-sqlite3')(':memory:')"]);
  if (code !== 0) throw new SetupError(`better-sqlite3 was compiled but does not load:\n${lastLines(output, 8)}`);
  mkdirSync(path.dirname(kept), { recursive: true });
  copyFileSync(file, kept);
}

/** A compiled driver is kept beside npm's own cache: `npm ci` empties node_modules at every change of the lock file. @param {string} folder */
function keptDriver(folder) {
  const { version } = JSON.parse(readFileSync(path.join(folder, 'package.json'), 'utf8'));
  const cache = process.env['XDG_CACHE_HOME'] ?? path.join(os.homedir(), '.cache');
  return path.join(cache, 'santral', `better-sqlite3-${version}-${process.platform}-${process.arch}-abi${process.versions.modules}.node`);
}

/** Node's own headers where they lie beside it, so that they need not be downloaded. */
function withHeaders() {
  const home = path.resolve(process.execPath, '../..');
  const env = { ...process.env, npm_config_jobs: 'max' };
  return existsSync(path.join(home, 'include/node/node.h')) ? { ...env, npm_config_nodedir: home } : env;
}

/** @param {string} file */
function read(file) {
  try {
    return readFileSync(file, 'utf8');
  } catch {
    return undefined;
  }
}

/** @param {string | undefined} text @returns {{ packages?: Record<string, { version?: string, integrity?: string, optional?: boolean, link?: boolean }> } | undefined} */
function parse(text) {
  try {
    return text === undefined ? undefined : JSON.parse(text);
  } catch {
    return undefined;
  }
}

/** @param {Buffer} content */
function hashOf(content) {
  return createHash('sha256').update(content).digest('hex');
}
