import { createHash } from 'node:crypto';
import type { TokenId, UserId } from '../../domain/ids.ts';
import type { Clock } from '../../ports/clock.ts';
import type { Telephony } from '../../ports/telephony.ts';

export interface WebPhoneOptions {
  /** A phone that was neither opened nor called from for this long is removed. */
  readonly idleMs: number;
  /** The host part of its SIP address. Asterisk tells phones apart by user alone, so any name will do. */
  readonly domain: string;
  /** Where the browser opens its SIP WebSocket, on the engine's own origin. */
  readonly wsPath: string;
}

export const WEB_PHONE_DEFAULTS: WebPhoneOptions = { idleMs: 12 * 3_600_000, domain: 'santral.invalid', wsPath: '/sip' };

/** What a browser needs to register. The password lives in memory only: here, in Asterisk, and in that browser page. */
export interface WebPhoneAccount {
  readonly username: string;
  readonly password: string;
  readonly domain: string;
  readonly wsPath: string;
}

export interface WebPhoneNeeds {
  readonly telephony: Pick<Telephony, 'putWebEndpoint' | 'removeWebEndpoint'>;
  readonly clock: Clock;
  /** That many bytes from a cryptographic source. */
  readonly random: (bytes: number) => Uint8Array;
  /** Told when a push or removal failed outside a request; never with a secret. */
  readonly onTrouble?: (endpoint: string, error: unknown) => void;
  readonly options?: Partial<WebPhoneOptions>;
}

export interface WebPhones {
  /** The phone of this login: made on first use, the same one afterwards. Rejects with `telephony.*` when Asterisk cannot take it. */
  open(userId: UserId, login: TokenId): Promise<WebPhoneAccount>;
  /** At logout. Idempotent; an Asterisk that is away is told on the next connect. */
  close(login: TokenId): Promise<void>;
  /** Pushes every phone again; to be called on every connect, as Asterisk's memory may be new. Never rejects. */
  again(): Promise<void>;
  /** The endpoint of the page this user used last; undefined when none is open. */
  phoneOf(userId: UserId): string | undefined;
  /** Whose phone an endpoint (`web-…`) is. */
  ownerOf(endpoint: string): UserId | undefined;
  /** Whose phone a channel (`PJSIP/web-…-0000001a`) belongs to; counts as use. */
  ownerOfChannel(channelName: string): UserId | undefined;
  /** Forgets the timers; phones stay in Asterisk until it or the next engine replaces them. */
  stop(): void;
}

interface Phone {
  readonly endpoint: string;
  readonly secret: string;
  readonly userId: UserId;
  usedAt: number;
  /** The connection (counted) on which Asterisk took it; 0 for none. */
  pushedOn: number;
  cancelTimer: () => void;
}

const SECRET_BYTES = 24;
const CHANNEL_PATTERN = /^PJSIP\/(web-[0-9a-f]{16})-[0-9a-f]{8}$/;

/**
 * The endpoint's name follows from the login, so that an engine that was restarted replaces the phone its predecessor
 * left in Asterisk's memory, and a call that is up is known again. A hash, since channel names are seen in many places.
 */
export function endpointOfLogin(login: TokenId): string {
  return `web-${createHash('sha256').update(login).digest('hex').slice(0, 16)}`;
}

/** The web endpoint in a channel's name; undefined for any other channel. */
export function endpointOfChannel(channelName: string): string | undefined {
  return CHANNEL_PATTERN.exec(channelName)?.[1];
}

/** Phones in browsers: one SIP endpoint per login, with a fresh secret, in Asterisk's memory alone. */
export function createWebPhones({ telephony, clock, random, onTrouble = () => {}, options }: WebPhoneNeeds): WebPhones {
  const { idleMs, domain, wsPath } = { ...WEB_PHONE_DEFAULTS, ...options };
  const phones = new Map<string, Phone>();
  /** Endpoints whose removal Asterisk has not confirmed: a secret that must not work any more. */
  const doomed = new Set<string>();
  let connection = 1;

  function make(userId: UserId, endpoint: string): Phone {
    const secret = Buffer.from(random(SECRET_BYTES)).toString('base64url');
    const phone: Phone = { endpoint, secret, userId, usedAt: clock.now(), pushedOn: 0, cancelTimer: () => {} };
    phones.set(endpoint, phone);
    watch(phone);
    return phone;
  }

  function watch(phone: Phone): void {
    phone.cancelTimer = clock.setTimer(Math.max(0, phone.usedAt + idleMs - clock.now()), () => {
      if (clock.now() - phone.usedAt < idleMs) watch(phone);
      else void drop(phone);
    });
  }

  const sync = createLanes(bring);

  /** Makes Asterisk's memory agree with ours for one endpoint. */
  async function bring(endpoint: string): Promise<void> {
    const phone = phones.get(endpoint);
    const on = connection;
    if (phone !== undefined && phone.pushedOn !== on) {
      doomed.delete(endpoint);
      await telephony.putWebEndpoint(endpoint, phone.secret);
      phone.pushedOn = on;
    } else if (phone === undefined && doomed.has(endpoint)) {
      await telephony.removeWebEndpoint(endpoint);
      doomed.delete(endpoint);
    }
  }

  const syncLater = (endpoint: string): Promise<void> => sync(endpoint).catch((error: unknown) => onTrouble(endpoint, error));

  function drop(phone: Phone): Promise<void> {
    phone.cancelTimer();
    phones.delete(phone.endpoint);
    doomed.add(phone.endpoint);
    return syncLater(phone.endpoint);
  }

  return {
    async open(userId, login) {
      const endpoint = endpointOfLogin(login);
      const phone = phones.get(endpoint) ?? make(userId, endpoint);
      phone.usedAt = clock.now();
      await sync(endpoint);
      return { username: endpoint, password: phone.secret, domain, wsPath };
    },

    async close(login) {
      const phone = phones.get(endpointOfLogin(login));
      if (phone !== undefined) await drop(phone);
    },

    async again() {
      connection += 1;
      await Promise.all([...phones.keys(), ...doomed].map(syncLater));
    },

    phoneOf: (userId) => [...phones.values()].filter((phone) => phone.userId === userId).sort((a, b) => b.usedAt - a.usedAt)[0]?.endpoint,

    ownerOf: (endpoint) => phones.get(endpoint)?.userId,

    ownerOfChannel(channelName) {
      const phone = phones.get(endpointOfChannel(channelName) ?? '');
      if (phone !== undefined) phone.usedAt = clock.now();
      return phone?.userId;
    },

    stop() {
      for (const phone of phones.values()) phone.cancelTimer();
      phones.clear();
    },
  };
}

/** One piece of work at a time per name, each looking at what is wanted when its turn comes: nothing is overtaken. */
function createLanes(work: (name: string) => Promise<void>): (name: string) => Promise<void> {
  const lanes = new Map<string, Promise<void>>();
  return (name) => {
    const turn = (lanes.get(name) ?? Promise.resolve()).catch(() => {}).then(() => work(name));
    const leave = (): void => {
      if (lanes.get(name) === turn) lanes.delete(name);
    };
    lanes.set(name, turn);
    turn.then(leave, leave);
    return turn;
  };
}
