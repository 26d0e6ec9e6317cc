import { pauseAfter } from '../../domain/back-off.ts';
import type { MessageId } from '../../domain/ids.ts';
import type { MessageChannel } from '../../domain/message.ts';
import type { Log } from '../../ports/log.ts';
import type { ClaimedMessage, Ending, OutboxStore } from '../../ports/outbox.ts';
import type { Metrics } from '../metrics/metrics.ts';
import { type Attempted, type DeliverDeps, deliver } from './deliver.ts';

export interface DispatcherDeps extends DeliverDeps {
  readonly store: Pick<OutboxStore, 'claim' | 'end' | 'nextDue'>;
  readonly random: () => number;
  readonly log: Log;
  readonly metrics: Pick<Metrics, 'messageAttempted'>;
  /** Attempts before a message is a dead letter. */
  readonly attempts: number;
  /** Messages of one channel that are sent at the same time. */
  readonly parallel: number;
  /** True: whom it went to and what it said is wiped at the end itself. */
  readonly wipeAtEnd: boolean;
}

/** How much longer than an attempt a message stays ours: it must be ended before another may take it over. */
const LEASE_MARGIN_MS = 20_000;
/** Other processes store messages, too. */
const LONGEST_SLEEP_MS = 5000;
const SHORTEST_SLEEP_MS = 250;
const GRACE_MS = 600;
const LAST_WORD_MS = 300;

const CHANNELS = ['sms', 'email', 'webhook'] as const;

/** Sends what the outbox holds: claims what is due as far as there is room, and ends each message by what became of it. */
export class Dispatcher {
  readonly #deps: DispatcherDeps;
  /** What is under way, of each channel that has a provider. */
  readonly #running: ReadonlyMap<MessageChannel, Set<Promise<void>>>;
  readonly #stop = new AbortController();
  #closed = false;
  #pumping: Promise<void> | null = null;
  #again = false;
  #cancelTimer: (() => void) | null = null;

  constructor(deps: DispatcherDeps) {
    this.#deps = deps;
    this.#running = new Map(CHANNELS.filter((channel) => deps.notifiers[channel] !== null).map((channel) => [channel, new Set()]));
  }

  /** There may be something to send. Returns at once. */
  wake(): void {
    if (this.#closed || this.#running.size === 0) return;
    this.#again = true;
    if (this.#pumping !== null) return;
    this.#cancelTimer?.();
    this.#cancelTimer = null;
    this.#pumping = this.#pump();
  }

  /** Begins nothing more, gives what is under way a moment, then breaks it off. Ends within a second. */
  async close(): Promise<void> {
    this.#closed = true;
    this.#cancelTimer?.();
    const done = this.#idle();
    await within(GRACE_MS, done, this.#deps);
    this.#stop.abort();
    await within(LAST_WORD_MS, done, this.#deps);
  }

  async #idle(): Promise<void> {
    await this.#pumping;
    await Promise.all([...this.#running.values()].flatMap((set) => [...set]));
  }

  async #pump(): Promise<void> {
    const { store, clock, log } = this.#deps;
    const channels = [...this.#running.keys()];
    let sleep = LONGEST_SLEEP_MS;
    try {
      do {
        this.#again = false;
        for (const channel of channels) await this.#fill(channel);
      } while (this.#again && !this.#closed);
      const due = await store.nextDue(channels.filter((channel) => this.#room(channel) > 0));
      if (due !== undefined) sleep = Math.min(Math.max(due - clock.now(), SHORTEST_SLEEP_MS), LONGEST_SLEEP_MS);
    } catch (error) {
      this.#again = false;
      log.warn({ err: error }, 'the outbox cannot be read; it is tried again shortly');
    }
    this.#pumping = null;
    if (!this.#closed) this.#cancelTimer = clock.setTimer(this.#again ? 0 : sleep, () => this.wake());
  }

  async #fill(channel: MessageChannel): Promise<void> {
    const { store, clock, timeoutMs } = this.#deps;
    const limit = this.#room(channel);
    if (this.#closed || limit <= 0) return;
    const now = clock.now();
    const leaseUntil = now + timeoutMs + LEASE_MARGIN_MS;
    for (const claimed of await store.claim(channel, { now, leaseUntil, limit })) {
      const sending = send(claimed, this.#deps, this.#stop.signal).then(() => {
        this.#running.get(channel)?.delete(sending);
        this.wake();
      });
      this.#running.get(channel)?.add(sending);
    }
  }

  #room(channel: MessageChannel): number {
    return this.#deps.parallel - (this.#running.get(channel)?.size ?? 0);
  }
}

/** Never rejects: what could not be ended is given out again when its lease runs out. */
async function send(claimed: ClaimedMessage, deps: DispatcherDeps, stop: AbortSignal): Promise<void> {
  const { id, channel } = claimed.kind === 'whole' ? claimed.message : claimed;
  const fields = { message: id, channel, attempt: claimed.attempt };
  const began = deps.clock.now();
  try {
    const attempted = await attempt(claimed, deps, stop);
    const ending = endingOf(attempted, claimed.attempt, deps);
    deps.metrics.messageAttempted(channel, ending.kind, deps.clock.now() - began);
    if (ending.kind !== 'sent') tell(deps.log, { ...fields, reason: ending.reason }, ending.kind);
    await end(id, claimed.attempt, ending, deps);
  } catch (error) {
    deps.log.warn({ ...fields, err: error }, 'a message could not be ended; it is sent again when its lease runs out');
  }
}

function attempt(claimed: ClaimedMessage, deps: DispatcherDeps, stop: AbortSignal): Promise<Attempted> {
  if (claimed.kind === 'whole') return deliver(claimed.message, deps, stop);
  return Promise.resolve({ kind: 'refused', reason: 'it was sealed with another SANTRAL_SESSION_KEY' });
}

function endingOf(attempted: Attempted, attempts: number, { clock, random, attempts: most }: DispatcherDeps): Ending {
  switch (attempted.kind) {
    case 'sent':
    case 'suppressed':
      return attempted;
    case 'refused':
      return { kind: 'dead', reason: attempted.reason };
    case 'later':
      return attempts >= most
        ? { kind: 'dead', reason: `given up after ${attempts} attempts: ${attempted.reason}` }
        : { kind: 'retrying', at: clock.now() + pauseAfter(attempts, random(), attempted.afterMs), reason: attempted.reason };
  }
}

async function end(id: MessageId, attempts: number, ending: Ending, { store, clock, wipeAtEnd }: DispatcherDeps): Promise<void> {
  const wipe = wipeAtEnd && (ending.kind === 'sent' || ending.kind === 'suppressed');
  await store.end(id, attempts, ending, clock.now(), wipe);
}

function tell(log: Log, fields: object, kind: 'retrying' | 'dead' | 'suppressed'): void {
  if (kind === 'dead') log.error(fields, 'a message is a dead letter; it can be replayed');
  else if (kind === 'suppressed') log.info(fields, 'a message was not sent: consent forbids it');
  else log.warn(fields, 'a message was not taken; it is tried again');
}

async function within(ms: number, work: Promise<unknown>, { clock }: Pick<DispatcherDeps, 'clock'>): Promise<void> {
  let cancel = (): void => undefined;
  const time = new Promise<void>((resolve) => {
    cancel = clock.setTimer(ms, resolve);
  });
  await Promise.race([work, time]);
  cancel();
}
