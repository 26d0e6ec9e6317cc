import { z } from 'zod';
import { doc, named } from '../contract.ts';
import { language } from './common.ts';
import { problemView } from './flows.ts';

const place = { line: doc(z.int(), 'From 1.', 12), column: doc(z.int(), 'From 1.', 5) };

const failure = z.object({
  ...place,
  step: doc(z.string(), 'The step as it is written.', 'hears: main.menu'),
  message: doc(z.string(), 'What is wrong.', 'another prompt is heard'),
  expected: doc(z.string(), 'What the scenario says.', 'main.menu'),
  actual: doc(z.string(), 'What happened.', 'general.goodbye'),
  tr: doc(
    z.object({ message: z.string(), expected: z.string(), actual: z.string() }).nullable(),
    'The same in Turkish; null for what is told in English only.',
    { message: 'main.menu duyulmuyor', expected: 'main.menu', actual: 'general.goodbye' },
  ),
});

const result = z.object({
  flow: doc(z.string(), 'The flow.', 'main-menu'),
  name: doc(z.string(), 'The scenario.', 'says nothing three times'),
  language,
  file: doc(z.string(), 'Its file.', 'main-menu.test.yaml'),
  line: place.line,
  failure: doc(failure.nullable(), 'null: it went as written.'),
  transcript: z.array(z.object({ who: doc(z.enum(['caller', 'flow', 'system']), 'Whose doing.', 'flow'), text: z.string() })),
});

const coverage = z.object({
  flow: doc(z.string(), 'The flow.', 'main-menu'),
  nodes: doc(z.int(), 'How many it has.', 12),
  exits: doc(z.int(), 'How many its nodes have.', 30),
  untakenNodes: z.array(z.string()),
  untakenExits: z.array(z.string()),
});

/** What running the scenarios of a release said. */
export const scenarioReport = named(
  'ScenarioReport',
  z.object({
    ok: doc(z.boolean(), 'All went as written.', true),
    problems: doc(z.array(problemView), 'Faults of the scenario files.'),
    results: z.array(result),
    coverage: z.array(coverage),
    untold: doc(z.array(z.string()), 'Flows of which no scenario tells.', []),
    leftOut: doc(z.int(), 'Not run, because the time was used up.', 0),
  }),
  'What running the scenarios of a release said.',
);
