import type { Clip } from '../ports/speech.ts';
import type { Breaker } from './breaker.ts';
import type { ClipStore } from './clip-store.ts';
import type { WarnOnce } from './once.ts';
import type { SpeechOptions } from './options.ts';
import type { Priority, RenderQueue } from './queue.ts';
import { convertRecording, type RenderLimits, readRecording, renderText } from './renderer.ts';
import type { Want } from './want.ts';

export interface Made {
  readonly kind: 'clip';
  /** The clip's name in the store. */
  readonly id: string;
  readonly clip: Clip;
  readonly source: 'recording' | 'cache' | 'rendered';
}

export type MadeOrNot = Made | { readonly kind: 'failed'; readonly reason: string; readonly about: 'text' | 'voice' };

/** How pressing a piece of work is; it may rise while the work goes on. */
export interface Urgency {
  readonly priority: Priority;
}

/** The two places a clip can be made from. Both look on the disk first; both may reject. */
export interface Sources {
  fromRecording(file: string, urgency: Urgency): Promise<MadeOrNot>;
  fromVoice(want: Want, id: string, urgency: Urgency): Promise<MadeOrNot>;
}

export interface SourceParts {
  readonly voice: SpeechOptions['voice'];
  readonly store: ClipStore;
  readonly queue: RenderQueue;
  readonly breaker: Breaker;
  readonly limits: RenderLimits;
  readonly warnOnce: WarnOnce;
}

export function createSources({ voice, store, queue, breaker, limits, warnOnce }: SourceParts): Sources {
  return {
    async fromRecording(file, urgency) {
      const { id, bytes } = await readRecording(file);
      const known = await store.find(id);
      if (known !== undefined) return { kind: 'clip', id, clip: known, source: 'recording' };
      const { wav, complaints } = await queue.run(file, urgency.priority, () => convertRecording(bytes));
      if (complaints.length > 0) warnOnce(id, { file, complaints }, 'a recording does not sound well');
      return { kind: 'clip', id, clip: await store.put(id, wav), source: 'recording' };
    },
    async fromVoice(want, id, urgency) {
      const known = await store.find(id);
      if (known !== undefined) return { kind: 'clip', id, clip: known, source: 'cache' };
      const refusal = breaker.refuses(want.language, id);
      if (refusal !== undefined) return { kind: 'failed', ...refusal };
      const wav = await queue
        .run(id, urgency.priority, () => renderText(voice, want, limits))
        .catch((error: unknown) => {
          if (!limits.signal.aborted) breaker.failed(want.language, id, reasonOf(error));
          throw error;
        });
      breaker.succeeded(want.language);
      return { kind: 'clip', id, clip: await store.put(id, wav), source: 'rendered' };
    },
  };
}

export function reasonOf(error: unknown): string {
  return error instanceof Error ? error.message : String(error);
}
