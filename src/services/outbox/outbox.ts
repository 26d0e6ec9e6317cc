import type { MessageId } from '../../domain/ids.ts';
import type { MessageChannel } from '../../domain/message.ts';
import type { Changed, MessageFilter, OutboxFigure, OutboxStore, StoredMessage } from '../../ports/outbox.ts';
import type { CallStore } from '../../ports/stores.ts';
import { Dispatcher, type DispatcherDeps } from './dispatcher.ts';

export interface OutboxDeps extends Omit<DispatcherDeps, 'store' | 'wipeAtEnd'> {
  readonly store: OutboxStore;
  readonly settings: OutboxSettings;
}

export interface OutboxSettings {
  /** How long it stays known whom an ended message went to and what it said (ms); 0: not at all. */
  readonly keepMs: number;
  /** The same for dead letters, which can be replayed as long. */
  readonly keepDeadMs: number;
  /** A message that waited longer than this for its first attempt is not sent any more (ms). */
  readonly staleMs: number;
}

export interface Outbox {
  start(): Promise<void>;
  /** A message was stored. */
  wake(): void;
  close(): Promise<void>;
  list(filter: MessageFilter): Promise<readonly StoredMessage[]>;
  get(id: MessageId): Promise<StoredMessage | undefined>;
  replay(id: MessageId): Promise<Changed>;
  replayAll(filter: Pick<MessageFilter, 'brand' | 'channel' | 'template'>): Promise<number>;
  cancel(id: MessageId): Promise<Changed>;
  figures(): Promise<readonly OutboxFigure[]>;
  /** Housekeeping: wipes what was kept long enough, and ends what has waited too long. */
  sweep(): Promise<void>;
  /** The same store, which wakes the outbox when a call's change holds messages. */
  watch(store: CallStore): CallStore;
}

export const NO_PROVIDER: Readonly<Record<MessageChannel, string>> = {
  sms: 'no provider: set SANTRAL_SMS to send SMS',
  email: 'no provider: set SANTRAL_SMTP_URL to send e-mail',
  webhook: 'no provider: webhooks are not set up',
};
const STALE = 'it waited too long for a provider';

/** Messages on their way out: stored with the fact that caused them, sent at least once, visible until they are done with. */
export function createOutbox(deps: OutboxDeps): Outbox {
  const { store, clock, log, settings, notifiers } = deps;
  const dispatcher = new Dispatcher({ ...deps, wipeAtEnd: settings.keepMs === 0 });
  const view = (message: StoredMessage): StoredMessage =>
    message.state === 'queued' && notifiers[message.channel] === null ? { ...message, reason: NO_PROVIDER[message.channel] } : message;

  async function sweep(): Promise<void> {
    const now = clock.now();
    const stale = await store.expire(now - settings.staleMs, now, STALE);
    if (stale > 0)
      log.error({ messages: stale }, 'messages that waited too long for a provider are dead letters now; they can be replayed');
    await store.wipe({ ended: now - settings.keepMs, dead: now - settings.keepDeadMs });
  }

  return {
    async start() {
      const missing = (['sms', 'email'] as const).filter((channel) => notifiers[channel] === null);
      if (missing.length > 0) log.info({ channels: missing }, 'no provider is set for these messages: they wait in the outbox');
      // Before the first claim: what was meant for weeks ago must not go out because a provider was set up today.
      await sweep();
      dispatcher.wake();
    },
    wake: () => dispatcher.wake(),
    close: () => dispatcher.close(),
    list: async (filter) => (await store.list(filter)).map(view),
    async get(id) {
      const message = await store.get(id);
      return message && view(message);
    },
    async replay(id) {
      const changed = await store.replay(id, clock.now());
      if (changed === 'done') dispatcher.wake();
      return changed;
    },
    async replayAll(filter) {
      const count = await store.replayAll(filter, clock.now());
      if (count > 0) dispatcher.wake();
      return count;
    },
    cancel: (id) => store.cancel(id, clock.now()),
    figures: () => store.figures(),
    sweep,
    watch: (calls) => ({
      ...calls,
      async commit(change) {
        await calls.commit(change);
        if ((change.messages?.length ?? 0) > 0) dispatcher.wake();
      },
    }),
  };
}
