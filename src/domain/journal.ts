import type { CallId } from './ids.ts';
import type { Value } from './value.ts';

/**
 * One line of the append-only journal. `seq` counts 1, 2, 3 … within its call without gaps, so that a reader knows when
 * something is missing. `kind` names the fact, `data` is plain JSON without full phone numbers or secret keys.
 */
export interface JournalEntry {
  readonly callId: CallId;
  readonly seq: number;
  /** UTC ms. */
  readonly at: number;
  readonly kind: JournalKind;
  readonly data: { readonly [key: string]: Value };
}

/** Every fact the journal knows. `call-*`, `machine-answered`, `leg-*`, `reached`, `queue-*` and `agent-*` come from the call, the rest from the flow (FlowEvent). */
export const JOURNAL_KINDS = [
  'call-arrived',
  'call-placed',
  'call-answered',
  'machine-answered',
  'call-resumed',
  'call-ended',
  'leg-dialled',
  'leg-answered',
  'leg-ended',
  'reached',
  'queue-entered',
  'queue-resumed',
  'queue-moved',
  'queue-left',
  'agent-offered',
  'agent-connected',
  'agent-away',
  'agent-back',
  'agent-released',
  'agent-held',
  'agent-resumed',
  'agent-transfer',
  'key',
  'key-dropped',
  'recording',
  'record-begun',
  'record-paused',
  'record-resumed',
  'incident',
  'node-entered',
  'prompt',
  'digits',
  'no-input',
  'exit',
  'language',
  'result',
  'fault',
] as const;
export type JournalKind = (typeof JOURNAL_KINDS)[number];
