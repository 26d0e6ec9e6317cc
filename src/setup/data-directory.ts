import { accessSync, constants, existsSync, mkdirSync, readFileSync, renameSync, rmSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { endProcess, isRunning, markProcess, type ProcessMark } from '../asterisk/provision/processes.ts';
import type { Config } from '../config/config.ts';
import { SantralError } from '../domain/errors.ts';

/** The processes of one `npm start`, noted in the data directory so that the next one can clear up after a kill. */
export interface RunNote {
  readonly launcher: ProcessMark;
  readonly engine?: ProcessMark;
  readonly asterisk?: ProcessMark;
}

const GRACE_MS = 5_000;

/** Makes the data directory; others may pass through it (Asterisk may run as a lesser user) but not look around. */
export function openDataDirectory(places: Config['places']): void {
  try {
    makeFolder(places.data);
    accessSync(places.data, constants.R_OK | constants.W_OK | constants.X_OK);
    // Root passes every permission check, and a read-only disk shows only when something is written.
    const probe = path.join(places.data, `.probe-${process.pid}`);
    writeFileSync(probe, '');
    rmSync(probe);
  } catch (error) {
    const reason = (error as NodeJS.ErrnoException).code ?? String(error);
    throw new SantralError(
      'setup.data-unwritable',
      `The data directory ${places.data} cannot be written (${reason}). Make it writable for this user, or choose another: SANTRAL_DATA=/some/where npm start`,
      { cause: error },
    );
  }
}

/** Node's own `recursive` never ends where the system takes no new folders and says "not found" (such as /proc). */
function makeFolder(folder: string): void {
  if (existsSync(folder)) return;
  makeFolder(path.dirname(folder));
  mkdirSync(folder, { mode: 0o711 });
}

export interface RunRegister {
  note(marks: Omit<RunNote, 'launcher'>): void;
  release(): void;
}

/** Claims the data directory for this launcher: refuses while another one lives, ends what a killed one left behind. */
export async function claimDataDirectory(places: Config['places'], tell: (line: string) => void): Promise<RunRegister> {
  const file = path.join(places.data, 'run.json');
  const before = readNote(file);
  if (before !== undefined && before.launcher.pid !== process.pid && isRunning(before.launcher)) {
    throw new SantralError(
      'config.invalid',
      `Santral is running already with the data directory ${places.data} (process ${before.launcher.pid}). Stop it, or choose another: SANTRAL_DATA=/some/where npm start`,
    );
  }
  for (const left of [before?.engine, before?.asterisk]) {
    if (left !== undefined && (await endProcess(left, GRACE_MS)))
      tell(`Ended process ${left.pid}, left behind by a start that was killed.`);
  }
  const launcher = markProcess(process.pid) ?? { pid: process.pid, began: '' };
  let note: RunNote = { launcher };
  write(file, note);
  return {
    note: (marks) => {
      note = { ...note, ...marks };
      write(file, note);
    },
    release: () => rmSync(file, { force: true }),
  };
}

function write(file: string, note: RunNote): void {
  writeFileSync(`${file}.new`, JSON.stringify(note));
  renameSync(`${file}.new`, file);
}

function readNote(file: string): RunNote | undefined {
  try {
    return JSON.parse(readFileSync(file, 'utf8')) as RunNote;
  } catch {
    return undefined;
  }
}
