import type { ActionSignature } from './action-signature.ts';

/** What the house knows of itself: who of the directory is there, how full its queues are. */
export const HOUSE_ACTIONS: readonly ActionSignature[] = [
  {
    name: 'directory.get',
    doc: 'Somebody of flows/directory.yaml, or a dealer, and whether anybody would be rung there now.',
    params: {
      kind: { required: true, doc: 'department, dealer or person.' },
      id: { required: true, doc: 'The name, or the dealer’s code.' },
    },
    result:
      '{ kind, id, name: { tr, en }, state, email, webhook }: state is open, closed (the hours are over) or away (nobody is there to be rung); email and webhook are empty where the directory has none.',
    exits: ['none'],
    forTrials: true,
  },
  {
    name: 'queues.state',
    doc: 'How a queue stands at this moment.',
    params: { queue: { required: true, doc: 'A queue of flows/queues.yaml.' } },
    result:
      '{ open, waiting, longestWaitSeconds, estimatedWaitSeconds, loggedIn, available }: estimatedWaitSeconds is what who joins now would wait, and null while too little is known; loggedIn counts agents who work, available those who are free.',
    exits: ['none'],
  },
];
