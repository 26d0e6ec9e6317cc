import { z } from 'zod';
import { exitBy, type Outcome } from '../compiled.ts';
import { scopeOf } from '../machine.ts';
import { expressionText, target } from '../parts.ts';
import { defineNode, ERROR_EXIT } from './kind.ts';

export const branch = defineNode({
  type: 'branch',
  summary: 'Goes one way or another.',
  doc: 'The first case whose `when` is true is taken; `else` when none is.',
  example: `which:
  type: branch
  cases:
    - { when: size(dealers) > index, to: read }
    - { when: plate == "34", to: istanbul }
  else: no-more`,
  fields: {
    cases: z
      .array(z.strictObject({ when: expressionText, to: target }), { error: 'must be a list of { when: …, to: … }' })
      .min(1, { error: 'must hold at least one case' })
      .describe('Conditions in order, each with a node.'),
    else: target.describe('Where to go when no case is true.'),
  },
  exits: [ERROR_EXIT],
  needsCaller: false,
  passing: true,
  compile(source, kit) {
    const cases = source.cases.map(({ when, to }, i): readonly [ReturnType<typeof kit.expression>, Outcome] => {
      const exit = `case ${i + 1}`;
      kit.wire(exit, to, ['cases', i, 'to']);
      return [kit.expression(['cases', i, 'when'], when, 'weighed'), exitBy(exit)];
    });
    kit.wire('else', source.else, ['else']);
    const otherwise = exitBy('else');
    return {
      enter(m) {
        const scope = scopeOf(m);
        for (const [when, exit] of cases) if (when.test(scope)) return exit;
        return otherwise;
      },
    };
  },
});
