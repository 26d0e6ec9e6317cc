import type { ActionSignature } from './action-signature.ts';

/** Who calls: segments, and what the caller keys about themselves before an agent is there. */
export const MATCH_ACTIONS: readonly ActionSignature[] = [
  {
    name: 'segments.find',
    doc: 'The segment of the number called from, by flows/segments.yaml: our own list, then the other system within its time. Whoever cannot be found out is `standard`; it never fails and never looks at a part of the number.',
    params: {},
    result:
      '{ name, label: { tr, en }, class, queue, skills, greeting, from, failed }: class, queue and greeting are empty where the segment says nothing; from is table, external or standard; failed is empty, timeout, unreachable, invalid or store.',
    exits: [],
  },
  {
    name: 'callers.identify',
    doc: 'The caller keyed their customer number: the agent will see this customer, still to be verified. After a few wrong tries the answer is { kind: "too-many" }.',
    params: { customer: { required: true, doc: 'What was keyed.' } },
    result: '{ kind: "found" }.',
    exits: ['none'],
  },
  {
    name: 'callers.answer',
    doc: 'The caller keyed something else about themselves: the agent’s list is shortened by it, and shows what was keyed. It verifies nobody, and does not tell whether it was right.',
    params: {
      field: { required: true, doc: 'customer-no, birth-year, postcode, plate or id-last4.' },
      answer: { required: true, doc: 'What was keyed.' },
    },
    result: 'true.',
    exits: [],
  },
];
