import type { Config } from '../config/config.ts';
import type { BrandId } from '../domain/brand.ts';
import type { CallDirection } from '../domain/call.ts';
import type { Dealer } from '../domain/dealer.ts';
import type { CallId, TokenId, UserId } from '../domain/ids.ts';
import type { Language } from '../domain/language.ts';
import type { Clock } from '../ports/clock.ts';
import type { Log } from '../ports/log.ts';
import type { AccessToken, FlowRevision, NumberRoute, ReleaseRow, Role, Stores, User } from '../ports/stores.ts';
import type { CallFeed } from '../services/feed/call-feed.ts';
import type { WebPhones } from '../services/web-phone/web-phone.ts';
import type { Prometheus } from './prometheus.ts';

/** Everything the web needs of the engine. Services are named by what is asked of them, so that tests can stand in for them. */
export interface HttpDeps {
  readonly config: Config;
  readonly clock: Clock;
  readonly log: Log;
  readonly stores: Pick<Stores, 'calls' | 'flows' | 'dealers'>;
  readonly auth: AuthNeeds;
  readonly calls: CallsNeeds;
  readonly feed: CallFeed;
  readonly flows: FlowsNeeds;
  readonly numbers: NumbersNeeds;
  readonly dealers: DealersNeeds;
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

/** A call that is up now. */
export interface LiveCall {
  readonly id: CallId;
  readonly direction: CallDirection;
  readonly did: string;
  readonly ani: string;
  readonly flow: string;
  /** Where in the flow the caller stands; null before the first and after the last node. */
  readonly node: string | null;
  readonly language: Language;
  /** The customer channel's name, `PJSIP/trunk-0000001a`. */
  readonly channelName: string;
  readonly startedAt: number;
  readonly answeredAt: number | null;
}

export interface CallsNeeds {
  live(): readonly LiveCall[];
  /** Asks for the call's end; false when no such call is up. `by` goes to the journal. */
  hangup(id: CallId, by: string): Promise<boolean>;
}

/** One fault of a flow, as `santral flow check` prints it. */
export interface FlowProblem {
  readonly severity: 'error' | 'warning';
  readonly code: string;
  readonly message: string;
  readonly remedy: string;
  readonly file: string;
  readonly line: number;
  readonly column: number;
}

export interface FlowSource {
  readonly flow: string;
  readonly source: string;
}

export interface FlowsNeeds {
  /** Checks the current flows with these in place of (or beside) theirs. No error-level problem means it may be published. */
  check(changes: readonly FlowSource[]): Promise<readonly FlowProblem[]>;
  /** Publishes these with the rest of the current flows as one release, unless there are problems. */
  publish(
    changes: readonly FlowSource[],
    by: string,
  ): Promise<
    { readonly kind: 'published'; readonly release: ReleaseRow } | { readonly kind: 'refused'; readonly problems: readonly FlowProblem[] }
  >;
  /** What the newest release holds, by flow id. */
  list(): Promise<readonly Omit<FlowRevision, 'source'>[]>;
}

export interface NumbersNeeds {
  list(): Promise<readonly NumberRoute[]>;
  /** Rejects with `flow.unknown`. */
  put(route: Pick<NumberRoute, 'did' | 'flow' | 'language' | 'label'>): Promise<NumberRoute>;
  /** Only routes set over the API can be removed. False when there is none. */
  remove(did: string): Promise<boolean>;
}

export interface ImportReport {
  readonly rows: number;
  readonly added: number;
  readonly changed: number;
  readonly unchanged: number;
  readonly bad: readonly { readonly row: number; readonly column: string | null; readonly value: string; readonly reason: string }[];
}

export interface DealersNeeds {
  list(filter: {
    readonly brand: BrandId;
    readonly province?: number;
    readonly limit: number;
    readonly after?: string;
  }): Promise<readonly Dealer[]>;
  get(brand: BrandId, code: string): Promise<Dealer | undefined>;
  put(dealer: Dealer): Promise<void>;
  remove(brand: BrandId, code: string): Promise<boolean>;
  /** Bytes of a CSV file in any of the encodings Turkish Excel writes. A dry run stores nothing. */
  importCsv(brand: BrandId, bytes: Buffer, options: { readonly dryRun: boolean }): Promise<ImportReport>;
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
