import type { Telephony, TelephonyEvent } from '../ports/telephony.ts';
import { type Command, orGone } from './command.ts';
import type { RecordingEnd } from './events.ts';

type Recordings = Pick<Telephony, 'record' | 'stopRecording'>;

const MS = 1000;

/** Recordings of one channel, as WAV. Asterisk counts in whole seconds: limits are rounded up. */
export function recordingCommands(command: Command, times: RecordingTimes): Recordings {
  return {
    async record(channelId, { name, maxMs, silenceMs, terminator, beep }) {
      if (!beep) times.expect(name);
      await command('channels.record', channelId, {
        channelId,
        name,
        format: 'wav',
        // 0 would mean without limit.
        maxDurationSeconds: Math.max(1, Math.ceil(maxMs / MS)),
        // 0: silence does not end it.
        maxSilenceSeconds: Math.ceil(silenceMs / MS),
        ifExists: 'fail',
        beep,
        // Asterisk knows these two; other keys reach the engine as key events anyway.
        terminateOn: terminator === '#' || terminator === '*' ? terminator : 'none',
      });
    },
    stopRecording: (recordingName) => orGone(command('recordings.stop', recordingName, { recordingName })),
  };
}

/**
 * Asterisk tells a recording's length, silence and talk in whole seconds, rounded down: an answer of 0.9 s would count
 * as nothing. So the times of its two events are used where they hold: not with Asterisk's beep, which counts as well.
 */
export interface RecordingTimes {
  expect(name: string): void;
  started(name: string, at: number): void;
  ended(end: RecordingEnd, at: number): TelephonyEvent;
}

/** Recordings whose end was lost with a connection must not stay for ever. */
const TIMES_KEPT = 1_000;
/** Less than this beside the silence is the uncertainty of the events' times. */
const SHORTEST_TALK_MS = 200;

export function recordingTimes(): RecordingTimes {
  const began = new Map<string, number | undefined>();
  return {
    expect(name) {
      began.set(name, undefined);
      if (began.size > TIMES_KEPT) began.delete(began.keys().next().value ?? name);
    },
    started(name, at) {
      if (began.has(name)) began.set(name, at);
    },
    ended({ channelId, name, seconds, talkingSeconds, silenceSeconds, done }, at) {
      const from = began.get(name);
      began.delete(name);
      const whole = (seconds ?? 0) * MS;
      const durationMs = from === undefined ? whole : Math.max(whole, at - from);
      const talk = durationMs - (silenceSeconds ?? 0) * MS;
      const talkingMs = from === undefined && talkingSeconds !== undefined ? talkingSeconds * MS : talk < SHORTEST_TALK_MS ? 0 : talk;
      // Without a length nothing was recorded, such as when the beep could not be played.
      return { kind: 'recording-finished', channelId, name, durationMs, talkingMs, ok: done && seconds !== undefined, at };
    },
  };
}
