import type { Config } from '../config/config.ts';
import type { TokenId, UserId } from '../domain/ids.ts';
import type { Clock } from '../ports/clock.ts';
import type { Log } from '../ports/log.ts';
import type { AccessToken, NumberRoute, Role, Stores, User } from '../ports/stores.ts';
import type { Calls } from '../services/calls/calls.ts';
import type { Dealers } from '../services/dealers/dealers.ts';
import type { CallFeed } from '../services/feed/call-feed.ts';
import type { Releases } from '../services/flows/releases.ts';
import type { WebPhones } from '../services/web-phone/web-phone.ts';
import type { Prometheus } from './prometheus.ts';

/** Everything the web needs of the engine. Services are named by what is asked of them, so that tests can stand in for them. */
export interface HttpDeps {
  readonly config: Config;
  readonly clock: Clock;
  readonly log: Log;
  readonly stores: Pick<Stores, 'calls' | 'flows'>;
  readonly auth: AuthNeeds;
  readonly calls: Pick<Calls, 'live' | 'hangup'>;
  readonly feed: CallFeed;
  readonly flows: Pick<Releases, 'check' | 'publish' | 'list'>;
  readonly numbers: NumbersNeeds;
  readonly dealers: Pick<Dealers, 'list' | 'get' | 'put' | 'remove' | 'importCsv'>;
  readonly webPhones: Pick<WebPhones, 'open' | 'close'>;
  readonly health: () => Promise<Health>;
  readonly prometheus: Prometheus;
  /** Where `vite build` puts the web pages (index.html and assets/); they need not be there. */
  readonly webRoot: string;
  /** Asterisk's WebSocket for SIP, `ws://host:port/ws`. */
  readonly asteriskWebSocket: string;
  readonly version: string;
}

export interface Caller {
  readonly user: User;
  readonly token: AccessToken;
}

/** Secrets are handed out once and never again. */
export interface AuthNeeds {
  /** `client` is the caller's network address, for throttling. Rejects with `auth.bad-credentials` or `request.too-many`. */
  login(
    name: string,
    password: string,
    client: string,
  ): Promise<{ readonly secret: string; readonly token: AccessToken; readonly user: User }>;
  /** Undefined for a secret that is unknown, expired, or of a disabled user. */
  authenticate(secret: string): Promise<Caller | undefined>;
  logout(token: TokenId): Promise<void>;
  /** Ends all other logins of the user. Rejects with `auth.bad-credentials` or `auth.weak-password`. */
  changePassword(caller: Caller, current: string, next: string): Promise<void>;
  issueMachineToken(userId: UserId, label: string, days: number): Promise<{ readonly secret: string; readonly token: AccessToken }>;
  tokens(userId: UserId): Promise<readonly AccessToken[]>;
  /** False when the user has no such token. */
  revokeToken(userId: UserId, token: TokenId): Promise<boolean>;
  users(): Promise<readonly User[]>;
  /** Rejects with `request.conflict` when the name is taken. */
  createUser(name: string, role: Role): Promise<{ readonly user: User; readonly oneTimePassword: string }>;
  /** Rejects with `request.not-found`, or `request.conflict` when no administrator would be left. */
  changeUser(id: UserId, change: { readonly role?: Role; readonly disabled?: boolean }): Promise<User>;
  resetPassword(id: UserId): Promise<{ readonly user: User; readonly oneTimePassword: string }>;
}

export interface NumbersNeeds {
  list(): Promise<readonly NumberRoute[]>;
  /** Rejects with `flow.unknown`. */
  put(route: Pick<NumberRoute, 'did' | 'flow' | 'language' | 'label'>): Promise<NumberRoute>;
  /** Only routes set over the API can be removed. False when there is none. */
  remove(did: string): Promise<boolean>;
}

export interface HealthCheck {
  readonly ok: boolean;
  /** For administrators. */
  readonly detail: string;
}

export interface Health {
  readonly engine: HealthCheck;
  readonly asterisk: HealthCheck;
  readonly database: HealthCheck;
}
