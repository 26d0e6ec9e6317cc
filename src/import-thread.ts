import { parentPort, workerData } from 'node:worker_threads';
import { SantralError } from './domain/errors.ts';
import { openSpooled } from './files/import-spool.ts';
import type { SpooledFile } from './ports/import-spool.ts';
import { type ImportJob, previewJob, type ReaderTools, rowsOfJob } from './services/importer/import-job.ts';
import { contactSeal } from './store/contact-seal.ts';
import { systemIds } from './system-clock.ts';

/** What the thread tells; after each `batch` it waits until it is asked for the next one. */
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

/** Reads one file: parsing and making tokens of a million rows takes seconds that calls must not wait for. */
async function read({ what, file, job }: ThreadOrder): Promise<void> {
  const source = await openSpooled(file);
  try {
    if (what === 'preview') tell({ kind: 'preview', value: await previewJob(source, job, TOOLS) });
    else
      for await (const batch of rowsOfJob(source, job, TOOLS)) {
        const asked = next();
        tell({ kind: 'batch', value: batch });
        await asked;
      }
    tell({ kind: 'end' });
  } finally {
    await source.close();
  }
}

function next(): Promise<void> {
  return new Promise((resolve) => parentPort?.once('message', () => resolve()));
}

function tell(message: ThreadMessage): void {
  // oxlint-disable-next-line unicorn/require-post-message-target-origin -- a thread, not a window
  parentPort?.postMessage(message);
}

read(workerData as ThreadOrder).catch((error: unknown) => {
  const code = error instanceof SantralError ? error.code : null;
  tell({ kind: 'failed', code, message: error instanceof Error ? error.message : String(error) });
});
