import { SantralError } from '../../domain/errors.ts';
import type { IdSource, UserId } from '../../domain/ids.ts';
import type { Clock } from '../../ports/clock.ts';
import type { User, UserStore } from '../../ports/stores.ts';
import type { Gate } from '../gate.ts';
import type { Passwords } from './passwords.ts';

/** What the parts of the service share. */
export interface AuthParts {
  readonly users: UserStore;
  readonly clock: Clock;
  readonly ids: IdSource;
  readonly random: (bytes: number) => Uint8Array;
  readonly passwords: Passwords;
  /** One change of a user at a time: a user is read, changed and written whole. */
  readonly oneByOne: Gate;
  /** To be called after every change of a user or token. */
  readonly changed: () => void;
}

/** Rejects with `request.not-found`. */
export async function demandUser(users: UserStore, id: UserId): Promise<User> {
  const user = await users.byId(id);
  if (user === undefined) throw new SantralError('request.not-found', 'There is no such user.');
  return user;
}
