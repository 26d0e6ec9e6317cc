import { linkSync, mkdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { setTimeout as wait } from 'node:timers/promises';
import { interrupted, PROJECT } from './steps.mjs';

const LOCK = path.join(PROJECT, 'var/.setup.lock');
const LOOK_AGAIN_MS = 200;

/**
 * Two commands started at once must not both fill node_modules and dist/: the second waits.
 * @template T @param {() => T | Promise<T>} work @returns {Promise<T>}
 */
export async function oneAtATime(work) {
  let locked;
  for (let told = false; !(locked = take()); ) {
    if (!told) console.error('Another command is setting up; waiting for it.');
    told = true;
    await wait(LOOK_AGAIN_MS, undefined, { signal: interrupted });
  }
  try {
    return await work();
  } finally {
    if (locked === 'mine') rmSync(LOCK, { force: true });
  }
}

/** 'mine', or 'nobody' where the project's folder is read-only (then nothing can be missing), or false while somebody else has it. */
function take() {
  const fresh = `${LOCK}.${process.pid}`;
  try {
    mkdirSync(path.dirname(LOCK), { recursive: true, mode: 0o711 });
    writeFileSync(fresh, `${process.pid} ${beganAt(process.pid)}`);
  } catch {
    return 'nobody';
  }
  try {
    linkSync(fresh, LOCK);
    return 'mine';
  } catch (error) {
    // Some file systems know no links: better two at once than none at all.
    if (/** @type {NodeJS.ErrnoException} */ (error).code !== 'EEXIST') return 'nobody';
    if (holderLives()) return false;
    rmSync(LOCK, { force: true });
    return take();
  } finally {
    rmSync(fresh, { force: true });
  }
}

function holderLives() {
  try {
    const [pid, began] = readFileSync(LOCK, 'utf8').split(' ');
    return beganAt(pid ?? '') === began;
  } catch {
    return false;
  }
}

/** When a process began, in clock ticks since the machine did: tells it from a later one with its number. @param {number | string} pid */
export function beganAt(pid) {
  const text = readFileSync(`/proc/${pid}/stat`, 'utf8');
  return text.slice(text.lastIndexOf(')') + 2).split(' ')[19];
}
