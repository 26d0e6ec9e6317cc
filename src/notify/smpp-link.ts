import smpp, { type Pdu, type Session } from 'smpp';
import { backOff } from '../domain/back-off.ts';
import type { Clock } from '../ports/clock.ts';
import type { Log } from '../ports/log.ts';
import { codeOf } from './error-code.ts';

export interface SmppLinkOptions {
  /** smpp://host:port, or ssmpp:// with TLS. */
  readonly url: string;
  readonly user: string;
  readonly password: string;
  /** Messages that may wait for their answer at the same time. */
  readonly window: number;
  readonly clock: Clock;
  readonly random: () => number;
  readonly log: Log;
}

export type Submitted =
  | { readonly kind: 'answered'; readonly status: number; readonly reference: string }
  | { readonly kind: 'lost'; readonly reason: string };

/** The connection to the provider's SMSC. */
export interface SmppLink {
  /** Waits for the connection and for room in the window. Never rejects. */
  submit(fields: { readonly [field: string]: unknown }, signal: AbortSignal): Promise<Submitted>;
  close(): Promise<void>;
}

const ENQUIRE_EVERY_MS = 30_000;
/** For the answer to a bind or an enquiry. */
const ANSWER_MS = 10_000;
const LONGEST_PAUSE_MS = 60_000;
const GOODBYE_MS = 200;
const INTERFACE_VERSION = 0x34;

interface Submission {
  readonly fields: { readonly [field: string]: unknown };
  readonly settle: (submitted: Submitted) => void;
  settled: boolean;
}

/** Connects, binds, and does so again whenever the connection is lost: the library does neither. */
export function smppLink(options: SmppLinkOptions): SmppLink {
  const { clock, log, window } = options;
  let session: Session | null = null;
  let bound = false;
  let closed = false;
  let failures = 0;
  let trouble = 'the connection is being made';
  const timers = new Set<() => void>();
  const waiting: Submission[] = [];
  const underWay = new Set<Submission>();

  function after(ms: number, fire: () => void): () => void {
    const cancel = clock.setTimer(ms, () => {
      timers.delete(cancel);
      fire();
    });
    timers.add(cancel);
    return () => {
      timers.delete(cancel);
      cancel();
    };
  }

  function connect(): void {
    if (closed) return;
    const own = smpp.connect({ url: options.url });
    session = own;
    // A host that swallows packets would be waited for much longer by the system.
    after(ANSWER_MS, () => session === own && !bound && lose(own, 'the SMSC does not answer'));
    own.on(options.url.startsWith('ssmpp:') ? 'secureConnect' : 'connect', () => bind(own));
    own.on('error', (error: unknown) => lose(own, `the connection to the SMSC failed (${codeOf(error)})`));
    own.on('close', () => lose(own, 'the SMSC closed the connection'));
    own.on('pdu', (pdu: Pdu) => answer(own, pdu));
  }

  /** What the SMSC asks of us: signs of life, reports, goodbye. */
  function answer(own: Session, pdu: Pdu): void {
    if (pdu.command === 'enquire_link' || pdu.command === 'deliver_sm' || pdu.command === 'unbind') own.send(pdu.response());
    if (pdu.command === 'unbind') lose(own, 'the SMSC ended the session');
  }

  function bind(own: Session): void {
    own.bind_transceiver(
      { system_id: options.user, password: options.password, interface_version: INTERFACE_VERSION },
      ({ command_status: status }) => {
        if (session !== own) return;
        if (status !== 0) return lose(own, `the SMSC refused the login (status ${status})`);
        bound = true;
        failures = 0;
        log.info({}, 'bound to the SMSC');
        enquireLater(own);
        pump();
      },
    );
  }

  function enquireLater(own: Session): void {
    after(ENQUIRE_EVERY_MS, () => {
      if (session !== own) return;
      const giveUp = after(ANSWER_MS, () => lose(own, 'the SMSC gives no sign of life'));
      own.enquire_link({}, () => {
        giveUp();
        enquireLater(own);
      });
    });
  }

  function lose(own: Session, reason: string): void {
    if (session !== own) return;
    session = null;
    bound = false;
    trouble = reason;
    own.destroy();
    for (const submission of [...underWay]) finish(submission, { kind: 'lost', reason });
    if (closed) return;
    failures += 1;
    log.warn({ reason, failures }, 'no connection to the SMSC; it is tried again');
    after(Math.min(backOff(failures, options.random()), LONGEST_PAUSE_MS), connect);
  }

  function finish(submission: Submission, submitted: Submitted): void {
    if (submission.settled) return;
    submission.settled = true;
    underWay.delete(submission);
    submission.settle(submitted);
    pump();
  }

  function pump(): void {
    while (bound && session !== null && underWay.size < window) {
      const next = waiting.shift();
      if (next === undefined) return;
      if (next.settled) continue;
      underWay.add(next);
      const own = session;
      const written = own.submit_sm(next.fields, ({ command_status: status, message_id: id }) =>
        finish(next, { kind: 'answered', status, reference: typeof id === 'string' ? id : '' }),
      );
      if (!written) lose(own, 'the connection to the SMSC cannot be written to');
    }
  }

  connect();
  return {
    submit: (fields, signal) =>
      new Promise((settle) => {
        const submission: Submission = { fields, settle, settled: false };
        const giveUp = (): void => finish(submission, { kind: 'lost', reason: bound ? 'the SMSC did not answer in time' : trouble });
        if (signal.aborted || closed) return giveUp();
        signal.addEventListener('abort', giveUp, { once: true });
        waiting.push(submission);
        pump();
      }),
    async close() {
      closed = true;
      for (const cancel of timers) cancel();
      const own = session;
      if (own !== null && bound) await goodbye(own, clock);
      if (own !== null) lose(own, 'the engine stops');
      for (const submission of waiting.splice(0)) finish(submission, { kind: 'lost', reason: 'the engine stops' });
    },
  };
}

function goodbye(own: Session, clock: Clock): Promise<void> {
  return new Promise((resolve) => {
    const cancel = clock.setTimer(GOODBYE_MS, resolve);
    const done = (): void => {
      cancel();
      resolve();
    };
    if (!own.unbind({}, done)) done();
  });
}
