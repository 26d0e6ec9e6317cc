import type { Telephony } from '../ports/telephony.ts';
import { type Command, orGone } from './command.ts';

type Recordings = Pick<Telephony, 'record' | 'stopRecording'>;

const MS = 1000;

/** Recordings of one channel, as WAV. Asterisk counts in whole seconds: limits are rounded up. */
export function recordingCommands(command: Command): Recordings {
  return {
    async record(channelId, { name, maxMs, silenceMs, terminator, beep }) {
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

/** Remembers when recordings began: Asterisk tells their length in whole seconds only. */
export function recordingTimes() {
  const began = new Map<string, number>();
  return {
    started: (name: string, at: number) => {
      began.set(name, at);
      // A recording whose end was lost with a connection must not stay for ever.
      if (began.size > TIMES_KEPT) for (const oldest of began.keys()) return void began.delete(oldest);
    },
    /** Length in ms: by the events' times where the start was seen, else `durationMs`. */
    ended: (name: string, at: number, durationMs: number): number => {
      const from = began.get(name);
      began.delete(name);
      return from === undefined ? durationMs : Math.max(durationMs, at - from);
    },
  };
}

const TIMES_KEPT = 1_000;
