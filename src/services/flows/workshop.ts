import { SantralError } from '../../domain/errors.ts';
import type { FlowOutline, Problem } from '../../flow/check.ts';
import type { ScenarioReport } from '../../flow/scenario/report.ts';
import type { Draft, DraftStore } from '../../ports/drafts.ts';
import { createFlowStates, type FlowState } from './flow-states.ts';
import { createPublisher, invalid, type Publisher, type PublisherDeps, scenarioFilesOf } from './publisher.ts';
import type { Releases } from './releases.ts';
import type { ScenarioGate } from './scenario-gate.ts';
import type { FlowScenarios, StandingScenarios } from './standing-scenarios.ts';

/** Drafts at most: each is read and checked when the flows are listed. */
export const MOST_DRAFTS = 200;

/** What the check says of one flow's text among the flows in force, and how it looks. */
export interface Inspection {
  readonly ok: boolean;
  /** Of this flow first; of others only what this text breaks in them. */
  readonly problems: readonly Problem[];
  /** null when the text holds no flow. */
  readonly outline: FlowOutline | null;
}

/** Where flows are written, looked at and published. Expected refusals are SantralErrors with what to do. */
export interface Workshop extends Publisher {
  /** Every flow that is published or has a draft, by name. */
  list(): Promise<readonly FlowState[]>;
  /** Rejects with `request.not-found` when there is none. */
  draft(flow: string): Promise<Draft>;
  /** `seen`: the version that the author has changed, null for a first one. Rejects with `request.conflict` when it is not the stored one. */
  save(draft: DraftText, seen: number | null, by: string): Promise<Draft>;
  discard(flow: string, version: number): Promise<void>;
  inspect(flow: string, source: string): Promise<Inspection>;
  /** Those in force. */
  scenarios(flow: string): Promise<FlowScenarios>;
  /** What the check says of a scenario file, beside this text of its flow. Nothing is run. */
  inspectScenarios(draft: Written): Promise<readonly Problem[]>;
  /** Runs the flow's own scenarios with this text. Rejects with `flow.invalid` when the text has errors. */
  tryScenarios(draft: Written): Promise<ScenarioReport>;
}

/** What is saved. `scenarios` absent: those of the draft stay as they are stored. */
export type DraftText = Pick<Draft, 'flow' | 'source' | 'basedOn'> & { readonly scenarios?: string | null | undefined };

/** A flow and its scenarios as somebody writes them. */
export type Written = Pick<Draft, 'flow' | 'source'> & { readonly scenarios: string };

export interface WorkshopDeps extends PublisherDeps {
  readonly releases: Pick<Releases, 'look' | 'propose' | 'publish' | 'list' | 'newest'>;
  readonly drafts: DraftStore;
  readonly gate: Pick<ScenarioGate, 'run'>;
  readonly scenarios: StandingScenarios;
}

export function createWorkshop(deps: WorkshopDeps): Workshop {
  const { releases, drafts, clock } = deps;
  const states = createFlowStates(deps);
  const publisher = createPublisher(deps, draftOf);

  async function draftOf(flow: string): Promise<Draft> {
    const draft = await drafts.get(flow);
    if (draft === undefined) throw new SantralError('request.not-found', `There is no draft of ${flow}.`);
    return draft;
  }

  async function leaveRoom(seen: number | null): Promise<void> {
    if (seen !== null || (await drafts.list()).length < MOST_DRAFTS) return;
    throw new SantralError('request.conflict', `There are ${MOST_DRAFTS} drafts already: publish or discard one first.`);
  }

  return {
    list: states.list,
    draft: draftOf,
    async save({ flow, source, scenarios, basedOn }, seen, by) {
      await leaveRoom(seen);
      const kept = scenarios === undefined ? ((await drafts.get(flow))?.scenarios ?? null) : scenarios;
      const saved = await drafts.save({ flow, source, scenarios: kept, basedOn, author: by, updatedAt: clock.now() }, seen);
      if (saved.kind === 'saved') return saved.draft;
      throw new SantralError('request.conflict', overtaken(flow, saved.draft));
    },
    async discard(flow, version) {
      if (await drafts.discard(flow, version)) return;
      const stored = await draftOf(flow);
      throw new SantralError('request.conflict', overtaken(flow, stored));
    },
    async inspect(flow, source) {
      const { problems, outlines } = await releases.look([{ flow, source }]);
      const file = `${flow}.yaml`;
      const own = problems.filter((problem) => problem.file === file);
      const others = problems.filter((problem) => problem.file !== file && problem.severity === 'error');
      return { ok: !problems.some(isError), problems: [...own, ...others], outline: outlines.get(flow) ?? null };
    },
    scenarios: (flow) => deps.scenarios.of(flow),
    async inspectScenarios({ flow, source, scenarios }) {
      const { scenarioProblems } = await releases.look([{ flow, source }], scenarioFilesOf({ flow, scenarios }));
      return scenarioProblems;
    },
    async tryScenarios({ flow, source, scenarios }) {
      const { release, problems } = await releases.propose([{ flow, source }]);
      if (problems.some(isError)) throw invalid(problems);
      return deps.gate.run({ release, flows: [flow], only: flow, scenarios: scenarioFilesOf({ flow, scenarios }) });
    },
    ...publisher,
  };
}

function isError({ severity }: Problem): boolean {
  return severity === 'error';
}

function overtaken(flow: string, stored: Draft | undefined): string {
  if (stored === undefined) return `The draft of ${flow} was published or discarded meanwhile: load the flow again.`;
  return `The draft of ${flow} was saved by ${stored.author} meanwhile (version ${stored.version}): load it, and make your change there.`;
}
