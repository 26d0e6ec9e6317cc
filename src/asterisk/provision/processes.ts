import { readdirSync, readFileSync } from 'node:fs';

/** A process told from a later one with the same number by the time it began (clock ticks since boot). */
export interface ProcessMark {
  readonly pid: number;
  readonly began: string;
}

const BEGAN_FIELD = 22;

/** Undefined when there is no such process, or only its remains. */
export function markProcess(pid: number): ProcessMark | undefined {
  try {
    // `pid (name with spaces) state …`: fields are counted after the last bracket.
    const text = readFileSync(`/proc/${pid}/stat`, 'utf8');
    const fields = text.slice(text.lastIndexOf(')') + 2).split(' ');
    const began = fields[BEGAN_FIELD - 3];
    return began === undefined || (fields[0] === 'Z' && !hasThreads(pid)) ? undefined : { pid, began };
  } catch {
    return undefined;
  }
}

/** A killed process may be remains already while a thread of it still ends, and holds its ports and files until then. */
function hasThreads(pid: number): boolean {
  return readdirSync(`/proc/${pid}/task`).length > 1;
}

export function isRunning(mark: ProcessMark): boolean {
  return markProcess(mark.pid)?.began === mark.began;
}

/** Ends exactly that process: SIGTERM, then SIGKILL after `graceMs`. True when there was something to end. */
export async function endProcess(mark: ProcessMark, graceMs: number): Promise<boolean> {
  if (!isRunning(mark)) return false;
  send(mark, 'SIGTERM');
  const deadline = Date.now() + graceMs;
  while (isRunning(mark) && Date.now() < deadline) await pause(20);
  if (isRunning(mark)) send(mark, 'SIGKILL');
  while (isRunning(mark)) await pause(20);
  return true;
}

function send(mark: ProcessMark, signal: NodeJS.Signals): void {
  try {
    process.kill(mark.pid, signal);
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code !== 'ESRCH') throw error;
  }
}

export function pause(ms: number): Promise<void> {
  return new Promise((resolve) => {
    setTimeout(resolve, ms);
  });
}
