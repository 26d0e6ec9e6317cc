import { createCipheriv, createDecipheriv, createHash, createSecretKey, randomBytes } from 'node:crypto';
import { keyedHash } from './keyed-hash.ts';

/** What lies in a session is what a caller keyed, PINs included: it is stored sealed and opened only to go on with the call. */
export interface SessionSeal {
  seal(text: string): string;
  /** Undefined when it was sealed with another key, or damaged. */
  open(text: string): string | undefined;
  /** The same for the same text and purpose, and without the key nothing can be learnt from it: to find a row by what stands sealed in it. */
  token(purpose: string, text: string): string;
}

const VERSION = 'v1.';
const IV_BYTES = 12;
const TAG_BYTES = 16;
const LAST_COUNT = 0xffff_ffff;

/** AES-256-GCM with a key made of `secret`; base64url, so that any text column takes it. */
export function sealWith(secret: string): SessionSeal {
  // As an object of the library: of bytes it would be made anew for each of a million contacts.
  const key = createSecretKey(createHash('sha256').update(`santral session ${secret}`).digest());
  const tokenOf = keyedHash(createHash('sha256').update(`santral token ${secret}`).digest());
  const nextIv = ivs();
  return {
    seal(text) {
      const iv = nextIv();
      const cipher = createCipheriv('aes-256-gcm', key, iv);
      const body = Buffer.concat([iv, cipher.update(text, 'utf8'), cipher.final(), cipher.getAuthTag()]);
      return VERSION + body.toString('base64url');
    },
    open(text) {
      if (!text.startsWith(VERSION)) return undefined;
      const body = Buffer.from(text.slice(VERSION.length), 'base64url');
      try {
        const decipher = createDecipheriv('aes-256-gcm', key, body.subarray(0, IV_BYTES));
        decipher.setAuthTag(body.subarray(-TAG_BYTES));
        return Buffer.concat([decipher.update(body.subarray(IV_BYTES, -TAG_BYTES)), decipher.final()]).toString('utf8');
      } catch {
        return undefined;
      }
    },
    token: (purpose, text) => tokenOf(JSON.stringify([purpose, text])),
  };
}

/** Never the same twice: eight random bytes for this process, then a count. Asking for random bytes each time costs more than the sealing. */
function ivs(): () => Buffer {
  let count = 0;
  let start = randomBytes(IV_BYTES);
  return () => {
    if (count === LAST_COUNT) {
      count = 0;
      start = randomBytes(IV_BYTES);
    }
    count += 1;
    const iv = Buffer.from(start);
    iv.writeUInt32BE(count, IV_BYTES - 4);
    return iv;
  };
}
