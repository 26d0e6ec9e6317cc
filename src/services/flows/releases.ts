import { parseCalendars } from '../../domain/calendar-file.ts';
import { ACTIONS } from '../../flow/actions.ts';
import { parseCatalogue } from '../../flow/catalogue.ts';
import { checkRelease, type Problem } from '../../flow/check.ts';
import type { Release } from '../../flow/release.ts';
import type { Clock } from '../../ports/clock.ts';
import type { DefinitionSource, Definitions, TextFile } from '../../ports/definitions.ts';
import type { Log } from '../../ports/log.ts';
import type { FlowRevision, FlowStore, ReleaseRow } from '../../ports/stores.ts';
import { BY_FILES, flowIdOf, standingSources } from './standing-sources.ts';

export interface FlowSource {
  readonly flow: string;
  readonly source: string;
}

export type Published =
  | { readonly kind: 'published'; readonly release: ReleaseRow }
  | { readonly kind: 'refused'; readonly problems: readonly Problem[] };

export interface Releases {
  /** Reads the files and publishes what changed in them. Files with errors leave the newest good release in force. */
  load(): Promise<{ readonly problems: readonly Problem[] }>;
  /** The release that new calls run on, or null before the first good one. */
  newest(): Release | null;
  /** An older release, for calls that began on it. */
  get(id: number): Promise<Release | undefined>;
  check(changes: readonly FlowSource[]): Promise<readonly Problem[]>;
  publish(changes: readonly FlowSource[], by: string): Promise<Published>;
  list(): Promise<readonly Omit<FlowRevision, 'source'>[]>;
}

export interface ReleaseDeps {
  readonly definitions: DefinitionSource;
  readonly store: FlowStore;
  readonly clock: Clock;
  readonly log: Log;
  readonly hash: (text: string) => string;
  /** Pause after the answer where a flow does not say. */
  readonly settleMs: number;
}

/** All flows in one revision each, frozen together; see `Release`. */
export function createReleases({ definitions, store, clock, log, hash, settleMs }: ReleaseDeps): Releases {
  let newest: Release | null = null;
  let row: ReleaseRow | null = null;
  const older = new Map<number, Release>();

  const sources = standingSources(store, hash);

  async function build(id: number, flows: readonly TextFile[]): Promise<{ release: Release; problems: readonly Problem[] }> {
    const files = await definitions.read();
    const catalogue = parseCatalogue(files.catalogue);
    const calendars = parseCalendars(files.calendars);
    const checked = checkRelease({
      files: flows,
      catalogue: catalogue.entries,
      calendars: calendars.calendars,
      actions: ACTIONS,
      recordings: files.recordings,
      settleMs,
    });
    const problems = [...catalogue.problems, ...calendars.problems, ...checked.problems];
    return { release: { id, flows: checked.flows, catalogue: catalogue.entries, calendars: calendars.calendars }, problems };
  }

  async function withChanges(changes: readonly FlowSource[]): Promise<TextFile[]> {
    const files = await sources.standing(await definitions.read());
    const changed = new Map(changes.map(({ flow, source }) => [flow, source]));
    const kept = files.filter((file) => !changed.has(flowIdOf(file.path)));
    return [...kept, ...changes.map(({ flow, source }) => ({ path: `${flow}.yaml`, text: source }))];
  }

  async function put(flows: readonly TextFile[], release: Release, by: string): Promise<ReleaseRow> {
    const sources = flows.map((file) => ({ flow: flowIdOf(file.path), source: file.text, hash: hash(file.text) }));
    const published = await store.publish(sources, by, clock.now());
    if (newest !== null) older.set(newest.id, newest);
    newest = { ...release, id: published.id };
    row = published;
    return published;
  }

  async function restore(id: number): Promise<Release | undefined> {
    const wanted = await store.release(id);
    if (wanted === undefined) return undefined;
    const revisions = await Promise.all(Object.entries(wanted.flows).map(([flow, revision]) => store.revision(flow, revision)));
    const files = revisions.flatMap((one) => (one === undefined ? [] : [{ path: `${one.flow}.yaml`, text: one.source }]));
    const { release } = await build(id, files);
    older.set(id, release);
    return release;
  }

  return {
    async load() {
      const flows = await sources.standing(await definitions.read());
      const { release, problems } = await build(0, flows);
      if (!problems.some(isError)) {
        await put(flows, release, BY_FILES);
        return { problems };
      }
      const latest = await store.latestRelease();
      if (latest !== undefined && newest === null) {
        newest = (await restore(latest.id)) ?? null;
        row = latest;
        log.error(
          { problems: problems.filter(isError).length, release: latest.id },
          'the flow files have errors; calls go on with the newest good release',
        );
      }
      return { problems };
    },
    newest: () => newest,
    get: async (id) => (newest?.id === id ? newest : (older.get(id) ?? (await restore(id)))),
    check: async (changes) => (await build(0, await withChanges(changes))).problems,
    async publish(changes, by) {
      const flows = await withChanges(changes);
      const { release, problems } = await build(0, flows);
      if (problems.some(isError)) return { kind: 'refused', problems };
      return { kind: 'published', release: await put(flows, release, by) };
    },
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

function isError({ severity }: Problem): boolean {
  return severity === 'error';
}
