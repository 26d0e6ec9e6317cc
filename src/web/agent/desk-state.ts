import type { OfferEnd, TalkEnd } from '../../domain/acd-event.ts';
import type { AgentSnapshot, CallCard, CustomerRecord, DeskNews } from '../../domain/desk-view.ts';

/** How the page stands to the engine. superseded: another page of this agent has taken over · no-agent: this user is none. */
export type DeskLink = 'off' | 'connecting' | 'live' | 'lost' | 'superseded' | 'no-agent';

/** Something the agent should know, until they say that they do. */
export interface Notice {
  readonly id: string;
  readonly code: string;
}

/** All that the agent's page knows. A value: `receive` gives the next one. */
export interface DeskState {
  readonly link: DeskLink;
  /** The stream and the last number of it; null before the first hello. */
  readonly stream: string | null;
  readonly lastSeq: number | null;
  /** How far this browser's clock is ahead of the engine's. ms. */
  readonly skewMs: number;
  /** null before the first snapshot. */
  readonly snapshot: AgentSnapshot | null;
  /** Of the call on the line; only after the verification. */
  readonly customer: CustomerRecord | null;
  /** The customer talked with last, to be called again; the number as it is shown. */
  readonly lastCall: { readonly callId: string; readonly number: string } | null;
  /** How the last offer or talk ended, until the next one. */
  readonly lastEnd:
    | { readonly kind: 'offer'; readonly how: Exclude<OfferEnd, 'answered'> }
    | { readonly kind: 'talk'; readonly how: TalkEnd }
    | null;
  readonly notices: readonly Notice[];
}

export const NO_DESK: DeskState = {
  ...{ link: 'off', stream: null, lastSeq: null, skewMs: 0, snapshot: null, customer: null, lastCall: null, lastEnd: null, notices: [] },
};

interface Numbered {
  readonly seq: number;
  readonly eventId: string;
  /** UTC ms. */
  readonly at: number;
}

export type DeskMessage = Numbered &
  (
    | DeskNews
    | {
        readonly type: 'hello';
        readonly data: { readonly stream: string; readonly snapshot: AgentSnapshot | null; readonly resumedFrom: number | null };
      }
    | { readonly type: 'superseded'; readonly data: object }
  );

/** What a message means. gap: one is missing, and everything must be asked for anew. */
export type Received = { readonly kind: 'took'; readonly state: DeskState } | { readonly kind: 'gap' };

export function receive(state: DeskState, message: DeskMessage): Received {
  if (message.type === 'hello') return { kind: 'took', state: greeted(state, message) };
  if (message.type === 'superseded') return { kind: 'took', state: { ...state, link: 'superseded' } };
  const last = state.lastSeq ?? 0;
  // Told before: what it did is done.
  if (message.seq <= last) return { kind: 'took', state };
  if (message.seq > last + 1 || state.snapshot === null) return { kind: 'gap' };
  return { kind: 'took', state: { ...apply(state, state.snapshot, message), lastSeq: message.seq } };
}

function greeted(state: DeskState, { seq, data }: Extract<DeskMessage, { readonly type: 'hello' }>): DeskState {
  const known = { ...state, link: 'live', stream: data.stream, lastSeq: seq } as const;
  if (data.snapshot === null) return known;
  // The record belongs to its call.
  const sameCall = state.snapshot?.call?.callId === data.snapshot.call?.callId;
  const lastCall = talked(data.snapshot.call) ?? state.lastCall;
  return { ...known, lastCall, snapshot: data.snapshot, customer: sameCall ? state.customer : null };
}

/** Somebody who can be called again: a talk whose customer showed a number. */
function talked(call: CallCard | null): DeskState['lastCall'] {
  if (call === null || call.number === '' || call.phase === 'offered' || call.phase === 'connecting') return null;
  return { callId: call.callId, number: call.number };
}

function apply(state: DeskState, snapshot: AgentSnapshot, message: Numbered & DeskNews): DeskState {
  switch (message.type) {
    case 'state': {
      const freed = !hasCall(message.data.state.kind);
      const cleared = freed ? { customer: null, snapshot: { ...snapshot, me: message.data, call: null, pop: null } } : null;
      return { ...state, ...(cleared ?? { snapshot: { ...snapshot, me: message.data } }) };
    }
    case 'offer':
      return { ...state, customer: null, lastEnd: null, snapshot: { ...snapshot, call: message.data, pop: null } };
    case 'offer-over': {
      const { how } = message.data;
      if (how === 'answered') return state;
      return { ...state, lastEnd: { kind: 'offer', how }, customer: null, snapshot: { ...snapshot, call: null, pop: null } };
    }
    case 'call':
      return { ...state, lastEnd: null, lastCall: talked(message.data) ?? state.lastCall, snapshot: { ...snapshot, call: message.data } };
    case 'call-over': {
      const { call } = snapshot;
      const over = call === null ? null : { ...call, phase: 'over' as const, since: message.at, until: null, transfer: null };
      // Verification ends with the call.
      return { ...state, customer: null, lastEnd: { kind: 'talk', how: message.data.how }, snapshot: { ...snapshot, call: over } };
    }
    case 'pop':
      return { ...state, snapshot: { ...snapshot, pop: message.data } };
    case 'verification': {
      const pop = snapshot.pop === null ? null : { ...snapshot.pop, verification: message.data.verification };
      return { ...state, customer: message.data.customer, snapshot: { ...snapshot, pop } };
    }
    case 'notice':
      return { ...state, notices: [...state.notices, { id: message.eventId, code: message.data.code }] };
  }
}

/** Whether an agent in this state has to do with a call. */
function hasCall(kind: AgentSnapshot['me']['state']['kind']): boolean {
  return kind === 'reserved' || kind === 'ringing' || kind === 'talking' || kind === 'held' || kind === 'wrap-up';
}
