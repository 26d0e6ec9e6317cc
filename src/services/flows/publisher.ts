import { SantralError } from '../../domain/errors.ts';
import type { Problem } from '../../domain/problem.ts';
import type { ScenarioReport } from '../../flow/scenario/report.ts';
import type { Draft } from '../../ports/drafts.ts';
import type { FlowStore, ReleaseRow } from '../../ports/stores.ts';
import type { FlowSource, PublishTerms, Releases } from './releases.ts';
import type { ScenarioGate } from './scenario-gate.ts';

/** What keeps a draft from being published: nothing, when `ready`. */
export interface Readiness {
  readonly ready: boolean;
  readonly draft: Draft;
  /** The revision that was published since the draft began; null when the draft has seen the newest. */
  readonly overtakenBy: number | null;
  readonly problems: readonly Problem[];
  /** null: not run, because the check found errors. */
  readonly scenarios: ScenarioReport | null;
}

export interface Publisher {
  /** What keeps a draft from being published. */
  readiness(flow: string): Promise<Readiness>;
  /** Rejects with `flow.invalid`, `flow.scenarios-failed` or `request.conflict`; then nothing has changed. */
  publish(flow: string, version: number, by: string): Promise<ReleaseRow>;
  /** Publishes an older text again. `current`: the revision that the user saw in force. */
  rollBack(flow: string, revision: number, current: number, by: string): Promise<ReleaseRow>;
  /** Publishes all flows as an older release had them; flows made later stay. Prompts and calendars are today's. */
  rollBackRelease(release: number, current: number, by: string): Promise<ReleaseRow>;
}

export interface PublisherDeps {
  readonly releases: Pick<Releases, 'propose' | 'publish'>;
  readonly flows: Pick<FlowStore, 'revision' | 'release' | 'latestRelease'>;
  readonly gate: Pick<ScenarioGate, 'run'>;
}

/** Leads drafts and older texts into a new release, past the check and the scenarios. */
export function createPublisher({ releases, flows, gate }: PublisherDeps, draftOf: (flow: string) => Promise<Draft>): Publisher {
  async function currentOf(flow: string): Promise<number | null> {
    return (await flows.latestRelease())?.flows[flow] ?? null;
  }

  async function readiness(flow: string): Promise<Readiness> {
    const draft = await draftOf(flow);
    const current = await currentOf(flow);
    const { release, problems } = await releases.propose([{ flow, source: draft.source }]);
    const scenarios = problems.some(isError) ? null : await gate.run({ release, flows: [flow] });
    const overtakenBy = current === draft.basedOn ? null : current;
    return { ready: scenarios?.ok === true && overtakenBy === null, draft, overtakenBy, problems, scenarios };
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

  return {
    readiness,
    async publish(flow, version, by) {
      const { draft, overtakenBy, problems, scenarios } = await readiness(flow);
      if (draft.version !== version)
        throw changed(`The draft of ${flow} was saved by ${draft.author} meanwhile: look at it, and publish again.`);
      if (overtakenBy !== null)
        throw changed(`Revision ${overtakenBy} of ${flow} was published meanwhile: compare with it, and save the draft as based on it.`);
      if (scenarios === null) throw invalid(problems);
      if (!scenarios.ok) throw red(scenarios);
      return put([{ flow, source: draft.source }], by, { spent: { flow, version }, revisions: { [flow]: draft.basedOn } });
    },
    async rollBack(flow, revision, current, by) {
      const now = await currentOf(flow);
      if (now !== current) throw changed(`${flow} is at revision ${now ?? 'none'} by now, not ${current}: look at it, and decide anew.`);
      return put([await textOf(flow, revision)], by, { revisions: { [flow]: current } });
    },
    async rollBackRelease(release, current, by) {
      const [wanted, newest] = [await flows.release(release), await flows.latestRelease()];
      if (wanted === undefined) throw new SantralError('request.not-found', `There is no release ${release}.`);
      if (newest?.id !== current) throw changed(`Release ${newest?.id ?? 'none'} is in force by now, not ${current}: decide anew.`);
      const moved = Object.entries(wanted.flows).filter(([flow, revision]) => newest.flows[flow] !== revision);
      if (moved.length === 0) return newest;
      return put(await Promise.all(moved.map(([flow, revision]) => textOf(flow, revision))), by, { release: current });
    },
  };
}

function isError({ severity }: Problem): boolean {
  return severity === 'error';
}

function changed(message: string): SantralError {
  return new SantralError('request.conflict', message);
}

function invalid(problems: readonly Problem[]): SantralError {
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

/** A fault as problem+json names it. */
export function fieldErrorOf({ file, line, column, code, message, remedy }: Problem) {
  return { path: `${file}:${line}:${column}`, code, message: remedy === '' ? message : `${message}; ${remedy}` };
}
