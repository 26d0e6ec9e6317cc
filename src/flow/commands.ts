import type { CallbackDraft } from '../domain/callback-request.ts';
import type { ConsentStatus, ConsentType } from '../domain/consent.ts';
import type { TransferOutcome } from '../domain/dial-outcome.ts';
import type { DirectoryRef, Telephone } from '../domain/directory.ts';
import type { RecordingId, UserId } from '../domain/ids.ts';
import type { Key } from '../domain/keys.ts';
import type { Language } from '../domain/language.ts';
import type { MessageDraft } from '../domain/message.ts';
import type { MissedCallDraft } from '../domain/missed-call.ts';
import type { SkillLevels, WaitEnd } from '../domain/queue.ts';
import type { RecordingDraft } from '../domain/recording.ts';
import type { TerminationKind } from '../domain/termination.ts';
import type { Value, ValueMap } from '../domain/value.ts';

/**
 * One thing to be heard, already rendered to text in one language. `key` is the catalogue key when the whole item is
 * one catalogue prompt without variables (a recording of that key wins over the text). `fallback` are the same words
 * in the other languages, tried in order when this one cannot be rendered.
 */
export interface SpeechItem {
  readonly kind: 'speech';
  readonly key: string | null;
  readonly language: Language;
  readonly text: string;
  readonly bargeIn: boolean;
  readonly fallback: readonly { readonly language: Language; readonly text: string }[];
}

/** What the caller recorded, played back to them. `text` stands for it where people read what was heard. */
export interface RecordingItem {
  readonly kind: 'recording';
  readonly recording: RecordingId;
  readonly durationMs: number;
  readonly key: null;
  readonly language: Language;
  readonly text: string;
  readonly bargeIn: boolean;
}

export type PromptItem = SpeechItem | RecordingItem;

/** How keys are gathered and matched. Times in ms. */
export interface CollectSpec {
  /**
   * options: exact strings of keys; a string that is a prefix of a longer one waits the inter-digit time.
   * digits: between `min` and `max` keys out of `keys`; ends at max, at the terminator, or after the inter-digit time.
   * masks: one of these patterns, place by place (see `matching.ts`); a key that fits none is no match at once, and a
   * mask that is full and begins no longer one ends at once.
   */
  readonly match:
    | { readonly kind: 'options'; readonly options: readonly string[] }
    | { readonly kind: 'digits'; readonly min: number; readonly max: number; readonly keys: readonly Key[] }
    | { readonly kind: 'masks'; readonly masks: readonly string[] };
  readonly firstDigitMs: number;
  readonly interDigitMs: number;
  readonly terminator: Key | null;
  /** How long a terminator right after the full length is swallowed (behaviour 15). */
  readonly terminatorSwallowMs: number;
  /** keep: keys pressed earlier count; flush: they are thrown away when this command begins. */
  readonly typeAhead: 'keep' | 'flush';
  /** Secret: no key may reach a log, an event, a trace or a variable other than the node's own. */
  readonly secret: boolean;
}

/** One telephone; or somebody of the directory, whose telephones are tried in their order. */
export type DialTarget = Telephone | DirectoryRef;

/** Of work that is asked for once more after an outage: the step it was first asked for in. With it the work keeps its idempotency key. */
interface Repeatable {
  readonly since?: number;
}

/** What the interpreter asks for. Carried out once; `sessionId + step` is the idempotency key. */
export type Command =
  | { readonly kind: 'answer'; readonly step: number; readonly settleMs: number }
  | { readonly kind: 'play'; readonly step: number; readonly items: readonly PromptItem[]; readonly typeAhead: 'keep' | 'flush' }
  | { readonly kind: 'collect'; readonly step: number; readonly items: readonly PromptItem[]; readonly spec: CollectSpec }
  | {
      readonly kind: 'record';
      readonly step: number;
      readonly items: readonly PromptItem[];
      readonly maxMs: number;
      readonly silenceMs: number;
      readonly beep: boolean;
      readonly terminator: Key | 'any' | null;
    }
  | (Repeatable & {
      readonly kind: 'http';
      readonly step: number;
      readonly method: 'GET' | 'POST' | 'PUT' | 'PATCH' | 'DELETE';
      /** The name of a connector, whose address and secrets the sender knows; `url` is then the path on it. */
      readonly connector?: string;
      readonly url: string;
      readonly headers: Readonly<Record<string, string>>;
      readonly body: Value;
      readonly timeoutMs: number;
      readonly retries: number;
      readonly maxBytes: number;
      /** Played when the answer takes longer than `fillerAfterMs`, and again after each such pause, until it is there (behaviour 36). */
      readonly filler: readonly PromptItem[];
      readonly fillerAfterMs: number;
      readonly onHangup: 'abort' | 'finish';
    })
  | (Repeatable & {
      readonly kind: 'action';
      readonly step: number;
      readonly action: string;
      readonly params: ValueMap;
      readonly timeoutMs: number;
    })
  | {
      readonly kind: 'dial';
      readonly step: number;
      readonly target: DialTarget;
      readonly ringMs: number;
      readonly callerId: string | null;
      readonly maxTalkMs: number | null;
      /** What the caller hears while somebody of the directory is tried; absent: ringing. */
      readonly hears?: 'ringing' | 'music';
      /** What somebody of the directory is told before the caller is there; absent: the engine's words. */
      readonly whisper?: readonly PromptItem[];
    }
  | {
      readonly kind: 'queue';
      readonly step: number;
      readonly queue: string;
      /** null: the standard one. */
      readonly class: string | null;
      /** Asked for besides the queue's own. */
      readonly skills: SkillLevels;
      /** Keys that leave the queue. */
      readonly keys: readonly Key[];
      /** UTC ms where the wait counts from; null: now. */
      readonly since: number | null;
      /** Given back after so long in which no agent was found (ms); absent: as long as the queue lets them wait. */
      readonly patienceMs?: number;
    }
  | { readonly kind: 'hangup'; readonly step: number; readonly cause: 'normal' | 'busy' | 'congestion' };

/** How a queue gave a caller back to the flow. served: they talked with an agent, and the caller is still there. */
export const QUEUED_ENDS = ['served', 'key', 'overflow', 'full', 'too-long', 'no-agents', 'closed', 'failed'] as const satisfies readonly (
  | WaitEnd
  | 'served'
)[];
export type QueuedEnd = (typeof QUEUED_ENDS)[number];

/** What became of a caller in a queue. Times in ms; `agent`: who talked with them last. */
export interface Queued {
  readonly how: QueuedEnd;
  readonly key: Key | null;
  readonly waitedMs: number;
  readonly talkMs: number;
  readonly agent: UserId | null;
}

/** What became of a recording. */
export type RecordOutcome =
  | { /** The recording's id. */ readonly kind: 'ok'; readonly name: string; readonly durationMs: number }
  | { readonly kind: 'empty' }
  | { readonly kind: 'failed' };

/** What a caller said about being called or written to; when and for which brand the call knows. */
export interface ConsentDraft {
  /** E.164, or an e-mail address with EPOSTA. */
  readonly recipient: string;
  readonly type: ConsentType;
  readonly status: ConsentStatus;
  /** What was asked and what was pressed; no number, no name. */
  readonly evidence: string;
}

/** What a turn causes beside the conversation. Stored in the same transaction as the turn, thus once. */
export type Effect =
  | { readonly kind: 'message'; readonly draft: MessageDraft }
  | { readonly kind: 'recording'; readonly draft: RecordingDraft }
  /** The caller does not want it kept: its audio is removed once the turn is stored. */
  | { readonly kind: 'discard'; readonly recording: RecordingId }
  /** The call is recorded from now on, or is not. */
  | { readonly kind: 'record-call'; readonly on: boolean }
  | { readonly kind: 'consent'; readonly draft: ConsentDraft }
  | { readonly kind: 'callback'; readonly draft: CallbackDraft }
  | { readonly kind: 'missed'; readonly draft: MissedCallDraft };

export type CollectEnd = 'matched' | 'incomplete' | 'no-match' | 'empty';

/** What comes back. `step` names the command it belongs to; `hung-up` and `restarted` belong to none. */
export type Input =
  | { readonly kind: 'answered'; readonly step: number }
  | { readonly kind: 'finished'; readonly step: number; readonly heard: 'all' | 'cut' | 'failed' }
  /** matched: an option or a full pattern · incomplete: too few keys · no-match: none fits · empty: the terminator came first. */
  | { readonly kind: 'digits'; readonly step: number; readonly digits: string; readonly end: CollectEnd }
  | { readonly kind: 'silence'; readonly step: number }
  | {
      readonly kind: 'recorded';
      readonly step: number;
      readonly outcome: RecordOutcome;
    }
  | {
      readonly kind: 'result';
      readonly step: number;
      /** ok: `value` is the answer · the rest are named error branches (behaviours 36, 37). */
      readonly outcome:
        | { readonly kind: 'ok'; readonly value: Value; readonly status?: number }
        | {
            readonly kind: 'error';
            readonly reason: 'timeout' | 'status' | 'invalid' | 'too-large' | 'unreachable' | 'failed';
            readonly status?: number;
          };
    }
  | {
      readonly kind: 'dialled';
      readonly step: number;
      readonly outcome: TransferOutcome;
      readonly sipCode: number | null;
      readonly talkMs: number;
      /** Who took the call, where the directory knows; absent: unknown. */
      readonly by?: string;
    }
  | ({ readonly kind: 'queued'; readonly step: number } & Queued)
  /**
   * The call is over, and how; absent: the caller left. `recorded`: what they were saying at that moment. `talked`: they
   * were talking with somebody at that moment.
   */
  | { readonly kind: 'hung-up'; readonly how?: TerminationKind; readonly recorded?: RecordOutcome; readonly talked?: true }
  /** The engine came back to this call after a restart: the waiting command is asked for again. */
  | { readonly kind: 'restarted' };

/** What the session tells the journal. Secret digits appear as their length only. */
export type FlowEvent =
  | { readonly kind: 'node-entered'; readonly flow: string; readonly node: string; readonly type: string }
  | { readonly kind: 'prompt'; readonly keys: readonly (string | null)[]; readonly text: string; readonly language: Language }
  | { readonly kind: 'digits'; readonly node: string; readonly digits: string | null; readonly length: number; readonly end: CollectEnd }
  | { readonly kind: 'no-input'; readonly node: string; readonly count: number }
  | { readonly kind: 'exit'; readonly flow: string; readonly node: string; readonly exit: string; readonly to: string | null }
  | { readonly kind: 'language'; readonly language: Language }
  | { readonly kind: 'result'; readonly node: string; readonly name: string; readonly outcome: string }
  | { readonly kind: 'fault'; readonly flow: string; readonly node: string; readonly code: string; readonly message: string };
