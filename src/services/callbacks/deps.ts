import type { BrandId } from '../../domain/brand.ts';
import type { CallbackRules } from '../../domain/callback.ts';
import type { IdSource } from '../../domain/ids.ts';
import type { Language } from '../../domain/language.ts';
import type { Queue } from '../../domain/queue.ts';
import type { PromptItem } from '../../flow/commands.ts';
import type { CallbackStore } from '../../ports/callbacks.ts';
import type { Clock } from '../../ports/clock.ts';
import type { Log } from '../../ports/log.ts';
import type { CallStore } from '../../ports/stores.ts';
import type { Calls } from '../calls/calls.ts';
import type { Floor } from '../floor/floor-shape.ts';

export interface CallbackSettings {
  readonly brand: BrandId;
  /** Shown to customers and agents where the queue has none of its own; null: the trunk's. */
  readonly callerId: string | null;
  /** How often other engines' doings are looked for. */
  readonly pollMs: number;
  /** An agent who is asked by nobody that lives: so long, then the entry is open again. */
  readonly staleMs: number;
  /** An agent is kept so long for a customer who calls by themselves and has not come to the queue yet. */
  readonly keepAgentMs: number;
}

export interface CallbackDeps {
  readonly store: CallbackStore;
  readonly callStore: Pick<CallStore, 'get'>;
  readonly floor: () => Pick<Floor, 'promise' | 'agent' | 'state' | 'saved' | 'watch'>;
  readonly calls: () => Pick<Calls, 'place' | 'placeFor' | 'firstAgent' | 'takeBack' | 'live'>;
  /** Whether there is a line to Asterisk. */
  readonly isUp: () => boolean;
  readonly queues: () => ReadonlyMap<string, Queue>;
  /** By callback group. */
  readonly rules: () => ReadonlyMap<string, CallbackRules>;
  /** Whether a calendar is open, and until when it stays so (UTC ms; null: not known). */
  readonly openness: (calendar: string, now: number) => { readonly open: boolean; readonly until: number | null };
  /** Numbers of the house. */
  readonly own: () => ReadonlySet<string>;
  /** Said to an agent's telephone that may be a mailbox, until a key is pressed. */
  readonly acceptWords: (queue: Queue, language: Language) => readonly PromptItem[];
  readonly clock: Clock;
  readonly ids: IdSource;
  readonly log: Log;
  readonly settings: CallbackSettings;
}
