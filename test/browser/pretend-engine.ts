import { randomBytes } from 'node:crypto';
import path from 'node:path';
import { readConfig } from '../../src/config/config.ts';
import { DEFAULT_BRAND } from '../../src/domain/brand.ts';
import type { Call, Leg } from '../../src/domain/call.ts';
import { SantralError } from '../../src/domain/errors.ts';
import type { CallId, SessionId, UserId } from '../../src/domain/ids.ts';
import type { JournalEntry, JournalKind } from '../../src/domain/journal.ts';
import { labelOf } from '../../src/domain/label.ts';
import type { Value } from '../../src/domain/value.ts';
import { cookieName } from '../../src/http/authentication.ts';
import type { HttpDeps } from '../../src/http/deps.ts';
import { createPrometheus } from '../../src/http/prometheus.ts';
import { createHttpServer } from '../../src/http/server.ts';
import type { NumberRoute, Role, User } from '../../src/ports/stores.ts';
import type { Telephony } from '../../src/ports/telephony.ts';
import type { Caller } from '../../src/services/auth/callers.ts';
import { createCallFeed } from '../../src/services/feed/call-feed.ts';
import { createWebPhones, endpointOfLogin } from '../../src/services/web-phone/web-phone.ts';
import { systemClock, systemIds } from '../../src/system-clock.ts';
import { silentLog } from '../kit/asterisk.ts';
import { takePorts } from '../kit/ports.ts';
import { builtWeb } from '../kit/web-build.ts';
import { pretendDesk } from './pretend-desk.ts';

const NO_REGISTRY = {
  ...{ isLinked: false, isStale: false, staleMs: 1, pulledAt: null, pulls: [], dead: 0 },
  figures: { byState: {}, alarms: 0, firstDueAt: null },
};

export const PASSWORD = 'kahve degirmeni 7';
export const ONE_TIME = 'tek-kullanim-42';

export interface PretendOptions {
  /** The administrator still has the one-time password. */
  readonly passwordDue?: boolean;
  readonly telephony?: Pick<Telephony, 'putWebEndpoint' | 'removeWebEndpoint'>;
  /** Of the one user there is; an administrator when nothing is said. */
  readonly role?: Role;
  /** Services that are real, or made up by the test. */
  readonly services?: Partial<HttpDeps>;
  /** Asterisk's WebSocket; nothing listens there when nothing is said. */
  readonly asteriskWebSocket?: string;
}

/** A call of a browser phone, told line by line. */
export interface ToldCall {
  readonly id: CallId;
  tell(kind: JournalKind, data: { readonly [key: string]: Value }): void;
  end(): void;
}

export interface PretendEngine {
  readonly url: string;
  /** The one user there is. */
  readonly userId: UserId;
  /** A cookie of somebody who logged in before, for a context that need not go through the login. */
  login(): Promise<{ readonly cookie: { name: string; value: string; url: string }; readonly endpoint: string }>;
  /** A call from that phone arrives. */
  call(endpoint: string, did?: string, flow?: string): ToldCall;
  /** The server goes away and comes back at the same address; logins stay, phones are forgotten. */
  restart(): Promise<void>;
  /** To be told after each connect to Asterisk. */
  asteriskIsUp(): Promise<void>;
  /** Ends a login as an administrator would. */
  revokeAll(): void;
  stop(): Promise<void>;
}

const USER: User = {
  id: systemIds.next('user'),
  name: 'admin',
  role: 'admin',
  passwordHash: '',
  mustChangePassword: false,
  createdAt: Date.now(),
  disabledAt: null,
};

const NUMBERS: readonly NumberRoute[] = [
  ['1000', 'main-menu', 'Ana menü'],
  ['1001', 'dealer-lookup', 'En yakın bayi'],
  ['*', 'main-menu', ''],
].map(([did = '', flow = '', label = '']) => ({
  did,
  brand: DEFAULT_BRAND,
  flow,
  language: 'tr',
  label: labelOf(label),
  source: 'file',
  updatedAt: Date.now(),
}));

const away = { putWebEndpoint: async () => undefined, removeWebEndpoint: async () => undefined };

/** The engine's own HTTP room before services that are made up here: no Asterisk, no database, no flow. */
export async function startPretendEngine(options: PretendOptions = {}): Promise<PretendEngine> {
  const ports = await takePorts();
  const config = readConfig({ SANTRAL_HTTP_PORT: String(ports.http), SANTRAL_RATE_LIMIT: '100000' }, path.resolve('.'));
  const webRoot = await builtWeb();
  const auth = pretendAuth(options.passwordDue === true, options.role ?? 'admin');
  const calls = pretendCalls();
  const desk = await pretendDesk();
  const url = `http://127.0.0.1:${ports.http}`;

  async function serve() {
    const feed = createCallFeed(calls.store);
    const webPhones = createWebPhones({
      telephony: options.telephony ?? away,
      clock: systemClock,
      random: (bytes) => randomBytes(bytes),
    });
    const server = await createHttpServer({
      config,
      clock: systemClock,
      log: silentLog,
      stores: { calls: calls.store } as unknown as HttpDeps['stores'],
      auth,
      calls: { live: calls.live, hangup: async () => false, place: unused },
      feed,
      desk: { connect: () => unused() as never },
      floor: {} as HttpDeps['floor'],
      board: {} as HttpDeps['board'],
      acts: {} as HttpDeps['acts'],
      talkActs: {} as HttpDeps['talkActs'],
      dialActs: {} as HttpDeps['dialActs'],
      earActs: {} as HttpDeps['earActs'],
      callRecordings: {} as HttpDeps['callRecordings'],
      callbacks: {} as HttpDeps['callbacks'],
      callbackForms: { allows: () => false } as unknown as HttpDeps['callbackForms'],
      phoneGone: () => undefined,
      reports: {} as HttpDeps['reports'],
      agents: {} as HttpDeps['agents'],
      flows: {} as HttpDeps['flows'],
      workshop: {} as HttpDeps['workshop'],
      simulator: {} as HttpDeps['simulator'],
      figures: {} as HttpDeps['figures'],
      numbers: { list: async () => NUMBERS } as unknown as HttpDeps['numbers'],
      dealers: {} as HttpDeps['dealers'],
      lists: {} as HttpDeps['lists'],
      directory: {} as HttpDeps['directory'],
      prompts: desk.prompts,
      switches: desk.switches,
      recordings: {} as HttpDeps['recordings'],
      appointments: {} as HttpDeps['appointments'],
      outbox: { figures: async () => [] } as unknown as HttpDeps['outbox'],
      consents: {} as HttpDeps['consents'],
      registry: { state: async () => NO_REGISTRY } as unknown as HttpDeps['registry'],
      campaigns: {} as HttpDeps['campaigns'],
      imports: {} as HttpDeps['imports'],
      matching: {} as HttpDeps['matching'],
      expectations: {} as HttpDeps['expectations'],
      segments: {} as HttpDeps['segments'],
      surveys: {} as HttpDeps['surveys'],
      webPhones,
      health: async () => ({ engine: fine, asterisk: fine, database: fine, registry: fine }),
      prometheus: createPrometheus(),
      webRoot,
      asteriskWebSocket: options.asteriskWebSocket ?? `ws://127.0.0.1:${ports.spare}/ws`,
      version: '0.0.0-test',
      ...options.services,
    });
    calls.publishTo((entries) => feed.publish(entries));
    await server.listen({ host: '127.0.0.1', port: ports.http });
    return {
      webPhones,
      async close() {
        feed.close();
        webPhones.stop();
        await server.close();
      },
    };
  }

  let serving = await serve();
  return {
    url,
    userId: USER.id,
    async login() {
      const { secret, token } = await auth.login(USER.name, options.passwordDue === true ? ONE_TIME : PASSWORD, 'test');
      return { cookie: { name: cookieName(ports.http), value: secret, url }, endpoint: endpointOfLogin(token.id) };
    },
    call: calls.arrive,
    async restart() {
      await serving.close();
      serving = await serve();
    },
    asteriskIsUp: () => serving.webPhones.again(),
    revokeAll: () => auth.revokeAll(),
    async stop() {
      await serving.close();
      await desk.close();
      ports.release();
    },
  };
}

const unused = async (): Promise<never> => Promise.reject(new Error('not part of this test'));
const fine = { ok: true, detail: '' };

function pretendAuth(passwordDue: boolean, role: Role): HttpDeps['auth'] & { revokeAll(): void } {
  const logins = new Map<string, Caller>();
  let password = passwordDue ? ONE_TIME : PASSWORD;
  let user: User = { ...USER, role, mustChangePassword: passwordDue };
  return {
    async login(name, given) {
      if (name !== user.name || given !== password) throw new SantralError('auth.bad-credentials', 'User name or password is wrong.');
      const secret = randomBytes(16).toString('hex');
      const now = Date.now();
      const token = {
        id: systemIds.next('token'),
        userId: user.id,
        kind: 'login',
        label: 'browser',
        hash: '',
        createdAt: now,
        expiresAt: now + 3_600_000,
      } as const;
      logins.set(secret, { user, token });
      return { secret, token, user };
    },
    async authenticate(secret) {
      const found = logins.get(secret);
      return found === undefined ? undefined : { ...found, user };
    },
    async logout(token) {
      for (const [secret, login] of logins) if (login.token.id === token) logins.delete(secret);
    },
    async changePassword(_caller, current, next) {
      if (current !== password) throw new SantralError('auth.bad-credentials', 'The current password is wrong.');
      if (next.length < 12 || next === current) throw new SantralError('auth.weak-password', 'The new password is too short.');
      password = next;
      user = { ...user, mustChangePassword: false };
    },
    revokeAll: () => logins.clear(),
    issueMachineToken: unused,
    tokens: unused,
    revokeToken: unused,
    users: unused,
    createUser: unused,
    changeUser: unused,
    resetPassword: unused,
  };
}

function nobody(): void {}

function pretendCalls() {
  const calls = new Map<CallId, { call: Call; legs: readonly Leg[]; entries: JournalEntry[]; channelName: string }>();
  let publish: (entries: readonly JournalEntry[]) => void = nobody;

  function arrive(endpoint: string, did = '1000', flow = 'main-menu'): ToldCall {
    const id = systemIds.next('call');
    const channelName = `PJSIP/${endpoint}-0000001a`;
    const startedAt = Date.now();
    const entries: JournalEntry[] = [];
    const call: Call = {
      id,
      brand: DEFAULT_BRAND,
      direction: 'inbound',
      state: 'open',
      did,
      ani: '',
      flow,
      release: 1,
      language: 'tr',
      sessionId: systemIds.next('session') satisfies SessionId,
      channelId: `channel-${id}`,
      startedAt,
      answeredAt: startedAt,
      endedAt: null,
      termination: null,
    };
    const leg = { id: systemIds.next('leg'), callId: id, role: 'customer', channelId: call.channelId, endpoint: channelName } as Leg;
    const told = { call, legs: [leg], entries, channelName };
    calls.set(id, told);
    const tell: ToldCall['tell'] = (kind, data) => {
      const entry = { callId: id, seq: entries.length + 1, at: Date.now(), kind, data };
      entries.push(entry);
      publish([entry]);
    };
    tell('call-arrived', { did, ani: '', flow, release: 1, language: 'tr', endpoint: channelName });
    return {
      id,
      tell,
      end() {
        told.call = { ...call, state: 'ended', endedAt: Date.now() };
        tell('call-ended', { kind: 'flow-hung-up', durationMs: Date.now() - startedAt });
      },
    };
  }

  return {
    arrive,
    publishTo(next: typeof publish) {
      publish = next;
    },
    store: {
      get: async (id: CallId) => calls.get(id)?.call,
      legs: async (id: CallId) => calls.get(id)?.legs ?? [],
      journal: async (id: CallId, after: number, limit: number) =>
        (calls.get(id)?.entries ?? []).filter(({ seq }) => seq > after).slice(0, limit),
    },
    live: () =>
      [...calls.values()]
        .filter(({ call }) => call.state === 'open')
        .map(({ call, channelName }) => Object.assign({ node: null, channelName }, call)),
  };
}
