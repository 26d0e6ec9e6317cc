import type { Clock } from '../ports/clock.ts';
import type { Log } from '../ports/log.ts';
import type { Voice } from '../ports/speech.ts';

export interface SpeechOptions {
  /** Where rendered clips live; absolute. */
  readonly dir: string;
  /** The same directory as Asterisk sees it, where that differs (containers, chroot). */
  readonly seenAs?: string;
  /** `<recordingsDir>/<language>/<key>.wav` wins over the text. */
  readonly recordingsDir: string;
  /** Recordings that managers brought, laid out the same way; they win over those in `recordingsDir`. */
  readonly uploadsDir?: string;
  readonly voice: Voice;
  readonly clock: Clock;
  readonly log: Log;
  /** Texts rendered at the same time. */
  readonly workers: number;
  /** How long one request may wait. */
  readonly budgetMs: number;
  /** After this a voice that does not answer is stopped; default 10 s. */
  readonly voiceTimeoutMs?: number;
  /** Clips known without asking the disk; default 20 000. */
  readonly memoryClips?: number;
  /** Size of the clips on disk above which the least recently used go; default 500 MB. */
  readonly maxBytes?: number;
}
