import { parseCalendars } from '../../domain/calendar-file.ts';
import { ACTIONS } from '../../flow/actions.ts';
import { parseCatalogue } from '../../flow/catalogue.ts';
import { type CheckLimits, checkRelease, type FlowOutline, type Problem, type Recordings } from '../../flow/check.ts';
import { parseConnectors } from '../../flow/connector-file.ts';
import { parseMessages } from '../../flow/message-catalogue.ts';
import { planSuite } from '../../flow/scenario/suite.ts';
import type { Definitions, TextFile } from '../../ports/definitions.ts';

/** What a release is made of. */
export interface Ingredients extends Pick<Definitions, 'flows' | 'catalogue' | 'calendars' | 'messages'> {
  readonly recordings: Recordings;
  /** Absent for an old release: what it names was checked when it was published. */
  readonly connectors?: Definitions['connectors'];
  readonly queues?: ReadonlySet<string>;
  readonly callbackGroups?: ReadonlySet<string>;
  /** Departments of flows/directory.yaml. */
  readonly departments?: ReadonlySet<string>;
  /** Its messages are those of today, and some may be gone. */
  readonly old?: boolean;
}

/** Ingredients that are plain data, and may go to another thread. */
export interface PlainIngredients extends Ingredients {
  readonly recordings: ReadonlySet<string>;
}

/** What the checker measures by. */
export interface CheckSettings {
  /** Pause after the answer where a flow does not say. */
  readonly settleMs: number;
  readonly limits?: CheckLimits;
}

/** What the check says, and how the flows look: plain data. */
export interface Looked {
  readonly problems: readonly Problem[];
  readonly outlines: ReadonlyMap<string, FlowOutline>;
  /** Of the scenario files that were given beside the flows. */
  readonly scenarioProblems: readonly Problem[];
}

/** Checks without making calls wait for it. */
export type CheckAside = (ingredients: PlainIngredients, settings: CheckSettings, scenarios?: readonly TextFile[]) => Promise<Looked>;

/** Reads and checks everything a release is made of. */
export function checkDefinitions({ flows, ...files }: Ingredients, { settleMs, limits }: CheckSettings) {
  const catalogue = parseCatalogue(files.catalogue);
  const calendars = parseCalendars(files.calendars);
  const messages = parseMessages(files.messages);
  const checked = checkRelease({
    files: flows,
    catalogue: catalogue.entries,
    catalogueIncomplete: catalogue.incomplete,
    calendars: calendars.calendars,
    actions: ACTIONS,
    recordings: files.recordings,
    ...(files.connectors === undefined ? {} : { connectors: new Set(parseConnectors(files.connectors).connectors.keys()) }),
    ...(files.queues === undefined ? {} : { queues: files.queues }),
    ...(files.callbackGroups === undefined ? {} : { callbackGroups: files.callbackGroups }),
    ...(files.departments === undefined ? {} : { departments: files.departments }),
    messages: messages.entries,
    messagesMayBeGone: files.old ?? false,
    settleMs,
    ...(limits === undefined ? {} : { limits }),
  });
  const problems = [...catalogue.problems, ...calendars.problems, ...messages.problems, ...checked.problems];
  return { checked, problems, catalogue: catalogue.entries, calendars: calendars.calendars };
}

/** What is told of flows, and of scenario files beside them; nothing is run. */
export function lookAt(ingredients: Ingredients, settings: CheckSettings, scenarios: readonly TextFile[] = []): Looked {
  const { checked, problems, catalogue, calendars } = checkDefinitions(ingredients, settings);
  const release = { id: 0, flows: checked.flows, catalogue, calendars };
  return { problems, outlines: checked.outlines, scenarioProblems: planSuite(scenarios, { release }).problems };
}
