import path from 'node:path';
import { parseId, type RecordingId } from '../domain/ids.ts';
import type { RecordingFiles } from '../ports/recordings.ts';
import { soundsIn } from './kept-sounds.ts';
import type { SealedAudio } from './sealed-audio.ts';

/** Recordings where Asterisk writes them: `<dir>/<id>.wav`, sealed in their place once their call is over. Files of other names are nobody's business here. */
export function recordingFilesIn(dir: string, sealed: SealedAudio): RecordingFiles {
  const { size, read, remove, olderThan, unsealed, seal } = soundsIn(dir, sealed);
  return {
    ...{ size, read, remove, unsealed, seal },
    olderThan: (time) => olderThan(time),
    pathOf(id: RecordingId) {
      // What comes in as an id becomes a path: nothing else may get that far.
      if (parseId('recording', id) === undefined) throw new TypeError('not the id of a recording');
      return path.join(dir, id);
    },
  };
}
