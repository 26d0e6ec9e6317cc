import type { BrandId } from '../domain/brand.ts';
import type { CallId, SessionId } from '../domain/ids.ts';
import type { Language } from '../domain/language.ts';
import type { TerminationKind } from '../domain/termination.ts';
import type { Value } from '../domain/value.ts';
import type { Command, PromptItem } from './commands.ts';

/** What started a session. Variables of the trigger are readable by the flow as `call.*` and `params.*`. */
export interface Trigger {
  readonly kind: 'inbound' | 'outbound';
  readonly sessionId: SessionId;
  readonly callId: CallId;
  readonly brand: BrandId;
  readonly did: string;
  readonly ani: string;
  readonly language: Language;
  readonly params: Readonly<Record<string, Value>>;
}

/** The number of the person on the line: who calls, or who is called. Empty when withheld. */
export function personOf({ kind, did, ani }: Pick<Trigger, 'kind' | 'did' | 'ani'>): string {
  return kind === 'outbound' ? did : ani;
}

/** One level of the sub-flow stack. `node` is where this level stands; `local` is the node's own state (plain JSON). */
export interface Frame {
  readonly flow: string;
  readonly node: string;
  /** Tries made at this node since it was entered: menu and collect keep `noInput`, `noMatch` and `tries` here. */
  readonly counters: Readonly<Record<string, number>>;
  readonly local: Value;
  /** This level's variables. */
  readonly vars: Readonly<Record<string, Value>>;
}

/** How a call ended, for the after-call section: readable as `call.ended`, `call.lastNode` and `call.lateResult`. */
export interface CallEnd {
  readonly how: TerminationKind;
  /** Where the caller last stood, `flow/node`. */
  readonly node: string;
  /** What became of a request that went on after the call: none · awaited: not there yet · ok, or why it failed. */
  readonly late: string;
  /** UTC ms since when the section runs in this process. */
  readonly since: number;
}

/** One run of a flow on one call. JSON, and all there is: storing it stores the conversation. */
export interface Session {
  readonly v: 1;
  readonly trigger: Trigger;
  /** The set of flow revisions this session runs on to its end. */
  readonly release: number;
  /** Raised at every wait. The commands of that wait carry it, and inputs with another step are ignored. */
  readonly step: number;
  /** after-call: the caller is gone, and what the flow does then is not done yet. */
  readonly status: 'active' | 'after-call' | 'ended';
  /** From the call's end on. */
  readonly end?: CallEnd;
  /** When the call has lasted as long as its flow allows (UTC ms); absent: without limit, or past it. */
  readonly until?: number;
  readonly answered: boolean;
  /** Somebody of the house talked with the caller; absent: nobody yet. */
  readonly talked?: true;
  readonly language: Language;
  /** Top of the stack last. Empty when ended. */
  readonly stack: readonly Frame[];
  /** The command whose result is awaited; null when ended. A hang-up is awaited only where an after-call section follows it. */
  readonly waiting: Command | null;
  /** Node transitions since the caller last gave input (loop guard). */
  readonly transitions: number;
  /** Messages and notes that it has caused so far; absent: none. */
  readonly caused?: number;
  /** What was played last, for a repeat key. */
  readonly lastPrompt: readonly PromptItem[];
}

/** A session that waits for its call to be answered: nothing of the flow has run yet. */
export function isUnbegun({ status, step, waiting }: Session): boolean {
  return status === 'active' && step === 0 && waiting === null;
}
