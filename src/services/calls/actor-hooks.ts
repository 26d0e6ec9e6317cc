import type { WorkOutcome } from './after-calls.ts';

/** What the owner of a call tells those who keep the owners. */
export interface ActorHooks {
  watch(channelId: string): void;
  unwatch(channelId: string): void;
  /** The call is closed. `late`: a request that goes on, whose answer the flow still wants. */
  ended(late: Promise<WorkOutcome> | null): void;
}
