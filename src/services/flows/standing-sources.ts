import type { Definitions, TextFile } from '../../ports/definitions.ts';
import type { FlowRevision, FlowStore } from '../../ports/stores.ts';

/** Who publishes what the files say. */
export const BY_FILES = 'files';

/** Which text of each flow is in force: the file's, or one that was published later over the API. */
export interface StandingSources {
  standing(files: Definitions): Promise<Standing>;
}

export interface Standing {
  readonly files: readonly TextFile[];
  /** Flows whose file and whose last revision of the page say different things. */
  readonly rivals: readonly Rival[];
}

/** A revision that was published from the page, beside a file that says something else. */
export interface Rival {
  readonly flow: string;
  readonly revision: number;
  readonly by: string;
  /** The file stands: it was changed after that revision. Else the revision does. */
  readonly fileStands: boolean;
}

export function standingSources(store: FlowStore, hash: (text: string) => string): StandingSources {
  async function newestFirst(flow: string): Promise<readonly Omit<FlowRevision, 'source'>[]> {
    return (await store.revisions(flow)).toSorted((a, b) => b.revision - a.revision);
  }

  async function sourceOf(flow: string, revision: number, path: string): Promise<TextFile | null> {
    const kept = await store.revision(flow, revision);
    return kept === undefined ? null : { path, text: kept.source };
  }

  /** A flow that was published later over the API keeps that revision until its file changes. */
  async function preferPublished(file: TextFile): Promise<{ readonly file: TextFile; readonly rival: Rival | null }> {
    const flow = flowIdOf(file.path);
    const revisions = await newestFirst(flow);
    const lastFromFile = revisions.find(({ createdBy }) => createdBy === BY_FILES);
    const [latest] = revisions;
    if (latest === undefined || latest === lastFromFile || latest.hash === hash(file.text)) return { file, rival: null };
    const rival = { flow, revision: latest.revision, by: latest.createdBy };
    if (lastFromFile?.hash !== hash(file.text)) return { file, rival: { ...rival, fileStands: true } };
    const published = await sourceOf(flow, latest.revision, file.path);
    return published === null ? { file, rival: null } : { file: published, rival: { ...rival, fileStands: false } };
  }

  /** A flow that exists only because it was published; a deleted file takes its flow along. */
  async function publishedOnly(flow: string): Promise<TextFile | null> {
    const [latest] = await newestFirst(flow);
    if (latest === undefined || latest.createdBy === BY_FILES) return null;
    return sourceOf(flow, latest.revision, `${flow}.yaml`);
  }

  return {
    async standing(files) {
      const fromFiles = await Promise.all(files.flows.map((file) => preferPublished(file)));
      const names = new Set(files.flows.map((file) => flowIdOf(file.path)));
      const others = Object.keys((await store.latestRelease())?.flows ?? {}).filter((flow) => !names.has(flow));
      const rest = await Promise.all(others.map((flow) => publishedOnly(flow)));
      return {
        files: [...fromFiles.map(({ file }) => file), ...rest.filter((file) => file !== null)],
        rivals: fromFiles.flatMap(({ rival }) => (rival === null ? [] : [rival])),
      };
    },
  };
}

/** `flows/main-menu.yaml` holds the flow `main-menu`. */
export function flowIdOf(file: string): string {
  return (file.split(/[\\/]/).at(-1) ?? file).replace(/\.ya?ml$/, '');
}
