import { createHash } from 'node:crypto';

const SECRET_BYTES = 32;
const SECRET_SHAPE = /^snt_[\w-]{43}$/;
/** Crockford's base 32: nothing in it is mistaken for something else, and no Turkish keyboard has another i for it. */
const ALPHABET = '0123456789abcdefghjkmnpqrstvwxyz';
const GROUPS = 4;
const GROUP_LENGTH = 4;

/** A token's secret: 256 random bits behind a prefix that secret scanners can know. */
export function makeSecret(random: (bytes: number) => Uint8Array): string {
  return `snt_${Buffer.from(random(SECRET_BYTES)).toString('base64url')}`;
}

export function looksLikeSecret(text: string): boolean {
  return SECRET_SHAPE.test(text);
}

/** What is stored of a secret. It has 256 bits of its own, so a fast hash is enough. */
export function hashSecret(secret: string): string {
  return createHash('sha256').update(secret).digest('hex');
}

/** A password for people to type once: `k3vt-9mwx-2hqa-7dzp`, 80 bits. */
export function makeOneTimePassword(random: (bytes: number) => Uint8Array): string {
  const letters = [...random(GROUPS * GROUP_LENGTH)].map((byte) => ALPHABET[byte & 31] ?? '');
  return Array.from({ length: GROUPS }, (_, group) => letters.slice(group * GROUP_LENGTH, (group + 1) * GROUP_LENGTH).join('')).join('-');
}
