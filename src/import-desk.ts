import { MessageChannel, type TransferListItem, type Worker } from 'node:worker_threads';
import { type ErrorCode, SantralError } from './domain/errors.ts';
import { arrived, inboxOf, type ThreadMessage } from './import-messages.ts';
import type { ThreadOrder } from './import-thread.ts';
import type { SpooledFile } from './ports/import-spool.ts';
import { type ImportJob, type ImportReader, isSealed, type StagedRow } from './services/importer/import-job.ts';
import type { PreparedBatch, TablePreview } from './services/importer/prepare.ts';
import { startThread } from './start-thread.ts';

/** The parser's own share; beyond it the thread fails alone, and the engine goes on. */
const MOST_MEGABYTES = 512;
/** Of it for what lives a moment only, as almost everything of a row does: by itself it would take three times as much. */
const YOUNG_MEGABYTES = 16;

/** Reads every file in threads of its own, which are gone when the file has been read or nobody wants the rest. */
export function threadReader(): ImportReader {
  return {
    async preview(file, job) {
      for await (const message of messagesOf([start({ what: 'preview', file, job })]))
        if (message.kind === 'preview') return message.value as TablePreview;
      throw new Error('the thread ended without a preview');
    },
    async *rows(file, job) {
      for await (const message of messagesOf(threadsFor(file, job)))
        if (message.kind === 'batch') yield message.value as PreparedBatch<StagedRow>;
    },
  };
}

/** The thread that reads and, where there is something to seal, the one that seals meanwhile; the last of them tells what there is. */
function threadsFor(file: SpooledFile, job: ImportJob): readonly [Worker, ...Worker[]] {
  if (!isSealed(job.kind)) return [start({ what: 'rows', file, job, to: null })];
  const { port1: to, port2: from } = new MessageChannel();
  return [start({ what: 'rows', file, job, to }, [to]), start({ what: 'seal', job, from }, [from])];
}

async function* messagesOf(threads: readonly [Worker, ...Worker[]]): AsyncGenerator<ThreadMessage> {
  const last = threads.at(-1) ?? threads[0];
  const inbox = inboxOf(last);
  for (const thread of threads) {
    // One that ends or breaks without a word.
    thread.on('error', (error) => inbox.put({ kind: 'failed', code: null, message: error.message }));
    thread.on('exit', () => inbox.put({ kind: 'failed', code: null, message: 'the thread ended' }));
  }
  try {
    for (let message = await inbox.next(); message.kind !== 'end'; message = await inbox.next()) {
      if (message.kind === 'failed') throw failure(message.code, message.message);
      yield message;
      arrived(last);
    }
  } finally {
    await Promise.all(threads.map((thread) => thread.terminate()));
  }
}

function start(order: ThreadOrder, transferList: TransferListItem[] = []): Worker {
  return startThread('import-thread', {
    workerData: order,
    transferList,
    resourceLimits: { maxOldGenerationSizeMb: MOST_MEGABYTES, maxYoungGenerationSizeMb: YOUNG_MEGABYTES },
  });
}

function failure(code: string | null, message: string): Error {
  return code === null ? new Error(`reading a file failed: ${message}`) : new SantralError(code as ErrorCode, message);
}
