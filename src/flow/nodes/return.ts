import { defineNode } from './kind.ts';

export const returnNode = defineNode({
  type: 'return',
  summary: 'Ends a sub-flow.',
  doc: 'Goes back to the flow that called this one, with its results. `next: return` does the same without a node. In a flow that nobody called it ends the call.',
  example: `done:
  type: return`,
  fields: {},
  exits: [],
  ends: true,
  needsCaller: false,
  compile: () => ({ enter: () => ({ kind: 'return' }) }),
});
