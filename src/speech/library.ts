import { createBreaker } from './breaker.ts';
import { createClipStore, type SweepReport } from './clip-store.ts';
import { createMemory } from './memory.ts';
import { createWarnOnce, type WarnOnce } from './once.ts';
import type { SpeechOptions } from './options.ts';
import { createQueue, type Priority } from './queue.ts';
import { createRecordings } from './recordings.ts';
import { clipId } from './renderer.ts';
import { createSources, type Made, type MadeOrNot, reasonOf, type Urgency } from './sources.ts';
import { isSpeakable, tidyText } from './text.ts';
import type { Found, Outcome, Want } from './want.ts';

/** Where clips come from: memory, a recording, the disk, the voice, in this order. Nothing here rejects but reload and sweep. */
export interface ClipLibrary {
  /** What is known, and still there: no reading, no waiting. */
  recall(want: Want): Found | undefined;
  /** Takes as long as it takes. Requests for the same text share one rendering. */
  obtain(want: Want, priority: Priority): Promise<Outcome>;
  /** A caller could not wait for it any longer. */
  late(want: Want): void;
  readonly warnOnce: WarnOnce;
  reload(): Promise<void>;
  sweep(): Promise<SweepReport>;
  close(): void;
}

const DEFAULT_VOICE_TIMEOUT_MS = 10_000;
const DEFAULT_MEMORY_CLIPS = 20_000;
const DEFAULT_MAX_BYTES = 500_000_000;

export function createClipLibrary(options: SpeechOptions & { readonly seenAs: string }): ClipLibrary {
  const { dir, seenAs, clock, voice } = options;
  const store = createClipStore({ dir, seenAs, clock, maxBytes: options.maxBytes ?? DEFAULT_MAX_BYTES });
  const memory = createMemory(options.memoryClips ?? DEFAULT_MEMORY_CLIPS, (id) => store.use(id));
  const recordings = createRecordings([...(options.uploadsDir === undefined ? [] : [options.uploadsDir]), options.recordingsDir]);
  const breaker = createBreaker(clock);
  const queue = createQueue(options.workers);
  const warnOnce = createWarnOnce(options.log);
  const stop = new AbortController();
  const limits = { clock, timeoutMs: options.voiceTimeoutMs ?? DEFAULT_VOICE_TIMEOUT_MS, signal: stop.signal };
  const sources = createSources({ voice, store, queue, breaker, limits, warnOnce });
  const shared = createShared((id) => queue.promote(id));

  function remember(want: Want, { id, clip, source }: Made): Found {
    const found: Found = { kind: 'clip', clip, source, fallback: false };
    memory.put(want, id, source === 'rendered' ? { ...found, source: 'cache' } : found);
    return found;
  }

  async function obtain(want: Want, priority: Priority): Promise<Outcome> {
    const known = memory.get(want);
    if (known !== undefined) return known;
    const { key, language } = want;
    const file = key === null ? undefined : recordings.fileOf(language, key);
    if (file !== undefined) {
      const recorded = await shared(file, priority, (urgency) => sources.fromRecording(file, urgency));
      if (recorded.kind === 'clip') return remember(want, recorded);
      warnOnce(file, { file, reason: recorded.reason }, 'a recording cannot be used; its text is spoken instead');
    }
    const text = tidyText(want.text);
    if (!isSpeakable(text)) return { kind: 'nothing' };
    const id = clipId(voice.id, language, text);
    const spoken = await shared(id, priority, (urgency) => sources.fromVoice({ key, language, text }, id, urgency));
    if (spoken.kind === 'clip') return remember(want, spoken);
    // The text may hold a customer's data: its length must do.
    const about = { key, language, characters: text.length, reason: spoken.reason };
    // A voice that is down is told about once, not for each of the texts that it cannot say.
    const fault = spoken.about === 'voice' ? `voice ${language}` : id;
    if (!stop.signal.aborted) warnOnce(fault, about, 'a text could not be turned into speech');
    return spoken;
  }

  return {
    recall: (want) => memory.get(want),
    obtain,
    late: (want) => breaker.late(want.language),
    warnOnce,
    async reload() {
      await recordings.scan();
      memory.clear();
      breaker.forget();
    },
    async sweep() {
      const report = await store.sweep();
      memory.drop(new Set(report.removed));
      return report;
    },
    close: () => stop.abort(),
  };
}

/** One piece of work per id at a time; who asks meanwhile shares it. A reason to fail becomes an outcome. */
function createShared(promote: (id: string) => void) {
  const inFlight = new Map<string, { readonly outcome: Promise<MadeOrNot>; readonly urgency: { priority: Priority } }>();
  return (id: string, priority: Priority, work: (urgency: Urgency) => Promise<MadeOrNot>): Promise<MadeOrNot> => {
    const running = inFlight.get(id);
    if (running !== undefined) {
      if (priority === 'live') {
        running.urgency.priority = 'live';
        promote(id);
      }
      return running.outcome;
    }
    const urgency = { priority };
    const outcome = work(urgency)
      .catch((error: unknown): MadeOrNot => ({ kind: 'failed', reason: reasonOf(error), about: 'text' }))
      .finally(() => inFlight.delete(id));
    inFlight.set(id, { outcome, urgency });
    return outcome;
  };
}
