import { Readable } from 'node:stream';
import type { FastifyReply } from 'fastify';
import type { Log } from '../../ports/log.ts';
import { csvOf } from './csv.ts';
import { FILE_TYPES, type FileKind } from './file-kinds.ts';
import type { Sheet } from './sheet.ts';
import { xlsxOf } from './xlsx.ts';

/** Sends a table as a file while its rows come: a row that cannot be had breaks the file off, and the log says so. */
export async function sendTable(reply: FastifyReply, log: Log, kind: FileKind, sheet: Sheet): Promise<void> {
  const body = Readable.from(kind === 'csv' ? csvOf(sheet) : xlsxOf(sheet), { objectMode: false });
  body.on('error', (error) => log.error({ err: error, report: sheet.name }, 'an export broke off'));
  void reply.headers({
    'content-type': FILE_TYPES[kind],
    'content-disposition': `attachment; filename="${sheet.name}.${kind}"`,
    'cache-control': 'private, no-store',
  });
  await reply.send(body);
}
