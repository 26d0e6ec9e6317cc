import type { BrandId } from '../domain/brand.ts';
import type { CallId, SessionId } from '../domain/ids.ts';
import type { Language } from '../domain/language.ts';
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

/** One run of a flow on one call. JSON, and all there is: storing it stores the conversation. */
export interface Session {
  readonly v: 1;
  readonly trigger: Trigger;
  /** The set of flow revisions this session runs on to its end. */
  readonly release: number;
  /** Raised at every wait. The commands of that wait carry it, and inputs with another step are ignored. */
  readonly step: number;
  readonly status: 'active' | 'ended';
  readonly answered: boolean;
  readonly language: Language;
  /** Top of the stack last. Empty when ended. */
  readonly stack: readonly Frame[];
  /** The command whose result is awaited; null when ended. */
  readonly waiting: Command | null;
  /** Node transitions since the caller last gave input (loop guard). */
  readonly transitions: number;
  /** What was played last, for a repeat key. */
  readonly lastPrompt: readonly PromptItem[];
}

/** A session that waits for its call to be answered: nothing of the flow has run yet. */
export function isUnbegun({ status, step, waiting }: Session): boolean {
  return status === 'active' && step === 0 && waiting === null;
}
