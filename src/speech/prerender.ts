import type { ClipLibrary } from './library.ts';
import type { Want } from './want.ts';

/** How far it has come. */
export interface Progress {
  readonly done: number;
  readonly total: number;
  readonly failed: number;
}

export interface PrerenderReport extends Progress {
  readonly recordings: number;
  readonly cached: number;
  readonly rendered: number;
}

export interface PrerenderOptions {
  /** No new text is begun once it fires. */
  readonly signal?: AbortSignal | undefined;
  readonly onProgress?: ((progress: Progress) => void) | undefined;
}

/** Makes clips before anybody asks, `parallel` at a time and behind what callers need. Failures are counted, never thrown. */
export async function prerenderAll(
  wants: readonly Want[],
  parallel: number,
  library: Pick<ClipLibrary, 'obtain'>,
  { signal, onProgress }: PrerenderOptions,
): Promise<PrerenderReport> {
  const counts = { recordings: 0, cached: 0, rendered: 0, failed: 0, done: 0 };
  const queue = wants.values();
  const work = async () => {
    for (const want of queue) {
      if (signal?.aborted) return;
      const outcome = await library.obtain(want, 'ahead');
      counts.done += 1;
      if (outcome.kind === 'failed') counts.failed += 1;
      else if (outcome.kind === 'clip')
        counts[({ recording: 'recordings', cache: 'cached', rendered: 'rendered' } as const)[outcome.source]] += 1;
      onProgress?.({ done: counts.done, total: wants.length, failed: counts.failed });
    }
  };
  await Promise.all(Array.from({ length: parallel }, work));
  return { ...counts, total: wants.length };
}
