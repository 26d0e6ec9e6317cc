import type { RecordingId } from '../../domain/ids.ts';
import type { CallDeps } from './deps.ts';

/** Removes the audio of a recording that nobody keeps. What cannot be removed now the housekeeping removes later. */
export function discardAudio({ recordings, log }: Pick<CallDeps, 'recordings' | 'log'>, id: RecordingId): void {
  void recordings.remove(id).catch((error: unknown) => {
    log.warn({ recording: id, err: error }, 'a recording that nobody keeps could not be removed; the housekeeping tries again');
  });
}
