import type { BrandId } from '../domain/brand.ts';
import type { CallId } from '../domain/ids.ts';
import type { Value, ValueMap } from '../domain/value.ts';

/** A capability that flows call by name (`do: dealers.by-province`). Rejecting takes the node's error exit. */
export type ActionHandler = (params: ValueMap, context: ActionContext) => Promise<Value>;

export interface ActionContext {
  readonly brand: BrandId;
  /** The call that the flow runs on: what is done once per call knows it by this. */
  readonly callId: CallId;
  readonly signal: AbortSignal;
}
