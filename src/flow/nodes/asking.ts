import { describedFields, INHERITED } from '../defaults.ts';
import { ladder, wholeNumber } from '../parts.ts';

const { terminator: _none, ...timing } = INHERITED.menu;

/** Timing, tries and re-prompts of nodes that offer keys as a menu does; `defaults: menu` counts for them, too. */
export const ASKING_FIELDS = {
  noInput: ladder.optional(),
  noMatch: ladder.optional(),
  ...describedFields('menu', timing),
  attemptsNoInput: wholeNumber(1, 20).optional().describe('A cap of its own for silence.'),
  attemptsNoMatch: wholeNumber(1, 20).optional().describe('A cap of its own for wrong keys.'),
};

/** What such a node listens for. */
export function listensFor(options: readonly string[]) {
  return { match: { kind: 'options', options }, terminator: null, terminatorSwallowMs: 0, secret: false } as const;
}
