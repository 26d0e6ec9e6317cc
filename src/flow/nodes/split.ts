import { z } from 'zod';
import { evenHash } from '../../domain/hash.ts';
import { exitBy, type Outcome } from '../compiled.ts';
import type { Machine } from '../machine.ts';
import { nameText, target, wholeNumber } from '../parts.ts';
import { defineNode, ERROR_EXIT } from './kind.ts';

const MOST_WEIGHT = 1000;

const way = z.strictObject({ weight: wholeNumber(0, MOST_WEIGHT).describe('Its share.'), to: target });

export const split = defineNode({
  type: 'split',
  summary: 'Sends callers different ways by chance, in shares.',
  doc: 'Each way has a name, which is its exit in the journal and in the counts. Weights are shares of their sum: 70 and 30, or 2 and 1; with 0 a way is closed for now. `sticky: true` sends a caller of the same number the same way each time, as long as the weights stay; who withholds the number goes by chance.',
  example: `which-menu:
  type: split
  ways:
    short: { weight: 70, to: menu-short }
    long: { weight: 30, to: menu-long }
  sticky: true`,
  fields: {
    ways: z
      .record(nameText, way, { error: 'must be a map: names of ways, each { weight: …, to: … }' })
      .describe('The ways by name, with weight and node.'),
    sticky: z.boolean({ error: '@wrong-type' }).optional().describe('true: callers of one number always go the same way.'),
  },
  exits: [ERROR_EXIT],
  passing: true,
  needsCaller: false,
  compile(source, kit) {
    const ways = Object.entries(source.ways).map(([name, { weight, to }]): readonly [number, Outcome] => {
      if (name === 'error') kit.problem('bad-name', ['ways', name], '"error" is an exit of its own', 'Give the way another name.');
      kit.wire(name, to, ['ways', name, 'to']);
      return [weight, exitBy(name)];
    });
    const total = ways.reduce((sum, [weight]) => sum + weight, 0);
    if (total === 0) kit.problem('bad-value', ['ways'], 'no way has a weight above 0', 'Give at least one way a weight, such as 1.');
    const sticky = source.sticky === true;
    return { enter: (m) => wayAt(ways, chance(m, sticky) * total) };
  },
});

/** 0 to 1. Splits differ in what they make of a number, so that the same callers are not always the tested ones. */
function chance(m: Machine, sticky: boolean): number {
  const { ani } = m.trigger;
  return sticky && ani !== '' ? evenHash(`${m.top.flow}/${m.top.node} ${ani}`) : m.world.random;
}

function wayAt(ways: readonly (readonly [number, Outcome])[], at: number): Outcome {
  let sum = 0;
  for (const [weight, exit] of ways) {
    sum += weight;
    if (at < sum) return exit;
  }
  // A chance of exactly 1 belongs to the last way that is open.
  return ways.findLast(([weight]) => weight > 0)?.[1] ?? exitBy('error');
}
