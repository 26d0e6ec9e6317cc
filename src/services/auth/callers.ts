import type { AccessToken, User } from '../../ports/stores.ts';

/** Who makes a request, and by which token. */
export interface Caller {
  readonly user: User;
  readonly token: AccessToken;
}

/** How long a token is believed without asking the database: what another process revokes works this long here. */
const BELIEVED_MS = 30_000;
const MAX_CALLERS = 10_000;

/** Remembers who a token's hash belongs to, so that a request costs no read. */
export interface CallerCache {
  find(hash: string, now: number): Promise<Caller | undefined>;
  /** After any change of users or tokens in this process: takes hold with the next request. */
  forget(): void;
}

export function createCallerCache(read: (hash: string) => Promise<Caller | undefined>): CallerCache {
  const known = new Map<string, { readonly caller: Promise<Caller | undefined>; readonly until: number }>();
  return {
    find: async (hash, now) => {
      const found = known.get(hash);
      if (found !== undefined && now < found.until) return found.caller;
      const entry = { caller: read(hash), until: now + BELIEVED_MS };
      known.delete(hash);
      known.set(hash, entry);
      const [oldest] = known.size > MAX_CALLERS ? known.keys() : [];
      if (oldest !== undefined) known.delete(oldest);
      // Neither a failed read nor an unknown token is worth remembering; and a read that `forget` overtook is gone already.
      const drop = () => known.get(hash) === entry && known.delete(hash);
      const caller = await entry.caller.catch((error: unknown) => {
        drop();
        throw error;
      });
      if (caller === undefined) drop();
      return caller;
    },
    forget: () => known.clear(),
  };
}
