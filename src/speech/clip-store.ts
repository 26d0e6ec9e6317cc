import { randomBytes } from 'node:crypto';
import { existsSync } from 'node:fs';
import { type FileHandle, mkdir, open, readdir, rename, rm, stat, utimes } from 'node:fs/promises';
import path from 'node:path';
import type { Clock } from '../ports/clock.ts';
import type { Clip } from '../ports/speech.ts';
import { OWN_HEADER_BYTES, ownWavDuration } from './wav.ts';

export interface ClipStoreOptions {
  readonly dir: string;
  /** The same directory as Asterisk sees it, where that differs (containers, chroot). */
  readonly seenAs: string;
  readonly clock: Pick<Clock, 'now'>;
  readonly maxBytes: number;
}

export interface SweepReport {
  readonly files: number;
  readonly bytes: number;
  /** Ids of the clips that were removed. */
  readonly removed: readonly string[];
}

/** Rendered clips on disk, by an id of 64 hex digits: `<dir>/ab/ab12….wav`. Shared with other processes of the same data directory. */
export interface ClipStore {
  find(id: string): Promise<Clip | undefined>;
  /** Whole or not at all: written beside its place, then renamed. */
  put(id: string, wav: Buffer): Promise<Clip>;
  /** Notes that the clip is being used; false when its file is gone. Asks the kernel's memory of the disk: some microseconds. */
  use(id: string): boolean;
  /** Removes the least recently used clips above the size limit; none that was used within the last hour. */
  sweep(): Promise<SweepReport>;
}

const KEEP_MS = 3_600_000;
/** Left behind by a process that died while it wrote. */
const STALE_TEMP_MS = 3_600_000;
const FOLDER = /^[0-9a-f]{2}$/;
const CLIP = /^([0-9a-f]{64})\.wav$/;

export function createClipStore(options: ClipStoreOptions): ClipStore {
  const { dir, seenAs, clock, maxBytes } = options;
  const lastUse = new Map<string, number>();
  const fileOf = (id: string) => path.join(dir, id.slice(0, 2), `${id}.wav`);
  const clipOf = (id: string, durationMs: number): Clip => ({ path: path.posix.join(seenAs, id.slice(0, 2), id), durationMs });
  const used = (id: string) => void lastUse.set(id, clock.now());

  return {
    use(id) {
      if (!existsSync(fileOf(id))) return false;
      used(id);
      return true;
    },
    async find(id) {
      const durationMs = await readDuration(fileOf(id));
      if (durationMs === undefined) return undefined;
      used(id);
      return clipOf(id, durationMs);
    },
    async put(id, wav) {
      await writeWhole(fileOf(id), wav);
      used(id);
      return clipOf(id, ownWavDuration(wav, wav.length) ?? 0);
    },
    async sweep() {
      const found = await listClips(dir, clock.now());
      const clips: Found[] = [];
      for (const clip of found) clips.push({ ...clip, usedAt: await shareUse(clip, lastUse.get(clip.id)) });
      const removed = await removeOldest(clips, maxBytes, clock.now() - KEEP_MS);
      for (const id of removed.ids) lastUse.delete(id);
      return { files: clips.length - removed.ids.length, bytes: removed.bytesLeft, removed: removed.ids };
    },
  };
}

interface Found {
  readonly id: string;
  readonly file: string;
  readonly bytes: number;
  /** UTC ms. */
  readonly usedAt: number;
}

async function readDuration(file: string): Promise<number | undefined> {
  let handle: FileHandle | undefined;
  try {
    handle = await open(file, 'r');
    const header = Buffer.alloc(OWN_HEADER_BYTES);
    const { bytesRead } = await handle.read(header, 0, OWN_HEADER_BYTES, 0);
    return ownWavDuration(header.subarray(0, bytesRead), (await handle.stat()).size);
  } catch {
    // Absent or unreadable: it is rendered anew, and what is wrong with the disk shows when that is written.
    return undefined;
  } finally {
    await handle?.close();
  }
}

/** Writes the file beside its place and renames it: readers, Asterisk among them, see the old one, the whole new one or none. */
export async function writeWhole(file: string, bytes: Buffer): Promise<void> {
  const temp = `${file}.${process.pid}.${randomBytes(4).toString('hex')}.tmp`;
  await mkdir(path.dirname(file), { recursive: true });
  try {
    const handle = await open(temp, 'wx', 0o644);
    try {
      await handle.writeFile(bytes);
    } finally {
      await handle.close();
    }
    await rename(temp, file);
  } catch (error) {
    await rm(temp, { force: true });
    throw error;
  }
}

async function listClips(dir: string, now: number): Promise<Found[]> {
  const clips: Found[] = [];
  for (const folder of (await namesIn(dir)).filter((name) => FOLDER.test(name))) {
    for (const name of await namesIn(path.join(dir, folder))) {
      const file = path.join(dir, folder, name);
      const info = await stat(file).catch(() => undefined);
      const id = CLIP.exec(name)?.[1];
      if (info !== undefined && id !== undefined) clips.push({ id, file, bytes: info.size, usedAt: info.mtimeMs });
      else if (info !== undefined && name.endsWith('.tmp') && now - info.mtimeMs > STALE_TEMP_MS) await rm(file, { force: true });
    }
  }
  return clips;
}

async function namesIn(dir: string): Promise<string[]> {
  return readdir(dir).catch(() => []);
}

/** The file's time is its last use, for other processes and after a restart: kept up here, not on each use. */
async function shareUse(clip: Found, usedHere = 0): Promise<number> {
  if (usedHere <= clip.usedAt) return clip.usedAt;
  await utimes(clip.file, usedHere / 1000, usedHere / 1000).catch(() => undefined);
  return usedHere;
}

async function removeOldest(clips: readonly Found[], maxBytes: number, keepSince: number): Promise<{ ids: string[]; bytesLeft: number }> {
  let bytesLeft = clips.reduce((sum, clip) => sum + clip.bytes, 0);
  const ids: string[] = [];
  for (const clip of clips.filter(({ usedAt }) => usedAt < keepSince).sort((a, b) => a.usedAt - b.usedAt)) {
    if (bytesLeft <= maxBytes) break;
    await rm(clip.file, { force: true });
    bytesLeft -= clip.bytes;
    ids.push(clip.id);
  }
  return { ids, bytesLeft };
}
