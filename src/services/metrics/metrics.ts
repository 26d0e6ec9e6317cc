import type { DialOutcome } from '../../domain/dial-outcome.ts';
import type { ErrorCode } from '../../domain/errors.ts';
import type { MessageChannel } from '../../domain/message.ts';
import type { TerminationKind } from '../../domain/termination.ts';

/** How one piece of work ended: well, or with a code of the catalogue. */
export type WorkOutcome = 'ok' | ErrorCode;

/**
 * The one place where business facts are counted. Services and adapters call these; what becomes of the figures
 * (Prometheus) is not their business. Every function returns at once and never throws. Times in ms.
 */
export interface Metrics {
  callStarted(): void;
  /** After a restart of the engine: the call was up already. */
  callResumed(): void;
  callEnded(termination: TerminationKind): void;
  /** From the key's arrival to the command it caused having been sent. */
  keyToAction(ms: number): void;
  /** A key that was not kept: the type-ahead buffer was full. */
  keyDropped(): void;
  /** `command` is the port's function name, such as `play`. */
  telephonyCommand(command: string, ms: number, outcome: WorkOutcome): void;
  /** The connection to Asterisk came up or went down. */
  telephonyConnection(up: boolean): void;
  /** Asterisk never said that a playback ended; the engine went on by its own timer. */
  playbackStuck(): void;
  /** A call is not recorded as it should be: the disk is full, Asterisk or the database refuses. */
  callRecordingFailed(): void;
  /** One call change written, or not. */
  commit(ms: number, ok: boolean): void;
  legEnded(outcome: DialOutcome): void;
  /** A flow author's mistake at run time; `code` is the fault's own. */
  flowFault(code: string): void;
  /** A text became audio (or did not), without what came from the cache. */
  speechRendered(ms: number, outcome: WorkOutcome): void;
  /** One attempt to send a message, and what became of the message by it. */
  messageAttempted(channel: MessageChannel, ending: 'sent' | 'retrying' | 'dead' | 'suppressed', ms: number): void;
}

const nothing = (): void => undefined;

/** Counts nothing: for tests and for tools that run without a server. */
export const NO_METRICS: Metrics = {
  callStarted: nothing,
  callResumed: nothing,
  callEnded: nothing,
  keyToAction: nothing,
  keyDropped: nothing,
  telephonyCommand: nothing,
  telephonyConnection: nothing,
  playbackStuck: nothing,
  callRecordingFailed: nothing,
  commit: nothing,
  legEnded: nothing,
  flowFault: nothing,
  speechRendered: nothing,
  messageAttempted: nothing,
};
