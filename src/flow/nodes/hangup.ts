import { z } from 'zod';
import type { Outcome } from '../compiled.ts';
import { ENGINE_DEFAULTS } from '../engine-defaults.ts';
import { bargeIn, prompt } from '../parts.ts';
import { play } from '../play.ts';
import { defineNode, ERROR_EXIT } from './kind.ts';

export const hangup = defineNode({
  type: 'hangup',
  summary: 'Ends the call.',
  doc: 'Says its prompt, if it has one, and hangs up. The cause tells the caller’s network why.',
  example: `goodbye:
  type: hangup
  prompt: general.goodbye
  cause: normal`,
  fields: {
    prompt: prompt.optional(),
    bargeIn: bargeIn.optional(),
    cause: z
      .enum(['normal', 'busy', 'congestion'], { error: 'must be normal, busy or congestion' })
      .optional()
      .describe('Why it ended, for the network.'),
  },
  exits: [ERROR_EXIT],
  ends: true,
  compile(source, kit) {
    const prompts = kit.prompts(['prompt'], source.prompt, (source.bargeIn ?? ENGINE_DEFAULTS.hangup.bargeIn) !== 'none');
    const end: Outcome = { kind: 'hangup', cause: source.cause ?? ENGINE_DEFAULTS.hangup.cause };
    return { enter: (m) => play(m, prompts, 'keep') ?? end, resume: () => end };
  },
});
