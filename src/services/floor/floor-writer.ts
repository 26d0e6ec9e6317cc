import type { AcdEvent } from '../../domain/acd-event.ts';
import type { CallbackContact, CallbackFinding } from '../../domain/callback.ts';
import type { CallId, UserId } from '../../domain/ids.ts';
import type { Clock } from '../../ports/clock.ts';
import type { FloorChange, FloorPromise, FloorStore, LastTalk, StoredAgentState, StoredWait } from '../../ports/floor-store.ts';
import type { Log } from '../../ports/log.ts';

const FIRST_RETRY_MS = 500;
const LONGEST_RETRY_MS = 60_000;

export interface WriterDeps {
  readonly store: Pick<FloorStore, 'write' | 'claim'>;
  readonly clock: Clock;
  readonly log: Log;
}

/**
 * Stores behind the floor, in order: what happens in one turn is one transaction, and what a database refuses is kept and
 * tried again, so that a locked or full disk never ends a wait.
 */
export class FloorWriter {
  readonly #deps: WriterDeps;
  #events: AcdEvent[] = [];
  #agents = new Map<UserId, StoredAgentState>();
  #waits = new Map<CallId, StoredWait>();
  #ended = new Set<CallId>();
  #talks: LastTalk[] = [];
  #promises: FloorPromise[] = [];
  #last: Promise<boolean> = Promise.resolve(true);
  #scheduled = false;
  #retryMs = FIRST_RETRY_MS;
  #cancelRetry: (() => void) | null = null;

  constructor(deps: WriterDeps) {
    this.#deps = deps;
  }

  event(event: AcdEvent): void {
    this.#events.push(event);
    this.#schedule();
  }

  agent(agent: StoredAgentState): void {
    this.#agents.set(agent.userId, agent);
    this.#schedule();
  }

  wait(wait: StoredWait): void {
    this.#waits.set(wait.callId, wait);
    this.#ended.delete(wait.callId);
    this.#schedule();
  }

  waitEnded(callId: CallId): void {
    this.#waits.delete(callId);
    this.#ended.add(callId);
    this.#schedule();
  }

  lastTalk(talk: LastTalk): void {
    this.#talks.push(talk);
    this.#schedule();
  }

  /** Who hung up; written with the fact that tells of it. */
  finding(finding: CallbackFinding): void {
    this.#promises.push({ kind: 'found', finding });
    this.#schedule();
  }

  /** Who talks; closes promises in the transaction of the talk's fact. */
  contact(contact: CallbackContact): void {
    this.#promises.push({ kind: 'served', contact });
    this.#schedule();
  }

  /**
   * Reserves the agent in the database, after everything before it. Where the database cannot be reached the reservation
   * counts: this engine's own order of things is all there is then, and callers must not wait for a disk.
   */
  claim(agent: StoredAgentState): Promise<boolean> {
    const claimed = this.#last
      .then(() => this.#flush())
      .then((flushed) => (flushed ? this.#deps.store.claim(agent) : this.#claimLater(agent)))
      .catch((error: unknown) => {
        this.#deps.log.error({ err: error }, 'a reservation could not be stored; it counts in this engine');
        return this.#claimLater(agent);
      });
    this.#last = claimed.then(() => true);
    return claimed;
  }

  /** Settles when everything known has been stored, or refused. */
  async saved(): Promise<void> {
    this.#last = this.#last.then(() => this.#flush());
    await this.#last;
  }

  /** Gives up retrying (the process ends). */
  stop(): void {
    this.#cancelRetry?.();
    this.#cancelRetry = null;
  }

  #claimLater(agent: StoredAgentState): boolean {
    const pending = this.#agents.get(agent.userId);
    if (pending === undefined || pending.version < agent.version) this.agent(agent);
    return true;
  }

  /** What is added within one turn of the loop is written together. */
  #schedule(): void {
    if (this.#scheduled || this.#cancelRetry !== null) return;
    this.#scheduled = true;
    this.#last = this.#last.then(() => this.#flush());
  }

  async #flush(): Promise<boolean> {
    this.#scheduled = false;
    const change = this.#take();
    if (change === null) return true;
    try {
      await this.#deps.store.write(change);
      this.#retryMs = FIRST_RETRY_MS;
      this.stop();
      return true;
    } catch (error) {
      this.#giveBack(change);
      this.#deps.log.error({ err: error, events: this.#events.length }, 'the floor could not be stored; it goes on and is stored later');
      this.#retryLater();
      return false;
    }
  }

  #take(): FloorChange | null {
    const change: FloorChange = {
      events: this.#events,
      agents: [...this.#agents.values()],
      waits: [...this.#waits.values()],
      endedWaits: [...this.#ended],
      lastTalks: this.#talks,
      promises: this.#promises,
    };
    if (Object.values(change).every((part: readonly unknown[]) => part.length === 0)) return null;
    this.#events = [];
    this.#agents = new Map();
    this.#waits = new Map();
    this.#ended = new Set();
    this.#talks = [];
    this.#promises = [];
    return change;
  }

  /** What came meanwhile is later, and stands. */
  #giveBack({ events, agents, waits, endedWaits, lastTalks, promises = [] }: FloorChange): void {
    this.#events = [...events, ...this.#events];
    this.#agents = new Map([...agents.map((agent) => [agent.userId, agent] as const), ...this.#agents]);
    for (const callId of endedWaits) if (!this.#waits.has(callId)) this.#ended.add(callId);
    for (const wait of waits) if (!this.#waits.has(wait.callId) && !this.#ended.has(wait.callId)) this.#waits.set(wait.callId, wait);
    this.#talks = [...lastTalks, ...this.#talks];
    this.#promises = [...promises, ...this.#promises];
  }

  #retryLater(): void {
    this.#cancelRetry?.();
    this.#cancelRetry = this.#deps.clock.setTimer(this.#retryMs, () => {
      this.#cancelRetry = null;
      this.#schedule();
    });
    this.#retryMs = Math.min(this.#retryMs * 2, LONGEST_RETRY_MS);
  }
}
