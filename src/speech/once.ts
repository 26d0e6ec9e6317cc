import type { Log } from '../ports/log.ts';

const MAX_REMEMBERED = 5000;

export type WarnOnce = (id: string, fields: object, message: string) => void;

/** Warns about a thing the first time only: a broken prompt in a busy menu must not fill the log. */
export function createWarnOnce(log: Log): WarnOnce {
  const told = new Set<string>();
  return (id, fields, message) => {
    if (told.has(id)) return;
    if (told.size >= MAX_REMEMBERED) told.clear();
    told.add(id);
    log.warn(fields, message);
  };
}
