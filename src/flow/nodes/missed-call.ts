import { z } from 'zod';
import { callableNumber } from '../addresses.ts';
import { NEXT } from '../compiled.ts';
import { cause } from '../effects.ts';
import { nameText } from '../parts.ts';
import { personOf } from '../session.ts';
import { compileDirectoryTarget, directoryTarget } from './directory-target.ts';
import { defineNode, ERROR_EXIT, NEXT_EXIT } from './kind.ts';

export const missedCall = defineNode({
  type: 'missed-call',
  summary: 'Notes that nobody of the house answered this call.',
  doc: 'Does nothing where somebody has talked with the caller, so it may stand at the end of every call: its place is the after-call section, where it hears of callers who hang up as well. However many telephones rang and however often it is come to, a call is missed once. The caller’s number lies sealed. With `callback` the caller is also on the list of those to be called back, unless the number is withheld; of one number one request is open per group.',
  example: `note-it:
  type: missed-call
  for: { dealer: "{{params.dealer}}" }
  callback: support
  next: tell-dealer
  exits: { answered: done }`,
  fields: {
    for: z
      .union([...directoryTarget], { error: 'must be { department: service }, { dealer: "{{…}}" } or { person: … }' })
      .describe('Who was called: somebody of flows/directory.yaml.'),
    callback: nameText.optional().describe('Whose agents call back: a queue, or its `callbackGroup`. Default: nobody.'),
  },
  exits: [
    { ...NEXT_EXIT, doc: 'The call was missed, and is noted (written as `next:`).' },
    { name: 'answered', doc: 'Somebody has talked with the caller: there is nothing to note.', otherwise: 'next' },
    ERROR_EXIT,
  ],
  needsCaller: false,
  passing: true,
  compile(source, kit) {
    const target = compileDirectoryTarget(kit, ['for'], source.for);
    const { callback } = source;
    if (callback !== undefined) kit.callbackGroup(['callback'], callback);
    return {
      enter(m) {
        const missed = !m.talked;
        m.events.push({ kind: 'result', node: m.top.node, name: 'missed-call', outcome: missed ? 'missed' : 'answered' });
        if (!missed) return { kind: 'exit', exit: 'answered' };
        const called = target(m);
        const number = callableNumber(personOf(m.trigger), true);
        const { language } = m;
        if (called === null) return { kind: 'exit', exit: 'error' };
        cause(m, { kind: 'missed', draft: { target: called, number, language } });
        if (callback !== undefined && number !== null)
          cause(m, { kind: 'callback', draft: { group: callback, number, language, reason: called.id, origin: 'field', since: null } });
        return NEXT;
      },
    };
  },
});
