import { hasCode } from '../../domain/errors.ts';
import type { CallId } from '../../domain/ids.ts';
import type { CallDeps } from './deps.ts';

/** Commands of one call reach Asterisk in order: a stop never overtakes its play. */
export class CommandQueue {
  readonly #deps: Pick<CallDeps, 'clock' | 'meter' | 'log'>;
  readonly #callId: CallId;
  #last: Promise<unknown> = Promise.resolve();
  #keyAt: number | null = null;

  constructor(deps: Pick<CallDeps, 'clock' | 'meter' | 'log'>, callId: CallId) {
    this.#deps = deps;
    this.#callId = callId;
  }

  /** A key that will cause a command: the time from the first such key to that command is counted. */
  keyArrived(at: number): void {
    this.#keyAt ??= at;
  }

  /** The key changed nothing at the phone yet. */
  keyIgnored(): void {
    this.#keyAt = null;
  }

  /** True when it was carried out. A channel that is gone is normal after a hang-up; other failures are logged. */
  send(what: string, run: () => Promise<void>): Promise<boolean> {
    if (this.#keyAt !== null) this.#deps.meter.keyToAction(this.#deps.clock.now() - this.#keyAt);
    this.#keyAt = null;
    const sent = this.#last.then(run).then(
      () => true,
      (error: unknown) => {
        if (!hasCode(error, 'telephony.gone', 'telephony.disconnected'))
          this.#deps.log.warn({ callId: this.#callId, what, err: error }, 'a command to Asterisk failed');
        return false;
      },
    );
    this.#last = sent;
    return sent;
  }
}
