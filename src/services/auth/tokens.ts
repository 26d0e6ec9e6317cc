import { SantralError } from '../../domain/errors.ts';
import type { TokenId, UserId } from '../../domain/ids.ts';
import type { AccessToken, UserStore } from '../../ports/stores.ts';
import { type AuthParts, demandUser } from './parts.ts';
import { hashSecret, makeSecret } from './secrets.ts';

const DAY_MS = 24 * 3_600_000;

/** A token with the secret that opens it; the secret is handed out once and kept nowhere. */
export interface NewToken {
  readonly secret: string;
  readonly token: AccessToken;
}

/** What administrators do with tokens. */
export interface TokenAdmin {
  /** Rejects with `request.not-found`, or `request.conflict` for a user who is shut out. */
  issueMachineToken(id: UserId, label: string, days: number): Promise<NewToken>;
  /** Those that still work. */
  tokens(id: UserId): Promise<readonly AccessToken[]>;
  /** False when the user has no such token. */
  revokeToken(id: UserId, token: TokenId): Promise<boolean>;
}

export function createTokenAdmin(parts: AuthParts): TokenAdmin {
  const { users, clock, oneByOne, changed } = parts;
  return {
    issueMachineToken: (id, label, days) =>
      oneByOne(async () => {
        const user = await demandUser(users, id);
        if (user.disabledAt !== null) throw new SantralError('request.conflict', `The user ${user.name} is shut out.`);
        return storeToken(parts, { userId: id, kind: 'machine', label, lastsMs: days * DAY_MS });
      }),

    tokens: async (id) => (await users.tokens(id)).filter((token) => token.expiresAt > clock.now()),

    revokeToken: async (id, tokenId) => {
      if (!(await users.tokens(id)).some((token) => token.id === tokenId)) return false;
      const removed = await users.removeToken(tokenId);
      changed();
      return removed;
    },
  };
}

/** Makes and stores a token that works from now on for `lastsMs`. */
export async function storeToken(
  { users, clock, ids, random }: AuthParts,
  { lastsMs, ...what }: Pick<AccessToken, 'userId' | 'kind' | 'label'> & { readonly lastsMs: number },
): Promise<NewToken> {
  const secret = makeSecret(random);
  const now = clock.now();
  const token: AccessToken = { id: ids.next('token'), ...what, hash: hashSecret(secret), createdAt: now, expiresAt: now + lastsMs };
  await users.putToken(token);
  return { secret, token };
}

export async function removeTokens(users: UserStore, id: UserId, which: (token: AccessToken) => boolean): Promise<void> {
  for (const token of await users.tokens(id)) if (which(token)) await users.removeToken(token.id);
}
