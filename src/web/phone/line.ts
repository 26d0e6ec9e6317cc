import { codeOf, isUnauthenticated } from '../api/client.ts';
import type { PhoneAccount } from '../api/phone.ts';
import type { Softphone, SoftphoneListener } from './softphone.ts';
import type { Line } from './states.ts';

export type CreateSoftphone = (account: PhoneAccount, origin: string, listener: SoftphoneListener) => Softphone;

export interface LineNeeds {
  readonly openPhone: () => Promise<PhoneAccount>;
  /** Loads JsSIP on first use. */
  readonly loadSoftphone: () => Promise<CreateSoftphone>;
  /** `ws://host` or `wss://host` of the engine. */
  readonly origin: string;
  /** Calls back after so many ms; the returned function cancels. */
  readonly later: (ms: number, run: () => void) => () => void;
  /** The login is over. */
  readonly onUnauthenticated: () => void;
}

/** What happens on the line's calls; the line looks after itself. */
export type CallListener = Omit<SoftphoneListener, 'onLine'>;

export interface PhoneLine {
  start(): void;
  stop(): void;
  softphone(): Softphone | null;
}

const RETRY_MS = [1000, 2000, 4000];
const LAST_RETRY_MS = 8000;
/** An open page keeps its account from expiring. */
const KEEP_MS = 30 * 60_000;
/** A starting Asterisk may swallow a registration; SIP itself would wait 32 s for the answer. */
const REGISTER_PATIENCE_MS = 6000;

/** Gets the account, registers, and mends itself: JsSIP brings a lost socket back, we bring a lost account back. `busy`: a call is up, and must not be cut. */
export function createLine(needs: LineNeeds, calls: CallListener, busy: () => boolean, show: (line: Line) => void): PhoneLine {
  const seat = createSeat();
  const nextOpen = createAlarm(needs.later);
  const patience = createAlarm(needs.later);
  let password = '';
  let line: Line['kind'] = 'off';
  /** The socket was lost: the engine may be another one now, which knows nothing of our phone. */
  let renewDue = false;

  function turn(next: Line): void {
    line = next.kind;
    show(next);
    if (line === 'registering') patience.set(REGISTER_PATIENCE_MS, startOver);
    else patience.clear();
  }

  /** Registering leads nowhere: a new softphone, with an account that is surely known. */
  function startOver(): void {
    if (busy()) return turn({ kind: 'registering' });
    seat.clear();
    begin();
  }

  function onLine(kind: 'registering' | 'ready' | 'offline' | 'refused'): void {
    turn({ kind });
    if (kind === 'offline') renewDue = true;
    if (kind === 'refused') nextOpen.retry(() => void open());
    if (kind !== 'ready') return;
    nextOpen.succeeded();
    if (renewDue) void open();
  }

  async function open(): Promise<void> {
    nextOpen.clear();
    try {
      const [account, create] = await Promise.all([needs.openPhone(), needs.loadSoftphone()]);
      if (line === 'off') return;
      renewDue = false;
      use(account, create);
      nextOpen.set(KEEP_MS, () => void open());
    } catch (error) {
      if (line === 'off') return;
      if (isUnauthenticated(error)) return needs.onUnauthenticated();
      if (seat.softphone() === null) turn({ kind: 'no-phone', code: codeOf(error) });
      nextOpen.retry(() => void open());
    }
  }

  function use(account: PhoneAccount, create: CreateSoftphone): void {
    const softphone = seat.softphone();
    if (softphone?.username === account.username) {
      if (account.password !== password || line === 'refused') softphone.renew(account.password);
    } else if (!busy()) {
      seat.clear();
      turn({ kind: 'registering' });
      seat.fill((current) => create(account, needs.origin, { ...calls, onLine: (kind) => void (current() && onLine(kind)) }));
    }
    password = account.password;
  }

  function begin(): void {
    turn({ kind: 'preparing' });
    void open();
  }

  return {
    start: () => void (line === 'off' && begin()),
    stop() {
      line = 'off';
      nextOpen.clear();
      patience.clear();
      seat.clear();
    },
    softphone: seat.softphone,
  };
}

/** Holds one softphone at a time, and tells whether it is still the one: after its time it is not listened to. */
function createSeat() {
  let softphone: Softphone | null = null;
  let turn = 0;
  return {
    softphone: () => softphone,
    fill(make: (current: () => boolean) => Softphone): void {
      const mine = turn;
      softphone = make(() => mine === turn);
    },
    clear(): void {
      turn += 1;
      softphone?.stop();
      softphone = null;
    },
  };
}

/** A timer that is set anew or cleared, never twice at once. */
function createAlarm(later: LineNeeds['later']) {
  let cancel: (() => void) | null = null;
  let failures = 0;
  const clear = (): void => {
    cancel?.();
    cancel = null;
  };
  const set = (ms: number, run: () => void): void => {
    clear();
    cancel = later(ms, run);
  };
  return {
    clear,
    set,
    /** Later each time, until it succeeded. */
    retry(run: () => void): void {
      set(RETRY_MS[failures] ?? LAST_RETRY_MS, run);
      failures += 1;
    },
    succeeded(): void {
      failures = 0;
    },
  };
}
