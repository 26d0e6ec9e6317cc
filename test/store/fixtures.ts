import { DEFAULT_BRAND } from '../../src/domain/brand.ts';
import type { Call, Leg } from '../../src/domain/call.ts';
import type { Dealer } from '../../src/domain/dealer.ts';
import { type CallId, type Id, type IdKind, makeId } from '../../src/domain/ids.ts';
import type { JournalEntry } from '../../src/domain/journal.ts';
import { labelOf } from '../../src/domain/label.ts';
import type { Session } from '../../src/flow/session.ts';
import type { AccessToken, CallChange, NumberRoute, User } from '../../src/ports/stores.ts';

/** 2026-03-02 12:00 UTC. */
export const NOON = 1_772_452_800_000;

/** The n-th id of a kind; a higher n sorts later. */
export function id<K extends IdKind>(kind: K, n: number): Id<K> {
  return makeId(kind, NOON + n, []);
}

export function call(n: number, changed: Partial<Call> = {}): Call {
  return {
    id: id('call', n),
    brand: DEFAULT_BRAND,
    direction: 'inbound',
    state: 'open',
    did: '02125550001',
    ani: '+905550000001',
    flow: 'main-menu',
    release: 1,
    language: 'tr',
    sessionId: id('session', n),
    channelId: `asterisk-${n}`,
    startedAt: NOON + n,
    answeredAt: null,
    endedAt: null,
    termination: null,
    ...changed,
  };
}

export function endedCall(n: number, changed: Partial<Call> = {}): Call {
  return call(n, { state: 'ended', answeredAt: NOON, endedAt: NOON + n + 5000, termination: { kind: 'caller-hung-up' }, ...changed });
}

export function leg(n: number, callId: CallId, changed: Partial<Leg> = {}): Leg {
  return {
    id: id('leg', n),
    callId,
    role: 'customer',
    channelId: `asterisk-${n}`,
    endpoint: 'PJSIP/trunk',
    startedAt: NOON + n,
    answeredAt: null,
    endedAt: null,
    outcome: null,
    hangupCause: null,
    sipCode: null,
    ...changed,
  };
}

export function session(n: number, changed: Partial<Session> = {}): Session {
  const { id: callId, sessionId, brand, did, ani } = call(n);
  return {
    v: 1,
    trigger: { kind: 'inbound', sessionId, callId, brand, did, ani, language: 'tr', params: {} },
    release: 1,
    step: 1,
    status: 'active',
    answered: true,
    language: 'tr',
    stack: [{ flow: 'main-menu', node: 'menu', counters: { tries: 1 }, local: null, vars: { ad: 'Çağrı Gül', plate: 34 } }],
    waiting: null,
    transitions: 0,
    lastPrompt: [],
    ...changed,
  };
}

export function entry(callId: CallId, seq: number, data: JournalEntry['data'] = {}): JournalEntry {
  return { callId, seq, at: NOON + seq, kind: 'node-entered', data };
}

/** The n-th call's change with journal lines `from` to `to`. */
export function change(n: number, [from, to]: readonly [number, number], changed: Partial<CallChange> = {}): CallChange {
  const entries = Array.from({ length: to - from + 1 }, (_, i) => entry(id('call', n), from + i));
  return { call: call(n), legs: [], session: null, entries, ...changed };
}

export function route(did: string, changed: Partial<NumberRoute> = {}): NumberRoute {
  return {
    did,
    brand: DEFAULT_BRAND,
    flow: 'main-menu',
    language: 'tr',
    label: labelOf('Merkez'),
    source: 'file',
    updatedAt: NOON,
    ...changed,
  };
}

export function dealer(code: string, changed: Partial<Dealer> = {}): Dealer {
  const day = [{ from: 540, to: 1080 }];
  return {
    brand: DEFAULT_BRAND,
    code,
    name: `Işık Ticaret ${code}`,
    province: 34,
    district: 'Üsküdar',
    address: 'Çınar Sokağı 5',
    postcode: '34660',
    phone: '+902125550001',
    hours: [day, day, day, day, day, [], []],
    latitude: 41.0268,
    longitude: 29.0153,
    ...changed,
  };
}

export function user(n: number, changed: Partial<User> = {}): User {
  return {
    id: id('user', n),
    name: `user-${n}`,
    role: 'supervisor',
    passwordHash: 'scrypt$…',
    mustChangePassword: false,
    createdAt: NOON,
    disabledAt: null,
    ...changed,
  };
}

export function token(n: number, of: User, changed: Partial<AccessToken> = {}): AccessToken {
  return {
    id: id('token', n),
    userId: of.id,
    kind: 'login',
    label: 'Firefox',
    hash: `hash-${n}`,
    createdAt: NOON,
    expiresAt: NOON + n,
    ...changed,
  };
}
