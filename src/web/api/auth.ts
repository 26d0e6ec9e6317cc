import { hasCode, isUnauthenticated, request } from './client.ts';
import { type Shape, shape } from './shape.ts';

export interface Me {
  readonly id: string;
  readonly name: string;
  readonly role: string;
}

/** Where this browser stands with the engine. */
export type Login = { readonly kind: 'out' } | { readonly kind: 'password-due' } | { readonly kind: 'in'; readonly me: Me };

/** Rejects only when the engine cannot be asked. */
export async function askLogin(): Promise<Login> {
  try {
    return toLogin(shape(await request('GET', '/auth/me'), 'me'));
  } catch (error) {
    if (isUnauthenticated(error)) return { kind: 'out' };
    if (hasCode(error, 'auth.password-change-required')) return { kind: 'password-due' };
    throw error;
  }
}

export async function logIn(name: string, password: string): Promise<void> {
  await request('POST', '/auth/login', { name, password });
}

export async function logOut(): Promise<void> {
  await request('POST', '/auth/logout');
}

export async function changePassword(current: string, next: string): Promise<void> {
  await request('POST', '/auth/password', { current, next });
}

function toLogin(answer: Shape): Login {
  const me = answer.has('user') ? answer.child('user') : answer;
  if (me.flag('mustChangePassword')) return { kind: 'password-due' };
  return { kind: 'in', me: { id: me.text('id'), name: me.text('name'), role: me.text('role') } };
}
