import { z } from 'zod';
import { exitBy, NEXT } from '../compiled.ts';
import { INHERITED, inherit } from '../defaults.ts';
import { ENGINE_DEFAULTS } from '../engine-defaults.ts';
import { assign } from '../machine.ts';
import { prompt, variableName } from '../parts.ts';
import { defineNode, ERROR_EXIT, NEXT_EXIT } from './kind.ts';
import { compileReview, review } from './review.ts';
import { recordingLimits, takeRecording } from './take.ts';

const KINDS = ['message', 'comment'] as const;

export const record = defineNode({
  type: 'record',
  summary: 'Records what the caller says.',
  doc: '`into` gets { name, seconds }. It ends after `max`, after `silence`, or with the terminator; a hang-up keeps what was said. What is kept can be listened to for as many days as SANTRAL_RECORDING_DAYS says.',
  example: `message:
  type: record
  prompt: general.leave-message
  max: 60s
  silence: 3s
  beep: true
  terminator: any
  review: { listen: 1, keep: 2, again: 3, discard: "*" }
  into: recording
  next: thanks
  exits: { empty: goodbye }`,
  fields: {
    prompt: prompt.optional(),
    ...INHERITED.record,
    review,
    kind: z
      .enum(KINDS, { error: `must be one of ${KINDS.join(', ')}` })
      .optional()
      .describe('What it is, for those who listen: a message, or a comment on the service.'),
    into: variableName.describe('Variable for the recording.'),
  },
  exits: [
    NEXT_EXIT,
    { name: 'empty', doc: 'Nothing was said.', otherwise: 'next' },
    { name: 'discarded', doc: 'The caller deleted it in the review.', otherwise: 'empty' },
    ERROR_EXIT,
  ],
  asksCaller: true,
  writes: (source) => [{ path: ['into'], name: source.into, text: false }],
  compile(source, kit) {
    const { bargeIn } = inherit('record', kit.defaults, source);
    const { into } = source;
    return takeRecording(recordingLimits(source, kit), {
      prompts: kit.prompts(['prompt'], source.prompt, bargeIn !== 'none'),
      kind: source.kind ?? ENGINE_DEFAULTS.record.kind,
      review: compileReview(source.review ?? false, kit),
      settle(m, end) {
        if (end.kind !== 'kept') return exitBy(end.kind === 'failed' ? 'error' : end.kind);
        assign(m, into, { name: end.take.id, seconds: Math.round(end.take.durationMs / 1000) });
        return NEXT;
      },
    });
  },
});
