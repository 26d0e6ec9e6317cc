import { z } from 'zod';
import { type Attempt, type DirectoryEntry, type DirectoryKind, type Ringing, USUAL_RING_MS } from './directory.ts';
import { DEALER_CODE, headShapes, memberShapes, numberOf, roundShapes, type WrittenAttempt } from './directory-schema.ts';
import { parseDuration } from './duration.ts';
import type { Problem } from './problem.ts';
import { QUEUE_NAME } from './queue-schema.ts';
import { fitPart, fitShape, readYaml, type SourceText, type YamlSource } from './yaml-source.ts';

const ROOM = 'directory';
const part = z.record(z.string(), z.unknown()).optional();
const fileShape = z.looseObject({ people: part, departments: part, dealers: part });

const PARTS = [
  { key: 'people', kind: 'person', name: QUEUE_NAME, what: 'a person' },
  { key: 'departments', kind: 'department', name: QUEUE_NAME, what: 'a department' },
  { key: 'dealers', kind: 'dealer', name: DEALER_CODE, what: 'a dealer' },
] as const;
type Part = (typeof PARTS)[number];

export interface ParsedDirectory {
  readonly entries: readonly DirectoryEntry[];
  readonly problems: readonly Problem[];
  /** Calendars that entries name, with their places in the file. */
  readonly calendars: readonly NamedCalendar[];
}

export interface NamedCalendar {
  readonly name: string;
  readonly place: Pick<Problem, 'file' | 'line' | 'column'>;
}

/** Reads flows/directory.yaml; null: there is none. An entry with a problem is left out, the others count. */
export function parseDirectory(file: SourceText | null): ParsedDirectory {
  const problems: Problem[] = [];
  const nothing = { entries: [], problems, calendars: [] };
  if (file === null) return nothing;
  const source = readYaml(file, ROOM);
  const written = fitShape(source, fileShape, ROOM, problems);
  if (written === undefined) return nothing;
  const { people, departments, dealers, ...others } = written;
  fitPart(source, [], others, z.strictObject({}), ROOM, problems);
  const parts = { people, departments, dealers };
  const known = new Set(Object.keys(people ?? {}));
  const entries = PARTS.flatMap((one) =>
    Object.entries(parts[one.key] ?? {}).flatMap(([id, value]) => readEntry(source, one, id, value, known, problems) ?? []),
  );
  const calendars = entries.flatMap(({ kind, id, calendar }) => (calendar === null ? [] : [namedCalendar(source, kind, id, calendar)]));
  return { entries, problems, calendars };
}

function namedCalendar(source: YamlSource, kind: DirectoryKind, id: string, name: string): NamedCalendar {
  const key = PARTS.find((one) => one.kind === kind)?.key ?? '';
  const { file, line, column } = source.problem([key, id, 'calendar'], '', '', '');
  return { name, place: { file, line, column } };
}

/** A problem for each calendar that is not there. */
export function missingCalendars(named: readonly NamedCalendar[], known: ReadonlySet<string>): readonly Problem[] {
  const list = [...known].sort().join(', ') || 'none';
  return named
    .filter(({ name }) => !known.has(name))
    .map(({ name, place }) => ({
      severity: 'error',
      code: `${ROOM}.unknown-calendar`,
      message: `There is no calendar "${name}".`,
      remedy: `Calendars stand in flows/calendars/. Known: ${list}.`,
      ...place,
    }));
}

function readEntry(
  source: YamlSource,
  { key, kind, name, what }: Part,
  id: string,
  value: unknown,
  people: ReadonlySet<string>,
  problems: Problem[],
): DirectoryEntry | undefined {
  const at = [key, id];
  if (!name.test(id)) {
    const remedy = kind === 'dealer' ? 'Write the dealer’s code.' : 'Use small letters, digits and dashes, beginning with a letter.';
    problems.push(source.problem(at, `${ROOM}.bad-name`, `"${id}" cannot be the name of ${what}.`, remedy));
    return undefined;
  }
  const head: WrittenHead | undefined = fitPart<WrittenHead>(source, at, value, headShapes[kind], ROOM, problems);
  if (head === undefined) return undefined;
  const rounds = head.try.map((round, n) => readRound(source, kind, [...at, 'try', n], round, people, problems));
  return rounds.some((round) => round === undefined)
    ? undefined
    : entryOf(
        kind,
        id,
        head,
        rounds.flatMap((round) => (round === undefined ? [] : [round])),
      );
}

type WrittenHead = z.infer<(typeof headShapes)[DirectoryKind]>;

function readRound(
  source: YamlSource,
  kind: DirectoryKind,
  at: readonly PropertyKey[],
  value: unknown,
  people: ReadonlySet<string>,
  problems: Problem[],
): readonly Attempt[] | undefined {
  const several = Array.isArray(value);
  const written = several
    ? fitPart<readonly WrittenAttempt[]>(source, at, value, roundShapes[kind], ROOM, problems)
    : fitPart<WrittenAttempt>(source, at, value, memberShapes[kind], ROOM, problems);
  if (written === undefined) return undefined;
  const round: readonly WrittenAttempt[] = Array.isArray(written) ? (written as readonly WrittenAttempt[]) : [written as WrittenAttempt];
  for (const [n, { person }] of round.entries()) {
    if (person === undefined || people.has(person)) continue;
    problems.push(unknownPerson(source, [...at, ...(several ? [n] : []), 'person'], person, people));
  }
  return round.map(attemptOf);
}

/** People may be put in over the API as well, so a name that is not here is no more than likely a slip; who is not there is not rung. */
function unknownPerson(source: YamlSource, at: readonly PropertyKey[], person: string, people: ReadonlySet<string>): Problem {
  const known = [...people].sort().join(', ') || 'none';
  const remedy = `Known: ${known}. Somebody put in over the API is rung all the same.`;
  return { ...source.problem(at, `${ROOM}.unknown-person`, `There is no person "${person}" in this file.`, remedy), severity: 'warning' };
}

function entryOf(kind: DirectoryKind, id: string, head: WrittenHead, rounds: DirectoryEntry['rounds']): DirectoryEntry {
  const label = 'name' in head ? { tr: head.name, en: head.name } : (head.label ?? null);
  const { language = null, calendar = null, email = null, webhook = null } = head;
  return { kind, id, label, language, calendar, rounds, email, webhook };
}

function attemptOf({ extension, number, person, ring, accept }: WrittenAttempt): Attempt {
  const ringing = (usual: Ringing['accept']): Ringing => ({
    ringMs: ring === undefined ? USUAL_RING_MS : (parseDuration(ring) ?? USUAL_RING_MS),
    accept: accept ?? usual,
  });
  if (person !== undefined) return { kind: 'person', person };
  if (extension !== undefined) return { kind: 'line', telephone: { kind: 'extension', extension }, ...ringing('answer') };
  if (number === undefined) return { kind: 'own', ...ringing('answer') };
  const read = numberOf(number);
  const telephone = { kind: 'number', number: read?.e164 ?? number } as const;
  return { kind: 'line', telephone, ...ringing(read?.isMobile === true ? 'key' : 'answer') };
}
