import { access, constants, mkdir, readdir, readFile, rm, stat } from 'node:fs/promises';
import path from 'node:path';
import { SantralError } from '../../domain/errors.ts';
import { LANGUAGES, type Language } from '../../domain/language.ts';
import type { RecordingShelf, StoredRecording } from '../../ports/prompt-recordings.ts';
import { writeWhole } from '../clip-store.ts';

export interface ShelfOptions {
  /** Writable: `<dir>/<language>/<key>.wav`. */
  readonly uploadsDir: string;
  /** Those that came with the catalogue; never written. */
  readonly recordingsDir: string;
  /** Makes the change heard. */
  readonly changed: () => Promise<void>;
}

/** Recordings as files. Uploads lie apart from the catalogue's directory, so that an installation may be read-only. */
export function createShelf({ uploadsDir, recordingsDir, changed }: ShelfOptions): RecordingShelf {
  const fileIn = (dir: string, language: Language, key: string) => path.join(dir, language, `${key}.wav`);
  return {
    async list() {
      const found = new Map<string, StoredRecording>();
      for (const one of [...(await inDirectory(recordingsDir, 'shipped')), ...(await inDirectory(uploadsDir, 'uploaded'))])
        found.set(`${one.language}/${one.key}`, one);
      return [...found.values()];
    },
    async read(language, key) {
      const uploaded = await readFile(fileIn(uploadsDir, language, key)).catch(absent);
      return uploaded ?? (await readFile(fileIn(recordingsDir, language, key)).catch(absent));
    },
    async put(language, key, wav) {
      const file = fileIn(uploadsDir, language, key);
      try {
        await mkdir(path.dirname(file), { recursive: true });
        await writeWhole(file, wav);
      } catch (error) {
        throw unwritable(uploadsDir, error);
      }
      await changed();
    },
    async remove(language, key) {
      const file = fileIn(uploadsDir, language, key);
      const isThere = await access(file, constants.F_OK).then(
        () => true,
        () => false,
      );
      if (!isThere) return false;
      await rm(file, { force: true }).catch((error: unknown) => {
        throw unwritable(uploadsDir, error);
      });
      await changed();
      return true;
    },
  };
}

async function inDirectory(dir: string, origin: StoredRecording['origin']): Promise<StoredRecording[]> {
  const all: StoredRecording[] = [];
  for (const language of LANGUAGES) {
    const names = await readdir(path.join(dir, language)).catch(() => []);
    for (const name of names.filter((one) => one.endsWith('.wav'))) {
      const info = await stat(path.join(dir, language, name)).catch(() => undefined);
      if (info !== undefined) all.push({ key: name.slice(0, -'.wav'.length), language, origin, changedAt: Math.round(info.mtimeMs) });
    }
  }
  return all;
}

function absent(error: NodeJS.ErrnoException): undefined {
  if (error.code === 'ENOENT' || error.code === 'ENOTDIR') return undefined;
  throw error;
}

function unwritable(dir: string, cause: unknown): SantralError {
  const why = cause instanceof Error && 'code' in cause ? String(cause.code) : String(cause);
  return new SantralError('store.full', `The directory ${dir} cannot be written (${why}): make room there, or make it writable.`, {
    cause,
  });
}
