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

export type Fields = { readonly [field: string]: unknown };

export type Submitted =
  | { readonly kind: 'answered'; readonly status: number; readonly reference: string }
  | { readonly kind: 'lost'; readonly reason: string };

const ENQUIRE_EVERY_MS = 30_000;
/** For the answer to a bind or an enquiry. */
const ANSWER_MS = 10_000;
const LONGEST_PAUSE_MS = 60_000;
const GOODBYE_MS = 200;
const INTERFACE_VERSION = 0x34;

interface Submission {
  readonly fields: Fields;
  readonly settle: (submitted: Submitted) => void;
  settled: boolean;
}

/** The connection to the provider's SMSC: connects, logs in, and does so again whenever it is lost, as the library does neither. */
export class SmppLink {
  readonly #options: SmppLinkOptions;
  #session: Session | null = null;
  #bound = false;
  #closed = false;
  #failures = 0;
  #trouble = 'the connection to the SMSC is being made';
  readonly #timers = new Set<() => void>();
  readonly #waiting: Submission[] = [];
  readonly #underWay = new Set<Submission>();

  constructor(options: SmppLinkOptions) {
    this.#options = options;
    this.#connect();
  }

  /** Waits for the connection and for room in the window. Never rejects. */
  submit(fields: Fields, signal: AbortSignal): Promise<Submitted> {
    return new Promise((settle) => {
      const submission: Submission = { fields, settle, settled: false };
      const giveUp = (): void =>
        this.#finish(submission, { kind: 'lost', reason: this.#bound ? 'the SMSC did not answer in time' : this.#trouble });
      if (signal.aborted || this.#closed) return giveUp();
      signal.addEventListener('abort', giveUp, { once: true });
      this.#waiting.push(submission);
      this.#pump();
    });
  }

  /** Says goodbye and gives back what waits. */
  async close(): Promise<void> {
    this.#closed = true;
    this.#trouble = 'the engine stops';
    for (const cancel of this.#timers) cancel();
    const own = this.#session;
    if (own !== null && this.#bound) await this.#goodbye(own);
    if (own !== null) this.#lose(own, this.#trouble);
    for (const submission of this.#waiting.splice(0)) this.#finish(submission, { kind: 'lost', reason: this.#trouble });
  }

  #connect(): void {
    if (this.#closed) return;
    const { url } = this.#options;
    const own = smpp.connect({ url });
    this.#session = own;
    // A host that swallows packets would be waited for much longer by the system.
    this.#after(ANSWER_MS, () => {
      if (!this.#bound) this.#lose(own, 'the SMSC does not answer');
    });
    own.on(url.startsWith('ssmpp:') ? 'secureConnect' : 'connect', () => this.#bind(own));
    own.on('error', (error: unknown) => this.#lose(own, `the connection to the SMSC failed (${codeOf(error)})`));
    own.on('close', () => this.#lose(own, 'the SMSC closed the connection'));
    own.on('pdu', (pdu: Pdu) => this.#answer(own, pdu));
  }

  /** What the SMSC asks of us: signs of life, reports, goodbye. */
  #answer(own: Session, pdu: Pdu): void {
    if (pdu.command === 'enquire_link' || pdu.command === 'deliver_sm' || pdu.command === 'unbind') own.send(pdu.response());
    if (pdu.command === 'unbind') this.#lose(own, 'the SMSC ended the session');
  }

  #bind(own: Session): void {
    const { user, password, log } = this.#options;
    const login = { system_id: user, password, interface_version: INTERFACE_VERSION };
    own.bind_transceiver(login, ({ command_status: status }) => {
      if (this.#session !== own) return;
      if (status !== 0) return this.#lose(own, `the SMSC refused the login (status ${status})`);
      this.#bound = true;
      this.#failures = 0;
      log.info({}, 'logged in at the SMSC');
      this.#enquireLater(own);
      this.#pump();
    });
  }

  #enquireLater(own: Session): void {
    this.#after(ENQUIRE_EVERY_MS, () => {
      if (this.#session !== own) return;
      const giveUp = this.#after(ANSWER_MS, () => this.#lose(own, 'the SMSC gives no sign of life'));
      own.enquire_link({}, () => {
        giveUp();
        this.#enquireLater(own);
      });
    });
  }

  /** Only what happens to the session of the moment counts: an older one may still speak up. */
  #lose(own: Session, reason: string): void {
    if (this.#session !== own) return;
    this.#session = null;
    this.#bound = false;
    this.#trouble = reason;
    own.destroy();
    for (const submission of this.#underWay) this.#finish(submission, { kind: 'lost', reason });
    if (this.#closed) return;
    this.#failures += 1;
    const { log, random } = this.#options;
    log.warn({ reason, failures: this.#failures }, 'no connection to the SMSC; it is tried again');
    this.#after(Math.min(backOff(this.#failures, random()), LONGEST_PAUSE_MS), () => this.#connect());
  }

  #finish(submission: Submission, submitted: Submitted): void {
    if (submission.settled) return;
    submission.settled = true;
    this.#underWay.delete(submission);
    submission.settle(submitted);
    this.#pump();
  }

  #pump(): void {
    while (this.#bound && this.#session !== null && this.#underWay.size < this.#options.window) {
      const next = this.#waiting.shift();
      if (next === undefined) return;
      if (!next.settled) this.#write(this.#session, next);
    }
  }

  #write(own: Session, submission: Submission): void {
    this.#underWay.add(submission);
    const written = own.submit_sm(submission.fields, ({ command_status: status, message_id: id }) =>
      this.#finish(submission, { kind: 'answered', status, reference: typeof id === 'string' ? id : '' }),
    );
    if (!written) this.#lose(own, 'the connection to the SMSC cannot be written to');
  }

  #goodbye(own: Session): Promise<void> {
    return new Promise((resolve) => {
      const cancel = this.#options.clock.setTimer(GOODBYE_MS, resolve);
      const done = (): void => {
        cancel();
        resolve();
      };
      if (!own.unbind({}, done)) done();
    });
  }

  /** A timer that ends with the link. */
  #after(ms: number, fire: () => void): () => void {
    const cancel = this.#options.clock.setTimer(ms, () => {
      this.#timers.delete(cancel);
      fire();
    });
    this.#timers.add(cancel);
    return () => {
      this.#timers.delete(cancel);
      cancel();
    };
  }
}
