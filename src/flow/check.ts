import { parseDuration } from '../domain/duration.ts';
import { LANGUAGES, type Language } from '../domain/language.ts';
import type { Calendar } from '../domain/opening-hours.ts';
import type { ActionSignature } from './action-signature.ts';
import { asksCaller, checkCalls } from './check/calls.ts';
import { draftFlow, type FlowDraft } from './check/draft.ts';
import { checkGraph } from './check/graph.ts';
import { makeKit, type Surroundings } from './check/kit.ts';
import { checkReads, collectNames, type Names, personalNames } from './check/names.ts';
import { type FlowOutline, outlineFlow, withoutGaps } from './check/outline.ts';
import type { SourceFile } from './check/source.ts';
import { didYouMean } from './check/suggest.ts';
import { wireFlow } from './check/wiring.ts';
import type { Behaviour, CompiledFlow, CompiledNode, NodeOutline } from './compiled.ts';
import { CHECK_LIMITS, ENGINE_DEFAULTS } from './engine-defaults.ts';
import { expressionTypes } from './expression.ts';
import type { FlowHeader } from './flow-schema.ts';
import type { MessageCatalogue } from './message-catalogue.ts';
import { resultsOf } from './parameters.ts';
import { type Problem, problemAt, sortProblems } from './problems.ts';
import type { CatalogueEntry } from './release.ts';
import { type CompiledTemplate, type Template, templatesOnce } from './template.ts';
import type { FlowLimits } from './world.ts';

export type { FlowOutline } from './check/outline.ts';
export type { Problem } from './problems.ts';

/** Which recordings there are, by `tr/general.goodbye`. */
export type Recordings = Pick<ReadonlySet<string>, 'has'>;

/** Everything a release is made of, as text and data. */
export interface ReleaseSources {
  readonly files: readonly SourceFile[];
  readonly catalogue: ReadonlyMap<string, CatalogueEntry>;
  /** Part of the catalogue could not be read, which is told where it was read. */
  readonly catalogueIncomplete?: boolean;
  readonly calendars: ReadonlyMap<string, Calendar>;
  readonly actions: readonly ActionSignature[];
  /** What messages say; absent: there are none. */
  readonly messages?: MessageCatalogue;
  /** True for an old release, some of whose messages may be gone today. */
  readonly messagesMayBeGone?: boolean;
  /** `tr/general.goodbye` for each prompt with a recording. */
  readonly recordings: Recordings;
  /** Names of flows/queues.yaml; absent: any name will do. */
  readonly queues?: ReadonlySet<string>;
  /** Queues, and the groups they call back for; absent: any name will do. */
  readonly callbackGroups?: ReadonlySet<string>;
  /** Departments of flows/directory.yaml; absent: any name will do. */
  readonly departments?: ReadonlySet<string>;
  /** Names of flows/connectors.yaml; absent: any name will do. */
  readonly connectors?: ReadonlySet<string>;
  /** Pause after the answer where the flow names none (ms). */
  readonly settleMs?: number;
  /** The engine's settings. */
  readonly limits?: CheckLimits;
}

export type CheckLimits = Pick<FlowLimits, 'maxSubflowDepth' | 'maxTextLength'>;

/** A prompt of the catalogue where a node names it. */
export interface PromptUse {
  readonly flow: string;
  readonly node: string;
  readonly key: string;
}

export interface CheckedRelease {
  /** All there is to say, by file and line. */
  readonly problems: readonly Problem[];
  /** The flows without errors, ready to run. */
  readonly flows: Map<string, CompiledFlow>;
  /** Every flow as a picture shows it, also those with errors. */
  readonly outlines: ReadonlyMap<string, FlowOutline>;
  /** Of all flows, those with errors too; keys that the catalogue lacks are among them. */
  readonly prompts: readonly PromptUse[];
}

const SETTLE_MS = parseDuration(ENGINE_DEFAULTS.answer.settle) ?? 0;

/** Checks all flows of a release together and compiles those without errors. Pure: text in, data out; never throws. */
export function checkRelease(sources: ReleaseSources): CheckedRelease {
  const problems: Problem[] = [];
  const drafts = sources.files.map(draftFlow);
  const flows = new Map<string, FlowDraft>();
  for (const draft of drafts) {
    if (flows.has(draft.id))
      draft.problem(['flow'], 'duplicate-flow', `there is another flow ${draft.id}`, 'Give one of the files another name.');
    else flows.set(draft.id, draft);
  }
  const limits = sources.limits ?? CHECK_LIMITS;
  const templateOf = templatesOnce();
  const around: Surroundings = {
    ...sources,
    templateOf,
    maxTextLength: limits.maxTextLength,
    settleMs: sources.settleMs ?? SETTLE_MS,
    flows,
    messages: sources.messages ?? new Map(),
    messagesMayBeGone: sources.messagesMayBeGone ?? false,
    texts: compileCatalogue(sources.catalogue, templateOf, problems),
  };
  const prepared = drafts.map((draft) => prepare(around, draft));
  checkCalls(flows, limits.maxSubflowDepth);
  const asks = asksCaller(flows);
  const compiled = new Map<string, CompiledFlow>();
  const outlines = new Map<string, FlowOutline>();
  for (const one of prepared) {
    const { draft } = one;
    const wired = wireFlow(draft);
    checkGraph(draft, wired, asks);
    checkReads(draft, one.names);
    const outline = outlineFlow(draft);
    const flow = assemble(one, wired.exits, around.settleMs, outline.nodes);
    outlines.set(draft.id, outline);
    const faultless = draft.heldBack.length === 0 && !draft.problems.some(({ severity }) => severity === 'error');
    if (flow !== null && faultless) compiled.set(draft.id, flow);
    problems.push(...draft.problems);
  }
  const prompts = drafts.flatMap(({ id, prompts: uses }) => uses.map(({ node, key }) => ({ flow: id, node, key })));
  return { problems: sortProblems(problems), flows: compiled, outlines, prompts };
}

interface Prepared {
  readonly draft: FlowDraft;
  readonly names: Names;
  readonly behaviours: ReadonlyMap<string, Behaviour>;
}

/** Compiles every node that has the right shape. */
function prepare(around: Surroundings, draft: FlowDraft): Prepared {
  const names = collectNames(draft);
  const types = expressionTypes(names.texts);
  const behaviours = new Map<string, Behaviour>();
  for (const node of draft.nodes.values()) {
    if (node.kind !== null && node.source !== null)
      behaviours.set(node.name, node.kind.compile(node.source, makeKit(around, draft, node, types)));
  }
  return { draft, names, behaviours };
}

function assemble(
  { draft, names, behaviours }: Prepared,
  wired: ReadonlyMap<string, ReadonlyMap<string, string>>,
  settleMs: number,
  outline: readonly NodeOutline[],
): CompiledFlow | null {
  const { header } = draft;
  if (header === null) return null;
  const nodes = new Map<string, CompiledNode>();
  for (const [id, behaviour] of behaviours) {
    const kind = draft.nodes.get(id)?.kind;
    nodes.set(id, { id, type: kind?.type ?? '', exits: wired.get(id) ?? new Map(), passing: kind?.passing ?? false, behaviour });
  }
  return {
    id: draft.id,
    title: withoutGaps(header.title ?? {}),
    languages: header.languages ?? LANGUAGES,
    start: header.start,
    afterCall: header.afterCall?.start ?? null,
    ...(header.record === undefined ? {} : { record: header.record }),
    ...limitOf(header),
    answer: { policy: header.answer?.policy ?? 'onStart', settleMs: parseDuration(header.answer?.settle ?? '') ?? settleMs },
    parameters: names.parameters,
    takes: names.takes,
    results: Object.keys(resultsOf(header.results)),
    gives: resultsOf(header.results),
    variables: names.variables,
    personal: personalNames(draft, names),
    secrets: names.secret,
    nodes,
    outline,
  };
}

function limitOf({ maxDuration, exits }: FlowHeader): Pick<CompiledFlow, 'limit'> {
  if (maxDuration === undefined) return {};
  return { limit: { ms: parseDuration(maxDuration) ?? 0, to: exits?.tooLong ?? null } };
}

/** The catalogue's texts as templates; a text that cannot be read is a problem of its own file. */
function compileCatalogue(
  catalogue: ReadonlyMap<string, CatalogueEntry>,
  templateOf: (text: string) => CompiledTemplate,
  problems: Problem[],
): Surroundings['texts'] {
  const texts = new Map<string, Partial<Record<Language, Template>>>();
  for (const entry of catalogue.values()) {
    const compiled: Partial<Record<Language, Template>> = {};
    for (const language of LANGUAGES) {
      const text = entry.text[language];
      if (text === undefined) continue;
      const made = templateOf(text);
      compiled[language] = made.template;
      for (const { code, message, remedy, name, known } of made.problems) {
        const place = { file: entry.file, line: entry.line, column: 1 };
        const help = name === undefined ? remedy : didYouMean(name, known ?? [], remedy);
        problems.push(problemAt(place, code, `${entry.key} (${language}): ${message}`, help));
      }
    }
    texts.set(entry.key, compiled);
  }
  return texts;
}
