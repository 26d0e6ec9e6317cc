import { scrypt, timingSafeEqual } from 'node:crypto';
import { SantralError } from '../../domain/errors.ts';
import { createGate } from '../gate.ts';

/** Cost of scrypt (RFC 7914): 2^15, 8, 3 takes about 0.2 s and 32 MB (OWASP's choice for this much memory). */
export interface ScryptCost {
  /** Logarithm of N. */
  readonly log2N: number;
  readonly r: number;
  readonly p: number;
}

export const SCRYPT_COST: ScryptCost = { log2N: 15, r: 8, p: 3 };
export const TOO_MANY_LOGINS = 'Too many logins at once. Try again in a minute.';
/** Hashes at once: they use the threads that files and name look-ups need too. */
const HASHES_AT_ONCE = 2;
const HASHES_WAITING = 100;
const SALT_BYTES = 16;
const HASH_BYTES = 32;
const SHAPE = /^scrypt\$(\d{1,2})\$(\d{1,2})\$(\d{1,2})\$([\w-]+)\$([\w-]+)$/;

export interface Passwords {
  /** `scrypt$log2N$r$p$salt$hash`, the last two base64url: all that `matches` needs. */
  hash(password: string): Promise<string>;
  /** Without a stored hash it takes as long, and is false. */
  matches(password: string, stored: string | undefined): Promise<boolean>;
}

/** Passwords by scrypt; `random` is a cryptographic source. Rejects with `request.too-many` when too many wait. */
export function createPasswords(random: (bytes: number) => Uint8Array, cost = SCRYPT_COST, derive = deriveByScrypt): Passwords {
  const gate = createGate(HASHES_AT_ONCE, HASHES_WAITING, TOO_MANY_LOGINS);
  const nobody = write(cost, random(SALT_BYTES), random(HASH_BYTES));
  return {
    hash: async (password) => {
      const salt = random(SALT_BYTES);
      return write(cost, salt, await gate(() => derive(password, salt, cost)));
    },
    matches: async (password, stored) => {
      const { cost: storedCost, salt, hash } = read(stored ?? nobody);
      const derived = await gate(() => derive(password, salt, storedCost));
      return timingSafeEqual(derived, hash) && stored !== undefined;
    },
  };
}

function deriveByScrypt(password: string, salt: Uint8Array, { log2N, r, p }: ScryptCost): Promise<Buffer> {
  const N = 2 ** log2N;
  return new Promise((resolve, reject) => {
    // One text, one password, whatever keyboard composed it (RFC 8265 section 4.2.2).
    scrypt(password.normalize('NFC'), salt, HASH_BYTES, { N, r, p, maxmem: 256 * N * r }, (error, key) => {
      if (error) reject(error);
      else resolve(key);
    });
  });
}

function write({ log2N, r, p }: ScryptCost, salt: Uint8Array, hash: Uint8Array): string {
  return `scrypt$${log2N}$${r}$${p}$${Buffer.from(salt).toString('base64url')}$${Buffer.from(hash).toString('base64url')}`;
}

function read(stored: string): { readonly cost: ScryptCost; readonly salt: Buffer; readonly hash: Buffer } {
  const [, log2N, r, p, salt, hash] = SHAPE.exec(stored) ?? [];
  const bytes = Buffer.from(hash ?? '', 'base64url');
  if (salt === undefined || bytes.length !== HASH_BYTES) {
    throw new SantralError('internal', 'A stored password hash cannot be read. Give the user a new one-time password.');
  }
  return { cost: { log2N: Number(log2N), r: Number(r), p: Number(p) }, salt: Buffer.from(salt, 'base64url'), hash: bytes };
}
