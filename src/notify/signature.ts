import { createHmac, timingSafeEqual } from 'node:crypto';

/** A receiver takes nothing older or newer than this. */
export const TOLERANCE_MS = 300_000;

/** `t=<unix seconds>,v1=<HMAC-SHA-256 over "<seconds>.<body>", hex>`: made anew for every attempt. */
export function sign(secret: string, body: string, now: number): string {
  const seconds = Math.floor(now / 1000);
  return `t=${seconds},v1=${digest(secret, seconds, body)}`;
}

/** What a receiver does; here for its documentation and our tests. */
export function verify(secret: string, body: string, header: string, now: number): boolean {
  const [, time = '', given = ''] = /^t=(\d{1,12}),v1=([0-9a-f]{64})$/.exec(header) ?? [];
  const seconds = Number(time);
  if (given === '' || Math.abs(now - seconds * 1000) > TOLERANCE_MS) return false;
  return timingSafeEqual(Buffer.from(given), Buffer.from(digest(secret, seconds, body)));
}

function digest(secret: string, seconds: number, body: string): string {
  return createHmac('sha256', secret).update(`${seconds}.${body}`).digest('hex');
}
