import { z } from 'zod';
import { RECORDING_KINDS } from '../../domain/recording.ts';
import { ADMINS, contract, doc, NO_CONTENT, named, SUPERVISORS } from '../contract.ts';
import { at, idOf, language, maybeAt, pageSize, wholeNumber } from './common.ts';

const id = idOf('recording', 'The recording.');
const params = z.object({ id });
const kind = doc(z.enum(RECORDING_KINDS), 'message: what a flow asked for · comment: on the service · voicemail.', 'voicemail');
const MOST_MS = 9_999_999_999_999;

export const recordingView = named(
  'Recording',
  z.object({
    id,
    callId: idOf('call', 'The call it was made in.'),
    brand: doc(z.string(), 'The brand it belongs to.', 'santral'),
    kind,
    flow: doc(z.string(), 'The flow that asked for it.', 'nps'),
    node: doc(z.string(), 'The node of the flow.', 'comment'),
    language,
    seconds: doc(z.number(), 'How long it is.', 12.4),
    createdAt: at('When it was stored.'),
    keepUntil: at('It is removed after this time.'),
    heardAt: maybeAt('When somebody first marked it as heard.'),
    heardBy: doc(z.string().nullable(), 'Who that was.', 'ayse'),
  }),
  'What a caller said and is kept.',
);

export const listRecordings = contract({
  id: 'recordings.list',
  method: 'GET',
  path: '/api/v1/recordings',
  tag: 'recordings',
  summary: 'Recordings, newest first, by pages',
  access: SUPERVISORS,
  query: z.strictObject({
    kind: kind.optional(),
    flow: doc(z.string().max(60), 'Only those that this flow asked for.', 'nps').optional(),
    from: wholeNumber(0, MOST_MS, 'Stored at or after this time; UTC milliseconds.', 1_767_258_000_000).optional(),
    to: wholeNumber(0, MOST_MS, 'Stored before this time; UTC milliseconds.', 1_767_344_400_000).optional(),
    unheard: doc(z.stringbool(), 'true: only those nobody has marked as heard.', 'true').optional(),
    before: doc(id, 'The next page: `next` of the page before.').optional(),
    limit: pageSize(500, 50),
  }),
  reply: {
    status: 200,
    description: 'One page.',
    schema: z.object({ items: z.array(recordingView), next: doc(id.nullable(), 'Pass it as `before`; null on the last page.', null) }),
  },
  errors: [],
});

export const getRecording = contract({
  id: 'recordings.get',
  method: 'GET',
  path: '/api/v1/recordings/:id',
  tag: 'recordings',
  summary: 'One recording',
  access: SUPERVISORS,
  params,
  reply: { status: 200, description: 'What is known of it.', schema: recordingView },
  errors: ['request.not-found'],
});

export const hearRecording = contract({
  id: 'recordings.audio',
  method: 'GET',
  path: '/api/v1/recordings/:id/audio',
  tag: 'recordings',
  summary: 'The audio of a recording',
  description:
    'A WAV of 8 kHz. One range of bytes may be asked for; what cannot be had that way is answered whole. Listening does not mark it as heard.',
  access: SUPERVISORS,
  params,
  reply: { status: 200, description: 'All of it.', schema: z.instanceof(Buffer), contentType: 'audio/wav' },
  more: [{ status: 206, description: 'The part that was asked for.', schema: z.instanceof(Buffer) }],
  errors: ['request.not-found', 'recording.unreadable'],
});

export const markHeard = contract({
  id: 'recordings.heard',
  method: 'POST',
  path: '/api/v1/recordings/:id/heard',
  tag: 'recordings',
  summary: 'Mark a recording as heard; who was first stays',
  access: SUPERVISORS,
  params,
  reply: { status: 200, description: 'The recording as it is now.', schema: recordingView },
  errors: ['request.not-found'],
});

export const removeRecording = contract({
  id: 'recordings.remove',
  method: 'DELETE',
  path: '/api/v1/recordings/:id',
  tag: 'recordings',
  summary: 'Remove a recording, its audio and all that is known of it',
  access: ADMINS,
  params,
  reply: NO_CONTENT,
  errors: ['request.not-found'],
});
