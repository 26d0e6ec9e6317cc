import { parseCalendars } from '../../domain/calendar-file.ts';
import type { DirectoryEntry } from '../../domain/directory.ts';
import { missingCalendars, parseDirectory } from '../../domain/directory-file.ts';
import type { Problem } from '../../domain/problem.ts';
import type { DefinitionSource, Definitions } from '../../ports/definitions.ts';
import type { Log } from '../../ports/log.ts';

export interface DirectoryDefinitions {
  readonly entries: readonly DirectoryEntry[];
  /** Names of departments, which flows may use. */
  readonly departments: ReadonlySet<string>;
}

/**
 * The entries of flows/directory.yaml, and all that is wrong with them. One that cannot be read is left out; one that names a calendar
 * which is not there is open at all times.
 */
export function readDirectory({
  directory = null,
  calendars,
}: Pick<Definitions, 'directory' | 'calendars'>): DirectoryDefinitions & { readonly problems: readonly Problem[] } {
  const { entries, problems, calendars: named } = parseDirectory(directory);
  const missing = missingCalendars(named, new Set(parseCalendars(calendars).calendars.keys()));
  const departments = new Set(entries.flatMap(({ kind, id }) => (kind === 'department' ? [id] : [])));
  return { entries, departments, problems: [...problems, ...missing] };
}

/** Reads it once, for calls and for the flows that name departments; every problem is logged with its place and remedy. */
export async function loadDirectory(definitions: DefinitionSource, log: Log): Promise<DirectoryDefinitions> {
  const { problems, ...found } = readDirectory(await definitions.read());
  for (const { file, line, column, code, message, remedy, severity } of problems) {
    const told = `${file}:${line}:${column} ${message}`;
    if (severity === 'error') log.error({ code, remedy }, told);
    else log.warn({ code, remedy }, told);
  }
  return found;
}
