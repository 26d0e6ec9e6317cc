import type { BrandId } from '../../domain/brand.ts';
import type { Call, Leg } from '../../domain/call.ts';
import type { Machines } from '../../domain/campaign.ts';
import { mayReceive } from '../../domain/consent.ts';
import { SantralError } from '../../domain/errors.ts';
import type { CallId } from '../../domain/ids.ts';
import type { JournalEntry } from '../../domain/journal.ts';
import type { Language } from '../../domain/language.ts';
import { maskNumber } from '../../domain/mask-number.ts';
import type { MessageClass } from '../../domain/message.ts';
import type { E164 } from '../../domain/phone-number.ts';
import type { ValueMap } from '../../domain/value.ts';
import { flowOf } from '../../flow/engine-flow.ts';
import { newSession } from '../../flow/interpreter.ts';
import type { Release } from '../../flow/release.ts';
import type { Trigger } from '../../flow/session.ts';
import type { OriginateRequest } from '../../ports/telephony.ts';
import { CallRecord } from './call-record.ts';
import type { CallDeps } from './deps.ts';
import { LONGEST_RING_MS } from './placing.ts';

/** Fewer seconds and people do not reach their telephone. */
const SHORTEST_RING_MS = 15_000;
const USUAL_RING_MS = 30_000;

/** A call that we make. */
export interface PlaceOrder {
  readonly brand: BrandId;
  readonly number: E164;
  readonly flow: string;
  readonly language: Language;
  /** What the flow is given. */
  readonly params: ValueMap;
  /** The number shown to the called one; null: the trunk's own. */
  readonly callerId: string | null;
  /** 15 to 60 s; 30 s when nothing is said. */
  readonly ringMs?: number;
  /** What is done where a machine answers; absent, or null: nobody listens for one. */
  readonly machines?: Machines | null;
  /** What the call is for: advertising needs consent, and nobody is called who never wants to be contacted. */
  readonly messageClass: MessageClass;
  /** The same key within 24 hours is the same call; null: always a new one. */
  readonly key: string | null;
  /** The call's id, where it was committed before; absent: a new one. */
  readonly callId?: CallId;
  /** The release its flow runs on; absent: the newest. */
  readonly release?: number;
  /**
   * Asked when the call is on record, right before Asterisk is; false: nobody is dialled. Who asks so has seen to consents
   * and to how many telephones ring at once.
   */
  readonly confirm?: () => Promise<boolean>;
}

export interface PlacedCall {
  readonly record: CallRecord;
  readonly release: Release;
  readonly request: OriginateRequest;
}

/**
 * Puts a call of ours on record, with the id of its channel and with what its flow will begin with: all that must be
 * known before Asterisk hears of it, so that no crash makes a telephone ring twice. Rejects with `flow.unknown`,
 * `call.not-allowed`, `engine.not-ready`, `request.invalid` or a `store.*` error; then nothing was dialled and nothing will be.
 */
export async function recordPlacedCall(deps: CallDeps, id: CallId, order: PlaceOrder): Promise<PlacedCall> {
  const release = order.release === undefined ? deps.releases.newest() : ((await deps.releases.get(order.release)) ?? null);
  if (release === null || flowOf(release, order.flow) === null)
    throw new SantralError('flow.unknown', `There is no flow "${order.flow}".`, { details: { flow: order.flow } });
  if (deps.telephony.connection().kind !== 'up')
    throw new SantralError('engine.not-ready', 'There is no connection to Asterisk, so nobody can be called. Try again shortly.');
  const endpoint = deps.endpointFor({ kind: 'number', number: order.number });
  if (endpoint === undefined) throw new SantralError('request.invalid', 'This number cannot be dialled.');
  if (order.confirm === undefined) await demandMayBeCalled(deps, order);
  const now = deps.clock.now();
  const legId = deps.ids.next('leg');
  const call = callOf(deps, id, order, release.id, legId, now);
  const leg = legOf(call, legId, endpoint);
  const session = newSession(order.flow, triggerOf(call, order.params), release.id);
  const { flow, language } = call;
  const data = { did: maskNumber(call.did), flow, release: release.id, language };
  const entry: JournalEntry = { callId: call.id, seq: 1, at: now, kind: 'call-placed', data };
  await deps.store.commit({ call, legs: [leg], session, entries: [entry] });
  deps.publish([entry]);
  const ringMs = Math.min(Math.max(order.ringMs ?? USUAL_RING_MS, SHORTEST_RING_MS), LONGEST_RING_MS);
  const request = { channelId: legId, endpoint, callerId: order.callerId, ringMs, args: ['placed', call.id], originator: null };
  return { record: new CallRecord(deps, call, session, [leg], 1), release, request };
}

const FORBIDDEN = {
  'do-not-contact': 'This person never wants to be contacted: nobody may call them.',
  refused: 'This person has refused to be called for advertising.',
  'no-consent': 'This person has not agreed to be called for advertising. Record their consent first.',
} as const;

/** Asked right before dialling, as what somebody says counts at once. A database that does not answer lets nobody be called. */
async function demandMayBeCalled({ consents }: CallDeps, { brand, number, messageClass }: PlaceOrder): Promise<void> {
  const { consents: given, doNotContact } = await consents.of(brand, number);
  const receipt = mayReceive(messageClass, 'ARAMA', { consents: given, doNotContact: doNotContact !== null });
  if (receipt.kind === 'blocked')
    throw new SantralError('call.not-allowed', FORBIDDEN[receipt.reason], { details: { reason: receipt.reason } });
}

function callOf(deps: CallDeps, id: CallId, order: PlaceOrder, release: number, channelId: string, now: number): Call {
  const { brand, flow, language } = order;
  return {
    id,
    brand,
    direction: 'outbound',
    state: 'open',
    did: order.number,
    ani: order.callerId ?? '',
    flow,
    release,
    language,
    sessionId: deps.ids.next('session'),
    channelId,
    startedAt: now,
    answeredAt: null,
    endedAt: null,
    termination: null,
  };
}

function legOf(call: Call, id: Leg['id'], endpoint: string): Leg {
  const open = { answeredAt: null, endedAt: null, outcome: null, hangupCause: null, sipCode: null };
  return { id, callId: call.id, role: 'customer', channelId: call.channelId, endpoint, startedAt: call.startedAt, ...open };
}

function triggerOf({ id, sessionId, brand, did, ani, language }: Call, params: ValueMap): Trigger {
  return { kind: 'outbound', sessionId, callId: id, brand, did, ani, language, params };
}
