import type { Telephony, TelephonyEvent } from '../ports/telephony.ts';
import { type Command, orGone } from './command.ts';
import type { RecordingEnd } from './events.ts';

type Recordings = Pick<Telephony, 'record' | 'stopRecording'>;

const MS = 1000;

/**
 * Recordings of one channel, as WAV. Asterisk counts in whole seconds: limits are rounded up. The beep is a playback of
 * ours, queued before the recording: without a file of its own named `beep`, Asterisk ends a recording with
 * `beep=true` at once and calls it done (tried on 22.10.1), and its beep would count as recorded time.
 */
export function recordingCommands(command: Command, times: RecordingTimes, beepPath: string): Recordings {
  return {
    async record(channelId, { name, maxMs, silenceMs, terminator, beep }) {
      const silenceSeconds = Math.ceil(silenceMs / MS);
      times.expect(name, silenceSeconds);
      if (beep)
        await command('channels.playWithId', channelId, { channelId, playbackId: `${name}-beep` }, { media: [`sound:${beepPath}`] });
      await command('channels.record', channelId, {
        channelId,
        name,
        format: 'wav',
        // 0 would mean without limit.
        maxDurationSeconds: Math.max(1, Math.ceil(maxMs / MS)),
        // 0: silence does not end it.
        maxSilenceSeconds: silenceSeconds,
        ifExists: 'fail',
        beep: false,
        // Asterisk knows these two; other keys reach the engine as key events anyway.
        terminateOn: terminator === '#' || terminator === '*' ? terminator : 'none',
      });
    },
    stopRecording: (recordingName) => orGone(command('recordings.stop', recordingName, { recordingName })),
  };
}

/**
 * How long a recording is and how much of it is talk. Asterisk tells both in whole seconds, rounded down, and less than
 * it says: of S ms of silence it takes off (S - 200) / 1000 (main/app.c), so 2 s of nothing count as 1 s of talk, and an
 * answer of 0.9 s as none. The times of its two events make up for it.
 */
export interface RecordingTimes {
  /** `silenceSeconds`: the silence that ends it, 0 for none. */
  expect(name: string, silenceSeconds: number): void;
  started(name: string, at: number): void;
  ended(end: RecordingEnd, at: number): TelephonyEvent;
}

/** Recordings whose end was lost with a connection must not stay for ever. */
const TIMES_KEPT = 1_000;
/** Less than this is the uncertainty of the events' times, or a click. */
const SHORTEST_TALK_MS = 300;
/** Of the silence that ended a recording, this much stays in the file. */
const SILENCE_LEFT_MS = 200;

export function recordingTimes(): RecordingTimes {
  const expected = new Map<string, { readonly silenceSeconds: number; readonly from: number | undefined }>();
  return {
    expect(name, silenceSeconds) {
      expected.set(name, { silenceSeconds, from: undefined });
      if (expected.size > TIMES_KEPT) expected.delete(expected.keys().next().value ?? name);
    },
    started(name, at) {
      const one = expected.get(name);
      if (one !== undefined) expected.set(name, { ...one, from: at });
    },
    ended(end, at) {
      const { from, silenceSeconds = 0 } = expected.get(end.name) ?? {};
      expected.delete(end.name);
      const { channelId, name, done, seconds } = end;
      const lengths = from === undefined ? inSeconds(end) : measured(end, at - from, silenceSeconds);
      // Without a length nothing was recorded.
      return { kind: 'recording-finished', channelId, name, ...lengths, ok: done && seconds !== undefined, at };
    },
  };
}

interface Lengths {
  readonly durationMs: number;
  readonly talkingMs: number;
}

function inSeconds({ seconds = 0, talkingSeconds = seconds }: RecordingEnd): Lengths {
  return { durationMs: seconds * MS, talkingMs: talkingSeconds * MS };
}

/**
 * `ms` from the first event to the last; `limit`: the silence, in s, that would have ended it. A phone that sends nothing
 * while nobody speaks leaves a hole in the time: Asterisk gives the recording up after some seconds without a packet.
 */
function measured(end: RecordingEnd, ms: number, limit: number): Lengths {
  const { seconds = 0, silenceSeconds: pauses = 0 } = end;
  const trailing = Math.max(0, Math.floor(ms / MS) - seconds);
  // The last second of the silence is never taken off, so a length of 0 means that nothing arrived.
  const bySilence = limit > 0 && ms >= limit * MS && trailing >= limit - 1 && seconds > 0;
  if (trailing > (bySilence ? limit : 1)) return inSeconds(end);
  const talk = ms - (bySilence ? limit : trailing) * MS - pauses * MS;
  return {
    durationMs: bySilence ? ms - limit * MS + SILENCE_LEFT_MS : Math.max(ms, seconds * MS),
    talkingMs: talk < SHORTEST_TALK_MS ? 0 : talk,
  };
}
