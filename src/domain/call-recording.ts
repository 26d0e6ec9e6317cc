import type { BrandId } from './brand.ts';
import type { CallId, RecordingId } from './ids.ts';

/**
 * Why nothing is recorded, for a while or from now on. agent: an agent said so · secret: the caller keys a secret · queue: the
 * queue's talks are not recorded · flow: the flow said so, or the caller refused.
 */
export const RECORDING_PAUSES = ['agent', 'secret', 'queue', 'flow'] as const;
export type RecordingPause = (typeof RECORDING_PAUSES)[number];

/**
 * open: it goes on, or is not put together yet · kept: its audio can be heard · empty: there is no audio (the disk was full,
 * Asterisk refused).
 */
export const CALL_RECORDING_STATES = ['open', 'kept', 'empty'] as const;
export type CallRecordingState = (typeof CALL_RECORDING_STATES)[number];

/** A stretch that was recorded, UTC ms; `to` is null while it goes on. Between two of them nothing was: silence in the file. */
export interface RecordedPart {
  readonly from: number;
  readonly to: number | null;
}

/** The recording of a whole call: one file, the caller on the left, the house on the right. */
export interface CallRecording {
  /** Also the name of its files: no number ever stands in it. */
  readonly id: RecordingId;
  readonly brand: BrandId;
  readonly callId: CallId;
  /** The last queue the caller was in while it was recorded; its retention counts. */
  readonly queue: string | null;
  readonly state: CallRecordingState;
  readonly startedAt: number;
  /** When the call ended; null: it goes on. */
  readonly endedAt: number | null;
  readonly parts: readonly RecordedPart[];
  readonly pausedBy: readonly RecordingPause[];
  /** When an agent's pause ends by itself, UTC ms. */
  readonly pausedUntil: number | null;
  readonly durationMs: number;
  /** Loudness along the file, PEAK_COUNT values of 0 to 9 for the left and as many for the right; empty before it is kept. */
  readonly peaks: string;
  /** Removed after this time (UTC ms). */
  readonly keepUntil: number;
}

/** Values per side in `peaks`. */
export const PEAK_COUNT = 300;

/** The file of a part, counted from 0. All names of a recording have one length: Asterisk compares names by their beginnings. */
export function partName(id: RecordingId, index: number): string {
  return `${id}_${String(index + 1).padStart(3, '0')}`;
}

/** What was recorded with what is still missing between: the pauses, UTC ms. */
export function pausesOf({ parts }: Pick<CallRecording, 'parts'>): readonly { readonly from: number; readonly to: number }[] {
  return parts.flatMap(({ to }, index) => {
    const next = parts[index + 1];
    return to === null || next === undefined ? [] : [{ from: to, to: next.from }];
  });
}
