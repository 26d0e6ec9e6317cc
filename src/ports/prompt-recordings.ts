import type { Language } from '../domain/language.ts';

/** A recording ready for the telephone. */
export interface ReadyRecording {
  /** 8 kHz, mono, 16 bit. */
  readonly wav: Buffer;
  readonly durationMs: number;
  /** What a listener may find bad, though it can be used. */
  readonly remarks: readonly RecordingRemark[];
}

/** clipped: some of it is distorted · quiet: it was far below the usual level and had to be raised. */
export type RecordingRemark = 'clipped' | 'quiet';

/** Makes a recording of what somebody brings: WAV, MP3 or Ogg, told by what is in it. */
export interface RecordingStudio {
  /** Converted, levelled, silence cut off at both ends. Rejects with `audio.*`, which says what is wrong with it. */
  prepare(bytes: Buffer, signal: AbortSignal): Promise<ReadyRecording>;
}

/** One prompt's recording in one language. */
export interface StoredRecording {
  readonly key: string;
  readonly language: Language;
  /** uploaded: brought by somebody, can be removed · shipped: lies in the directory of the catalogue. */
  readonly origin: 'uploaded' | 'shipped';
  /** UTC ms. */
  readonly changedAt: number;
}

/** The recordings of prompts. Those that were uploaded win; new calls hear a change at once. */
export interface RecordingShelf {
  /** The recordings that count, one per prompt and language. */
  list(): Promise<readonly StoredRecording[]>;
  /** The bytes of the one that counts; undefined when there is none. */
  read(language: Language, key: string): Promise<Buffer | undefined>;
  /** Whole or not at all. Rejects with `store.full` when the directory cannot be written. */
  put(language: Language, key: string, wav: Buffer): Promise<void>;
  /** False when none was uploaded. A shipped one counts again. */
  remove(language: Language, key: string): Promise<boolean>;
}
