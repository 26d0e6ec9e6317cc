import { ApiError } from '../api/client.ts';
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

const RETRY_MS = [1000, 2000, 4000, 8000] as const;
/** An open page keeps its account from expiring. */
const KEEP_MS = 30 * 60_000;

/** Gets the account, registers, and mends itself: JsSIP brings a lost socket back, we bring a lost account back. `busy`: a call is up, and must not be cut. */
export function createLine(needs: LineNeeds, calls: CallListener, busy: () => boolean, show: (line: Line) => void): PhoneLine {
  let softphone: Softphone | null = null;
  let password = '';
  let line: Line['kind'] = 'off';
  let failures = 0;
  /** The socket was lost: the engine may be another one now, which knows nothing of our phone. */
  let renewDue = false;
  let cancelTimer = nothing;

  const turn = (next: Line): void => {
    line = next.kind;
    show(next);
  };

  const listener: SoftphoneListener = {
    ...calls,
    onLine(kind) {
      if (line === 'off') return;
      turn({ kind });
      if (kind === 'offline') renewDue = true;
      if (kind === 'refused') retry();
      if (kind === 'ready') failures = 0;
      if (kind === 'ready' && renewDue) void open();
    },
  };

  async function open(): Promise<void> {
    cancelTimer();
    try {
      const [account, create] = await Promise.all([needs.openPhone(), needs.loadSoftphone()]);
      if (line === 'off') return;
      renewDue = false;
      use(account, create);
      cancelTimer();
      cancelTimer = needs.later(KEEP_MS, () => void open());
    } catch (error) {
      if (line === 'off') return;
      if (error instanceof ApiError && error.status === 401) return needs.onUnauthenticated();
      if (softphone === null) turn({ kind: 'no-phone', code: error instanceof ApiError ? error.code : 'web.unexpected' });
      retry();
    }
  }

  function retry(): void {
    const wait = RETRY_MS[Math.min(failures, RETRY_MS.length - 1)] ?? RETRY_MS[0];
    failures += 1;
    cancelTimer();
    cancelTimer = needs.later(wait, () => void open());
  }

  function use(account: PhoneAccount, create: CreateSoftphone): void {
    if (softphone?.username === account.username) {
      if (account.password !== password || line === 'refused') softphone.renew(account.password);
    } else if (!busy()) {
      softphone?.stop();
      turn({ kind: 'registering' });
      softphone = create(account, needs.origin, listener);
    }
    password = account.password;
  }

  return {
    start() {
      if (line !== 'off') return;
      turn({ kind: 'preparing' });
      void open();
    },
    stop() {
      line = 'off';
      cancelTimer();
      softphone?.stop();
      softphone = null;
    },
    softphone: () => softphone,
  };
}

function nothing(): void {}
