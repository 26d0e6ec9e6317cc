import { createHash, createHmac, timingSafeEqual } from 'node:crypto';

/** 96 random bits: links are not guessed, and the signature keeps guesses away from the database. */
const SECRET_BYTES = 12;
const SIGNATURE_BYTES = 16;
const SECOND_MS = 1000;
/** Random part, expiry in seconds since 1970 in base 36, signature: `q3Vx…-tj2k1c-8Fw…`, 46 characters. */
const SHAPE = /^([\w-]{16})\.([0-9a-z]{6,8})\.([\w-]{22})$/;

export interface SurveyLink {
  readonly token: string;
  readonly hash: string;
  /** UTC ms, whole seconds. */
  readonly expiresAt: number;
}

export type ReadLink =
  /** Nothing that we made. */
  { readonly kind: 'forged' } | { readonly kind: 'expired' } | { readonly kind: 'good'; readonly hash: string };

export interface SurveyLinks {
  make(expiresAt: number): SurveyLink;
  read(token: string, now: number): ReadLink;
}

/** Links that only we can make: signed with a key made of `secret`, so that forged and expired ones never reach the database. */
export function createSurveyLinks(secret: string, random: (bytes: number) => Uint8Array): SurveyLinks {
  const key = createHash('sha256').update(`santral survey link ${secret}`).digest();
  const sign = (body: string): Buffer => createHmac('sha256', key).update(body).digest().subarray(0, SIGNATURE_BYTES);
  return {
    make(wanted) {
      const seconds = Math.ceil(wanted / SECOND_MS);
      const body = `${Buffer.from(random(SECRET_BYTES)).toString('base64url')}.${seconds.toString(36)}`;
      const token = `${body}.${sign(body).toString('base64url')}`;
      return { token, hash: hashOf(token), expiresAt: seconds * SECOND_MS };
    },
    read(token, now) {
      const [, secret = '', seconds = '', signature = ''] = SHAPE.exec(token) ?? [];
      const given = Buffer.from(signature, 'base64url');
      if (given.length !== SIGNATURE_BYTES || !timingSafeEqual(given, sign(`${secret}.${seconds}`))) return { kind: 'forged' };
      if (Number.parseInt(seconds, 36) * SECOND_MS <= now) return { kind: 'expired' };
      return { kind: 'good', hash: hashOf(token) };
    },
  };
}

function hashOf(token: string): string {
  return createHash('sha256').update(token).digest('hex');
}
