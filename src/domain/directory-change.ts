import type { Attempt, DirectoryEntry, Ringing, Telephone } from './directory.ts';
import type { Language } from './language.ts';

/** A telephone as it was written; what is not said of it is as it was, and usual for a new one. */
export interface WrittenLine extends Partial<Ringing> {
  readonly telephone: Telephone;
  readonly usual: Ringing;
}

/** What is known of a person from now on. What is left out stays as it is. */
export interface PersonChange {
  readonly name: string;
  readonly language?: Language | null;
  readonly calendar?: string | null;
  readonly email?: string | null;
  readonly lines?: readonly WrittenLine[];
}

/** The entry after the change; `known`: the one before, of the same name. Undefined: somebody new without telephones. */
export function personAfter(known: DirectoryEntry | undefined, id: string, change: PersonChange): DirectoryEntry | undefined {
  const { name, lines } = change;
  const rounds = lines === undefined ? known?.rounds : roundsOf(known?.rounds ?? [], lines);
  if (rounds === undefined) return undefined;
  return {
    ...{ kind: 'person', id, rounds },
    // Another name in the other language stands as long as this one does.
    label: known?.label?.tr === name || known?.label?.en === name ? known.label : { tr: name, en: name },
    language: change.language === undefined ? (known?.language ?? null) : change.language,
    calendar: change.calendar === undefined ? (known?.calendar ?? null) : change.calendar,
    email: change.email === undefined ? (known?.email ?? null) : change.email,
    webhook: known?.webhook ?? null,
  };
}

/** One after the other; those that rang together before and still stand beside each other do so. */
function roundsOf(known: DirectoryEntry['rounds'], lines: readonly WrittenLine[]): DirectoryEntry['rounds'] {
  const rounds: Attempt[][] = [];
  let former: number | null = null;
  for (const { telephone, usual, ...written } of lines) {
    const at = known.findIndex((round) => round.some((one) => isLine(one, telephone)));
    const before = known[at]?.find((one) => isLine(one, telephone));
    const how = before?.kind === 'line' ? before : usual;
    const line: Attempt = { kind: 'line', telephone, ringMs: written.ringMs ?? how.ringMs, accept: written.accept ?? how.accept };
    if (at >= 0 && at === former) rounds.at(-1)?.push(line);
    else rounds.push([line]);
    former = at < 0 ? null : at;
  }
  return rounds;
}

function isLine(one: Attempt, telephone: Telephone): boolean {
  return one.kind === 'line' && textOf(one.telephone) === textOf(telephone);
}

function textOf(telephone: Telephone): string {
  return telephone.kind === 'extension' ? telephone.extension : telephone.number;
}
