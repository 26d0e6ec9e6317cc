import { createReadStream } from 'node:fs';
import { readdir, stat, unlink } from 'node:fs/promises';
import path from 'node:path';
import { parseId, type RecordingId } from '../domain/ids.ts';
import type { RecordingFiles } from '../ports/recordings.ts';

const EXTENSION = '.wav';

/** Recordings where Asterisk writes them: `<dir>/<id>.wav`. Files of other names are nobody's business here. */
export function recordingFilesIn(dir: string): RecordingFiles {
  const fileOf = (id: RecordingId): string => path.join(dir, `${mustBeId(id)}${EXTENSION}`);
  return {
    pathOf: (id) => path.join(dir, mustBeId(id)),
    size: async (id) => (await unlessMissing(stat(fileOf(id))))?.size,
    read: (id, start, end) => createReadStream(fileOf(id), { start, end }),
    remove: async (id) => (await unlessMissing(unlink(fileOf(id)).then(() => true))) ?? false,
    async olderThan(time) {
      const found: RecordingId[] = [];
      for (const name of (await unlessMissing(readdir(dir))) ?? []) {
        const id = name.endsWith(EXTENSION) ? parseId('recording', name.slice(0, -EXTENSION.length)) : undefined;
        if (id === undefined) continue;
        const file = await unlessMissing(stat(fileOf(id)));
        if (file !== undefined && file.mtimeMs < time) found.push(id);
      }
      return found;
    },
  };
}

/** What comes in as an id becomes a path: nothing else may get that far. */
function mustBeId(id: RecordingId): RecordingId {
  if (parseId('recording', id) === undefined) throw new TypeError('not the id of a recording');
  return id;
}

async function unlessMissing<T>(work: Promise<T>): Promise<T | undefined> {
  try {
    return await work;
  } catch (error) {
    if (error instanceof Error && 'code' in error && error.code === 'ENOENT') return undefined;
    throw error;
  }
}
