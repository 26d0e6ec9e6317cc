import type { AgentOnFloor, Missing, PauseReason } from '../domain/agent.ts';
import type { CallId } from '../domain/ids.ts';
import type { WrapUpRule } from '../domain/queue.ts';

/** What happens to an agent. */
export type AgentEvent =
  | { readonly kind: 'login' }
  | { readonly kind: 'logout' }
  | { readonly kind: 'available' }
  | { readonly kind: 'pause'; readonly reason: PauseReason }
  /** Chosen for a call. own: the agent calls somebody, which may be done in a pause as well. */
  | { readonly kind: 'reserve'; readonly callId: CallId; readonly queue: string | null; readonly own: boolean }
  | { readonly kind: 'ring'; readonly callId: CallId }
  | { readonly kind: 'answer'; readonly callId: CallId }
  /** Not answered in time; failed: the telephone is busy or cannot be reached. Both pause the agent, or the next offer would be in vain too. */
  | { readonly kind: 'no-answer' | 'failed'; readonly callId: CallId }
  /** The agent pressed "refuse", and goes on being available. */
  | { readonly kind: 'refuse'; readonly callId: CallId }
  /** The caller left, or the offer is taken back. */
  | { readonly kind: 'rescind'; readonly callId: CallId }
  | { readonly kind: 'hold' | 'resume'; readonly callId: CallId }
  /** The talk is over for this agent. */
  | { readonly kind: 'release'; readonly callId: CallId; readonly wrapUp: WrapUpRule }
  | {
      readonly kind: 'wrap-up-done';
      readonly wrapUp: WrapUpRule;
      readonly dispositionRequired: boolean;
      /** A disposition is set. */
      readonly disposed: boolean;
    }
  /** The server's timer. Early or late ones change nothing. */
  | { readonly kind: 'wrap-up-due' }
  | { readonly kind: 'wrap-up-extend'; readonly wrapUp: WrapUpRule }
  | { readonly kind: 'wrap-up-ask'; readonly on: boolean }
  | { readonly kind: 'lost' | 'back'; readonly what: Missing }
  /** The agent has opened the desktop anew, elsewhere or here: that page answers now. */
  | { readonly kind: 'superseded' };

/** What is to be done beside storing the new state. */
export type AgentEffect =
  /** Stop ringing this agent; the caller keeps the place. */
  | { readonly kind: 'rescind'; readonly callId: CallId }
  | { readonly kind: 'wrapped-up'; readonly callId: CallId; readonly queue: string | null; readonly wrapMs: number };

export type Refusal =
  | 'logged-out'
  /** Busy, paused or unreachable. */
  | 'not-free'
  /** Not being offered this call. */
  | 'not-offered'
  /** Not talking on this call, or (hold, resume) on hold already, or not on hold. */
  | 'not-talking'
  | 'not-in-wrap-up'
  | 'needs-disposition'
  | 'not-due'
  | 'no-extension';

export type AgentStep =
  /** The very same agent where nothing changes. */
  | { readonly kind: 'stepped'; readonly agent: AgentOnFloor; readonly effects: readonly AgentEffect[] }
  | { readonly kind: 'refused'; readonly reason: Refusal };
