import { z } from 'zod';
import { CALL_RECORDING_STATES } from '../../domain/call-recording.ts';
import { ADMINS, contract, doc, NO_CONTENT, named, SUPERVISORS } from '../contract.ts';
import { at, idOf, maybeAt } from './common.ts';

const PATH = '/api/v1/calls/:id/recording';
const params = z.object({ id: idOf('call', 'The call.') });
const ms = (what: string, example: number) => doc(z.int(), what, example);

const callRecordingView = named(
  'CallRecording',
  z.object({
    id: idOf('recording', 'The recording.'),
    callId: idOf('call', 'The call.'),
    state: doc(
      z.enum(CALL_RECORDING_STATES),
      'open: it goes on, or is being put together · kept: it can be heard · empty: there is no audio (refused by the caller, or the disk was full).',
      'kept',
    ),
    queue: doc(z.string().nullable(), 'The queue whose retention counts.', 'support'),
    startedAt: at('The first moment of the audio.'),
    endedAt: maybeAt('When the call ended.'),
    durationMs: ms('How long the audio is; 0 before it is kept.', 93_400),
    pauses: doc(
      z.array(z.object({ fromMs: ms('Into the audio.', 42_000), toMs: ms('Into the audio.', 61_500) })),
      'Stretches that were not recorded, and are silent.',
      [{ fromMs: 42_000, toMs: 61_500 }],
    ),
    peaks: doc(
      z.string(),
      'How loud it is along its length, 0 to 9: 300 digits for the caller, 300 for the house. Empty before it is kept.',
      '0'.repeat(600),
    ),
    keepUntil: at('It is removed after this time.'),
  }),
  'The recording of a whole call: the caller on the left, the house on the right.',
);

export const getCallRecording = contract({
  id: 'calls.recording',
  method: 'GET',
  path: PATH,
  tag: 'calls',
  summary: 'The recording of a call',
  access: SUPERVISORS,
  params,
  reply: { status: 200, description: 'What is known of it.', schema: callRecordingView },
  errors: ['request.not-found'],
});

export const hearCallRecording = contract({
  id: 'calls.recording.audio',
  method: 'GET',
  path: `${PATH}/audio`,
  tag: 'calls',
  summary: 'The audio of a recorded call',
  description: 'A stereo WAV of 8 kHz. One range of bytes may be asked for. Each listening is written down with who it was.',
  access: SUPERVISORS,
  params,
  reply: { status: 200, description: 'All of it.', schema: z.instanceof(Buffer), contentType: 'audio/wav' },
  more: [{ status: 206, description: 'The part that was asked for.', schema: z.instanceof(Buffer) }],
  errors: ['request.not-found', 'recording.unreadable'],
});

export const removeCallRecording = contract({
  id: 'calls.recording.remove',
  method: 'DELETE',
  path: PATH,
  tag: 'calls',
  summary: 'Remove the recording of a call; who did it is written down',
  access: ADMINS,
  params,
  reply: NO_CONTENT,
  errors: ['request.not-found', 'request.conflict'],
});
