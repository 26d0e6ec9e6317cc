import { type MessagePort, parentPort, workerData } from 'node:worker_threads';
import { SantralError } from './domain/errors.ts';
import { openSpooled } from './files/import-spool.ts';
import { arrived, inboxOf, type Outlet, outletTo, type ThreadMessage } from './import-messages.ts';
import type { SpooledFile } from './ports/import-spool.ts';
import { type ImportJob, previewJob, type ReaderTools, rowsOfJob, sealingOf, type UnsealedRow } from './services/importer/import-job.ts';
import type { PreparedBatch } from './services/importer/prepare.ts';
import { contactSeal } from './store/contact-seal.ts';
import { systemIds } from './system-clock.ts';

export type ThreadOrder =
  | { readonly what: 'preview'; readonly file: SpooledFile; readonly job: ImportJob }
  /** `to`: the thread that seals what was read; null when nothing is sealed. */
  | { readonly what: 'rows'; readonly file: SpooledFile; readonly job: ImportJob; readonly to: MessagePort | null }
  /** `from`: the thread that reads. */
  | { readonly what: 'seal'; readonly job: ImportJob; readonly from: MessagePort };

const TOOLS: ReaderTools = { ids: systemIds, sealWith: contactSeal };

/** Reads one file: parsing a million rows takes seconds that calls must not wait for. */
async function read(order: Exclude<ThreadOrder, { readonly what: 'seal' }>, out: Outlet): Promise<void> {
  const source = await openSpooled(order.file);
  try {
    if (order.what === 'preview') out.tell({ kind: 'preview', value: await previewJob(source, order.job) });
    else
      for await (const batch of rowsOfJob(source, order.job)) {
        await out.room();
        out.tell({ kind: 'batch', value: batch });
      }
    out.tell({ kind: 'end' });
  } finally {
    await source.close();
  }
}

/** Seals what another thread reads, and makes the tokens of its numbers: that takes as long as the reading. */
async function seal(from: MessagePort, job: ImportJob, out: Outlet): Promise<void> {
  const sealed = sealingOf(job, TOOLS);
  const inbox = inboxOf(from);
  for (let message = await inbox.next(); ; message = await inbox.next()) {
    if (message.kind !== 'batch') return out.tell(message);
    await out.room();
    out.tell({ kind: 'batch', value: sealed(message.value as PreparedBatch<UnsealedRow>) });
    arrived(from);
  }
}

function failed(error: unknown): ThreadMessage {
  const code = error instanceof SantralError ? error.code : null;
  return { kind: 'failed', code, message: error instanceof Error ? error.message : String(error) };
}

if (parentPort !== null) {
  const order = workerData as ThreadOrder;
  const out = outletTo(order.what === 'rows' && order.to !== null ? order.to : parentPort);
  const work = order.what === 'seal' ? seal(order.from, order.job, out) : read(order, out);
  work.catch((error: unknown) => out.tell(failed(error)));
}
