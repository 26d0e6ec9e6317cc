import { createRequire } from 'node:module';
import { Worker } from 'node:worker_threads';
import type { Log } from '../../ports/log.ts';

const CHECKPOINT_EVERY_MS = 1000;
/** Above this many pages (64 MB) the WAL is started anew, for which writers wait a moment. */
const RESTART_PAGES = 16_384;
const RESTART_WAIT_MS = 500;

/** Moves the WAL's pages into the database file, in a thread of its own. */
export interface Checkpointer {
  stop(): Promise<void>;
}

/**
 * SQLite checkpoints within a commit by default, and its fsync then stands in the way of every call (5 to 40 ms, twice a
 * second at 40 calls/s). Here a thread does it with its own connection, which no commit waits for.
 */
export function startCheckpointer(file: string, log: Log): Checkpointer {
  const library = createRequire(import.meta.url).resolve('better-sqlite3');
  const settings = { file, library, everyMs: CHECKPOINT_EVERY_MS, restartPages: RESTART_PAGES, restartWaitMs: RESTART_WAIT_MS };
  const worker = new Worker(THREAD, { eval: true, workerData: settings });
  worker.unref();
  const ended = new Promise<void>((resolve) => worker.once('exit', () => resolve()));
  worker.on('message', (reason: string) => log.warn({ file, reason }, 'checkpoint of the database failed; it is tried again'));
  worker.on('error', (error) => log.error({ file, reason: error.message }, 'checkpoint thread ended; commits do it again themselves'));
  return {
    stop: async () => {
      worker.ref();
      // oxlint-disable-next-line unicorn/require-post-message-target-origin -- a thread, not a window
      worker.postMessage('stop');
      await ended;
    },
  };
}

/**
 * The thread's program, as text because a worker's file would need another path in each of source, tests and build.
 * One connection for as long as the file is the same one: a new connection reads the whole schema first, which costs more
 * than the checkpoint. A WAL that did not change since the last one is left alone.
 */
const THREAD = `
const { parentPort, workerData } = require('node:worker_threads');
const { statSync } = require('node:fs');
const Database = require(workerData.library);
let seen = 0, failing = false, open;
function connection() {
  const { ino } = statSync(workerData.file);
  if (open !== undefined && open.ino !== ino) close();
  if (open === undefined) {
    const db = new Database(workerData.file, { fileMustExist: true, timeout: workerData.restartWaitMs });
    open = { ino, db, passive: db.prepare('pragma wal_checkpoint(PASSIVE)'), restart: db.prepare('pragma wal_checkpoint(RESTART)') };
  }
  return open;
}
function close() {
  const before = open;
  open = undefined;
  before?.db.close();
}
function checkpoint() {
  try {
    const changed = statSync(workerData.file + '-wal', { throwIfNoEntry: false })?.mtimeMs ?? 0;
    if (changed === seen) return;
    const { passive, restart } = connection();
    if (passive.get().log > workerData.restartPages) restart.get();
    seen = changed;
    failing = false;
  } catch (error) {
    if (!failing) parentPort.postMessage(String(error.code ?? error.message));
    failing = true;
    close();
  }
}
const timer = setInterval(checkpoint, workerData.everyMs);
parentPort.once('message', () => { clearInterval(timer); close(); });
`;
