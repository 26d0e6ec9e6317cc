import { spawn } from 'node:child_process';
import path from 'node:path';
import { fileURLToPath, pathToFileURL } from 'node:url';

/** Top of the project. */
export const PROJECT = fileURLToPath(new URL('../..', import.meta.url));

/** A module that the build made. @param {string} file within dist/ */
export function fromDist(file) {
  return import(pathToFileURL(path.join(PROJECT, 'dist', file)).href);
}

/** What stops the set-up: `message` says what to do. */
export class SetupError extends Error {}

/** Aborted by the first Ctrl-C; every step and program under it ends. */
const interrupt = new AbortController();
export const interrupted = interrupt.signal;

const onSignal = () => interrupt.abort();
const SIGNALS = /** @type {const} */ (['SIGINT', 'SIGTERM']);

/** Runs a command of package.json: its exit code, or a sentence and 1; 130 after Ctrl-C. @param {() => Promise<number>} work */
export async function main(work) {
  for (const signal of SIGNALS) process.on(signal, onSignal);
  try {
    process.exitCode = await work();
  } catch (error) {
    if (error instanceof SetupError) {
      console.error(`\n${error.message}`);
      process.exitCode = 1;
      // What runs beside the step that failed ends, too.
      interrupt.abort();
    } else if (interrupted.aborted) {
      console.error('\nInterrupted. Start again to go on from here.');
      process.exitCode = 130;
    } else throw error;
  } finally {
    releaseSignals();
  }
}

/** From here on somebody else looks after Ctrl-C. */
export function releaseSignals() {
  for (const signal of SIGNALS) process.off(signal, onSignal);
}

/**
 * One step that takes a while: says so, and how long it took.
 * @template T @param {string} title @param {() => Promise<T>} work @returns {Promise<T>}
 */
export async function step(title, work) {
  interrupted.throwIfAborted();
  const began = Date.now();
  console.error(`• ${title} …`);
  const result = await work();
  console.error(`  done in ${((Date.now() - began) / 1000).toFixed(1)} s`);
  return result;
}

const STILL_RUNNING_MS = 15_000;

/**
 * Runs a program to its end. Quiet ones are heard only when they fail; Ctrl-C ends them.
 * @param {readonly string[]} command
 * @param {{ env?: NodeJS.ProcessEnv, quiet?: boolean, cwd?: string, timeoutMs?: number }} [options]
 * @returns {Promise<{ code: number, output: string }>}
 */
export function run(command, { env = process.env, quiet = true, cwd = PROJECT, timeoutMs } = {}) {
  interrupted.throwIfAborted();
  const began = Date.now();
  return new Promise((resolve, reject) => {
    // Quiet ones get a process group of their own, so that what they started (compilers) ends with them.
    const stdio = /** @type {import('node:child_process').StdioOptions} */ (quiet ? ['ignore', 'pipe', 'pipe'] : 'inherit');
    const child = spawn(command[0] ?? '', command.slice(1), { cwd, env, stdio, detached: quiet });
    /** @param {NodeJS.Signals} signal */
    const kill = (signal) => {
      if (quiet && child.pid !== undefined) process.kill(-child.pid, signal);
      else child.kill(signal);
    };
    let output = '';
    for (const stream of [child.stdout, child.stderr]) stream?.setEncoding('utf8').on('data', (text) => (output += text));
    const ticker = setInterval(() => {
      if (quiet) console.error(`  … ${path.basename(command[0] ?? '')} is at it for ${Math.round((Date.now() - began) / 1000)} s`);
    }, STILL_RUNNING_MS);
    const limit = timeoutMs === undefined ? undefined : setTimeout(() => kill('SIGKILL'), timeoutMs);
    const stop = () => kill('SIGTERM');
    interrupted.addEventListener('abort', stop);
    /** @param {number} code */
    const end = (code) => {
      clearInterval(ticker);
      clearTimeout(limit);
      interrupted.removeEventListener('abort', stop);
      if (interrupted.aborted) reject(interrupted.reason);
      else resolve({ code, output });
    };
    child.once('error', (error) => {
      output += error.message;
      end(127);
    });
    child.once('close', (code) => end(code ?? 1));
  });
}

/** Like `run`, but a failure stops the set-up with that sentence and the program's last words. @param {readonly string[]} command @param {string} sentence @param {Parameters<typeof run>[1]} [options] */
export async function must(command, sentence, options) {
  const { code, output } = await run(command, options);
  if (code !== 0) throw new SetupError(`${sentence}\n${lastLines(output, 25)}`);
  return output;
}

/** @param {string} text @param {number} count */
export function lastLines(text, count) {
  return text.trim().split('\n').slice(-count).join('\n');
}
