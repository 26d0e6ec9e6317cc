import type { WebSocket } from 'ws';
import { type FakeEvent, timestampOf } from './model.ts';

/** The Stasis application as Asterisk knows it: a name, a filter, and at most one socket that hears. */
export interface AppLink {
  readonly filter: { allowed: readonly string[]; disallowed: readonly string[] };
  readonly connected: boolean;
  /** Whether the filter lets a message of this type through. */
  passes(type: string): boolean;
  /** A new socket takes over; the old one stays open and hears `ApplicationReplaced` and then nothing. */
  take(socket: WebSocket): void;
  emit(event: FakeEvent): void;
  /** Text as it is, for malformed messages and unknown events. */
  raw(text: string): void;
  /** Cuts the socket as a broken network does. */
  cut(): void;
  reset(): void;
  readonly faults: EventFaults;
}

export interface EventFaults {
  /** The next event of this type is sent twice. */
  duplicate(type: string): void;
  /** The next event of this type is held back until that many others have gone before it. */
  delay(type: string, others?: number): void;
  /** The next event of this type is lost. */
  lose(type: string): void;
}

export interface LinkDeps {
  readonly app: string;
  readonly now: () => number;
  /** Something went out: the fake is not at rest. */
  readonly busy: () => void;
  readonly sent: (event: FakeEvent) => void;
}

export function createAppLink(deps: LinkDeps): AppLink {
  const filter: { allowed: readonly string[]; disallowed: readonly string[] } = { allowed: [], disallowed: [] };
  const duplicates: string[] = [];
  const losses: string[] = [];
  const delays: { type: string; others: number }[] = [];
  let held: { text: string; others: number }[] = [];
  let socket: WebSocket | undefined;

  const take = (list: string[], type: string) => {
    const at = list.indexOf(type);
    if (at >= 0) list.splice(at, 1);
    return at >= 0;
  };

  function send(text: string): void {
    deps.busy();
    socket?.send(text);
  }

  function emit(event: FakeEvent): void {
    deps.sent(event);
    if (socket === undefined || !passes(event.type)) return;
    const { type, ...fields } = event;
    const text = JSON.stringify({
      type,
      timestamp: timestampOf(deps.now()),
      ...fields,
      asterisk_id: '02:fc:00:00:00:01',
      application: deps.app,
    });
    if (take(losses, type)) return;
    const delay = delays.findIndex((one) => one.type === type);
    if (delay >= 0) {
      held.push({ text, others: delays.splice(delay, 1)[0]?.others ?? 1 });
      return;
    }
    send(text);
    if (take(duplicates, type)) send(text);
    for (const one of held) one.others -= 1;
    const due = held.filter(({ others }) => others <= 0);
    held = held.filter(({ others }) => others > 0);
    for (const one of due) send(one.text);
  }

  const passes = (type: string) => !filter.disallowed.includes(type) && (filter.allowed.length === 0 || filter.allowed.includes(type));

  return {
    filter,
    passes,
    get connected() {
      return socket !== undefined;
    },
    take(fresh) {
      emit({ type: 'ApplicationReplaced' });
      socket = fresh;
      fresh.on('close', () => {
        deps.busy();
        if (socket === fresh) socket = undefined;
      });
    },
    emit,
    raw: send,
    cut: () => socket?.terminate(),
    reset() {
      filter.allowed = [];
      filter.disallowed = [];
      held = [];
    },
    faults: {
      duplicate: (type) => duplicates.push(type),
      lose: (type) => losses.push(type),
      delay: (type, others = 1) => delays.push({ type, others }),
    },
  };
}
