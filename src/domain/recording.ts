import type { BrandId } from './brand.ts';
import type { CallId, RecordingId } from './ids.ts';
import type { Language } from './language.ts';

/** message: what a flow asked for · comment: what somebody thinks of the service · voicemail: left because nobody was there. */
export const RECORDING_KINDS = ['message', 'comment', 'voicemail'] as const;
export type RecordingKind = (typeof RECORDING_KINDS)[number];

/** A recording that is to be kept, as the flow knows it. */
export interface RecordingDraft {
  /** Also the name of its file: no number ever stands in it. */
  readonly id: RecordingId;
  readonly kind: RecordingKind;
  readonly flow: string;
  readonly node: string;
  /** The language the caller was spoken to in. */
  readonly language: Language;
  readonly durationMs: number;
}

/** What a caller said and is kept. Its audio lies in a file; see `ports/recordings.ts`. */
export interface Recording extends RecordingDraft {
  readonly brand: BrandId;
  readonly callId: CallId;
  readonly createdAt: number;
  /** Removed after this time (UTC ms). */
  readonly keepUntil: number;
  /** When somebody marked it as heard, and who; null: nobody yet. */
  readonly heardAt: number | null;
  readonly heardBy: string | null;
}
