import type { BrandId } from '../../domain/brand.ts';
import type { PinVerdict } from '../../domain/pin-verdict.ts';
import type { SwitchName } from '../../domain/switch.ts';
import type { SwitchStore } from '../../ports/switches.ts';
import type { Passwords } from '../auth/passwords.ts';

/** Wrong tries before the telephone of a switch is locked, by whomever they are made: a caller's number can be forged. */
export const PIN_TRIES = 3;
export const PIN_LOCK_MS = 15 * 60_000;
export const PIN_PATTERN = /^\d{6,10}$/;

/** Why a secret will not do, or undefined. One that everybody tries first is none. */
export function weaknessOf(pin: string): string | undefined {
  if (!PIN_PATTERN.test(pin)) return 'must have 6 to 10 digits';
  const steps = new Set(Array.from(pin.slice(1), (digit, i) => Number(digit) - Number(pin[i])));
  return steps.size === 1 && [0, 1, -1].includes([...steps][0] ?? 0)
    ? 'must not be one digit again and again, nor digits in a row'
    : undefined;
}

/** Judges a secret; every try is counted before. */
export async function judgePin(
  { store, passwords, now }: { readonly store: SwitchStore; readonly passwords: Passwords; readonly now: number },
  { brand, name }: { readonly brand: BrandId; readonly name: SwitchName },
  pin: string,
): Promise<PinVerdict> {
  const hash = await store.tryPin(brand, name, { now, most: PIN_TRIES, lockUntil: now + PIN_LOCK_MS });
  if (hash === undefined) return (await store.pin(brand, name)) === undefined ? 'unset' : 'locked';
  if (!(await passwords.matches(pin, hash))) return 'wrong';
  await store.clearPinFailures(brand, name);
  return 'right';
}
