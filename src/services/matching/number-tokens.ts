import { createHmac } from 'node:crypto';
import { callerOf } from '../../domain/appointments/caller.ts';
import type { BrandId } from '../../domain/brand.ts';
import { formOf, type MatchForm, type MatchMode, readForm, suffixOf } from '../../domain/matching/match-mode.ts';
import { asE164 } from '../../domain/phone-number.ts';

/** Keys of tokens by version; `secrets.json`'s neighbour `match-keys.json` holds them. */
export interface TokenKeys {
  readonly current: number;
  readonly keys: ReadonlyMap<number, string>;
}

/** What of a number is kept to find its customer by, and in which form. */
export interface MatchKey {
  readonly form: MatchForm;
  readonly key: string;
}

/** Makes tokens of numbers. The same number gives the same token within a brand; without the key nothing can be tried out. */
export interface NumberTokens {
  /** The form in which a brand's keys are made at the moment. */
  form(mode: MatchMode): MatchForm;
  /** The key of a number in a form; undefined when it cannot be made: no number, or a key that is gone. */
  key(brand: BrandId, form: MatchForm, number: string): string | undefined;
  /** The whole token by which segments are found: never truncated, never a suffix. One per version, the current first. */
  exact(brand: BrandId, number: string): readonly string[];
  /** A token that names a customer within a brand, made of the customer's number at the brand, or of what else tells them apart. */
  identity(brand: BrandId, text: string): string;
}

/** Bits of a whole token that are kept: no two numbers share one. */
const FULL_HEX = 32;

export function createNumberTokens({ current, keys }: TokenKeys): NumberTokens {
  const brandKeys = new Map<string, Buffer>();
  const keyOf = (brand: BrandId, version: number): Buffer | undefined => {
    const name = `${version} ${brand}`;
    const made = brandKeys.get(name);
    const secret = keys.get(version);
    if (made !== undefined || secret === undefined) return made;
    const key = createHmac('sha256', secret).update(`santral brand ${brand}`).digest();
    brandKeys.set(name, key);
    return key;
  };
  const token = (brand: BrandId, version: number, purpose: string, text: string): Buffer | undefined => {
    const key = keyOf(brand, version);
    return key && createHmac('sha256', key).update(`${purpose}\u0000${text}`).digest();
  };
  return {
    form: (mode) => formOf(mode, current),
    key: (brand, form, number) => {
      const read = readForm(form);
      if (read === undefined) return undefined;
      if (read.mode.kind === 'suffix') return suffixOf(number, read.mode.digits);
      const e164 = e164Of(number);
      const digest = e164 === undefined ? undefined : token(brand, read.version, 'match', e164);
      if (digest === undefined) return undefined;
      return read.mode.kind === 'hmac-full' ? digest.toString('hex').slice(0, FULL_HEX) : firstBits(digest, read.mode.bits);
    },
    exact: (brand, number) => {
      const e164 = e164Of(number);
      if (e164 === undefined) return [];
      const versions = [current, ...[...keys.keys()].filter((version) => version !== current)];
      return versions.flatMap((version) => token(brand, version, 'segment', e164)?.toString('hex').slice(0, FULL_HEX) ?? []);
    },
    identity: (brand, text) => {
      // The oldest key, so that a new one does not make strangers of the customers who are there.
      const oldest = Math.min(...keys.keys());
      return (token(brand, oldest, 'customer', text) ?? Buffer.alloc(0)).toString('base64url').slice(0, 22);
    },
  };
}

/** Callers' numbers come as exchanges write them; those that no import takes (444 …) may call all the same. */
function e164Of(number: string): string | undefined {
  return asE164(callerOf(number) ?? '');
}

function firstBits(digest: Buffer, bits: number): string {
  const value = digest.readBigUInt64BE() >> BigInt(64 - bits);
  return value.toString(16).padStart(Math.ceil(bits / 4), '0');
}
