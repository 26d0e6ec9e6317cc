import type { AuditEntry } from '../../domain/audit.ts';
import type { BrandId } from '../../domain/brand.ts';
import { SantralError } from '../../domain/errors.ts';
import type { IdSource } from '../../domain/ids.ts';
import type { Problem } from '../../domain/problem.ts';
import type { ScenarioReport } from '../../flow/scenario/report.ts';
import type { Clock } from '../../ports/clock.ts';
import type { TextFile } from '../../ports/definitions.ts';
import type { Draft, ScenarioChange } from '../../ports/drafts.ts';
import type { FlowStore, ReleaseRow } from '../../ports/stores.ts';
import type { FlowSource, PublishTerms, Releases } from './releases.ts';
import type { ScenarioGate } from './scenario-gate.ts';
import { type StandingScenarios, scenarioFileOf } from './standing-scenarios.ts';

/** What keeps a draft from being published: nothing, when `ready`. */
export interface Readiness {
  readonly ready: boolean;
  readonly draft: Draft;
  /** The revision that was published since the draft began; null when the draft has seen the newest. */
  readonly overtakenBy: number | null;
  readonly problems: readonly Problem[];
  /** null: not run, because the check found errors. */
  readonly scenarios: ScenarioReport | null;
  /** The release beside which all this was found; null: there was none. */
  readonly seen: number | null;
}

export interface Publisher {
  /** What keeps a draft from being published. */
  readiness(flow: string): Promise<Readiness>;
  /** Rejects with `flow.invalid`, `flow.scenarios-failed` or `request.conflict` (a release that came meanwhile, too); then nothing has changed. */
  publish(flow: string, version: number, by: string): Promise<ReleaseRow>;
  /**
   * Publishes texts without a draft. Rejects with `flow.invalid`, `flow.scenarios-failed`, or `request.conflict` when another release
   * came while the scenarios ran; then nothing has changed. `skip` does not ask the scenarios, and notes who did so for each flow.
   */
  publishTexts(changes: readonly FlowSource[], by: string, scenarios: 'run' | 'skip'): Promise<ReleaseRow>;
  /** Publishes an older text again. `current`: the revision that the user saw in force. */
  rollBack(flow: string, revision: number, current: number, by: string): Promise<ReleaseRow>;
  /** Publishes all flows as an older release had them; flows made later stay. Prompts and calendars are today's. */
  rollBackRelease(release: number, current: number, by: string): Promise<ReleaseRow>;
}

export interface PublisherDeps {
  readonly releases: Pick<Releases, 'propose' | 'publish'>;
  readonly flows: Pick<FlowStore, 'revision' | 'release' | 'latestRelease'>;
  readonly gate: Pick<ScenarioGate, 'run'>;
  readonly scenarios: Pick<StandingScenarios, 'changeTo' | 'changeBackTo'>;
  /** Whether a flow may be published of which no scenario tells. */
  readonly untoldFlows: 'warn' | 'require';
  readonly brand: BrandId;
  readonly ids: IdSource;
  readonly clock: Clock;
}

/** Leads drafts and older texts into a new release, past the check and the scenarios. */
export function createPublisher(deps: PublisherDeps, draftOf: (flow: string) => Promise<Draft>): Publisher {
  const { releases, flows, gate } = deps;

  async function currentOf(flow: string): Promise<number | null> {
    return (await flows.latestRelease())?.flows[flow] ?? null;
  }

  async function readiness(flow: string): Promise<Readiness> {
    const draft = await draftOf(flow);
    const latest = await flows.latestRelease();
    const current = latest?.flows[flow] ?? null;
    const { release, problems } = await releases.propose([{ flow, source: draft.source }]);
    const scenarios = problems.some(isError) ? null : await gate.run({ release, flows: [flow], scenarios: scenarioFilesOf(draft) });
    const overtakenBy = current === draft.basedOn ? null : current;
    const ready = scenarios !== null && refusalOf(scenarios) === null && overtakenBy === null;
    return { ready, draft, overtakenBy, problems, scenarios, seen: latest?.id ?? null };
  }

  /** What the scenarios have against publishing; null: nothing. */
  function refusalOf(report: ScenarioReport): SantralError | null {
    if (!report.ok) return red(report);
    return deps.untoldFlows === 'require' && report.untold.length > 0 ? untold(report.untold) : null;
  }

  /** Gives the release beside which they went so: flows call each other, and beside another one they may go otherwise. */
  async function mustGoAsTold(changes: readonly FlowSource[]): Promise<number | null> {
    const seen = (await flows.latestRelease())?.id ?? null;
    const { release, problems } = await releases.propose(changes);
    if (problems.some(isError)) throw invalid(problems);
    const refusal = refusalOf(await gate.run({ release, flows: changes.map(({ flow }) => flow) }));
    if (refusal !== null) throw refusal;
    return seen;
  }

  function skipped(changes: readonly FlowSource[], by: string, release: number): readonly AuditEntry[] {
    const { brand, ids, clock } = deps;
    const line = { brand, at: clock.now(), actor: by, via: 'api', what: 'scenarios-skipped', details: { release } } as const;
    return changes.map(({ flow }) => ({ ...line, id: ids.next('audit'), subject: flow }));
  }

  async function put(changes: readonly FlowSource[], by: string, terms: PublishTerms): Promise<ReleaseRow> {
    const outcome = await releases.publish(changes, by, terms);
    if (outcome.kind === 'refused') throw invalid(outcome.problems);
    return outcome.release;
  }

  async function textOf(flow: string, revision: number): Promise<FlowSource> {
    const found = await flows.revision(flow, revision);
    if (found === undefined) throw new SantralError('request.not-found', `There is no revision ${revision} of ${flow}.`);
    return { flow, source: found.source };
  }

  /** An older text comes with the scenarios that were in force with it: those of the newer one would keep it red. */
  async function scenariosBack(
    moved: readonly (readonly [flow: string, revision: number])[],
  ): Promise<ReadonlyMap<string, ScenarioChange>> {
    const changes = await Promise.all(
      moved.map(async ([flow, revision]) => ({ flow, change: await deps.scenarios.changeBackTo(flow, revision) })),
    );
    return new Map(changes.flatMap(({ flow, change }) => (change === undefined ? [] : [[flow, change] as const])));
  }

  return {
    readiness,
    async publish(flow, version, by) {
      const { draft, overtakenBy, problems, scenarios, seen } = await readiness(flow);
      if (draft.version !== version)
        throw changed(`The draft of ${flow} was saved by ${draft.author} meanwhile: look at it, and publish again.`);
      if (overtakenBy !== null)
        throw changed(`Revision ${overtakenBy} of ${flow} was published meanwhile: compare with it, and save the draft as based on it.`);
      if (scenarios === null) throw invalid(problems);
      const refusal = refusalOf(scenarios);
      if (refusal !== null) throw refusal;
      const change = draft.scenarios === null ? undefined : await deps.scenarios.changeTo(flow, draft.scenarios);
      return put([{ flow, source: draft.source }], by, {
        spent: { flow, version },
        revisions: { [flow]: draft.basedOn },
        release: seen,
        ...(change === undefined ? {} : { scenarios: new Map([[flow, change]]) }),
      });
    },
    async publishTexts(changes, by, scenarios) {
      if (scenarios === 'skip') return put(changes, by, { notes: (release) => skipped(changes, by, release) });
      return put(changes, by, { release: await mustGoAsTold(changes) });
    },
    async rollBack(flow, revision, current, by) {
      const now = await currentOf(flow);
      if (now !== current) throw changed(`${flow} is at revision ${now ?? 'none'} by now, not ${current}: look at it, and decide anew.`);
      const scenarios = await scenariosBack([[flow, revision]]);
      return put([await textOf(flow, revision)], by, { revisions: { [flow]: current }, scenarios });
    },
    async rollBackRelease(release, current, by) {
      const [wanted, newest] = [await flows.release(release), await flows.latestRelease()];
      if (wanted === undefined) throw new SantralError('request.not-found', `There is no release ${release}.`);
      if (newest?.id !== current) throw changed(`Release ${newest?.id ?? 'none'} is in force by now, not ${current}: decide anew.`);
      const moved = Object.entries(wanted.flows).filter(([flow, revision]) => newest.flows[flow] !== revision);
      if (moved.length === 0) return newest;
      const texts = await Promise.all(moved.map(([flow, revision]) => textOf(flow, revision)));
      return put(texts, by, { release: current, scenarios: await scenariosBack(moved) });
    },
  };
}

/** The scenarios that are written with a draft, as a file. */
export function scenarioFilesOf({ flow, scenarios }: Pick<Draft, 'flow' | 'scenarios'>): readonly TextFile[] {
  return scenarios === null ? [] : [{ path: scenarioFileOf(flow), text: scenarios }];
}

function isError({ severity }: Problem): boolean {
  return severity === 'error';
}

function changed(message: string): SantralError {
  return new SantralError('request.conflict', message);
}

/** Faults of a text, as the refusal to publish or run it. */
export function invalid(problems: readonly Problem[]): SantralError {
  const errors = problems.filter(isError).map(fieldErrorOf);
  return new SantralError('flow.invalid', `Not published: ${errors.length} fault(s); \`errors\` names them.`, { details: { errors } });
}

/** The failures as places, as faults of a flow are told. */
function red({ results, problems, leftOut }: ScenarioReport): SantralError {
  const failed = results.flatMap(({ file, name, failure }) =>
    failure === null
      ? []
      : [{ path: `${file}:${failure.line}:${failure.column}`, code: 'scenario.failed', message: `${name}: ${failure.message}` }],
  );
  const errors = [...problems.filter(isError).map(fieldErrorOf), ...failed];
  const late = leftOut === 0 ? '' : ` ${leftOut} were not run, as the time was used up.`;
  return new SantralError('flow.scenarios-failed', `Not published: ${failed.length} scenario(s) go otherwise.${late}`, {
    details: { errors },
  });
}

function untold(flows: readonly string[]): SantralError {
  const errors = flows.map((flow) => ({
    path: `${flow}.test.yaml`,
    code: 'scenario.missing',
    message: `No scenario tells of ${flow}; write them in the workshop, or ${flow}.test.yaml beside it (\`santral flow run ${flow} --record\` begins one).`,
  }));
  return new SantralError('flow.scenarios-failed', 'Not published: flows without scenarios are refused (SANTRAL_FLOW_SCENARIOS).', {
    details: { errors },
  });
}

/** A fault as problem+json names it. */
export function fieldErrorOf({ file, line, column, code, message, remedy }: Problem) {
  return { path: `${file}:${line}:${column}`, code, message: remedy === '' ? message : `${message}; ${remedy}` };
}
