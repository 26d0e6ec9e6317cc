import type { RecordingId } from '../../domain/ids.ts';
import type { Log } from '../../ports/log.ts';

interface SealingNeeds {
  readonly files: {
    unsealed(): Promise<readonly RecordingId[]>;
    seal(id: RecordingId): Promise<boolean>;
  };
  readonly log: Log;
  /** Whether nobody needs it open any more. */
  readonly isDue?: (id: RecordingId) => Promise<boolean>;
}

/**
 * Seals what lies open, one file after the other; gives how many. Who asks while that is under way gets the same run: two would
 * write the same file. One that cannot be sealed is told and left for the next run, and keeps no other from being sealed.
 */
export function sealsOneByOne({ files, log, isDue = async () => true }: SealingNeeds): () => Promise<number> {
  let underWay: Promise<number> | null = null;

  async function run(): Promise<number> {
    let count = 0;
    for (const id of await files.unsealed())
      try {
        if ((await isDue(id)) && (await files.seal(id))) count += 1;
      } catch (err) {
        log.warn({ recording: id, err }, 'a recording could not be sealed; it lies open until the next run');
      }
    return count;
  }

  return () => {
    underWay ??= run().finally(() => {
      underWay = null;
    });
    return underWay;
  };
}
