import { SantralError } from '../../domain/errors.ts';
import type { Problem } from '../../domain/problem.ts';
import { turkishProblem } from '../../flow/turkish/turkish-problem.ts';
import type { FlowRevision, FlowStore, ReleaseRow } from '../../ports/stores.ts';
import { checkFlows, getFlow, getRevision, listFlows, listReleases, publishFlows, putFlow } from '../contracts/flows.ts';
import { type Route, route } from '../route.ts';
import type { RouteContext } from './context.ts';

export function flowRoutes({ deps: { flows, stores, workshop } }: RouteContext): readonly Route[] {
  const store = stores.flows;
  return [
    route(listFlows, async () => ({ items: (await flows.list()).map(viewRevision) })),
    route(getFlow, async ({ params }) => {
      const newest = (await flows.list()).find(({ flow }) => flow === params.flow);
      const revisions = await store.revisions(params.flow);
      const current = newest === undefined ? undefined : await store.revision(params.flow, newest.revision);
      if (current === undefined) throw new SantralError('flow.unknown', `There is no flow "${params.flow}" in the newest release.`);
      return {
        current: { ...viewRevision(current), source: current.source },
        revisions: revisions.map(viewRevision).sort((a, b) => b.revision - a.revision),
      };
    }),
    route(getRevision, async ({ params }) => {
      const revision = await store.revision(params.flow, params.revision);
      if (revision === undefined) throw new SantralError('request.not-found', 'There is no such revision.');
      return { ...viewRevision(revision), source: revision.source };
    }),
    route(checkFlows, async ({ body }) => {
      const problems = await flows.check(body.flows);
      return { ok: problems.every(({ severity }) => severity !== 'error'), problems: problems.map(viewProblem) };
    }),
    route(putFlow, async ({ params: { flow }, query, body: { source }, caller }) =>
      viewRelease(await workshop.publishTexts([{ flow, source }], caller.user.name, query.scenarios)),
    ),
    route(publishFlows, async ({ body, query, caller }) =>
      viewRelease(await workshop.publishTexts(body.flows, caller.user.name, query.scenarios)),
    ),
    route(listReleases, async ({ query }) => {
      const rows = await releases(store, query.before, query.limit + 1);
      const items = rows.slice(0, query.limit).map(viewRelease);
      return { items, next: rows.length > query.limit ? (items.at(-1)?.id ?? null) : null };
    }),
  ];
}

/** Releases are numbered from 1 without gaps worth speaking of; the newest come first. */
async function releases(store: FlowStore, before: number | undefined, limit: number): Promise<readonly ReleaseRow[]> {
  const newest = (await store.latestRelease())?.id ?? 0;
  const first = Math.min(newest, (before ?? newest + 1) - 1);
  const ids = Array.from({ length: Math.max(0, Math.min(first, limit)) }, (_, index) => first - index);
  const rows = await Promise.all(ids.map((id) => store.release(id)));
  return rows.filter((row) => row !== undefined);
}

export function viewProblem({ severity, code, message, remedy, file, line, column, node }: Problem) {
  const tr = turkishProblem({ code, message, remedy });
  return { severity, code, message, remedy, tr: tr === null ? null : { ...tr }, file, line, column, node: node ?? null };
}

export function viewRevision({ flow, revision, hash, createdAt, createdBy }: Omit<FlowRevision, 'source'>) {
  return { flow, revision, hash, createdAt, createdBy };
}

export function viewRelease({ id, createdAt, createdBy, flows }: ReleaseRow) {
  return { id, createdAt, createdBy, flows: { ...flows } };
}
