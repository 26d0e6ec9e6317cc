import { parseDuration } from '../../domain/duration.ts';
import { NEXT } from '../compiled.ts';
import { duration } from '../parts.ts';
import { defineNode, ERROR_EXIT, NEXT_EXIT } from './kind.ts';

export const answer = defineNode({
  type: 'answer',
  summary: 'Answers the call.',
  doc: 'For flows with `answer: { policy: byFlow }`: until here the call rings, nothing is billed, and what is said is early media. A call that is answered already goes on at once.',
  example: `pick-up:
  type: answer
  settle: 300ms
  next: welcome`,
  fields: {
    settle: duration('0ms', '5s')
      .optional()
      .describe('Pause after the answer, so that the first word is not lost; the setting SANTRAL_SETTLE_MS changes the default.'),
  },
  exits: [NEXT_EXIT, ERROR_EXIT],
  compile(source, kit) {
    const settleMs = parseDuration(source.settle ?? '') ?? kit.settleMs;
    return {
      enter: (m) => (m.answered ? NEXT : { kind: 'wait', command: { kind: 'answer', settleMs } }),
      resume: () => NEXT,
    };
  },
});
