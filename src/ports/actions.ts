import type { BrandId } from '../domain/brand.ts';
import type { Value, ValueMap } from '../domain/value.ts';

/** A capability that flows call by name (`do: dealers.by-province`). Rejecting takes the node's error exit. */
export type ActionHandler = (params: ValueMap, context: { readonly brand: BrandId; readonly signal: AbortSignal }) => Promise<Value>;
