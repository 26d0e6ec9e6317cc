import type { AuditEntry } from '../domain/audit.ts';
import type { BrandId } from '../domain/brand.ts';
import type { SwitchName, SwitchState } from '../domain/switch.ts';

/** The secret of a switch's telephone, and how often it was guessed wrong. */
export interface SwitchPin {
  /** scrypt, self-describing text. */
  readonly hash: string;
  /** Tries since the last right one; each counts before it is judged. */
  readonly failures: number;
  /** UTC ms. */
  readonly lockedUntil: number;
}

/** Each change is stored with its line of the audit in one transaction. */
export interface SwitchStore {
  /** Undefined: never touched, thus off. */
  get(brand: BrandId, name: SwitchName): Promise<SwitchState | undefined>;
  put(state: SwitchState, entry: AuditEntry): Promise<void>;
  pin(brand: BrandId, name: SwitchName): Promise<SwitchPin | undefined>;
  /** null takes the secret away: the telephone switches nothing any more. */
  putPin(brand: BrandId, name: SwitchName, hash: string | null, entry: AuditEntry): Promise<void>;
  /**
   * Counts a try before it is judged, so that guesses at the same time gain nothing: the hash to judge by, or undefined
   * when there is none or the telephone is locked. After `most` tries it is locked until `lockUntil`, and the count begins anew.
   */
  tryPin(
    brand: BrandId,
    name: SwitchName,
    limits: { readonly now: number; readonly most: number; readonly lockUntil: number },
  ): Promise<string | undefined>;
  /** The try was right. */
  clearPinFailures(brand: BrandId, name: SwitchName): Promise<void>;
}
