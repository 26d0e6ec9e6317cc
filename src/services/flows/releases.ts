import type { AuditEntry } from '../../domain/audit.ts';
import { hasCode, SantralError } from '../../domain/errors.ts';
import type { CheckLimits, FlowOutline, Problem, Recordings } from '../../flow/check.ts';
import type { Release } from '../../flow/release.ts';
import type { Clock } from '../../ports/clock.ts';
import type { DefinitionSource, Definitions, TextFile } from '../../ports/definitions.ts';
import type { ScenarioChange } from '../../ports/drafts.ts';
import type { Log } from '../../ports/log.ts';
import type { DefinitionText, FlowRevision, FlowStore, ReleaseRow } from '../../ports/stores.ts';
import type { PromptBook } from '../prompts/prompt-list.ts';
import {
  type CheckAside,
  type CheckSettings,
  checkDefinitions,
  type Ingredients,
  type Looked,
  lookAt,
  type PlainIngredients,
} from './check-definitions.ts';
import { BY_FILES, flowIdOf, type Rival, standingSources } from './standing-sources.ts';

export interface FlowSource {
  readonly flow: string;
  readonly source: string;
}

export type Published =
  | { readonly kind: 'published'; readonly release: ReleaseRow }
  | { readonly kind: 'refused'; readonly problems: readonly Problem[] };

export interface SpentDraft {
  readonly flow: string;
  readonly version: number;
}

/** What must be so at the moment of publishing, whoever else publishes on this database. */
export interface PublishTerms {
  /** The draft that is published, gone in the same transaction. */
  readonly spent?: SpentDraft;
  /** The revisions in force that the user saw; null: none. */
  readonly revisions?: Readonly<Record<string, number | null>>;
  /** The release in force that the user, or the scenarios, saw; null: none. */
  readonly release?: number | null;
  /** The scenarios that are published with each flow. */
  readonly scenarios?: ReadonlyMap<string, ScenarioChange>;
  /** What the audit keeps of it, by the release; stored in the same transaction. */
  readonly notes?: (release: number) => readonly AuditEntry[];
}

/** A release that is not there yet; its id is 0. */
export interface Proposal {
  readonly release: Release;
  readonly problems: readonly Problem[];
  readonly outlines: ReadonlyMap<string, FlowOutline>;
  readonly prompts: PromptBook;
}

export interface Loaded {
  readonly problems: readonly Problem[];
  /** The release that the files made; null: nothing changed in them, or they have errors. */
  readonly made: Release | null;
}

export interface Releases {
  /** Reads the files and publishes what changed in them. Files with errors leave the newest good release in force. */
  load(): Promise<Loaded>;
  /** The release that new calls run on, or null before the first good one. */
  newest(): Release | null;
  /** An older release, for calls that began on it. */
  get(id: number): Promise<Release | undefined>;
  check(changes: readonly FlowSource[]): Promise<readonly Problem[]>;
  /** The same, how the flows look, and what scenario files beside them say that cannot be; where there is a thread for it, no call waits meanwhile. */
  look(changes: readonly FlowSource[], scenarios?: readonly TextFile[]): Promise<Looked>;
  /** What would be published: everything the check says, and the flows as they would run and look. Nothing is stored. */
  propose(changes: readonly FlowSource[]): Promise<Proposal>;
  /** Rejects with `request.conflict` when something else is in force than the terms say, with `store.conflict` when the draft was changed. */
  publish(changes: readonly FlowSource[], by: string, terms?: PublishTerms): Promise<Published>;
  list(): Promise<readonly Omit<FlowRevision, 'source'>[]>;
  /** The prompts of the last release that was built, and where its flows name one. */
  prompts(): PromptBook;
}

export interface ReleaseDeps {
  readonly definitions: DefinitionSource;
  readonly store: FlowStore;
  readonly clock: Clock;
  readonly log: Log;
  readonly hash: (text: string) => string;
  /** Pause after the answer where a flow does not say. */
  readonly settleMs: number;
  /** The queues of the floor: a flow sends nobody to another one, whatever the file says by now. Absent: names are not checked. */
  readonly queues?: ReadonlySet<string>;
  /** Queues and callback groups; the same. */
  readonly callbackGroups?: ReadonlySet<string>;
  /** Departments of the directory; the same. */
  readonly departments?: ReadonlySet<string>;
  /** What the checker measures by: the settings calls run with. */
  readonly limits?: CheckLimits;
  /** Absent: checks run where they are asked for. */
  readonly aside?: CheckAside;
}

interface Putting {
  readonly release: Release;
  readonly by: string;
  /** The release that the ingredients were read beside. */
  readonly after: number | null;
  readonly spent?: SpentDraft | undefined;
  readonly scenarios?: PublishTerms['scenarios'] | undefined;
  readonly notes?: PublishTerms['notes'] | undefined;
}

/** What stands in the files and in the store, to be checked. */
interface Standing extends PlainIngredients {
  /** Where the page and a file say different things of a flow. */
  readonly rivals: readonly Rival[];
}

/** Older releases at hand, those asked for last; a call holds its own as long as it lives, and all others are in the database. */
const KEPT_RELEASES = 10;
/** Another engine on this database may publish while we read and check; then all is read anew, so often. */
const TRIES = 3;

/** Of an old release: its check was passed when it was published, whatever recordings are there today. */
const ALL_RECORDINGS: Recordings = { has: () => true };

function ofKinds(texts: readonly DefinitionText[]): Pick<Definitions, 'catalogue' | 'calendars'> {
  const of = (kind: DefinitionText['kind']) => texts.filter((one) => one.kind === kind);
  return { catalogue: of('catalogue'), calendars: of('calendar') };
}

/** All flows in one revision each, frozen together with prompts and calendars; see `Release`. */
export function createReleases(deps: ReleaseDeps): Releases {
  const { definitions, store, clock, log, hash, settleMs, limits, queues, callbackGroups, departments, aside } = deps;
  const settings: CheckSettings = { settleMs, ...(limits === undefined ? {} : { limits }) };
  let newest: Release | null = null;
  let row: ReleaseRow | null = null;
  let book: PromptBook = { catalogue: new Map(), uses: [] };
  const older = new Map<number, Release>();

  const sources = standingSources(store, hash);

  function keep(release: Release): void {
    older.delete(release.id);
    older.set(release.id, release);
    for (const id of [...older.keys()].slice(0, -KEPT_RELEASES)) older.delete(id);
  }

  async function olderOne(id: number): Promise<Release | undefined> {
    const kept = older.get(id);
    if (kept === undefined) return restore(id);
    keep(kept);
    return kept;
  }

  function build(id: number, ingredients: Ingredients): Proposal {
    const { checked, problems, catalogue, calendars } = checkDefinitions(ingredients, settings);
    const release = { id, flows: checked.flows, catalogue, calendars };
    return { release, problems, outlines: checked.outlines, prompts: { catalogue, uses: checked.prompts } };
  }

  async function look(changes: readonly FlowSource[], scenarios: readonly TextFile[] = []): Promise<Looked> {
    const { rivals: _told, ...ingredients } = await withChanges(changes);
    return aside === undefined ? lookAt(ingredients, settings, scenarios) : aside(ingredients, settings, scenarios);
  }

  async function withChanges(changes: readonly FlowSource[]): Promise<Standing> {
    const now = await definitions.read();
    const { files, rivals } = await sources.standing(now);
    const changed = new Map(changes.map(({ flow, source }) => [flow, source]));
    const kept = files.filter((file) => !changed.has(flowIdOf(file.path)));
    const flows = [...kept, ...changes.map(({ flow, source }) => ({ path: `${flow}.yaml`, text: source }))];
    const { queues: _file, ...rest } = now;
    const known = { ...(queues === undefined ? {} : { queues }), ...(departments === undefined ? {} : { departments }) };
    return { ...rest, flows, rivals, ...known, ...(callbackGroups === undefined ? {} : { callbackGroups }) };
  }

  async function put(ingredients: Ingredients, { release, by, after, spent, scenarios, notes }: Putting): Promise<ReleaseRow> {
    const { flows, catalogue, calendars } = ingredients;
    const sources = flows.map(({ path, text }) => {
      const flow = flowIdOf(path);
      return { flow, source: text, hash: hash(text), scenarios: scenarios?.get(flow) };
    });
    const texts = [...catalogue.map(textOf('catalogue')), ...calendars.map(textOf('calendar'))];
    const published = await store.publish(sources, by, clock.now(), texts, spent, after, notes);
    if (newest !== null && newest.id !== published.id) keep(newest);
    newest = { ...release, id: published.id };
    row = published;
    return published;
  }

  function textOf(kind: DefinitionText['kind']) {
    return ({ path, text }: TextFile): DefinitionText => ({ kind, path, text, hash: hash(text) });
  }

  async function restore(id: number): Promise<Release | undefined> {
    const wanted = await store.release(id);
    if (wanted === undefined) return undefined;
    const revisions = await Promise.all(Object.entries(wanted.flows).map(([flow, revision]) => store.revision(flow, revision)));
    const files = revisions.flatMap((one) => (one === undefined ? [] : [{ path: `${one.flow}.yaml`, text: one.source }]));
    const texts = await store.textsOf(id);
    // Releases of before texts were kept run on today's prompts and calendars: nothing better is known of them.
    const today = await definitions.read();
    const { catalogue, calendars } = texts === undefined ? today : ofKinds(texts);
    const { release } = build(id, { flows: files, catalogue, calendars, messages: today.messages, recordings: ALL_RECORDINGS, old: true });
    keep(release);
    return release;
  }

  let last: Promise<unknown> = Promise.resolve();
  /** What is published is read, checked and stored by one at a time: nobody's change is undone by who read before it. */
  function inTurn<T>(run: () => Promise<T>): Promise<T> {
    const turn = last.then(run);
    last = turn.catch(() => undefined);
    return turn;
  }

  /** Begins anew when another engine published between our reading and our storing. */
  async function undisturbed<T>(run: (latest: ReleaseRow | undefined) => Promise<T>): Promise<T> {
    for (let tries = 1; ; tries += 1) {
      try {
        return await run(await store.latestRelease());
      } catch (error) {
        if (tries >= TRIES || !hasCode(error, 'store.conflict') || !('release' in error.details)) throw error;
      }
    }
  }

  /** Nobody's published text is replaced, and nobody's file left aside, without a word. */
  function warnOf({ flow, revision, by, fileStands }: Rival): void {
    if (fileStands)
      log.warn(
        { flow, revision, by },
        'the changed flow file takes the place of what was published on the page; that stays readable under its revision',
      );
    else
      log.warn({ flow, revision, by }, 'the flow file is not in force: what was published on the page later is, until the file is changed');
  }

  async function load(latest: ReleaseRow | undefined): Promise<Loaded> {
    const now = await withChanges([]);
    const { release, prompts, problems } = build(0, now);
    // Of files with errors, too: that is where the prompts are that somebody still has to write.
    book = prompts;
    if (!problems.some(isError)) {
      const { id } = await put(now, { release, by: BY_FILES, after: latest?.id ?? null });
      for (const rival of now.rivals) warnOf(rival);
      return { problems, made: id === latest?.id ? null : newest };
    }
    if (latest !== undefined && newest === null) {
      newest = (await restore(latest.id)) ?? null;
      row = latest;
      log.error(
        { problems: problems.filter(isError).length, release: latest.id },
        'the flow files have errors; calls go on with the newest good release',
      );
    }
    return { problems, made: null };
  }

  return {
    load: () => inTurn(() => undisturbed(load)),
    newest: () => newest,
    get: async (id) => (newest?.id === id ? newest : olderOne(id)),
    check: async (changes) => (await look(changes)).problems,
    look,
    propose: async (changes) => build(0, await withChanges(changes)),
    publish: (changes, by, terms = {}) =>
      inTurn(() =>
        undisturbed(async (latest): Promise<Published> => {
          demandTerms(terms, latest);
          const changed = await withChanges(changes);
          const { release, prompts, problems } = build(0, changed);
          if (problems.some(isError)) return { kind: 'refused', problems };
          const { spent, scenarios, notes } = terms;
          const stored = await put(changed, { release, by, after: latest?.id ?? null, spent, scenarios, notes });
          book = prompts;
          return { kind: 'published', release: stored };
        }),
      ),
    prompts: () => book,
    async list() {
      const all = await Promise.all(
        Object.entries(row?.flows ?? {}).map(async ([flow, revision]) =>
          (await store.revisions(flow)).find((one) => one.revision === revision),
        ),
      );
      return all.filter((one) => one !== undefined);
    },
  };
}

function demandTerms({ release, revisions = {} }: PublishTerms, latest: ReleaseRow | undefined): void {
  if (release !== undefined && (latest?.id ?? null) !== release)
    throw new SantralError(
      'request.conflict',
      `Release ${latest?.id ?? 'none'} is in force by now, not ${release ?? 'none'}: decide anew.`,
    );
  for (const [flow, seen] of Object.entries(revisions)) {
    const current = latest?.flows[flow] ?? null;
    if (current === seen) continue;
    throw new SantralError(
      'request.conflict',
      `${flow} is at revision ${current ?? 'none'} by now, not ${seen ?? 'none'}: it was published meanwhile. Look at it, and decide anew.`,
    );
  }
}

function isError({ severity }: Problem): boolean {
  return severity === 'error';
}
