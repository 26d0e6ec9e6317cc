import { copyFileSync, cpSync, existsSync, linkSync, mkdirSync, readdirSync, readFileSync, renameSync, rmSync, statSync } from 'node:fs';
import path from 'node:path';
import { beganAt } from './one-at-a-time.mjs';
import { PROJECT } from './steps.mjs';

const DIST = path.join(PROJECT, 'dist');
/** Under dist/, so that a clean build takes it away, and the packages are found as they are from there. */
const RUNNING = path.join(DIST, 'running');
/** What the build looks for beside itself. */
const BESIDE = ['package.json', 'asterisk-config'];

/**
 * The build under names of its own, for one running engine: what is built beside it later (`keepRunningBuilds`) can't touch its
 * pages and its code that is read late. Gives that dist/, or dist/ itself where the project's folder is read-only.
 */
export function privateBuild() {
  dropOldBuilds();
  const here = path.join(RUNNING, `${process.pid}-${beganAt(process.pid)}`);
  try {
    mkdirSync(here, { recursive: true });
    for (const name of BESIDE) cpSync(path.join(PROJECT, name), path.join(here, name), { recursive: true });
    linkTree(DIST, path.join(here, 'dist'));
  } catch (error) {
    rmSync(here, { recursive: true, force: true });
    if (!['EROFS', 'EACCES', 'EPERM'].includes(/** @type {NodeJS.ErrnoException} */ (error).code ?? '')) throw error;
    return { dist: DIST, drop: () => undefined };
  }
  return { dist: path.join(here, 'dist'), drop: () => rmSync(here, { recursive: true, force: true }) };
}

/** Before a build, which writes into the files that are there: those that a running engine reads as well become two. */
export function keepRunningBuilds() {
  dropOldBuilds();
  if (!existsSync(RUNNING) || readdirSync(RUNNING).length === 0) return;
  for (const file of filesIn(DIST)) {
    const place = path.join(DIST, file);
    if (statSync(place).nlink < 2) continue;
    copyFileSync(place, `${place}.part`);
    renameSync(`${place}.part`, place);
  }
}

/** Links, because copying two thousand files would be half of the time that a start takes. @param {string} from @param {string} to */
function linkTree(from, to) {
  for (const file of filesIn(from)) {
    const place = path.join(to, file);
    mkdirSync(path.dirname(place), { recursive: true });
    linkSync(path.join(from, file), place);
  }
}

/** What runs: neither the builds of running engines nor what is for tools only. @param {string} place @returns {string[]} */
function filesIn(place, under = '') {
  return readdirSync(path.join(place, under), { withFileTypes: true }).flatMap((entry) => {
    const name = path.join(under, entry.name);
    if (name === 'running' || name.startsWith('.') || name.endsWith('.map')) return [];
    return entry.isDirectory() ? filesIn(place, name) : [name];
  });
}

/** Of starts that were killed, once nobody runs from them any more: an engine may outlive its launcher. */
function dropOldBuilds() {
  if (!existsSync(RUNNING)) return;
  const commands = readdirSync('/proc')
    .filter((name) => /^\d+$/.test(name))
    .map(commandOf);
  for (const name of readdirSync(RUNNING)) {
    const [pid = '', began] = name.split('-');
    const place = path.join(RUNNING, name);
    if (!isRunning(pid, began) && !commands.some((command) => command.includes(place))) rmSync(place, { recursive: true, force: true });
  }
}

/** @param {string} pid */
function commandOf(pid) {
  try {
    return readFileSync(`/proc/${pid}/cmdline`, 'utf8');
  } catch {
    return '';
  }
}

/** @param {string} pid @param {string | undefined} began */
function isRunning(pid, began) {
  try {
    return beganAt(pid) === began;
  } catch {
    return false;
  }
}
