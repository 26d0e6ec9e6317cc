import type { BrandId } from './brand.ts';
import type { DirectoryRef } from './directory.ts';
import type { CallId, MissedCallId } from './ids.ts';
import type { Language } from './language.ts';
import type { E164 } from './phone-number.ts';

/** A call for somebody whom nobody answered, as a flow tells of it; which call and when, the call knows. */
export interface MissedCallDraft {
  readonly target: DirectoryRef;
  /** Who called; null: withheld, or not a number that can be called. */
  readonly number: E164 | null;
  readonly language: Language;
}

/** The same on record: one per call, however many telephones rang for it. Times are UTC ms. */
export interface MissedCall extends MissedCallDraft {
  readonly id: MissedCallId;
  readonly brand: BrandId;
  readonly callId: CallId;
  readonly at: number;
}
