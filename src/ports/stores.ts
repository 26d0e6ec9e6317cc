import type { AuditEntry } from '../domain/audit.ts';
import type { BrandId } from '../domain/brand.ts';
import type { Call, Leg } from '../domain/call.ts';
import type { CallbackRequest } from '../domain/callback-request.ts';
import type { Consent } from '../domain/consent.ts';
import type { Dealer } from '../domain/dealer.ts';
import type { CallId, TokenId, UserId } from '../domain/ids.ts';
import type { JournalEntry } from '../domain/journal.ts';
import type { Label } from '../domain/label.ts';
import type { Message } from '../domain/message.ts';
import type { MissedCall } from '../domain/missed-call.ts';
import type { Recording } from '../domain/recording.ts';
import type { Session } from '../flow/session.ts';
import type { AcdLog } from './acd-log.ts';
import type { AppointmentStore, CustomerStore, ServiceCalendarStore } from './appointments.ts';
import type { AuditStore } from './audit.ts';
import type { CallKeyStore } from './call-keys.ts';
import type { CallRecordingStore } from './call-recordings.ts';
import type { CallbackFormStore } from './callback-forms.ts';
import type { CallbackRequestStore } from './callback-requests.ts';
import type { CallbackStore } from './callbacks.ts';
import type { CampaignStore, NumberCallStore } from './campaign-store.ts';
import type { ConsentStore, How } from './consents.ts';
import type { ContactListStore } from './contact-lists.ts';
import type { DirectoryStore, MissedCallStore } from './directory.ts';
import type { DraftStore, FlowCountStore, ScenarioChange, ScenarioTextStore } from './drafts.ts';
import type { AgentStore, FloorStore } from './floor-store.ts';
import type { MatchStore } from './matching.ts';
import type { OutboxStore } from './outbox.ts';
import type { RecordingStore } from './recordings.ts';
import type { RegistryStore } from './registry-store.ts';
import type { SurveyStore } from './survey-store.ts';
import type { SwitchStore } from './switches.ts';
import type { TalkNoteStore } from './talk-notes.ts';

/**
 * What one turn of a call writes, in one transaction: the call, its legs (inserted or replaced whole), the session and
 * the journal lines. Writing the same journal line (call, seq) again is a no-op, so a change may be retried whole.
 */
export interface CallChange {
  readonly call: Call;
  /** True when the call's own row is stored as it is; most turns change the session and the journal only. */
  readonly callIsStored?: boolean;
  readonly legs: readonly Leg[];
  /** null: there is none yet, or it stays as it was. The stored session is dropped with a call that has ended, unless its after-call section is under way. */
  readonly session: Session | null;
  readonly entries: readonly JournalEntry[];
  /** Nobody waits for it: it may be written a moment later, with what comes then. */
  readonly unhurried?: boolean;
  /** Messages that this turn caused. One whose `dedupeKey` is stored already is left as it is. */
  readonly messages?: readonly Message[];
  readonly recordings?: readonly Recording[];
  /** What the caller agreed to or refused, each with its line of history. */
  readonly consents?: readonly { readonly consent: Consent; readonly how: How }[];
  /** One whose number has an open request of the same group is left as it is. */
  readonly callbackRequests?: readonly CallbackRequest[];
  /** Of one call the first stands. */
  readonly missedCalls?: readonly MissedCall[];
}

export interface CallFilter {
  readonly state?: Call['state'];
  readonly brand?: BrandId;
  readonly flow?: string;
  /** UTC ms, inclusive. */
  readonly from?: number;
  /** UTC ms, exclusive. */
  readonly to?: number;
  /** Calls older than this id, for paging: newest first. */
  readonly before?: CallId;
  readonly limit: number;
}

export interface CallStore {
  commit(change: CallChange): Promise<void>;
  /** Writes unhurried changes now: one that somebody waits for comes behind them. */
  hurry(): void;
  get(id: CallId): Promise<Call | undefined>;
  list(filter: CallFilter): Promise<readonly Call[]>;
  legs(id: CallId): Promise<readonly Leg[]>;
  /** Journal lines of a call with seq greater than `after`, in order. */
  journal(id: CallId, after: number, limit: number): Promise<readonly JournalEntry[]>;
  /**
   * Open calls of this engine's Asterisk with what is needed to go on with them, and its ended ones whose after-call section is not
   * done. Those of other engines on the database are not among them.
   */
  open(): Promise<readonly UnfinishedCall[]>;
  /** Whether it is on record as over, or as a call of another engine's Asterisk. */
  isTaken(id: CallId): Promise<boolean>;
  /** Says that this engine lives. `beat`: the time, by this engine's clock; others look only whether it changes. */
  alive(beat: number): Promise<void>;
  /** The other engines that have unfinished calls. */
  others(): Promise<readonly OtherEngine[]>;
  /** Makes unfinished calls ours whose engines have said nothing more since. Each is taken by one engine. */
  takeOver(gone: readonly OtherEngine[]): Promise<readonly UnfinishedCall[]>;
}

/** An engine on the database by its Asterisk, and the last it said; null: nothing ever. */
export interface OtherEngine {
  readonly asterisk: string;
  readonly beat: number | null;
}

export interface UnfinishedCall {
  readonly call: Call;
  readonly legs: readonly Leg[];
  readonly session: Session | null;
  readonly lastSeq: number;
}

export interface FlowRevision {
  readonly flow: string;
  /** 1, 2, 3 … per flow. */
  readonly revision: number;
  /** The YAML text. */
  readonly source: string;
  /** SHA-256 of the source, hex. */
  readonly hash: string;
  readonly createdAt: number;
  readonly createdBy: string;
}

export interface ReleaseRow {
  readonly id: number;
  readonly createdAt: number;
  readonly createdBy: string;
  /** Flow id to revision. */
  readonly flows: Readonly<Record<string, number>>;
}

/** A file of prompts or a calendar as a release holds it. */
export interface DefinitionText {
  readonly kind: 'catalogue' | 'calendar';
  readonly path: string;
  readonly text: string;
  /** SHA-256 of the text, hex. */
  readonly hash: string;
}

export interface FlowStore {
  /**
   * Adds revisions for the flows whose source changed and a release that names them all, with the texts they were
   * checked with; the same flows and texts again give the release that exists. The draft that is published is gone in the
   * same transaction; rejects with `store.conflict` when it is another version by then. `after`: the release that the
   * sources were read beside (null: there was none); rejects with `store.conflict` and `details.release` when another engine
   * on this database has published since. A flow's `scenarios` are published with it. `notes`: what the audit keeps of it, by the release; stored in the same transaction.
   */
  publish(
    sources: readonly {
      readonly flow: string;
      readonly source: string;
      readonly hash: string;
      readonly scenarios?: ScenarioChange | undefined;
    }[],
    by: string,
    now: number,
    texts?: readonly DefinitionText[],
    spent?: { readonly flow: string; readonly version: number },
    after?: number | null,
    notes?: (release: number) => readonly AuditEntry[],
  ): Promise<ReleaseRow>;
  release(id: number): Promise<ReleaseRow | undefined>;
  /** Prompts and calendars of a release, in the order they were given; undefined when they were not kept. */
  textsOf(release: number): Promise<readonly DefinitionText[] | undefined>;
  latestRelease(): Promise<ReleaseRow | undefined>;
  revision(flow: string, revision: number): Promise<FlowRevision | undefined>;
  revisions(flow: string): Promise<readonly Omit<FlowRevision, 'source'>[]>;
}

/** What a number gives its flow: plain values by the names of the flow’s parameters. */
export type NumberParams = Readonly<Record<string, string | number | boolean>>;

/** A number callers dial, and where it leads. */
export interface NumberRoute {
  /** The digits as they arrive from the trunk, or `*` for every other number. */
  readonly did: string;
  readonly brand: BrandId;
  readonly flow: string;
  readonly language: 'tr' | 'en';
  readonly label: Label;
  /** What its flow is given as parameters; absent: nothing. */
  readonly params?: NumberParams;
  /** Whether its calls are recorded; absent: as the flow and the settings say. */
  readonly record?: boolean;
  /** file: from flows/numbers.yaml · api: set over HTTP, which wins. */
  readonly source: 'file' | 'api';
  readonly updatedAt: number;
}

/** Numbers whose former route stays: what the file says of them could not be read. */
export type KeptRoutes = ReadonlySet<string> | 'all';

export interface NumberStore {
  list(): Promise<readonly NumberRoute[]>;
  get(did: string): Promise<NumberRoute | undefined>;
  put(route: NumberRoute): Promise<void>;
  /** Removes the route that counts; a file's route that the API's was hiding counts again. False when there was none. */
  remove(did: string): Promise<boolean>;
  /**
   * Replaces all routes of source `file` at once; routes of source `api` stay and win. Former routes of the numbers in
   * `kept` stay where `routes` has none of them; `all` keeps every one.
   */
  replaceFileRoutes(routes: readonly NumberRoute[], kept?: KeptRoutes): Promise<void>;
}

export interface DealerStore {
  /** Inserts or replaces by (brand, code), all or nothing. */
  upsert(
    dealers: readonly Dealer[],
    now: number,
  ): Promise<{ readonly added: number; readonly changed: number; readonly unchanged: number }>;
  list(filter: {
    readonly brand: BrandId;
    readonly province?: number;
    readonly limit: number;
    readonly after?: string;
  }): Promise<readonly Dealer[]>;
  get(brand: BrandId, code: string): Promise<Dealer | undefined>;
  remove(brand: BrandId, code: string): Promise<boolean>;
  count(brand: BrandId): Promise<number>;
}

export const ROLES = ['admin', 'supervisor', 'campaign-manager', 'agent'] as const;
export type Role = (typeof ROLES)[number];

export interface User {
  readonly id: UserId;
  readonly name: string;
  readonly role: Role;
  /** scrypt, self-describing text; never leaves the services. */
  readonly passwordHash: string;
  readonly mustChangePassword: boolean;
  readonly createdAt: number;
  readonly disabledAt: number | null;
}

/** A login session (cookie) or a bearer token for a machine; only the SHA-256 of the token is kept. */
export interface AccessToken {
  readonly id: TokenId;
  readonly userId: UserId;
  readonly kind: 'login' | 'machine';
  readonly label: string;
  readonly hash: string;
  readonly createdAt: number;
  readonly expiresAt: number;
}

export interface UserStore {
  count(): Promise<number>;
  byName(name: string): Promise<User | undefined>;
  byId(id: UserId): Promise<User | undefined>;
  list(): Promise<readonly User[]>;
  put(user: User): Promise<void>;
  putToken(token: AccessToken): Promise<void>;
  tokenByHash(hash: string): Promise<{ readonly token: AccessToken; readonly user: User } | undefined>;
  tokens(userId: UserId): Promise<readonly AccessToken[]>;
  removeToken(id: TokenId): Promise<boolean>;
  removeExpiredTokens(now: number): Promise<number>;
}

export interface Stores {
  readonly calls: CallStore;
  readonly callKeys: CallKeyStore;
  readonly flows: FlowStore;
  readonly drafts: DraftStore;
  readonly scenarioTexts: ScenarioTextStore;
  readonly flowCounts: FlowCountStore;
  readonly numbers: NumberStore;
  readonly dealers: DealerStore;
  readonly users: UserStore;
  readonly appointments: AppointmentStore;
  readonly serviceCalendars: ServiceCalendarStore;
  readonly customers: CustomerStore;
  readonly switches: SwitchStore;
  readonly audit: AuditStore;
  readonly agents: AgentStore;
  readonly floor: FloorStore;
  readonly acdLog: AcdLog;
  readonly consents: ConsentStore;
  readonly consentRegistry: RegistryStore;
  readonly recordings: RecordingStore;
  readonly callRecordings: CallRecordingStore;
  readonly callbackRequests: CallbackRequestStore;
  readonly missedCalls: MissedCallStore;
  readonly directory: DirectoryStore;
  readonly callbacks: CallbackStore;
  readonly callbackForms: CallbackFormStore;
  readonly outbox: OutboxStore;
  readonly surveys: SurveyStore;
  readonly talkNotes: TalkNoteStore;
  readonly matching: MatchStore;
  readonly lists: ContactListStore;
  readonly campaigns: CampaignStore;
  readonly numberCalls: NumberCallStore;
  readonly engine: 'sqlite' | 'postgresql';
  /** Rejects with a `store.*` error when the database cannot be written. */
  ping(): Promise<void>;
  close(): Promise<void>;
}
