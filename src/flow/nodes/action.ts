import { z } from 'zod';
import { parseDuration } from '../../domain/duration.ts';
import type { ActionSignature } from '../action-signature.ts';
import { exitBy, NEXT, type Outcome, type StepInput } from '../compiled.ts';
import { INHERITED, inherit } from '../defaults.ts';
import { Fault } from '../fault.ts';
import { assign, checkSize, type Machine } from '../machine.ts';
import { anyValue, variableName } from '../parts.ts';
import { defineNode, ERROR_EXIT, type Kit, mapValues, NEXT_EXIT, renderMap } from './kind.ts';

export const action = defineNode({
  type: 'action',
  summary: 'Uses a capability of Santral.',
  doc: 'Such as looking up dealers. An empty answer takes the exit `none`; `into` is set all the same. What exists is listed under Actions.',
  example: `find:
  type: action
  do: dealers.by-province
  with: { province: "{{plate}}" }
  into: dealers
  timeout: 3s
  next: read
  exits: { none: no-dealer }`,
  fields: {
    do: z.string({ error: '@wrong-type' }).describe('The action.'),
    with: z.record(variableName, anyValue).optional().describe('Its parameters; texts may hold {{…}}.'),
    into: variableName.optional().describe('Variable for the answer.'),
    ...INHERITED.action,
  },
  exits: [NEXT_EXIT, { name: 'none', doc: 'The answer is empty.', otherwise: 'error' }, ERROR_EXIT],
  needsCaller: false,
  writes: (source) => (source.into === undefined ? [] : [{ path: ['into'], name: source.into, text: false }]),
  compile(source, kit) {
    const signature = kit.action(['do'], source.do);
    if (signature !== undefined) checkActionParams(kit, signature, Object.keys(source.with ?? {}));
    if (signature?.exits.includes('none') === true && source.exits?.['none'] === undefined)
      kit.problem(
        'exit-not-wired',
        ['do'],
        `${kit.node} does not say where "none" leads`,
        'Write exits: { none: node } for an empty answer.',
      );
    const params = mapValues(source.with, (value, name) => kit.value(['with', name], value, 'sent'));
    const timeoutMs = parseDuration(inherit('action', kit.defaults, source).timeout) ?? 0;
    return {
      enter(m) {
        const given = renderMap(params, m);
        checkSize(m, given, source.do);
        return { kind: 'wait', command: { kind: 'action', action: source.do, params: given, timeoutMs } };
      },
      resume: (m, input) => answered(m, input, source.do, source.into),
    };
  },
});

/** Whether an action gets the parameters it needs, and no others. */
export function checkActionParams(kit: Kit, signature: ActionSignature, given: readonly string[]): void {
  const known = Object.keys(signature.params);
  const list = `${signature.name} takes: ${known.join(', ') || 'nothing'}.`;
  for (const name of given.filter((one) => !known.includes(one)))
    kit.problem('action-param', ['with', name], `${signature.name} has no parameter "${name}"`, list);
  for (const name of known.filter((one) => signature.params[one]?.required === true && !given.includes(one)))
    kit.problem(
      'action-param',
      ['with'],
      `${signature.name} needs the parameter "${name}"`,
      `${signature.params[name]?.doc ?? ''} Write with: { ${name}: "…" }.`,
    );
}

function answered(m: Machine, input: StepInput, name: string, into: string | undefined): Outcome {
  if (input.kind !== 'result') throw new Fault('unexpected-input', `${input.kind} came for an action`);
  const { outcome } = input;
  if (outcome.kind === 'error') {
    m.events.push({ kind: 'result', node: m.top.node, name, outcome: outcome.reason });
    return exitBy('error');
  }
  const empty = outcome.value === null || (Array.isArray(outcome.value) && outcome.value.length === 0);
  m.events.push({ kind: 'result', node: m.top.node, name, outcome: empty ? 'none' : 'ok' });
  if (into !== undefined) assign(m, into, outcome.value);
  return empty ? exitBy('none') : NEXT;
}
