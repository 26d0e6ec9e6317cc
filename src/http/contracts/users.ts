import { z } from 'zod';
import { ADMINS, contract, doc, NO_CONTENT, named } from '../contract.ts';
import { role, tokenView, userName, userView } from './auth.ts';
import { idOf } from './common.ts';

const userParams = z.object({ id: idOf('user', 'The user.') });

const newUser = named(
  'UserWithPassword',
  z.object({
    user: userView,
    oneTimePassword: doc(z.string(), 'Shown once. It must be replaced at the first login.', 'tufan-kebap-4821'),
  }),
  'A user with a fresh one-time password.',
);

export const listUsers = contract({
  id: 'users.list',
  method: 'GET',
  path: '/api/v1/users',
  tag: 'users',
  summary: 'All users',
  access: ADMINS,
  reply: { status: 200, description: 'All users, disabled ones included.', schema: z.object({ items: z.array(userView) }) },
  errors: [],
});

export const createUser = contract({
  id: 'users.create',
  method: 'POST',
  path: '/api/v1/users',
  tag: 'users',
  summary: 'Add a user; the answer holds the one-time password',
  access: ADMINS,
  body: z.strictObject({ name: userName, role }),
  reply: { status: 201, description: 'Added.', schema: newUser },
  errors: ['request.conflict'],
});

export const changeUser = contract({
  id: 'users.change',
  method: 'PATCH',
  path: '/api/v1/users/:id',
  tag: 'users',
  summary: 'Change a user’s role, or shut the user out or in again',
  access: ADMINS,
  params: userParams,
  body: z
    .strictObject({ role: role.optional(), disabled: doc(z.boolean(), 'true ends all logins and tokens.', true).optional() })
    .refine((change) => change.role !== undefined || change.disabled !== undefined, 'must change something: role or disabled'),
  reply: { status: 200, description: 'The user as it is now.', schema: userView },
  errors: ['request.not-found', 'request.conflict'],
});

export const resetPassword = contract({
  id: 'users.reset-password',
  method: 'POST',
  path: '/api/v1/users/:id/reset-password',
  tag: 'users',
  summary: 'Give a user a new one-time password; all logins of the user end',
  access: ADMINS,
  params: userParams,
  reply: { status: 200, description: 'The user and the one-time password.', schema: newUser },
  errors: ['request.not-found'],
});

export const listTokens = contract({
  id: 'users.tokens',
  method: 'GET',
  path: '/api/v1/users/:id/tokens',
  tag: 'users',
  summary: 'A user’s logins and bearer tokens, without their secrets',
  access: ADMINS,
  params: userParams,
  reply: { status: 200, description: 'Tokens that still work.', schema: z.object({ items: z.array(tokenView) }) },
  errors: ['request.not-found'],
});

export const issueToken = contract({
  id: 'users.issue-token',
  method: 'POST',
  path: '/api/v1/users/:id/tokens',
  tag: 'users',
  summary: 'Make a bearer token for a machine; it may do what the user’s role allows',
  access: ADMINS,
  params: userParams,
  body: z.strictObject({
    label: doc(z.string().trim().min(1).max(80), 'What it is for.', 'wallboard'),
    days: doc(z.int().min(1).max(3650), 'How long it works.', 365),
  }),
  reply: {
    status: 201,
    description: 'The token; its secret is shown this once.',
    schema: z.object({ token: tokenView, secret: doc(z.string(), 'Send it as `Authorization: Bearer …`.', 'snt_3f…') }),
  },
  errors: ['request.not-found', 'request.conflict'],
});

export const revokeToken = contract({
  id: 'users.revoke-token',
  method: 'DELETE',
  path: '/api/v1/users/:id/tokens/:token',
  tag: 'users',
  summary: 'Make a login or bearer token useless',
  access: ADMINS,
  params: userParams.extend({ token: idOf('token', 'The token.') }),
  reply: NO_CONTENT,
  errors: ['request.not-found'],
});
