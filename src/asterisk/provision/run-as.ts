import { chmodSync, chownSync, existsSync, lstatSync, mkdirSync, readdirSync, statSync } from 'node:fs';
import path from 'node:path';
import { runCommand } from './run-command.ts';

export interface SystemUser {
  readonly name: string;
  readonly uid: number;
  readonly gid: number;
}

/**
 * Whom Asterisk runs as when root starts it: `asterisk` where there is such a user, else `nobody`. Undefined (the starting
 * user) when not root, or when a folder on the way to `places` is closed to others.
 */
export async function lesserUser(places: readonly string[]): Promise<SystemUser | undefined> {
  if (process.getuid?.() !== 0 || !places.every(openToOthers)) return undefined;
  for (const name of ['asterisk', 'nobody']) {
    const [, , uid, gid] = (await runCommand(['getent', 'passwd', name])).stdout.trim().split(':');
    if (uid !== undefined && gid !== undefined) return { name, uid: Number(uid), gid: Number(gid) };
  }
  return undefined;
}

const OTHERS_MAY_PASS = 0o001;

/** Whether every folder from the root down to this one, as far as it exists, may be passed by others. */
export function openToOthers(folder: string): boolean {
  for (let place = path.resolve(folder); ; place = path.dirname(place)) {
    if (existsSync(place) && (statSync(place).mode & OTHERS_MAY_PASS) === 0) return false;
    if (place === path.dirname(place)) return true;
  }
}

/** Makes the folders, and gives them with all they hold to the user. */
export function ownFolders(folders: readonly string[], user: SystemUser | undefined): void {
  for (const folder of folders) {
    mkdirSync(folder, { recursive: true });
    if (user !== undefined) give(folder, user);
  }
}

function give(place: string, user: SystemUser): void {
  const found = lstatSync(place);
  if (found.isSymbolicLink()) return;
  if (found.uid !== user.uid || found.gid !== user.gid) chownSync(place, user.uid, user.gid);
  if (!found.isDirectory()) return;
  chmodSync(place, 0o755);
  for (const name of readdirSync(place)) give(path.join(place, name), user);
}
