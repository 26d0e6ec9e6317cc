import type { TextFile } from '../../ports/definitions.ts';
import type { ScenarioChange, ScenarioTextStore } from '../../ports/drafts.ts';
import type { ScenarioSource } from '../../ports/scenario-source.ts';

/** The scenarios of a flow that are in force. */
export interface FlowScenarios {
  /** The file's name: `main-menu.test.yaml`. */
  readonly file: string;
  /** null: there is none. */
  readonly text: string | null;
  /** Further files of the flow on disk (`main-menu.hours.test.yaml`): they are run, too, and are changed on disk. */
  readonly others: readonly TextFile[];
}

/** Which scenarios are in force: the files' on disk, or those that were published with a flow, until their file changes. */
export interface StandingScenarios extends ScenarioSource {
  of(flow: string): Promise<FlowScenarios>;
  /** What publishing this text is to store; undefined: nothing, it is in force. `null`: the file on disk is to hold again. */
  changeTo(flow: string, text: string | null): Promise<ScenarioChange | undefined>;
  /** What publishing an older revision of the flow is to store: the scenarios that were in force with it. */
  changeBackTo(flow: string, revision: number): Promise<ScenarioChange | undefined>;
}

export interface StandingScenarioDeps {
  readonly files: ScenarioSource;
  readonly store: ScenarioTextStore;
  readonly hash: (text: string) => string;
}

export function standingScenarios({ files, store, hash }: StandingScenarioDeps): StandingScenarios {
  const hashOf = (file: TextFile | undefined): string | null => (file === undefined ? null : hash(file.text));

  async function read(): Promise<readonly TextFile[]> {
    const standing = new Map((await files.read()).map((file) => [scenarioNameOf(file.path), file]));
    for (const { flow, source, replaces } of await store.newest()) {
      const name = scenarioFileOf(flow);
      const file = standing.get(name);
      if (source !== null && replaces === hashOf(file)) standing.set(name, { path: file?.path ?? name, text: source });
    }
    return [...standing.values()];
  }

  async function onDisk(flow: string): Promise<TextFile | undefined> {
    return (await files.read()).find(({ path }) => scenarioNameOf(path) === scenarioFileOf(flow));
  }

  async function of(flow: string): Promise<FlowScenarios> {
    const file = scenarioFileOf(flow);
    const own = (await read()).filter(({ path }) => scenarioNameOf(path).startsWith(`${flow}.`));
    const main = own.find(({ path }) => scenarioNameOf(path) === file);
    return { file, text: main?.text ?? null, others: own.filter((one) => one !== main) };
  }

  async function changeTo(flow: string, text: string | null): Promise<ScenarioChange | undefined> {
    const [now, disk] = [await of(flow), await onDisk(flow)];
    if (now.text === (text ?? disk?.text ?? null)) return undefined;
    return { source: text, replaces: hashOf(disk) };
  }

  return {
    read,
    of,
    changeTo,
    changeBackTo: async (flow, revision) => changeTo(flow, (await store.at(flow, revision))?.source ?? null),
  };
}

/** `main-menu.test.yaml`: the scenario file of a flow that the workshop writes. */
export function scenarioFileOf(flow: string): string {
  return `${flow}.test.yaml`;
}

export function scenarioNameOf(path: string): string {
  return path.split(/[\\/]/).at(-1) ?? path;
}
