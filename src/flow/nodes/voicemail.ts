import { z } from 'zod';
import { RECORDING_PROMPTS } from '../built-in-prompts.ts';
import { exitBy, NEXT } from '../compiled.ts';
import { INHERITED, inherit } from '../defaults.ts';
import type { Machine } from '../machine.ts';
import { prompt } from '../parts.ts';
import { defineNode, ERROR_EXIT, NEXT_EXIT } from './kind.ts';
import { compileMessage, MESSAGE_FIELDS, type Sender } from './message.ts';
import { compileReview, review, type Take } from './review.ts';
import { recordingLimits, takeRecording } from './take.ts';

const MOST_NOTICES = 5;

/** What a notice's texts may read besides `with`. */
const GIVEN = ['recording', 'seconds', 'call'] as const;

export const voicemail = defineNode({
  type: 'voicemail',
  summary: 'Takes a message because nobody is there.',
  doc: 'Greeting, tone, recording, review; limits and keys as in `record`. What was said is stored as a voicemail and the notices go out with it, also when the caller simply hangs up. Without `prompt` and `review` the engine’s own words are heard. `next` is taken when it is stored. Texts of notices may read `recording` (its id), `seconds` and `call` (the call’s id) besides `with`.',
  example: `take-message:
  type: voicemail
  max: 2m
  notify:
    - { channel: webhook, template: voicemail.new, to: crm, with: { caller: "{{call.ani}}" } }
  next: goodbye
  exits: { empty: goodbye }`,
  fields: {
    prompt: prompt.optional(),
    ...INHERITED.record,
    review,
    notify: z
      .array(z.strictObject(MESSAGE_FIELDS), { error: 'must be a list of messages' })
      .max(MOST_NOTICES, { error: `may hold ${MOST_NOTICES} messages at most` })
      .optional()
      .describe('Who is told: messages as in `notify` nodes.'),
  },
  exits: [NEXT_EXIT, { name: 'empty', doc: 'Nothing was said, or the caller deleted it.', otherwise: 'next' }, ERROR_EXIT],
  asksCaller: true,
  compile(source, kit) {
    const { bargeIn } = inherit('record', kit.defaults, source);
    const firm = bargeIn !== 'none';
    const notices = (source.notify ?? []).map((one, i) => compileMessage(one, kit, ['notify', i], GIVEN));
    return takeRecording(recordingLimits(source, kit), {
      prompts:
        source.prompt === undefined ? kit.nodePrompt(RECORDING_PROMPTS.greeting, firm) : kit.prompts(['prompt'], source.prompt, firm),
      kind: 'voicemail',
      review: compileReview(source.review ?? true, kit),
      settle(m, end) {
        if (end.kind !== 'kept') return exitBy(end.kind === 'failed' ? 'error' : 'empty');
        tell(m, notices, end.take);
        return NEXT;
      },
    });
  },
});

/** A notice that reaches nobody is told in the journal; the message itself is stored all the same. */
function tell(m: Machine, notices: readonly Sender[], { id, durationMs }: Take): void {
  const given = { recording: id, seconds: Math.round(durationMs / 1000), call: m.trigger.callId };
  for (const send of notices) {
    const outcome = send(m, given) ? 'queued' : 'unreachable';
    m.events.push({ kind: 'result', node: m.top.node, name: 'notify', outcome });
  }
}
