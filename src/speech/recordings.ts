import { readdir } from 'node:fs/promises';
import path from 'node:path';
import { LANGUAGES, type Language } from '../domain/language.ts';

/** Which prompts have a recording: `<dir>/<language>/<key>.wav`, in the first directory that has it. Known from a scan, so that asking costs nothing. */
export interface Recordings {
  /** The recording's file, or undefined. */
  fileOf(language: Language, key: string): string | undefined;
  /** Looks at the directory again. */
  scan(): Promise<void>;
}

export function createRecordings(dirs: readonly string[]): Recordings {
  let files: ReadonlyMap<string, string> = new Map();
  return {
    fileOf: (language, key) => files.get(`${language}/${key}`),
    async scan() {
      const found = new Map<string, string>();
      for (const dir of dirs.toReversed()) {
        for (const language of LANGUAGES) {
          for (const name of await wavsIn(path.join(dir, language))) {
            const key = name.split(path.sep).join('/').slice(0, -'.wav'.length);
            found.set(`${language}/${key}`, path.join(dir, language, name));
          }
        }
      }
      files = found;
    },
  };
}

async function wavsIn(dir: string): Promise<string[]> {
  const names = await readdir(dir, { recursive: true }).catch(() => []);
  return names.filter((name) => name.toLowerCase().endsWith('.wav'));
}
