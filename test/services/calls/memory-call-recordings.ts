import type { CallRecording } from '../../../src/domain/call-recording.ts';
import type { RecordingId } from '../../../src/domain/ids.ts';
import type { CallDeps } from '../../../src/services/calls/deps.ts';

/** Recordings of calls in memory: a part grows from its beginning for as long as it is written, unless the disk is full. */
export function memoryCallRecordings(writtenSince: (name: string) => number | undefined, clock: { now(): number }) {
  const rows = new Map<RecordingId, CallRecording>();
  const over: RecordingId[] = [];
  const disk = { full: false };
  const refusal: { error: Error | null } = { error: null };
  const store: CallDeps['callRecordings'] = {
    async put(recording) {
      if (refusal.error !== null) throw refusal.error;
      rows.set(recording.id, structuredClone(recording));
    },
    ofCall: async (callId) => structuredClone([...rows.values()].find((row) => row.callId === callId)),
  };
  const audio: CallDeps['callAudio'] = {
    async partSize(name) {
      const since = writtenSince(name);
      return disk.full || since === undefined ? undefined : (clock.now() - since) * 32;
    },
  };
  return { store, audio, rows, over, disk, refusal, row: () => [...rows.values()].at(-1) };
}
