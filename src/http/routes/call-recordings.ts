import type { z } from 'zod';
import { type CallRecording, pausesOf } from '../../domain/call-recording.ts';
import { SantralError } from '../../domain/errors.ts';
import type { CallId } from '../../domain/ids.ts';
import { getCallRecording, hearCallRecording, removeCallRecording } from '../contracts/call-recordings.ts';
import { type Route, route, streamRoute } from '../route.ts';
import { sendAudio } from '../send-audio.ts';
import type { RouteContext } from './context.ts';

/** Recordings of whole calls: who may hear them, and that it is written down who did. */
export function callRecordingRoutes({ deps: { callRecordings, config } }: RouteContext): readonly Route[] {
  const mustHave = async (id: CallId): Promise<CallRecording> => {
    const found = await callRecordings.ofCall(id);
    return found?.brand === config.brand ? found : missing();
  };
  return [
    route(getCallRecording, async ({ params }) => view(await mustHave(params.id))),
    streamRoute(hearCallRecording, async ({ params, request, reply, caller }) => {
      const recording = await mustHave(params.id);
      const audio = (await callRecordings.audio(recording.id)) ?? missing();
      await callRecordings.heard(recording, caller.user.name);
      await sendAudio({ request, reply }, audio, recording.id);
    }),
    route(removeCallRecording, async ({ params, caller }) => {
      const recording = await mustHave(params.id);
      if (recording.state === 'open')
        throw new SantralError('request.conflict', 'The call goes on. Its recording can be removed when it is over.');
      if (!(await callRecordings.remove(recording, caller.user.name))) missing();
    }),
  ];
}

function view(recording: CallRecording): z.output<typeof getCallRecording.reply.schema> {
  const { id, callId, state, queue, startedAt, endedAt, durationMs, peaks, keepUntil } = recording;
  const pauses = pausesOf(recording).map(({ from, to }) => ({ fromMs: from - startedAt, toMs: to - startedAt }));
  return { id, callId, state, queue, startedAt, endedAt, durationMs, pauses, peaks, keepUntil };
}

function missing(): never {
  throw new SantralError('request.not-found', 'There is no such recording, or its audio is not there.');
}
