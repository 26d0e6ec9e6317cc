import { z } from 'zod';
import { contract, doc, NO_CONTENT, named, OFFICE, SUPERVISORS } from '../contract.ts';
import { at, wholeNumber } from './common.ts';
import { BODY_LIMIT, FLOW_EXAMPLE, flowId, flowParams, problemView, releaseView, revisionView, source } from './flows.ts';
import { scenarioReport } from './scenario-report.ts';
import { scenarioText } from './scenarios.ts';

/** Checks are work: enough for somebody who types and pauses, too few to keep the engine busy. Per client and minute. */
const CHECKS_PER_MINUTE = 120;
/** Each runs all scenarios and makes a release that is kept for ever. */
const PUBLICATIONS_PER_MINUTE = 20;
const MOST_COUNTED = 1_000_000_000;

const words = z.object({ tr: z.string().optional(), en: z.string().optional() });
const title = doc(words, 'What people call the flow, per language.', { tr: 'Ana menü', en: 'Main menu' });
const version = doc(z.int().min(1).max(MOST_COUNTED), 'The draft’s version, as it was read.', 3);
const revision = doc(z.int().min(1).max(MOST_COUNTED), 'A revision.', 4);
const basedOn = doc(z.int().min(1).max(MOST_COUNTED).nullable(), 'The revision it began with; null for a new flow.', 4);

const draftScenarios = doc(scenarioText.nullable(), 'The scenarios that are published with it; null: those in force stay.', null);

const draftState = z.object({
  version,
  basedOn,
  author: doc(z.string(), 'Who saved it last.', 'ayse'),
  updatedAt: at('When it was saved.'),
});
const draftView = named(
  'Draft',
  draftState.extend({ flow: flowId, source, scenarios: draftScenarios }),
  'The one text of a flow that is being worked on.',
);

const stateView = named(
  'FlowState',
  z.object({
    flow: flowId,
    title,
    current: doc(revisionView.nullable(), 'What new calls run on; null when it is not published.'),
    draft: draftState
      .extend({ errors: doc(z.int(), 'Faults that the check finds in it.', 0), warnings: doc(z.int(), 'Warnings.', 1) })
      .nullable(),
  }),
  'A flow with what is published and what is being worked on.',
);

const exitView = z.object({
  exit: doc(z.string(), 'The exit.', '1'),
  to: doc(z.string(), 'The node it leads to, or `return`.', 'dealers'),
});
const outlineView = named(
  'FlowOutline',
  z.object({
    title,
    start: doc(z.string().nullable(), 'The first node; null when the top cannot be read.', 'welcome'),
    afterCall: doc(z.string().nullable(), 'The first node of the after-call section; null when there is none.', null),
    exits: doc(z.array(exitView), 'Where `error` and `exhausted` lead for nodes that do not say.'),
    nodes: z.array(
      z.object({
        id: doc(z.string(), 'Its name.', 'top'),
        type: doc(z.string(), 'Its type; empty when it has none.', 'menu'),
        line: doc(z.int(), 'Where it stands in the text, from 1.', 12),
        calls: doc(z.string().nullable(), 'The flow it enters.', null),
        exits: z.array(exitView.extend({ label: doc(words.nullable(), 'What its author calls it.', { tr: 'Bayi', en: 'Dealer' }) })),
      }),
    ),
  }),
  'A flow as a drawing shows it.',
);

const inspectionView = named(
  'FlowInspection',
  z.object({
    ok: doc(z.boolean(), 'No error: it could be published, if its scenarios go well.', true),
    problems: doc(z.array(problemView), 'Of this flow first; of others only errors.'),
    outline: doc(outlineView.nullable(), 'null when the text holds no flow.'),
  }),
  'What the check says of a text, and how the flow looks.',
);

const stepView = z.object({
  kind: doc(z.enum(['entered', 'exit', 'hang-up']), 'entered: the node was come to · exit: left · hang-up: the caller left here.', 'exit'),
  node: doc(z.string(), 'The node.', 'top'),
  exit: doc(z.string().nullable(), 'The exit taken; null for the other kinds.', '1'),
  to: doc(z.string().nullable(), 'Where it led; null at a built-in end, and for the other kinds.', 'dealers'),
  count: doc(z.int(), 'How often.', 128),
});

export const listWorkshop = contract({
  id: 'workshop.list',
  method: 'GET',
  path: '/api/v1/workshop',
  tag: 'workshop',
  summary: 'All flows: what is published, and what is being worked on',
  access: OFFICE,
  reply: { status: 200, description: 'The flows by name.', schema: z.object({ items: z.array(stateView) }) },
  errors: [],
});

export const getDraft = contract({
  id: 'drafts.get',
  method: 'GET',
  path: '/api/v1/flows/:flow/draft',
  tag: 'workshop',
  summary: 'A flow’s draft',
  access: OFFICE,
  params: flowParams,
  reply: { status: 200, description: 'The draft.', schema: draftView },
  errors: ['request.not-found'],
});

export const saveDraft = contract({
  id: 'drafts.save',
  method: 'PUT',
  path: '/api/v1/flows/:flow/draft',
  tag: 'workshop',
  summary: 'Save a draft; it may have faults',
  description:
    '`seen` is the version that you changed, null for a first draft: when somebody saved meanwhile, the answer is 409 and nothing is lost. Without `scenarios` those of the draft stay.',
  access: OFFICE,
  params: flowParams,
  body: z.strictObject({
    source,
    scenarios: draftScenarios.optional(),
    basedOn,
    seen: doc(version.nullable(), 'The version that was changed; null for a first one.', 3),
  }),
  bodyLimit: BODY_LIMIT,
  reply: { status: 200, description: 'The draft with its new version.', schema: draftView },
  errors: ['request.conflict'],
});

export const discardDraft = contract({
  id: 'drafts.discard',
  method: 'DELETE',
  path: '/api/v1/flows/:flow/draft',
  tag: 'workshop',
  summary: 'Discard a draft',
  access: OFFICE,
  params: flowParams,
  query: z.strictObject({ version: wholeNumber(1, MOST_COUNTED, 'The draft’s version, as it was read.', 3) }),
  reply: NO_CONTENT,
  errors: ['request.not-found', 'request.conflict'],
});

export const readinessOf = contract({
  id: 'drafts.readiness',
  method: 'GET',
  path: '/api/v1/flows/:flow/draft/readiness',
  tag: 'workshop',
  summary: 'What keeps a draft from being published',
  access: OFFICE,
  params: flowParams,
  ratePerMinute: CHECKS_PER_MINUTE,
  reply: {
    status: 200,
    description: 'ready: nothing does.',
    schema: z.object({
      ready: doc(z.boolean(), 'It can be published.', true),
      version,
      overtakenBy: doc(revision.nullable(), 'The revision that was published since the draft began.', null),
      problems: z.array(problemView),
      scenarios: doc(scenarioReport.nullable(), 'null: not run, because the check found errors.'),
    }),
  },
  errors: ['request.not-found'],
});

export const publishDraft = contract({
  id: 'drafts.publish',
  method: 'POST',
  path: '/api/v1/flows/:flow/draft/publish',
  tag: 'workshop',
  summary: 'Publish a draft: with a clean check and scenarios that go as written, in one transaction',
  description: 'New calls run on the new release; calls that are up go on with theirs. The draft is gone then.',
  access: SUPERVISORS,
  params: flowParams,
  body: z.strictObject({ version }),
  ratePerMinute: PUBLICATIONS_PER_MINUTE,
  reply: { status: 201, description: 'The release.', schema: releaseView },
  errors: ['request.not-found', 'request.conflict', 'store.conflict', 'flow.invalid', 'flow.scenarios-failed'],
});

export const rollBackFlow = contract({
  id: 'flows.roll-back',
  method: 'POST',
  path: '/api/v1/flows/:flow/rollback',
  tag: 'workshop',
  summary: 'Go back to an older revision: its text is published again',
  description: 'The text must pass the check beside today’s other flows; scenarios are not asked.',
  access: SUPERVISORS,
  params: flowParams,
  body: z.strictObject({ revision, current: doc(revision, 'The revision in force, as it was read.', 5) }),
  reply: { status: 201, description: 'The release.', schema: releaseView },
  errors: ['request.not-found', 'request.conflict', 'store.conflict', 'flow.invalid'],
});

export const rollBackRelease = contract({
  id: 'releases.roll-back',
  method: 'POST',
  path: '/api/v1/releases/:release/rollback',
  tag: 'workshop',
  summary: 'Go back to an older release: all its flows are published again',
  description: 'Flows that were made later stay; prompts and calendars are today’s.',
  access: SUPERVISORS,
  params: z.object({ release: wholeNumber(1, MOST_COUNTED, 'The release.', 3) }),
  body: z.strictObject({ current: doc(z.int().min(1).max(MOST_COUNTED), 'The release in force, as it was read.', 5) }),
  reply: { status: 201, description: 'The release.', schema: releaseView },
  errors: ['request.not-found', 'request.conflict', 'store.conflict', 'flow.invalid'],
});

export const inspectFlow = contract({
  id: 'flows.inspect',
  method: 'POST',
  path: '/api/v1/flows/inspect',
  tag: 'workshop',
  summary: 'What the check says of a text, and how the flow looks; nothing is stored',
  access: OFFICE,
  body: z.strictObject({ flow: flowId, source }),
  bodyLimit: BODY_LIMIT,
  ratePerMinute: CHECKS_PER_MINUTE,
  reply: { status: 200, description: 'Problems and outline.', schema: inspectionView },
  errors: [],
});

export const outlineOf = contract({
  id: 'flows.outline',
  method: 'GET',
  path: '/api/v1/flows/:flow/outline',
  tag: 'workshop',
  summary: 'How a flow looks: nodes, exits, labels',
  access: OFFICE,
  params: flowParams,
  query: z.strictObject({
    revision: wholeNumber(1, MOST_COUNTED, 'A revision; without it the draft, or where there is none, what is published.', 4).optional(),
  }),
  ratePerMinute: CHECKS_PER_MINUTE,
  reply: { status: 200, description: 'Problems and outline.', schema: inspectionView },
  errors: ['request.not-found', 'flow.unknown'],
});

export const figuresOf = contract({
  id: 'flows.figures',
  method: 'GET',
  path: '/api/v1/flows/:flow/figures',
  tag: 'workshop',
  summary:
    'What the last day’s callers did in a flow: the ways they took, by passages (who comes by twice counts twice), and where they hung up',
  access: OFFICE,
  params: flowParams,
  reply: {
    status: 200,
    description: 'Counts by whole hours.',
    schema: z.object({ since: at('The beginning of the first hour.'), items: z.array(stepView) }),
  },
  errors: ['flow.unknown'],
});

export const flowLanguage = contract({
  id: 'flows.language',
  method: 'GET',
  path: '/api/v1/flow-language',
  tag: 'workshop',
  summary: 'What a flow may be written with: the JSON Schema, prompts, actions, flows, calendars',
  description: `For editors. The smallest flow:\n\n\`\`\`yaml\n${FLOW_EXAMPLE}\`\`\``,
  access: OFFICE,
  reply: {
    status: 200,
    description: 'The words.',
    schema: z.object({
      schema: doc(z.record(z.string(), z.unknown()), 'JSON Schema, draft 7, of a flow file.'),
      scenarioSchema: doc(z.record(z.string(), z.unknown()), 'JSON Schema, draft 7, of a scenario file.'),
      exits: doc(z.record(z.string(), z.array(z.object({ exit: z.string(), doc: z.string() }))), 'The fixed exits of each type of node.'),
      prompts: z.array(z.object({ key: doc(z.string(), 'Its key.', 'general.goodbye'), text: words })),
      actions: z.array(
        z.object({
          name: doc(z.string(), 'Its name.', 'dealers.by-province'),
          doc: z.string(),
          params: doc(z.array(z.string()), 'Names of its parameters.', ['province']),
        }),
      ),
      filters: z.array(z.object({ name: doc(z.string(), 'Its name.', 'phone'), doc: z.string() })),
      flows: z.array(flowId),
      calendars: z.array(z.string()),
    }),
  },
  errors: [],
});
