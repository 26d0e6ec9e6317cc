import {
  type Absence,
  type Attempt,
  type DirectoryEntry,
  type DirectoryRef,
  type KnownDealer,
  type Ringing,
  type Telephone,
  USUAL_RING_MS,
} from './directory.ts';
import type { Label } from './label.ts';
import type { Language } from './language.ts';

/** A telephone that is rung. `name`: whose it is, for people. */
export interface RungLine extends Ringing {
  readonly telephone: Telephone;
  readonly name: string;
  readonly language: Language;
}

/** Telephones that ring together; who takes the call first has it. */
export type Round = readonly RungLine[];

/**
 * How somebody of the directory is reached at a moment. closed: their hours are over · rounds: none where everybody is
 * away or has no telephone that could be rung.
 */
export type Attempts =
  | { readonly kind: 'unknown' }
  | { readonly kind: 'closed'; readonly label: Label }
  | { readonly kind: 'rounds'; readonly label: Label; readonly rounds: readonly Round[] };

/** The directory at one moment. */
export interface DirectoryMoment {
  entry(ref: DirectoryRef): DirectoryEntry | undefined;
  dealer(code: string): KnownDealer | undefined;
  absence(ref: DirectoryRef): Absence | undefined;
  /** Whether the calendar is open; of a dealer's hours the calendar itself is given. */
  isOpen(calendar: string | KnownDealer['hours']): boolean;
  /** Whether a number leads back to us: ringing it would be a call without end. */
  leadsHere(number: string): boolean;
  /** Where an entry names none. */
  readonly language: Language;
}

/** Stand-ins of stand-ins are followed so far. */
const MOST_STAND_INS = 3;
const OWN_NUMBER: readonly (readonly Attempt[])[] = [[{ kind: 'own', ringMs: USUAL_RING_MS, accept: 'answer' }]];

/** Whom to ring for somebody, in which order. Pure; the moment knows hours and absences. */
export function attemptsOf(ref: DirectoryRef, moment: DirectoryMoment): Attempts {
  const dealer = ref.kind === 'dealer' ? moment.dealer(ref.id) : undefined;
  const entry = moment.entry(ref);
  const label = entry?.label ?? (dealer === undefined ? null : { tr: dealer.name, en: dealer.name });
  if (label === null) return { kind: 'unknown' };
  const found = tried(ref, moment, 0);
  return found.kind === 'closed' ? { kind: 'closed', label } : { kind: 'rounds', label, rounds: found.rounds };
}

type Tried = { readonly kind: 'closed' } | { readonly kind: 'rounds'; readonly rounds: readonly Round[] };
const NOBODY: Tried = { kind: 'rounds', rounds: [] };
const CLOSED: Tried = { kind: 'closed' };

function tried(ref: DirectoryRef, moment: DirectoryMoment, standIns: number): Tried {
  const absence = moment.absence(ref);
  if (absence !== undefined) {
    const { instead } = absence;
    return instead === null || standIns >= MOST_STAND_INS ? NOBODY : tried(instead, moment, standIns + 1);
  }
  const dealer = ref.kind === 'dealer' ? moment.dealer(ref.id) : undefined;
  const entry = moment.entry(ref);
  if (entry === undefined && dealer === undefined) return NOBODY;
  const hours = entry?.calendar ?? dealer?.hours ?? null;
  if (hours !== null && !moment.isOpen(hours)) return CLOSED;
  const attempts = entry?.rounds ?? OWN_NUMBER;
  return together(
    attempts.map((round) =>
      together(
        round.map((one) => rung(one, ref, moment, standIns)),
        'at-once',
      ),
    ),
    'in-turn',
  );
}

/** One attempt as rounds of its own: a person may have several telephones, tried in turn. */
function rung(attempt: Attempt, ref: DirectoryRef, moment: DirectoryMoment, standIns: number): Tried {
  switch (attempt.kind) {
    case 'person':
      return tried({ kind: 'person', id: attempt.person }, moment, standIns);
    case 'line':
      return line(attempt.telephone, attempt, ref, moment);
    case 'own': {
      const dealer = moment.dealer(ref.id);
      return dealer === undefined ? NOBODY : line({ kind: 'number', number: dealer.phone }, attempt, ref, moment);
    }
  }
}

function line(telephone: Telephone, { ringMs, accept }: Ringing, ref: DirectoryRef, moment: DirectoryMoment): Tried {
  if (telephone.kind === 'number' && moment.leadsHere(telephone.number)) return NOBODY;
  const entry = moment.entry(ref);
  const language = entry?.language ?? moment.language;
  const name = entry?.label?.[moment.language] ?? moment.dealer(ref.id)?.name ?? ref.id;
  return { kind: 'rounds', rounds: [[{ telephone, ringMs, accept, name, language }]] };
}

/** Several as one: one after the other, or the first rounds of all at once, then the second ones. Closed when nobody is left and hours are why. */
function together(all: readonly Tried[], how: 'at-once' | 'in-turn'): Tried {
  const open = all.filter((one) => one.kind === 'rounds');
  const lists = open.map(({ rounds }) => rounds);
  if (lists.every((rounds) => rounds.length === 0)) return open.length < all.length ? CLOSED : NOBODY;
  if (how === 'in-turn') return { kind: 'rounds', rounds: lists.flat() };
  const most = Math.max(...lists.map(({ length }) => length));
  return { kind: 'rounds', rounds: Array.from({ length: most }, (_, at) => lists.flatMap((rounds) => rounds[at] ?? [])) };
}
