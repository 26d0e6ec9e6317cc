import { request } from './client.ts';
import { shape } from './shape.ts';

/** What the softphone registers with. */
export interface PhoneAccount {
  readonly username: string;
  readonly password: string;
  readonly domain: string;
  readonly wsPath: string;
}

/** Opens this login's phone, or finds it again. Asked for again now and then, so that it does not expire. */
export async function openPhone(): Promise<PhoneAccount> {
  const answer = shape(await request('POST', '/phone/session'), 'phone');
  return {
    username: answer.text('username'),
    password: answer.text('password'),
    domain: answer.text('domain'),
    wsPath: answer.text('wsPath'),
  };
}

export const FEED_URL = '/api/v1/phone/feed';
