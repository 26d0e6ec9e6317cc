import { SantralError } from '../../domain/errors.ts';
import type { FlowOutline } from '../../flow/check.ts';
import type { CountedStep, Draft } from '../../ports/drafts.ts';
import { flowLanguage as wordsOf } from '../../services/flows/flow-language.ts';
import type { FlowState } from '../../services/flows/flow-states.ts';
import { scenarioNameOf } from '../../services/flows/standing-scenarios.ts';
import type { Inspection } from '../../services/flows/workshop.ts';
import { getScenarios, inspectScenarios, tryScenarios } from '../contracts/scenarios.ts';
import {
  discardDraft,
  figuresOf,
  flowLanguage,
  getDraft,
  inspectFlow,
  listWorkshop,
  outlineOf,
  publishDraft,
  readinessOf,
  rollBackFlow,
  rollBackRelease,
  saveDraft,
} from '../contracts/workshop.ts';
import type { HttpDeps } from '../deps.ts';
import { type Route, route } from '../route.ts';
import type { RouteContext } from './context.ts';
import { viewProblem, viewRelease, viewRevision } from './flows.ts';
import { viewReport } from './scenario-views.ts';

export function workshopRoutes({ deps }: RouteContext): readonly Route[] {
  const { workshop, figures, flows } = deps;
  return [
    route(listWorkshop, async () => ({ items: (await workshop.list()).map(viewState) })),
    route(getDraft, async ({ params }) => viewDraft(await workshop.draft(params.flow))),
    route(saveDraft, async ({ params: { flow }, body: { source, scenarios, basedOn, seen }, caller }) =>
      viewDraft(await workshop.save({ flow, source, scenarios, basedOn }, seen, caller.user.name)),
    ),
    route(discardDraft, ({ params, query }) => workshop.discard(params.flow, query.version)),
    route(readinessOf, async ({ params }) => {
      const { ready, draft, overtakenBy, problems, scenarios } = await workshop.readiness(params.flow);
      const report = scenarios === null ? null : viewReport(scenarios);
      return { ready, version: draft.version, overtakenBy, problems: problems.map(viewProblem), scenarios: report };
    }),
    route(publishDraft, async ({ params, body, caller }) =>
      viewRelease(await workshop.publish(params.flow, body.version, caller.user.name)),
    ),
    route(rollBackFlow, async ({ params, body, caller }) =>
      viewRelease(await workshop.rollBack(params.flow, body.revision, body.current, caller.user.name)),
    ),
    route(rollBackRelease, async ({ params, body, caller }) =>
      viewRelease(await workshop.rollBackRelease(params.release, body.current, caller.user.name)),
    ),
    route(inspectFlow, async ({ body }) => viewInspection(await workshop.inspect(body.flow, body.source))),
    route(getScenarios, async ({ params }) => {
      const { file, text, others } = await workshop.scenarios(params.flow);
      if (text === null && (await workshop.list()).every(({ flow }) => flow !== params.flow)) throw unknownFlow(params.flow);
      return { file, source: text, others: others.map(({ path, text: source }) => ({ file: scenarioNameOf(path), source })) };
    }),
    route(inspectScenarios, async ({ body }) => ({
      problems: (await workshop.inspectScenarios(body)).map(viewProblem),
    })),
    route(tryScenarios, async ({ body }) => viewReport(await workshop.tryScenarios(body))),
    route(outlineOf, async ({ params: { flow }, query }) =>
      viewInspection(await workshop.inspect(flow, await textOf(deps, flow, query.revision))),
    ),
    route(figuresOf, async ({ params }) => {
      const { since, steps } = await figures.of(params.flow);
      if (steps.length === 0 && !(await flows.list()).some(({ flow }) => flow === params.flow)) throw unknownFlow(params.flow);
      return { since, items: steps.map(viewStep) };
    }),
    route(flowLanguage, async () => {
      const { schema, scenarioSchema, exits, prompts, actions, filters, flows: names, calendars } = wordsOf(flows.newest());
      return {
        schema: { ...schema },
        scenarioSchema: { ...scenarioSchema },
        exits: Object.fromEntries(Object.entries(exits).map(([type, list]) => [type, [...list]])),
        prompts: [...prompts],
        actions: actions.map((action) => ({ ...action, params: [...action.params] })),
        filters: [...filters],
        flows: [...names],
        calendars: [...calendars],
      };
    }),
  ];
}

/** The revision asked for; else the draft; else what is published. */
async function textOf({ flows, stores }: HttpDeps, flow: string, wanted: number | undefined): Promise<string> {
  const draft = wanted === undefined ? await stores.drafts.get(flow) : undefined;
  if (draft !== undefined) return draft.source;
  const revision = wanted ?? (await flows.list()).find((one) => one.flow === flow)?.revision;
  if (revision === undefined) throw unknownFlow(flow);
  const kept = await stores.flows.revision(flow, revision);
  if (kept === undefined) throw new SantralError('request.not-found', `There is no revision ${revision} of ${flow}.`);
  return kept.source;
}

function unknownFlow(flow: string): SantralError {
  return new SantralError('flow.unknown', `There is no flow "${flow}", published or being worked on.`);
}

function viewDraft({ flow, source, scenarios, version, basedOn, author, updatedAt }: Draft) {
  return { flow, source, scenarios, version, basedOn, author, updatedAt };
}

function viewState({ flow, title, current, draft }: FlowState) {
  return { flow, title, current: current === null ? null : viewRevision(current), draft };
}

function viewInspection({ ok, problems, outline }: Inspection) {
  return { ok, problems: problems.map(viewProblem), outline: outline === null ? null : viewOutline(outline) };
}

function viewOutline({ title, start, afterCall, exits, nodes }: FlowOutline) {
  return { title, start, afterCall, exits: [...exits], nodes: nodes.map((node) => ({ ...node, exits: [...node.exits] })) };
}

function viewStep(step: CountedStep) {
  const way = step.kind === 'exit' ? { exit: step.exit, to: step.to } : { exit: null, to: null };
  return { kind: step.kind, node: step.node, ...way, count: step.count };
}
