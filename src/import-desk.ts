import type { Worker } from 'node:worker_threads';
import { type ErrorCode, SantralError } from './domain/errors.ts';
import type { ThreadMessage, ThreadOrder } from './import-thread.ts';
import type { ImportReader, StagedRow } from './services/importer/import-job.ts';
import type { PreparedBatch, TablePreview } from './services/importer/prepare.ts';
import { startThread } from './start-thread.ts';

/** The parser's own share; beyond it the thread fails alone, and the engine goes on. */
const MOST_MEGABYTES = 512;
/** Of it for what lives a moment only, as almost everything of a row does: by itself it would take three times as much. */
const YOUNG_MEGABYTES = 16;

/** Reads every file in a thread of its own, which is gone when the file has been read or nobody wants the rest. */
export function threadReader(): ImportReader {
  return {
    async preview(file, job) {
      for await (const message of messagesOf({ what: 'preview', file, job }))
        if (message.kind === 'preview') return message.value as TablePreview;
      throw new Error('the thread ended without a preview');
    },
    async *rows(file, job) {
      for await (const message of messagesOf({ what: 'rows', file, job }))
        if (message.kind === 'batch') yield message.value as PreparedBatch<StagedRow>;
    },
  };
}

async function* messagesOf(order: ThreadOrder): AsyncGenerator<ThreadMessage> {
  const worker = start(order);
  const inbox = createInbox(worker);
  try {
    for (let message = await inbox(); message.kind !== 'end'; message = await inbox()) {
      if (message.kind === 'failed') throw failure(message.code, message.message);
      yield message;
      // oxlint-disable-next-line unicorn/require-post-message-target-origin -- a thread, not a window
      worker.postMessage('next');
    }
  } finally {
    await worker.terminate();
  }
}

function start(order: ThreadOrder): Worker {
  return startThread('import-thread', {
    workerData: order,
    resourceLimits: { maxOldGenerationSizeMb: MOST_MEGABYTES, maxYoungGenerationSizeMb: YOUNG_MEGABYTES },
  });
}

/** Messages in the order they came; a thread that ends or breaks without a word is one, too. */
function createInbox(worker: Worker): () => Promise<ThreadMessage> {
  const ready: ThreadMessage[] = [];
  let waiting: ((message: ThreadMessage) => void) | undefined;
  const put = (message: ThreadMessage): void => {
    if (waiting === undefined) ready.push(message);
    else waiting(message);
    waiting = undefined;
  };
  worker.on('message', put);
  worker.on('error', (error) => put({ kind: 'failed', code: null, message: error.message }));
  worker.on('exit', () => put({ kind: 'failed', code: null, message: 'the thread ended' }));
  return () => {
    const message = ready.shift();
    return message === undefined ? new Promise((resolve) => (waiting = resolve)) : Promise.resolve(message);
  };
}

function failure(code: string | null, message: string): Error {
  return code === null ? new Error(`reading a file failed: ${message}`) : new SantralError(code as ErrorCode, message);
}
