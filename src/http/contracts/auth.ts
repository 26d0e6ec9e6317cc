import { z } from 'zod';
import { ROLES } from '../../ports/stores.ts';
import { contract, doc, EVERYBODY, NO_CONTENT, named, PUBLIC } from '../contract.ts';
import { at, idOf } from './common.ts';

export const userName = doc(
  z.string().regex(/^[\p{L}\p{N}][\p{L}\p{N}._@-]{0,63}$/u, 'must be 1 to 64 letters, digits, dots, dashes, underscores or @'),
  'User name.',
  'ayse',
);
export const role = doc(z.enum(ROLES), 'What the user may do.', 'supervisor');
/** Long enough for any passphrase; a bound, so that hashing stays cheap. */
const password = z.string().min(1).max(200);

export const userView = named(
  'User',
  z.object({
    id: idOf('user', 'The user.'),
    name: userName,
    role,
    mustChangePassword: doc(z.boolean(), 'True while the user has a one-time password.', false),
    createdAt: at('When the user was made.'),
    disabledAt: doc(z.int().nullable(), 'When the user was shut out, UTC milliseconds; null for an active user.', null),
  }),
  'A person or a machine that may use Santral.',
);

export const tokenView = named(
  'Token',
  z.object({
    id: idOf('token', 'The token; its secret is shown once only.'),
    kind: doc(z.enum(['login', 'machine']), 'login: a browser’s cookie · machine: a bearer token.', 'machine'),
    label: doc(z.string(), 'What it is for.', 'wallboard'),
    createdAt: at('When it was made.'),
    expiresAt: at('When it stops working.'),
  }),
  'A login or a bearer token.',
);

const whoAmI = named(
  'WhoAmI',
  z.object({ user: userView, login: tokenView }),
  'The user a request is made as, and the login or token it carries.',
);

export const loginContract = contract({
  id: 'auth.login',
  method: 'POST',
  path: '/api/v1/auth/login',
  tag: 'auth',
  summary: 'Log in and get a cookie',
  description:
    'Sets an HttpOnly cookie. Requests with that cookie that change something must also carry the header `x-santral-request: 1` and come from the same origin.',
  access: PUBLIC,
  ratePerMinute: 20,
  body: z.strictObject({
    name: doc(z.string().min(1).max(64), 'User name.', 'admin'),
    password: doc(password, 'Password.', 'correct horse battery'),
  }),
  reply: { status: 200, description: 'Logged in; the cookie is set.', schema: whoAmI },
  errors: ['auth.bad-credentials', 'request.forbidden'],
});

export const logoutContract = contract({
  id: 'auth.logout',
  method: 'POST',
  path: '/api/v1/auth/logout',
  tag: 'auth',
  summary: 'Log out: the cookie or token stops working and the browser phone is removed',
  access: { ...EVERYBODY, oneTimePassword: 'enough' },
  reply: NO_CONTENT,
  errors: ['request.forbidden'],
});

export const meContract = contract({
  id: 'auth.me',
  method: 'GET',
  path: '/api/v1/auth/me',
  tag: 'auth',
  summary: 'Who am I',
  access: { ...EVERYBODY, oneTimePassword: 'enough' },
  reply: { status: 200, description: 'The user and the login.', schema: whoAmI },
  errors: [],
});

export const passwordContract = contract({
  id: 'auth.change-password',
  method: 'POST',
  path: '/api/v1/auth/password',
  tag: 'auth',
  summary: 'Change my password; all my other logins end',
  access: { ...EVERYBODY, oneTimePassword: 'enough' },
  ratePerMinute: 20,
  body: z.strictObject({
    current: doc(password, 'The password until now.', 'xK3-one-time'),
    next: doc(password, 'The new password.', 'correct horse battery'),
  }),
  reply: NO_CONTENT,
  errors: ['auth.bad-credentials', 'auth.weak-password', 'request.forbidden'],
});
