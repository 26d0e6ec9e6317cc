import type { SpeechItem } from '../flow/commands.ts';

/** Audio that Asterisk can play: `path` is as Asterisk sees it, absolute and without extension. */
export interface Clip {
  readonly path: string;
  readonly durationMs: number;
}

/** One item's audio, or why there is none. `language` differs from the wanted one when a fallback was used. */
export type Spoken =
  | { readonly kind: 'clip'; readonly clip: Clip; readonly source: 'recording' | 'cache' | 'rendered'; readonly fallback: boolean }
  /** Nothing to hear: an empty text. */
  | { readonly kind: 'nothing' }
  /** No language and no voice could say it; `clip` is the generic beep. */
  | { readonly kind: 'beep'; readonly clip: Clip; readonly reason: string };

/** Text to audio: a recording wins, then the cache, then the voice. Never throws, never waits past its budget. */
export interface Speech {
  say(item: SpeechItem): Promise<Spoken>;
  /** The fixed sounds of the engine: the beep before a recording, silence. */
  beep(): Clip;
}

/** A voice: raw text in, 8 kHz mono 16-bit WAV bytes out. Rejects with `speech.failed`. */
export interface Voice {
  /** Names voice and version; part of the cache key. */
  readonly id: string;
  render(text: string, language: string, signal: AbortSignal): Promise<Buffer>;
}
