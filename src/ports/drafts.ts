/** The one text of a flow that is being worked on. */
export interface Draft {
  readonly flow: string;
  /** The YAML text. */
  readonly source: string;
  /** The text of the flow’s scenario file; null: the one in force stays. */
  readonly scenarios: string | null;
  /** 1, 2, 3 …: raised by each saving. Whoever saves says which version they have seen. */
  readonly version: number;
  /** The revision it began with; null for a flow that is not published yet. */
  readonly basedOn: number | null;
  /** Who saved it last. */
  readonly author: string;
  /** UTC ms. */
  readonly updatedAt: number;
}

export interface DraftStore {
  list(): Promise<readonly Draft[]>;
  get(flow: string): Promise<Draft | undefined>;
  /**
   * Stores the text when `seen` is still the version that is stored (null: none is). Else it gives, unchanged, what is
   * stored, so that the caller can tell who was faster: `draft` is undefined when it was published or discarded meanwhile.
   */
  save(
    draft: Omit<Draft, 'version'>,
    seen: number | null,
  ): Promise<{ readonly kind: 'saved'; readonly draft: Draft } | { readonly kind: 'changed'; readonly draft: Draft | undefined }>;
  /** False when there is no draft of that version. */
  discard(flow: string, version: number): Promise<boolean>;
}

/** What publishing does to the scenario file of a flow. */
export interface ScenarioChange {
  /** null: the file on disk holds again. */
  readonly source: string | null;
  /** The hash of the file on disk whose place it takes; null: there is none. When the file changes, the file holds. */
  readonly replaces: string | null;
}

/** A scenario file that was published with its flow. */
export interface PublishedScenarios extends ScenarioChange {
  readonly flow: string;
  /** The revision of the flow that it was published with. */
  readonly revision: number;
}

export interface ScenarioTextStore {
  /** The newest of each flow that the newest release holds. */
  newest(): Promise<readonly PublishedScenarios[]>;
  /** What was published last while the flow was at this revision, or before it. */
  at(flow: string, revision: number): Promise<PublishedScenarios | undefined>;
}

/** A way callers took: into a node, out of it by an exit (`to`: where that led, null at a built-in end), or hanging up in it. */
export type FlowStep =
  | { readonly kind: 'entered'; readonly flow: string; readonly node: string }
  | { readonly kind: 'exit'; readonly flow: string; readonly node: string; readonly exit: string; readonly to: string | null }
  | { readonly kind: 'hang-up'; readonly flow: string; readonly node: string };

export type CountedStep = FlowStep & { readonly count: number };

export interface FlowCountStore {
  /** Adds to the counts of that hour (UTC ms of its beginning), all or nothing. */
  add(hour: number, steps: readonly CountedStep[]): Promise<void>;
  /** Sums over the hours from `since` (UTC ms) on. */
  of(flow: string, since: number): Promise<readonly CountedStep[]>;
  /** Forgets the hours before. */
  forget(before: number): Promise<void>;
}
