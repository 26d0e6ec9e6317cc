import { type Attempts, attemptsOf, type DirectoryMoment } from '../../domain/attempts.ts';
import type { BrandId } from '../../domain/brand.ts';
import type { Dealer } from '../../domain/dealer.ts';
import { type DirectoryEntry, type DirectoryKind, type DirectoryRef, type KnownDealer } from '../../domain/directory.ts';
import { type PersonChange, personAfter } from '../../domain/directory-change.ts';
import { SantralError } from '../../domain/errors.ts';
import type { AbsenceId, IdSource } from '../../domain/ids.ts';
import type { Label } from '../../domain/label.ts';
import type { Language } from '../../domain/language.ts';
import type { Calendar } from '../../domain/opening-hours.ts';
import { openness } from '../../domain/openness.ts';
import type { Clock } from '../../ports/clock.ts';
import type { DirectoryStore, KeptAbsence } from '../../ports/directory.ts';
import type { Log } from '../../ports/log.ts';

/** Other engines and the command line change absences and people too: what is older is read anew, behind the caller's back. */
const MAX_AGE_MS = 10_000;
const LONGEST_ABSENCE_MS = 366 * 86_400_000;

export interface DirectoryDeps {
  readonly store: DirectoryStore;
  /** Of flows/directory.yaml. */
  readonly entries: readonly DirectoryEntry[];
  readonly dealers: { all(brand: BrandId): Promise<readonly Dealer[]> };
  /** A calendar of flows/calendars/ as it is now; undefined: there is none of that name. */
  readonly calendar: (id: string) => Calendar | undefined;
  /** Whether callers who dial the number come to us. */
  readonly leadsHere: (number: string) => boolean;
  readonly brand: BrandId;
  readonly language: Language;
  /** IANA, of dealers' hours. */
  readonly zone: string;
  readonly clock: Pick<Clock, 'now'>;
  readonly ids: IdSource;
  readonly log: Log;
}

/** Somebody of the directory as people see them. */
export interface DirectoryView extends DirectoryRef {
  readonly label: Label;
  /** open: somebody would be rung now · closed: their hours are over · away: nobody is there to be rung. */
  readonly state: 'open' | 'closed' | 'away';
  /** How many telephones would be rung now. */
  readonly telephones: number;
  readonly email: string | null;
  readonly webhook: string | null;
  /** A calendar of flows/calendars/; null: a dealer's own hours, anybody else always. */
  readonly calendar: string | null;
  /** Whom the entry names, in its order; a dealer without an entry has none. */
  readonly rounds: DirectoryEntry['rounds'];
  /** Put in beside flows/directory.yaml: may be changed and taken out there. */
  readonly kept: boolean;
}

export interface NewAbsence {
  readonly of: DirectoryRef;
  /** UTC ms; null: from now on. */
  readonly from: number | null;
  readonly until: number;
  readonly instead: DirectoryRef | null;
}

/** Departments, dealers' staff and people: whom to ring, and who is away. */
export interface Directory {
  /** Reads what the database holds; everything else refreshes itself. */
  start(): Promise<void>;
  /** Whom to ring for somebody at this moment. Another brand's callers find dealers only. */
  attempts(ref: DirectoryRef, brand: BrandId): Promise<Attempts>;
  /** The same at once, with the dealers as they were read last. */
  attemptsNow(ref: DirectoryRef): Attempts;
  /** The system that hears of calls missed for them; null: none. */
  webhookOf(ref: DirectoryRef): string | null;
  /** One of them; undefined: unknown. */
  view(ref: DirectoryRef, brand: BrandId): Promise<DirectoryView | undefined>;
  /** Everybody with an entry, by kind and name. Dealers without one are among the dealers. */
  list(kind?: DirectoryKind): Promise<readonly DirectoryView[]>;
  /** Not over yet, the first first. */
  absences(): Promise<readonly KeptAbsence[]>;
  /** Rejects with `request.not-found` for whom the directory does not know, and with `request.invalid` for times that make no sense. */
  addAbsence(absence: NewAbsence, by: string): Promise<KeptAbsence>;
  /** Rejects with `request.not-found`. */
  removeAbsence(id: AbsenceId): Promise<void>;
  /**
   * Wins over a person of the same name in flows/directory.yaml; what is not said stays as it is. Rejects with `request.invalid`
   * for somebody new without telephones.
   */
  putPerson(id: string, change: PersonChange): Promise<void>;
  /** The file's person of that name, if there is one, applies again. Rejects with `request.not-found`. */
  removePerson(id: string): Promise<void>;
}

interface Kept {
  readonly people: ReadonlyMap<string, DirectoryEntry>;
  readonly absences: readonly KeptAbsence[];
  readonly readAt: number;
}

export function createDirectory(deps: DirectoryDeps): Directory {
  const { store, brand, clock, ids, log } = deps;
  const written = new Map(deps.entries.map((entry) => [keyOf(entry), entry]));
  let kept: Kept = { people: new Map(), absences: [], readAt: 0 };
  let refreshing = false;
  let dealers: ReadonlyMap<string, KnownDealer> = new Map();

  async function reload(): Promise<void> {
    const readAt = clock.now();
    const [people, absences] = await Promise.all([store.people(brand), store.absences(brand, readAt)]);
    kept = { people: new Map(people.map((person) => [person.id, person])), absences, readAt };
    await readDealers();
  }

  async function readDealers(): Promise<void> {
    dealers = known(await deps.dealers.all(brand), deps.zone);
  }

  /** Calls keep what is known while it is read again; a database that cannot be reached costs them nothing. */
  function refresh(): void {
    if (refreshing || clock.now() - kept.readAt <= MAX_AGE_MS) return;
    refreshing = true;
    reload()
      .catch((error: unknown) => {
        kept = { ...kept, readAt: clock.now() };
        log.warn({ err: error }, 'the directory could not be read again; what is known is used');
      })
      .finally(() => {
        refreshing = false;
      });
  }

  function entryOf(ref: DirectoryRef): DirectoryEntry | undefined {
    return (ref.kind === 'person' ? kept.people.get(ref.id) : undefined) ?? written.get(keyOf(ref));
  }

  function momentOf(among: ReadonlyMap<string, KnownDealer>): DirectoryMoment {
    const now = clock.now();
    return {
      entry: entryOf,
      dealer: (code) => among.get(code),
      absence: (ref) => kept.absences.find(({ of, from, until }) => isSame(of, ref) && from <= now && now < until),
      isOpen: (calendar) => isOpen(calendar, now),
      leadsHere: deps.leadsHere,
      language: deps.language,
    };
  }

  /** A calendar that is gone closes nobody. */
  function isOpen(calendar: string | Calendar, now: number): boolean {
    const hours = typeof calendar === 'string' ? deps.calendar(calendar) : calendar;
    return hours === undefined || openness(hours, now).kind === 'open';
  }

  function attemptsNow(ref: DirectoryRef): Attempts {
    refresh();
    return attemptsOf(ref, momentOf(dealers));
  }

  async function attempts(ref: DirectoryRef, whose: BrandId): Promise<Attempts> {
    if (ref.kind !== 'dealer') return whose === brand ? attemptsNow(ref) : { kind: 'unknown' };
    refresh();
    if (whose !== brand) return attemptsOf(ref, { ...momentOf(known(await deps.dealers.all(whose), deps.zone)), entry: () => undefined });
    await readDealers();
    return attemptsOf(ref, momentOf(dealers));
  }

  async function view(ref: DirectoryRef, whose: BrandId): Promise<DirectoryView | undefined> {
    const found = await attempts(ref, whose);
    if (found.kind === 'unknown') return undefined;
    const telephones = found.kind === 'closed' ? 0 : found.rounds.flat().length;
    const state = found.kind === 'closed' ? 'closed' : telephones === 0 ? 'away' : 'open';
    const { email = null, webhook = null, calendar = null, rounds = [] } = whose === brand ? (entryOf(ref) ?? {}) : {};
    const isKept = ref.kind === 'person' && whose === brand && kept.people.has(ref.id);
    return { kind: ref.kind, id: ref.id, label: found.label, state, telephones, email, webhook, calendar, rounds, kept: isKept };
  }

  async function mustKnow(ref: DirectoryRef): Promise<void> {
    if ((await attempts(ref, brand)).kind === 'unknown')
      throw new SantralError('request.not-found', `The directory has no ${ref.kind} "${ref.id}". GET /api/v1/directory lists all.`);
  }

  return {
    start: reload,
    attempts,
    attemptsNow,
    webhookOf: (ref) => entryOf(ref)?.webhook ?? null,
    view,
    async list(kind) {
      const all = [
        ...[...kept.people.values()],
        ...[...written.values()].filter((one) => one.kind !== 'person' || !kept.people.has(one.id)),
      ];
      const wanted = all.filter((one) => kind === undefined || one.kind === kind);
      const views = await Promise.all(wanted.map((one) => view(one, brand)));
      return views.flatMap((one) => one ?? []).sort((a, b) => a.kind.localeCompare(b.kind) || a.label.tr.localeCompare(b.label.tr, 'tr'));
    },
    absences: () => store.absences(brand, clock.now()),
    async addAbsence({ of, from, until, instead }, by) {
      const now = clock.now();
      const begins = from ?? now;
      if (until <= begins || until <= now)
        throw new SantralError('request.invalid', 'An absence must end after it begins, and not in the past. Correct "until".');
      if (until - begins > LONGEST_ABSENCE_MS)
        throw new SantralError(
          'request.invalid',
          'An absence may last a year at most. Take the telephones out of flows/directory.yaml instead.',
        );
      await mustKnow(of);
      if (instead !== null) {
        if (isSame(of, instead)) throw new SantralError('request.invalid', 'Nobody can stand in for themselves. Name somebody else.');
        await mustKnow(instead);
      }
      const absence = { id: ids.next('absence'), brand, of, from: begins, until, instead, createdAt: now, createdBy: by };
      await store.addAbsence(absence);
      await reload();
      return absence;
    },
    async removeAbsence(id) {
      const removed = await store.removeAbsence(brand, id);
      await reload();
      if (!removed) throw new SantralError('request.not-found', 'There is no such absence, or it is over.');
    },
    async putPerson(id, change) {
      await reload();
      const person = personAfter(entryOf({ kind: 'person', id }), id, change);
      if (person === undefined)
        throw new SantralError('request.invalid', 'Nobody is known by that name yet: name at least one telephone in "telephones".');
      await store.putPerson(brand, person, clock.now());
      await reload();
    },
    async removePerson(id) {
      const removed = await store.removePerson(brand, id);
      await reload();
      if (!removed)
        throw new SantralError('request.not-found', `Nobody was put in as "${id}". People of flows/directory.yaml are removed there.`);
    },
  };
}

function keyOf({ kind, id }: DirectoryRef): string {
  return `${kind} ${id}`;
}

function isSame(a: DirectoryRef, b: DirectoryRef): boolean {
  return a.kind === b.kind && a.id === b.id;
}

function known(dealers: readonly Dealer[], zone: string): ReadonlyMap<string, KnownDealer> {
  return new Map(
    dealers.map(({ code, name, phone, hours }) => [
      code,
      { name, phone, hours: { id: `dealer ${code}`, zone, weekly: hours, holidays: [] } },
    ]),
  );
}
