import type { BrandId } from '../domain/brand.ts';
import type { CallId, SessionId } from '../domain/ids.ts';
import type { Language } from '../domain/language.ts';
import type { Value, ValueMap } from '../domain/value.ts';

/** What an action may know besides its parameters. */
export interface ActionContext {
  readonly brand: BrandId;
  readonly signal: AbortSignal;
  readonly call: {
    readonly id: CallId;
    readonly sessionId: SessionId;
    /** Number of the person on the line: who calls, or who is called. As presented; empty when withheld. */
    readonly person: string;
    /** The one spoken at the moment. */
    readonly language: Language;
  };
  /** The same when this step of the call is carried out again, after an outage: what was done already is not done twice. */
  readonly idempotencyKey: string;
}

/** A capability that flows call by name (`do: dealers.by-province`). Rejecting takes the node's error exit. */
export type ActionHandler = (params: ValueMap, context: ActionContext) => Promise<Value>;
