import { z } from 'zod';
import { contract, doc, OFFICE } from '../contract.ts';
import { BODY_LIMIT, flowId, flowParams, MOST_SOURCE, problemView, source } from './flows.ts';
import { scenarioReport } from './scenario-report.ts';

/** Checks while somebody types. Per client and minute. */
const CHECKS_PER_MINUTE = 120;
/** Each runs the scenarios of one flow, beside calls. */
const RUNS_PER_MINUTE = 60;

/** The smallest scenario file. */
const SCENARIO_EXAMPLE = `flow: main-menu
scenarios:
  - name: says hello and ends
    steps:
      - hears: { tr: Merhaba., en: Hello. }
      - flow hangs up
`;

export const scenarioText = doc(z.string().max(MOST_SOURCE), 'The YAML text of the flow’s scenario file.', SCENARIO_EXAMPLE);

export const getScenarios = contract({
  id: 'scenarios.get',
  method: 'GET',
  path: '/api/v1/flows/:flow/scenarios',
  tag: 'workshop',
  summary: 'A flow’s scenarios that are in force: published with it, or from the file on disk',
  access: OFFICE,
  params: flowParams,
  reply: {
    status: 200,
    description: 'The scenarios.',
    schema: z.object({
      file: doc(z.string(), 'The file’s name.', 'main-menu.test.yaml'),
      source: doc(z.string().nullable(), 'Its text; null where there is none.', SCENARIO_EXAMPLE),
      others: doc(
        z.array(z.object({ file: z.string(), source: z.string() })),
        'Further files of the flow on disk (`main-menu.hours.test.yaml`): they are run, too, and are changed on disk.',
        [],
      ),
    }),
  },
  errors: ['flow.unknown'],
});

const written = z.strictObject({ flow: flowId, source, scenarios: scenarioText });

export const inspectScenarios = contract({
  id: 'scenarios.inspect',
  method: 'POST',
  path: '/api/v1/scenarios/inspect',
  tag: 'workshop',
  summary: 'What the check says of a scenario file beside a text of its flow; nothing is run or stored',
  access: OFFICE,
  body: written,
  bodyLimit: BODY_LIMIT,
  ratePerMinute: CHECKS_PER_MINUTE,
  reply: { status: 200, description: 'Problems.', schema: z.object({ problems: z.array(problemView) }) },
  errors: [],
});

export const tryScenarios = contract({
  id: 'scenarios.run',
  method: 'POST',
  path: '/api/v1/scenarios/run',
  tag: 'workshop',
  summary: 'Run a flow’s scenarios with a text of it: how they went, and what they walked through; nothing is stored',
  access: OFFICE,
  body: written,
  bodyLimit: BODY_LIMIT,
  ratePerMinute: RUNS_PER_MINUTE,
  reply: { status: 200, description: 'The report.', schema: scenarioReport },
  errors: ['flow.invalid'],
});
