import { createHash, createHmac, timingSafeEqual } from 'node:crypto';

/** 96 random bits: two forms never have the same token. */
const SECRET_BYTES = 12;
const SIGNATURE_BYTES = 16;
/** Random part, UTC ms in base 36, signature: `q3Vx….mikx20g0.8Fw…`. */
const SHAPE = /^([\w-]{16})\.([0-9a-z]{8,9})\.([\w-]{22})$/;

/** Where a token is good: one form, shown by a page of one origin. */
export interface FormPlace {
  readonly form: string;
  readonly origin: string;
}

export type ReadToken =
  /** Nothing that was made here for this place. */
  { readonly kind: 'forged' } | { readonly kind: 'good'; readonly hash: string /** UTC ms. */; readonly madeAt: number };

export interface FormTokens {
  make(place: FormPlace, now: number): string;
  read(token: string, place: FormPlace): ReadToken;
}

/** What a form is sent with: signed for its place and moment, so that what was not opened here is refused without a look into the database. */
export function createFormTokens(secret: string, random: (bytes: number) => Uint8Array): FormTokens {
  const key = createHash('sha256').update(`santral callback form ${secret}`).digest();
  const sign = (body: string, { form, origin }: FormPlace): Buffer =>
    createHmac('sha256', key)
      .update(JSON.stringify([body, form, origin]))
      .digest()
      .subarray(0, SIGNATURE_BYTES);
  return {
    make(place, now) {
      const body = `${Buffer.from(random(SECRET_BYTES)).toString('base64url')}.${now.toString(36)}`;
      return `${body}.${sign(body, place).toString('base64url')}`;
    },
    read(token, place) {
      const [, secret = '', made = '', signature = ''] = SHAPE.exec(token) ?? [];
      const given = Buffer.from(signature, 'base64url');
      // Compared as bytes: of 22 characters the last one has spare bits, and each of its spellings is the same token.
      if (given.length !== SIGNATURE_BYTES || !timingSafeEqual(given, sign(`${secret}.${made}`, place))) return { kind: 'forged' };
      const hash = createHash('sha256').update(`${secret}.${made}`).digest('hex');
      return { kind: 'good', hash, madeAt: Number.parseInt(made, 36) };
    },
  };
}
