import type { Definitions, TextFile } from '../../ports/definitions.ts';
import type { FlowRevision, FlowStore } from '../../ports/stores.ts';

/** Who publishes what the files say. */
export const BY_FILES = 'files';

/** Which text of each flow is in force: the file's, or one that was published later over the API. */
export interface StandingSources {
  standing(files: Definitions): Promise<TextFile[]>;
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
  async function preferPublished(file: TextFile): Promise<TextFile> {
    const flow = flowIdOf(file.path);
    const revisions = await newestFirst(flow);
    const lastFromFile = revisions.find(({ createdBy }) => createdBy === BY_FILES);
    const [latest] = revisions;
    if (latest === undefined || latest === lastFromFile || lastFromFile?.hash !== hash(file.text)) return file;
    return (await sourceOf(flow, latest.revision, file.path)) ?? file;
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
      return [...fromFiles, ...rest.filter((file) => file !== null)];
    },
  };
}

/** `flows/main-menu.yaml` holds the flow `main-menu`. */
export function flowIdOf(file: string): string {
  return (file.split(/[\\/]/).at(-1) ?? file).replace(/\.ya?ml$/, '');
}
