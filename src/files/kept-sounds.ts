import { open, readdir, stat, unlink } from 'node:fs/promises';
import path from 'node:path';
import { parseId, type RecordingId } from '../domain/ids.ts';
import type { SealedAudio } from './sealed-audio.ts';
import { unlessMissing } from './unless-missing.ts';

/** As Asterisk writes them, and as older versions left them. */
const PLAIN = '.wav';
const SEALED = '.sealed';
const HALF = '.tmp';

/** Recordings of one folder by their ids: sealed, or open as long as Asterisk needs them. */
export interface KeptSounds {
  write(id: RecordingId, audio: AsyncIterable<Uint8Array>): Promise<void>;
  size(id: RecordingId): Promise<number | undefined>;
  read(id: RecordingId, from: number, to: number): AsyncIterable<Uint8Array>;
  /** False when there was none. */
  remove(id: RecordingId): Promise<boolean>;
  /** Last written before this time. `ownerOf`: whose file of another name it is. */
  olderThan(time: number, ownerOf?: (name: string) => string | undefined): Promise<readonly RecordingId[]>;
  /** Those that lie open. */
  unsealed(): Promise<readonly RecordingId[]>;
  /** Seals one that lies open; false when there is none. */
  seal(id: RecordingId): Promise<boolean>;
}

export function soundsIn(dir: string, sealed: SealedAudio): KeptSounds {
  const fileOf = (id: RecordingId, ending: string): string => path.join(dir, `${mustBeId(id)}${ending}`);
  const names = async (): Promise<readonly string[]> => (await unlessMissing(readdir(dir))) ?? [];
  const plainSize = async (id: RecordingId): Promise<number | undefined> => (await unlessMissing(stat(fileOf(id, PLAIN))))?.size;

  async function* read(id: RecordingId, from: number, to: number): AsyncIterable<Uint8Array> {
    // The open one first: it goes when the sealed one is there, and what is being read stays readable.
    const plain = await unlessMissing(open(fileOf(id, PLAIN)));
    yield* plain?.createReadStream({ start: from, end: to }) ?? sealed.read(fileOf(id, SEALED), from, to);
  }

  return {
    read,
    write: (id, audio) => sealed.write(fileOf(id, SEALED), audio),
    size: async (id) => (await plainSize(id)) ?? sealed.size(fileOf(id, SEALED)),
    async remove(id) {
      const gone = await Promise.all(
        [PLAIN, SEALED, `${SEALED}${HALF}`].map((ending) => unlessMissing(unlink(fileOf(id, ending)).then(() => true))),
      );
      return gone.includes(true);
    },
    async olderThan(time, ownerOf = () => undefined) {
      const found = new Set<RecordingId>();
      for (const name of await names()) {
        const id = parseId('recording', ownerOf(name) ?? ownName(name));
        const file = id === undefined ? undefined : await unlessMissing(stat(path.join(dir, name)));
        if (id !== undefined && file !== undefined && file.mtimeMs < time) found.add(id);
      }
      return [...found];
    },
    async unsealed() {
      return (await names()).flatMap((name) => {
        const id = name.endsWith(PLAIN) ? parseId('recording', name.slice(0, -PLAIN.length)) : undefined;
        return id === undefined ? [] : [id];
      });
    },
    seal: (id) => sealed.sealFile(fileOf(id, PLAIN), fileOf(id, SEALED)),
  };
}

function ownName(name: string): string {
  const whole = name.endsWith(HALF) ? name.slice(0, -HALF.length) : name;
  const ending = [PLAIN, SEALED].find((one) => whole.endsWith(one));
  return ending === undefined ? '' : whole.slice(0, -ending.length);
}

/** What comes in as an id becomes a path: nothing else may get that far. */
function mustBeId(id: RecordingId): RecordingId {
  if (parseId('recording', id) === undefined) throw new TypeError('not the id of a recording');
  return id;
}
