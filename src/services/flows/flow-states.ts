import type { Language } from '../../domain/language.ts';
import type { Draft, DraftStore } from '../../ports/drafts.ts';
import type { FlowRevision } from '../../ports/stores.ts';
import type { Releases } from './releases.ts';

/** A flow as the list shows it. */
export interface FlowState {
  readonly flow: string;
  /** Of the published text, else of the draft. */
  readonly title: Readonly<Partial<Record<Language, string>>>;
  /** The revision that new calls run on; null when none is published. */
  readonly current: Omit<FlowRevision, 'source'> | null;
  readonly draft: (Omit<Draft, 'source' | 'scenarios' | 'flow'> & { readonly errors: number; readonly warnings: number }) | null;
}

interface Verdict extends Pick<FlowState, 'title'> {
  readonly errors: number;
  readonly warnings: number;
}

interface Judged {
  readonly version: number;
  readonly release: number;
  /** Under way, or known: whoever asks meanwhile waits for the same one. */
  readonly verdict: Promise<Verdict>;
}

/** Published flows and drafts in one list. A draft is checked again only when it, or the release, is another one. */
export function createFlowStates(deps: { readonly releases: Pick<Releases, 'propose' | 'list' | 'newest'>; readonly drafts: DraftStore }) {
  const judged = new Map<string, Judged>();

  async function check({ flow, source }: Draft): Promise<Verdict> {
    const { problems, outlines } = await deps.releases.propose([{ flow, source }]);
    const count = (severity: string): number => problems.filter((one) => one.severity === severity).length;
    return { title: outlines.get(flow)?.title ?? {}, errors: count('error'), warnings: count('warning') };
  }

  function judge(draft: Draft): Promise<Verdict> {
    const { flow, version } = draft;
    const release = deps.releases.newest()?.id ?? 0;
    const known = judged.get(flow);
    if (known?.version === version && known.release === release) return known.verdict;
    const fresh = { version, release, verdict: check(draft) };
    judged.set(flow, fresh);
    // What could not be read now is tried again when it is asked for next.
    fresh.verdict.catch(() => void (judged.get(flow) === fresh && judged.delete(flow)));
    return fresh.verdict;
  }

  async function list(): Promise<readonly FlowState[]> {
    const revisions = await deps.releases.list();
    const drafts = new Map((await deps.drafts.list()).map((draft) => [draft.flow, draft]));
    for (const flow of judged.keys()) if (!drafts.has(flow)) judged.delete(flow);
    const current = new Map(revisions.map((revision) => [revision.flow, revision]));
    const states: FlowState[] = [];
    for (const flow of [...new Set([...current.keys(), ...drafts.keys()])].sort()) {
      const draft = drafts.get(flow);
      const verdict = draft === undefined ? undefined : await judge(draft);
      const title = deps.releases.newest()?.flows.get(flow)?.title ?? verdict?.title ?? {};
      states.push({ flow, title, current: current.get(flow) ?? null, draft: draft && verdict ? shown(draft, verdict) : null });
    }
    return states;
  }

  return { list };
}

function shown({ version, basedOn, author, updatedAt }: Draft, { errors, warnings }: Verdict): NonNullable<FlowState['draft']> {
  return { version, basedOn, author, updatedAt, errors, warnings };
}
