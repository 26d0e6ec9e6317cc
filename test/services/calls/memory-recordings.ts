import type { RecordingId } from '../../../src/domain/ids.ts';
import type { CallDeps } from '../../../src/services/calls/deps.ts';

/** Audio of recordings that is there until it is removed; on the virtual line a recording sounds like its id. */
export function memoryRecordings() {
  const removed: RecordingId[] = [];
  const files: CallDeps['recordings'] = {
    pathOf: (id) => id,
    size: async (id) => (removed.includes(id) ? undefined : 16_044),
    async remove(id) {
      removed.push(id);
      return true;
    },
  };
  return { files, removed };
}
