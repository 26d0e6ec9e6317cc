export interface RevisionRow {
  flow: string;
  revision: number;
  source: string;
  hash: string;
  created_at: number;
  created_by: string;
}

export interface ReleaseTableRow {
  id: number;
  created_at: number;
  created_by: string;
  flows: string;
  /** JSON: kind, path and hash of each text; null for releases of before they were kept. */
  texts: string | null;
}

/** A prompt file or calendar, kept once for all releases that hold it. */
export interface DefinitionTextRow {
  hash: string;
  text: string;
}

/** The one text of a flow that is being worked on. */
export interface DraftRow {
  flow: string;
  source: string;
  /** null: the scenarios in force stay. */
  scenarios: string | null;
  version: number;
  /** A revision; null for a flow that is not published yet. */
  based_on: number | null;
  author: string;
  updated_at: number;
}

/** `hour`: UTC ms of its beginning. `exit` and `target` are empty but for exits; `target` also where the call ended. */
export interface FlowCountRow {
  flow: string;
  hour: number;
  kind: string;
  node: string;
  exit: string;
  target: string;
  count: number;
}

/** A scenario file that was published with a flow; `number` counts 1, 2, 3 … per flow. */
export interface FlowScenariosRow {
  flow: string;
  number: number;
  revision: number;
  /** null: the file on disk holds again. */
  source: string | null;
  /** Hash of the file on disk whose place it takes; null: there was none. */
  replaces: string | null;
  created_at: number;
  created_by: string;
}
