import { z } from 'zod';
import { ADMINS, contract, doc, named, OFFICE } from '../contract.ts';
import { at, pageSize, wholeNumber } from './common.ts';

export const flowId = doc(
  z.string().regex(/^[a-z][a-z0-9-]{0,63}$/, 'must be lower-case letters, digits and dashes'),
  'The flow.',
  'main-menu',
);
export const flowParams = z.object({ flow: flowId });
/** A whole flow, as the reference has it. */
export const FLOW_EXAMPLE = `flow: main-menu
start: welcome
nodes:
  welcome: { type: say, prompt: { text: { tr: Merhaba., en: Hello. } }, next: bye }
  bye: { type: hangup }
`;
export const MOST_SOURCE = 1_000_000;
export const source = doc(z.string().min(1).max(MOST_SOURCE), 'The YAML text.', FLOW_EXAMPLE);
const sources = z.strictObject({
  flows: doc(
    z
      .array(z.strictObject({ flow: flowId, source }))
      .min(1)
      .max(100),
    'Flows to put in place of, or beside, the current ones.',
  ),
});
export const BODY_LIMIT = 5_000_000;
export const YAML_TYPES = ['application/yaml', 'text/yaml'] as const;

export const revisionView = z.object({
  flow: flowId,
  revision: doc(z.int(), 'Counts 1, 2, 3 … per flow.', 4),
  hash: doc(z.string(), 'SHA-256 of the YAML text, hex.', '9f86d081884c7d65…'),
  createdAt: at('When it was published.'),
  createdBy: doc(z.string(), 'Who published it.', 'ayse'),
});
named('FlowRevision', revisionView, 'One published text of a flow.');
const revisionWithSource = named('FlowText', revisionView.extend({ source: z.string() }), 'A revision with its YAML text.');

export const problemView = named(
  'FlowProblem',
  z.object({
    severity: doc(z.enum(['error', 'warning', 'info']), 'Errors keep a flow from being published.', 'error'),
    code: doc(z.string(), 'What kind of fault.', 'flow.unknown-target'),
    message: doc(z.string(), 'What is wrong.', 'there is no node "menü"'),
    remedy: doc(z.string(), 'What to do about it.', 'did you mean "menu"?'),
    file: doc(z.string(), 'Where.', 'main-menu.yaml'),
    line: doc(z.int(), 'From 1.', 12),
    column: doc(z.int(), 'From 1.', 7),
    tr: doc(
      z.object({ message: z.string(), remedy: z.string() }).nullable(),
      'The same in Turkish; null for what is told in English only.',
      { message: '"menü" diye bir düğüm yok', remedy: '"menu" mi demek istediniz?' },
    ),
    node: doc(z.string().nullable(), 'The node that it is about; null when it is about the flow as a whole.', 'top'),
  }),
  'One fault of a flow.',
);

export const releaseView = named(
  'Release',
  z.object({
    id: doc(z.int(), 'Counts 1, 2, 3 …', 3),
    createdAt: at('When it was published.'),
    createdBy: doc(z.string(), 'Who published it.', 'ayse'),
    flows: doc(z.record(z.string(), z.int()), 'Flow to revision.', { 'main-menu': 4, 'dealer-lookup': 2 }),
  }),
  'All flows in one revision each; new calls run on the newest release, calls that are up keep theirs.',
);

export const listFlows = contract({
  id: 'flows.list',
  method: 'GET',
  path: '/api/v1/flows',
  tag: 'flows',
  summary: 'The flows of the newest release',
  access: OFFICE,
  reply: { status: 200, description: 'The flows.', schema: z.object({ items: z.array(revisionView) }) },
  errors: [],
});

export const getFlow = contract({
  id: 'flows.get',
  method: 'GET',
  path: '/api/v1/flows/:flow',
  tag: 'flows',
  summary: 'A flow’s current text and all its revisions',
  access: OFFICE,
  params: flowParams,
  reply: {
    status: 200,
    description: 'The flow.',
    schema: z.object({ current: revisionWithSource, revisions: doc(z.array(revisionView), 'Newest first.') }),
  },
  errors: ['flow.unknown'],
});

export const getRevision = contract({
  id: 'flows.revision',
  method: 'GET',
  path: '/api/v1/flows/:flow/revisions/:revision',
  tag: 'flows',
  summary: 'One revision’s text',
  access: OFFICE,
  params: flowParams.extend({ revision: wholeNumber(1, 1_000_000_000, 'The revision.', 4) }),
  reply: { status: 200, description: 'The revision.', schema: revisionWithSource },
  errors: ['request.not-found'],
});

export const checkFlows = contract({
  id: 'flows.check',
  method: 'POST',
  path: '/api/v1/flows/check',
  tag: 'flows',
  summary: 'Check flows without publishing them: all problems at once',
  access: OFFICE,
  body: sources,
  bodyLimit: BODY_LIMIT,
  reply: {
    status: 200,
    description: 'ok: they could be published.',
    schema: z.object({ ok: z.boolean(), problems: z.array(problemView) }),
  },
  errors: [],
});

const scenarios = z.strictObject({
  scenarios: doc(
    z.enum(['run', 'skip']).default('run'),
    'run: they must go as written · skip: they are not asked, and who did so is noted (GET /api/v1/audit, `scenarios-skipped`).',
    'run',
  ),
});

export const putFlow = contract({
  id: 'flows.publish-one',
  method: 'PUT',
  path: '/api/v1/flows/:flow',
  tag: 'flows',
  summary: 'Publish one flow, when the check finds no error and the scenarios go as written',
  description:
    'Send the YAML as it is (`Content-Type: application/yaml`), or as `{"source": …}`. Problems come back in `errors`, as file:line:column.',
  access: ADMINS,
  params: flowParams,
  query: scenarios,
  body: z.strictObject({ source }),
  consumes: ['application/json', ...YAML_TYPES],
  bodyLimit: BODY_LIMIT,
  reply: { status: 200, description: 'The release that holds it.', schema: releaseView },
  errors: ['flow.invalid', 'flow.scenarios-failed', 'store.conflict'],
});

export const publishFlows = contract({
  id: 'releases.create',
  method: 'POST',
  path: '/api/v1/releases',
  tag: 'flows',
  summary: 'Publish several flows as one release, when the check finds no error and the scenarios go as written',
  access: ADMINS,
  query: scenarios,
  body: sources,
  bodyLimit: BODY_LIMIT,
  reply: { status: 201, description: 'The release.', schema: releaseView },
  errors: ['flow.invalid', 'flow.scenarios-failed', 'store.conflict'],
});

export const listReleases = contract({
  id: 'releases.list',
  method: 'GET',
  path: '/api/v1/releases',
  tag: 'flows',
  summary: 'Releases, newest first',
  access: OFFICE,
  query: z.strictObject({
    before: wholeNumber(1, 1_000_000_000, 'The next page: `next` of the page before.', 3).optional(),
    limit: pageSize(100, 20),
  }),
  reply: {
    status: 200,
    description: 'One page.',
    schema: z.object({ items: z.array(releaseView), next: doc(z.int().nullable(), 'Pass it as `before`; null on the last page.', null) }),
  },
  errors: [],
});
