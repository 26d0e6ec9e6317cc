import { readFile } from 'node:fs/promises';
import path from 'node:path';
import { parseId } from '../domain/ids.ts';
import type { CallRecordings } from '../ports/call-recordings.ts';

/** Recordings in Asterisk's own directory. Only names that we gave lead to a file. */
export function callRecordingsIn(dir: string): CallRecordings {
  return {
    async read(recording) {
      if (parseId('recording', recording) === undefined) return undefined;
      try {
        return await readFile(path.join(dir, `${recording}.wav`));
      } catch (error) {
        if ((error as NodeJS.ErrnoException).code === 'ENOENT') return undefined;
        throw error;
      }
    },
  };
}
