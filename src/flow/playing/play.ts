import type { TransferOutcome } from '../../domain/dial-outcome.ts';
import type { Key } from '../../domain/keys.ts';
import type { Command, Effect, FlowEvent, Input, PromptItem, Queued } from '../commands.ts';
import type { Dialogue } from '../dialogue.ts';
import type { Session } from '../session.ts';

type CommandOf<K extends Command['kind']> = Extract<Command, { readonly kind: K }>;
export type ResultOutcome = Extract<Input, { readonly kind: 'result' }>['outcome'];
export type RecordOutcome = Extract<Input, { readonly kind: 'recorded' }>['outcome'];

/** What a played call waits for; somebody outside has to do it. */
export type Wait =
  /** The caller: all prompts are over, and keys (or silence) are awaited. `typed`: pressed already, more may follow. */
  | { readonly kind: 'keys'; readonly command: CommandOf<'collect'>; readonly typed: string }
  | { readonly kind: 'recording'; readonly command: CommandOf<'record'> }
  | { readonly kind: 'look-up'; readonly command: CommandOf<'http' | 'action'> }
  | { readonly kind: 'dialling'; readonly command: CommandOf<'dial'> }
  | { readonly kind: 'queueing'; readonly command: CommandOf<'queue'> }
  | ({ readonly kind: 'ended' } & CallEnding)
  /** The flow went on and on without asking anybody: more than `MOST_TURNS` turns. */
  | { readonly kind: 'endless' };

/** What somebody outside does. */
export type Deed =
  /** Keys pressed one right after the other. `more`: others may follow, so no time runs out; else it does. */
  | { readonly kind: 'press'; readonly keys: readonly Key[]; readonly more: boolean }
  /** The caller lets the time for keys run out. */
  | { readonly kind: 'silence' }
  /** `talked`: at the end of a talk, so the transfer or queue came to one. */
  | { readonly kind: 'hang-up'; readonly talked?: true }
  | { readonly kind: 'recorded'; readonly outcome: RecordOutcome }
  /** `afterMs`: how long the answer took: the filler is heard meanwhile, and a late answer is a timeout. */
  | { readonly kind: 'result'; readonly outcome: ResultOutcome; readonly afterMs: number }
  | { readonly kind: 'dialled'; readonly outcome: TransferOutcome; readonly sipCode: number | null; readonly talkMs: number }
  | ({ readonly kind: 'queued' } & Queued);

/** What happened, in order. */
export type Happening =
  | { readonly kind: 'event'; readonly event: FlowEvent }
  /** `key`: of the catalogue, also where the text holds values; null for a text on the spot. */
  | { readonly kind: 'heard'; readonly key: string | null; readonly item: PromptItem }
  /** Cut before its first sample by keys that were pressed ahead. */
  | { readonly kind: 'unheard'; readonly key: string | null; readonly item: PromptItem }
  | { readonly kind: 'effect'; readonly effect: Effect }
  /** The call ended; what the flow does after it comes behind. */
  | ({ readonly kind: 'hung-up' } & CallEnding)
  /** Something outside was asked for. */
  | { readonly kind: 'asked'; readonly command: CommandOf<'http' | 'action' | 'dial' | 'queue' | 'record'> };

/** Who ended a call, and how. */
export interface CallEnding {
  readonly by: 'flow' | 'caller';
  readonly cause: CommandOf<'hangup'>['cause'];
}

/** A call under way. Plain JSON: storing it stores the call. */
export interface Play {
  readonly session: Session;
  readonly phone: Dialogue<number>;
  readonly wait: Wait;
  /** How the call ended; null while somebody is on the line. What the flow does after the call may go on. */
  readonly end: CallEnding | null;
}

/** A call after one deed: where it stands, and what happened meanwhile. */
export interface Played {
  readonly play: Play;
  readonly happenings: readonly Happening[];
}

/** Whether the deed means anything to what is waited for. */
export function fits(wait: Wait, deed: Deed): boolean {
  switch (deed.kind) {
    case 'press':
      return (
        wait.kind === 'keys' || wait.kind === 'recording' || wait.kind === 'look-up' || wait.kind === 'dialling' || wait.kind === 'queueing'
      );
    case 'silence':
      return wait.kind === 'keys';
    case 'hang-up':
      if (deed.talked === true) return wait.kind === 'dialling' || wait.kind === 'queueing';
      return wait.kind !== 'ended' && wait.kind !== 'endless';
    case 'recorded':
      return wait.kind === 'recording';
    case 'result':
      return wait.kind === 'look-up';
    case 'dialled':
      return wait.kind === 'dialling';
    case 'queued':
      return wait.kind === 'queueing';
  }
}
