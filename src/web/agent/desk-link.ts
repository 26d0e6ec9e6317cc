import { parseJson } from '../api/client.ts';
import { shape } from '../api/shape.ts';
import { createStore, type Store } from '../store.ts';
import { type DeskMessage, type DeskState, NO_DESK, receive } from './desk-state.ts';

/** As much of a WebSocket as is needed. */
export interface DeskSocket {
  send(text: string): void;
  close(): void;
}

export interface SocketListener {
  onOpen(): void;
  onText(text: string): void;
  /** Once; nothing after it. */
  onClosed(code: number): void;
}

export interface LinkNeeds {
  readonly open: (listener: SocketListener) => DeskSocket;
  /** Calls back after so many ms; the returned function cancels. */
  readonly later: (ms: number, run: () => void) => () => void;
  /** UTC ms. */
  readonly now: () => number;
  /** The login is over. */
  readonly onUnauthenticated: () => void;
}

/** The agent's news, as long as the login lasts. */
export interface AgentDesk {
  readonly state: Pick<Store<DeskState>, 'get' | 'subscribe'>;
  /** Idempotent; also takes the agent back from a page that superseded this one. */
  start(): void;
  forget(notice: string): void;
  stop(): void;
}

const HEARTBEAT_MS = 5000;
const RETRY_MS = [500, 1000, 2000];
const LAST_RETRY_MS = 4000;
/** As the engine closes sockets. */
const LOGGED_OUT = 4401;
const NO_PROFILE = 4404;
const SUPERSEDED = 4409;

/** Keeps a socket to the engine: says hello with what it has, is told what it missed, beats, and comes back by itself. */
export function createAgentDesk({ open, later, now, onUnauthenticated }: LinkNeeds): AgentDesk {
  const store = createStore<DeskState>(NO_DESK);
  let socket: DeskSocket | null = null;
  let cancel: () => void = () => undefined;
  let failures = 0;
  /** Raised with each socket: what an old one still says is not listened to. */
  let turn = 0;

  function drop(): void {
    turn += 1;
    cancel();
    socket?.close();
    socket = null;
  }

  function connect(): void {
    drop();
    const mine = turn;
    if (store.get().link !== 'lost') store.set({ ...store.get(), link: 'connecting' });
    const current = (): boolean => mine === turn;
    socket = open({
      onOpen: () => void (current() && hello()),
      onText: (text) => void (current() && heard(text)),
      onClosed: (code) => void (current() && closed(code)),
    });
  }

  function hello(): void {
    cancel();
    const { stream, lastSeq } = store.get();
    socket?.send(JSON.stringify({ kind: 'hello', stream, lastSeq }));
    beatLater();
  }

  function beatLater(): void {
    cancel = later(HEARTBEAT_MS, () => {
      socket?.send('{"kind":"heartbeat"}');
      beatLater();
    });
  }

  function heard(text: string): void {
    const message = readMessage(text);
    const received = receive(store.get(), message);
    if (received.kind === 'took') {
      failures = 0;
      return store.set(message.type === 'hello' ? { ...received.state, skewMs: now() - message.at } : received.state);
    }
    store.set({ ...store.get(), stream: null, lastSeq: null });
    hello();
  }

  function closed(code: number): void {
    cancel();
    socket = null;
    if (code === LOGGED_OUT) return onUnauthenticated();
    if (code === SUPERSEDED) return store.set({ ...store.get(), link: 'superseded' });
    store.set({ ...store.get(), link: code === NO_PROFILE ? 'no-agent' : 'lost' });
    // Somebody may be made an agent while looking at the page: that is asked for now and then.
    cancel = later(code === NO_PROFILE ? LAST_RETRY_MS : (RETRY_MS[failures] ?? LAST_RETRY_MS), connect);
    failures += 1;
  }

  return {
    state: store,
    start() {
      const { link } = store.get();
      if (link === 'off' || link === 'superseded') connect();
    },
    forget(notice) {
      store.set({ ...store.get(), notices: store.get().notices.filter(({ id }) => id !== notice) });
    },
    stop() {
      drop();
      store.set(NO_DESK);
    },
  };
}

/** The engine that serves this page sends it: its envelope is checked, the rest is as the contract says. */
function readMessage(text: string): DeskMessage {
  const message = shape(parseJson(text), 'message');
  message.number('seq');
  message.text('type');
  message.child('data');
  return message.raw as DeskMessage;
}

/** The engine's socket as the desk wants it. */
export function openSocket(url: string): LinkNeeds['open'] {
  return (listener) => {
    const socket = new WebSocket(url);
    socket.addEventListener('open', () => listener.onOpen());
    socket.addEventListener('message', ({ data }) => listener.onText(String(data)));
    socket.addEventListener('close', ({ code }) => listener.onClosed(code));
    return {
      send(text) {
        if (socket.readyState === WebSocket.OPEN) socket.send(text);
      },
      close: () => socket.close(),
    };
  };
}
