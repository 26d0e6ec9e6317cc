import { z } from 'zod';
import { NEXT } from '../compiled.ts';
import { assign, scopeOf } from '../machine.ts';
import { anyValue, variableName } from '../parts.ts';
import { defineNode, ERROR_EXIT, mapValues, NEXT_EXIT } from './kind.ts';

export const set = defineNode({
  type: 'set',
  summary: 'Sets variables.',
  doc: 'Right sides are expressions, worked out from top to bottom; a text is written in quotes of its own: "\'Ayşe\'". Numbers, true, false, lists and maps may stand as they are.',
  example: `bump:
  type: set
  set:
    index: index + 1
    found: size(dealers) > 0
    name: "'Ayşe'"
  next: read`,
  fields: {
    set: z
      .record(variableName, anyValue, { error: 'must be a map: variables and expressions' })
      .describe('Variables, each with an expression.'),
  },
  exits: [NEXT_EXIT, ERROR_EXIT],
  needsCaller: false,
  passing: true,
  writes: (source) => Object.keys(source.set).map((name) => ({ path: ['set', name], name, text: false })),
  compile(source, kit) {
    const sides = mapValues(source.set, (value, name) => {
      if (typeof value !== 'string') return value;
      const expression = kit.expression(['set', name], value, 'kept');
      kit.copies(name, expression.names);
      return expression;
    });
    return {
      enter(m) {
        for (const [name, side] of sides) {
          const dynamic = typeof side === 'object' && side !== null && 'evaluate' in side && typeof side.evaluate === 'function';
          assign(m, name, dynamic ? side.evaluate(scopeOf(m)) : (side as never));
        }
        return NEXT;
      },
    };
  },
});
