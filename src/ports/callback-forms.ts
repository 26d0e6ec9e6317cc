import type { BrandId } from '../domain/brand.ts';
import type { CallbackFinding } from '../domain/callback.ts';
import type { FormRequest } from '../domain/callback-form.ts';
import type { CallbackId } from '../domain/ids.ts';
import type { E164 } from '../domain/phone-number.ts';

/** One sending of a form, as it arrives. */
export interface FormSending extends Omit<FormRequest, 'outcome'> {
  readonly brand: BrandId;
  /** Of what it was sent with: good for one sending. */
  readonly tokenHash: string;
  /** Found again by its token; kept nowhere but in the callback. */
  readonly number: E164;
}

/** How many at most since a given time (UTC ms). */
export interface FormLimit {
  readonly most: number;
  readonly since: number;
}

export interface CallbackFormStore {
  /**
   * Stores the sending and whom it asks to call, in one transaction. taken: whatever became of it, which only the
   * record tells · used: it was sent with this token before · form-limit: the form was sent too often; nothing is stored.
   */
  submit(
    sending: FormSending,
    finding: CallbackFinding,
    limits: { readonly number: FormLimit; readonly form: FormLimit },
  ): Promise<'taken' | 'used' | 'form-limit'>;
  /** What was sent for a callback, the oldest first. */
  ofCallback(entry: CallbackId): Promise<readonly FormRequest[]>;
  /** Removes records from before that time, and words that none of the others read; gives how many records. */
  sweep(brand: BrandId, before: number): Promise<number>;
}
