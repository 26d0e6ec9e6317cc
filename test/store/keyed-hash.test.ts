import { createHmac } from 'node:crypto';
import * as fc from 'fast-check';
import { expect, test } from 'vitest';
import { keyedHash } from '../../src/store/keyed-hash.ts';

test('a keyed hash is the HMAC of RFC 2104, text after text, short and long, in any letters', () => {
  fc.assert(
    fc.property(
      fc.uint8Array({ minLength: 1, maxLength: 64 }),
      fc.array(fc.string({ unit: 'grapheme', maxLength: 600 }), { minLength: 1, maxLength: 4 }),
      (key, texts) => {
        const hashOf = keyedHash(key);
        for (const text of texts) expect(hashOf(text)).toBe(createHmac('sha256', key).update(text).digest('base64url'));
      },
    ),
  );
});

test('a key that would have to be hashed itself is refused', () => {
  expect(() => keyedHash(new Uint8Array(65))).toThrow(RangeError);
});
