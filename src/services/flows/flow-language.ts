import type { Language } from '../../domain/language.ts';
import { ACTIONS } from '../../flow/actions.ts';
import { FILTERS } from '../../flow/filters.ts';
import { flowJsonSchema } from '../../flow/json-schema.ts';
import { NODE_KINDS } from '../../flow/nodes/registry.ts';
import type { Release } from '../../flow/release.ts';
import { scenarioJsonSchema } from '../../flow/scenario/schema.ts';

/** What a flow may be written with, as an editor offers it. */
export interface FlowLanguage {
  readonly schema: Readonly<Record<string, unknown>>;
  /** Of a scenario file. */
  readonly scenarioSchema: Readonly<Record<string, unknown>>;
  /** The fixed exits of each type of node; a node’s options and cases are beside them. */
  readonly exits: Readonly<Record<string, readonly { readonly exit: string; readonly doc: string }[]>>;
  readonly prompts: readonly { readonly key: string; readonly text: Readonly<Partial<Record<Language, string>>> }[];
  readonly actions: readonly { readonly name: string; readonly doc: string; readonly params: readonly string[] }[];
  readonly filters: readonly { readonly name: string; readonly doc: string }[];
  readonly flows: readonly string[];
  readonly calendars: readonly string[];
}

type Fixed = Pick<FlowLanguage, 'schema' | 'scenarioSchema' | 'exits' | 'actions' | 'filters'>;
let made: Fixed | undefined;

/** The same for every release; made when it is first asked for. */
function fixed(): Fixed {
  made ??= {
    schema: flowJsonSchema(),
    scenarioSchema: scenarioJsonSchema(),
    exits: Object.fromEntries(NODE_KINDS.map(({ type, exits }) => [type, exits.map((one) => ({ exit: one.name, doc: one.doc }))])),
    actions: ACTIONS.map(({ name, doc, params }) => ({ name, doc, params: Object.keys(params) })),
    filters: FILTERS.map(({ name, doc }) => ({ name, doc })),
  };
  return made;
}

/** The words of a release; of none, those that need no release. */
export function flowLanguage(release: Release | null): FlowLanguage {
  const { catalogue, flows, calendars } = release ?? { catalogue: new Map(), flows: new Map(), calendars: new Map() };
  return {
    ...fixed(),
    prompts: [...catalogue.values()].map(({ key, text }) => ({ key, text })),
    flows: [...flows.keys()],
    calendars: [...calendars.keys()],
  };
}
