import type { AgentStateKind } from './agent.ts';
import type { BrandId } from './brand.ts';
import type { AcdEventId, CallId, UserId } from './ids.ts';
import type { WaitEnd } from './queue.ts';

/** How the ringing of an agent came to its end. rescinded: the caller left, or somebody else took the call. */
export const OFFER_ENDS = ['answered', 'no-answer', 'refused', 'rescinded', 'failed'] as const;
export type OfferEnd = (typeof OFFER_ENDS)[number];

export const TALK_ENDS = ['caller-hung-up', 'agent-hung-up', 'transferred', 'agent-lost', 'ended-by-user', 'failed'] as const;
export type TalkEnd = (typeof TALK_ENDS)[number];

/**
 * What happened on the floor; append-only, and the only source of all figures. `at` is UTC ms. A wait is one pass of a
 * call through one queue: `waitId` is the id of its `entered` event. A talk is the id of its `connected` event.
 */
export type AcdFact =
  | {
      readonly kind: 'entered';
      readonly queue: string;
      readonly callId: CallId;
      readonly class: string;
      /** Where the wait counts from; earlier than `at` for a caller who keeps a place. */
      readonly since: number;
    }
  | {
      readonly kind: 'left';
      readonly queue: string;
      readonly callId: CallId;
      readonly waitId: AcdEventId;
      readonly how: WaitEnd;
      /** From the `entered` event to here. */
      readonly waitedMs: number;
      /** How many were ahead, itself included, at join. */
      readonly joinedAt: number;
    }
  | { readonly kind: 'offered'; readonly queue: string; readonly callId: CallId; readonly agent: UserId; readonly waitId: AcdEventId }
  | {
      readonly kind: 'offer-ended';
      readonly queue: string;
      readonly callId: CallId;
      readonly agent: UserId;
      readonly waitId: AcdEventId;
      readonly how: OfferEnd;
      readonly rangMs: number;
    }
  | {
      readonly kind: 'connected';
      /** null: a talk that no queue led to (called by hand, transferred straight to the agent). */
      readonly queue: string | null;
      readonly callId: CallId;
      readonly agent: UserId;
      readonly waitId: AcdEventId | null;
      readonly direction: 'inbound' | 'outbound';
    }
  | { readonly kind: 'held' | 'resumed'; readonly callId: CallId; readonly agent: UserId; readonly talkId: AcdEventId }
  | {
      readonly kind: 'released';
      readonly queue: string | null;
      readonly callId: CallId;
      readonly agent: UserId;
      readonly talkId: AcdEventId;
      readonly how: TalkEnd;
      /** Without the time on hold. */
      readonly talkMs: number;
      readonly holdMs: number;
    }
  | {
      readonly kind: 'wrapped-up';
      readonly queue: string | null;
      readonly callId: CallId;
      readonly agent: UserId;
      readonly talkId: AcdEventId;
      readonly wrapMs: number;
      /** Path in the tree, `sale/booked`; `not_set` when the time was over. */
      readonly disposition: string | null;
    }
  | {
      readonly kind: 'transferred';
      readonly callId: CallId;
      readonly agent: UserId;
      readonly talkId: AcdEventId;
      readonly how: 'blind' | 'attended';
      readonly to: 'agent' | 'queue' | 'department' | 'number';
    }
  | {
      readonly kind: 'agent-state';
      readonly agent: UserId;
      readonly from: AgentStateKind;
      readonly to: AgentStateKind;
      /** Of the pause, or why unreachable. */
      readonly reason: string | null;
    }
  /** The engine was away from `from` until `at`: what happened meanwhile is not known. */
  | { readonly kind: 'gap'; readonly from: number };

export type AcdEvent = AcdFact & { readonly id: AcdEventId; readonly brand: BrandId; readonly at: number };
