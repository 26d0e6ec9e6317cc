import { LANGUAGES } from '../domain/language.ts';
import type { CompiledFlow, CompiledNode } from './compiled.ts';

/** The flow of calls that agents make by hand: the talk, and the end. Parameter `queue`: whose agents serve the customer when the one who called is gone. */
export const BY_HAND_FLOW = '$by-hand';
const TALK = 'talk';

const talk: CompiledNode = {
  id: TALK,
  type: 'queue',
  exits: new Map(),
  passing: false,
  behaviour: {
    enter({ trigger }) {
      const { queue } = trigger.params;
      const nobody = { class: null, skills: {}, keys: [], since: null };
      return { kind: 'wait', command: { kind: 'queue', queue: typeof queue === 'string' ? queue : '', ...nobody } };
    },
    resume: () => ({ kind: 'hangup', cause: 'normal' }),
  },
};

export const byHandFlow: CompiledFlow = {
  id: BY_HAND_FLOW,
  title: {},
  languages: LANGUAGES,
  start: TALK,
  afterCall: null,
  answer: { policy: 'byFlow', settleMs: 0 },
  parameters: { queue: '' },
  takes: {},
  results: [],
  gives: {},
  variables: {},
  personal: new Set(),
  secrets: new Set(),
  nodes: new Map([[TALK, talk]]),
  outline: [],
};
