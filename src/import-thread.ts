import { parentPort, workerData } from 'node:worker_threads';
import { SantralError } from './domain/errors.ts';
import { openSpooled } from './files/import-spool.ts';
import type { SpooledFile } from './ports/import-spool.ts';
import { type ImportJob, previewJob, type ReaderTools, rowsOfJob } from './services/importer/import-job.ts';
import { contactSeal } from './store/contact-seal.ts';
import { systemIds } from './system-clock.ts';

/** What the thread tells; it is never more than a few batches ahead of what has been asked for. */
export type ThreadMessage =
  | { readonly kind: 'preview' | 'batch'; readonly value: unknown }
  | { readonly kind: 'end' }
  | { readonly kind: 'failed'; readonly code: string | null; readonly message: string };

export interface ThreadOrder {
  readonly what: 'preview' | 'rows';
  readonly file: SpooledFile;
  readonly job: ImportJob;
}

const TOOLS: ReaderTools = { ids: systemIds, sealWith: contactSeal };

/** Batches that may be on their way: so that reading goes on while one is being stored, and memory stays small. */
const MOST_AHEAD = 4;

/** Reads one file: parsing, sealing and making tokens of a million rows takes seconds that calls must not wait for. */
async function read({ what, file, job }: ThreadOrder): Promise<void> {
  const source = await openSpooled(file);
  try {
    if (what === 'preview') tell({ kind: 'preview', value: await previewJob(source, job, TOOLS) });
    else {
      const room = roomFor(MOST_AHEAD);
      for await (const batch of rowsOfJob(source, job, TOOLS)) {
        await room();
        tell({ kind: 'batch', value: batch });
      }
    }
    tell({ kind: 'end' });
  } finally {
    await source.close();
  }
}

/** Resolves while fewer than `most` batches are on their way; each message from the other side is one that has arrived. */
function roomFor(most: number): () => Promise<void> {
  let free = most;
  let wake: () => void = () => undefined;
  parentPort?.on('message', () => {
    free += 1;
    wake();
  });
  return async () => {
    while (free === 0) await new Promise<void>((resolve) => (wake = resolve));
    free -= 1;
  };
}

function tell(message: ThreadMessage): void {
  // oxlint-disable-next-line unicorn/require-post-message-target-origin -- a thread, not a window
  parentPort?.postMessage(message);
}

read(workerData as ThreadOrder).catch((error: unknown) => {
  const code = error instanceof SantralError ? error.code : null;
  tell({ kind: 'failed', code, message: error instanceof Error ? error.message : String(error) });
});
