import { z } from 'zod';
import { NEXT } from '../compiled.ts';
import { assign } from '../machine.ts';
import { anyValue, nameText, variableName } from '../parts.ts';
import { defineNode, ERROR_EXIT, mapValues, NEXT_EXIT, renderMap } from './kind.ts';

export const subflow = defineNode({
  type: 'subflow',
  summary: 'Runs another flow and comes back.',
  doc: 'The other flow has its own variables; it gets `with` as its parameters and gives its results back; what it needs, and of which type, it says at its top (`parameters`). Exits that it does not wire come out here.',
  example: `find-dealer:
  type: subflow
  flow: dealer-lookup
  with: { province: "{{plate}}" }
  into: { dealer: chosen }
  next: offer`,
  fields: {
    flow: nameText.describe('The flow to run.'),
    with: z.record(variableName, anyValue).optional().describe('Its parameters; texts may hold {{…}}.'),
    into: z.record(variableName, variableName).optional().describe('Its results, each with a variable of this flow.'),
  },
  exits: [NEXT_EXIT, { name: 'exhausted', doc: 'The caller used up all tries there.', otherwise: 'engine' }, ERROR_EXIT],
  writes: (source) => Object.entries(source.into ?? {}).map(([result, name]) => ({ path: ['into', result], name, text: false })),
  compile(source, kit) {
    kit.subflow(source.flow, source.with ?? {}, Object.keys(source.into ?? {}));
    const params = mapValues(source.with, (value, name) => kit.value(['with', name], value, 'handed on'));
    const into = Object.entries(source.into ?? {});
    return {
      calls: source.flow,
      enter: (m) => ({ kind: 'call', flow: source.flow, params: renderMap(params, m) }),
      returned(m, results) {
        for (const [result, name] of into) assign(m, name, results[result] ?? null);
        return NEXT;
      },
    };
  },
});
