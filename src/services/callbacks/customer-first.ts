import { isOneFree } from '../../acd/free-for.ts';
import { isStaff } from '../../acd/leaving.ts';
import type { CallId } from '../../domain/ids.ts';
import type { Changes } from './changes.ts';
import type { CallbackDeps } from './deps.ts';
import { type Callable, orderOf, refused } from './run.ts';

interface Host {
  readonly deps: CallbackDeps;
  readonly changes: Changes;
}

/**
 * The customer is dialled first and is the next one served when they answer: only while more agents are free than callers
 * wait and customers are being dialled, so that who answers is not kept waiting.
 */
export class CustomerFirst {
  readonly #host: Host;
  readonly #wake: () => void;
  /** Calls under way here, with their queue; null: the customer is there, and waits among the callers or talks. */
  readonly #dialling = new Map<CallId, string | null>();

  constructor(host: Host, wake: () => void) {
    this.#host = host;
    this.#wake = wake;
  }

  has(callId: CallId): boolean {
    return this.#dialling.has(callId);
  }

  ended(callId: CallId): void {
    this.#dialling.delete(callId);
  }

  /** The customer answered and came to the queue: who waits there is counted there. */
  customerThere(callId: CallId): void {
    if (this.#dialling.has(callId)) this.#dialling.set(callId, null);
  }

  /** False: no agent would be free. */
  begin(entry: Callable): boolean {
    if (!this.#hasFree(entry.queue)) return false;
    const callId = this.#host.deps.ids.next('call');
    this.#dialling.set(callId, entry.queue);
    void this.#dial(entry, callId).catch((err: unknown) => {
      this.#dialling.delete(callId);
      this.#host.deps.log.error({ callback: entry.id, err }, 'somebody could not be called back; it is tried again');
    });
    return true;
  }

  async #dial(entry: Callable, callId: CallId): Promise<void> {
    const { deps, changes } = this.#host;
    const { id } = entry;
    const reserved = await changes.apply(id, { kind: 'reserve', agent: null, callId });
    const dialled = reserved === null ? 'ignored' : await changes.dial(id, { kind: 'dial', callId }, 'engine');
    if (dialled === 'dials') {
      try {
        await deps.calls().place({ ...orderOf(deps, entry), callId });
        return;
      } catch (error) {
        await refused(this.#host, entry, error);
        await changes.apply(id, { kind: 'ended', callId, outcome: 'failed' });
      }
    } else if (dialled === 'do-not-contact') await changes.apply(id, { kind: 'close', reason: 'do-not-contact', by: 'engine' });
    else await changes.apply(id, { kind: dialled === 'busy' ? 'put-off' : 'let-go', callId });
    this.#dialling.delete(callId);
    this.#wake();
  }

  /** Whether an agent would be free for one more, over all queues: who serves two of them talks with one customer. */
  #hasFree(queue: string): boolean {
    const { agents, waiting } = this.#host.deps.floor().state();
    const free = [...agents.values()].filter((one) => isStaff(one) && one.state.kind === 'available');
    if (!free.some(({ queues }) => queues.includes(queue))) return false;
    const callers = waiting.filter((wait) => wait.offeredTo === null && !wait.callback).map((wait) => wait.queue);
    const dialled = [...this.#dialling.values()].filter((one) => one !== null);
    return isOneFree(queue, [...callers, ...dialled], free);
  }
}
