import nodemailer from 'nodemailer';
import type { Delivery, Notifier } from '../ports/notifier.ts';
import { codeOf } from './error-code.ts';

export interface SmtpOptions {
  /** smtp://user:password@host:port, or smtps:// for TLS from the first byte. */
  readonly url: string;
  /** Sender when the brand names none. */
  readonly from: string;
  /** required: without TLS nothing is sent · try: only where the server has it. */
  readonly tls: 'required' | 'try';
  readonly timeoutMs: number;
}

const CONNECTIONS = 5;
const MAIL_PER_CONNECTION = 100;
const DEFAULT_PORT = { 'smtp:': 587, 'smtps:': 465 } as const;
/** One address: nothing that could name a second one or begin a header. */
const ADDRESS = /^[^\s,;:<>()"@\\]{1,64}@[A-Za-z0-9.-]{1,190}$/;

/** E-mail through one SMTP server, over a few connections that are kept. */
export function smtpMail(options: SmtpOptions): Notifier<'email'> {
  const { protocol, hostname, port, username, password } = new URL(options.url);
  const secure = protocol === 'smtps:';
  const transport = nodemailer.createTransport({
    pool: true,
    host: hostname.replace(/^\[|\]$/g, ''),
    port: port === '' ? DEFAULT_PORT[secure ? 'smtps:' : 'smtp:'] : Number(port),
    secure,
    requireTLS: !secure && options.tls === 'required',
    ...(username === '' ? {} : { auth: { user: decodeURIComponent(username), pass: decodeURIComponent(password) } }),
    maxConnections: CONNECTIONS,
    maxMessages: MAIL_PER_CONNECTION,
    connectionTimeout: options.timeoutMs,
    greetingTimeout: options.timeoutMs,
    socketTimeout: options.timeoutMs,
    disableFileAccess: true,
    disableUrlAccess: true,
  });
  // Of connections that wait in the pool; what is under way rejects by itself.
  transport.on('error', () => undefined);
  return {
    name: `mail server ${hostname}`,
    async send({ id, from, to, subject, text }) {
      const sender = from ?? options.from;
      if (sender === '')
        return { kind: 'refused', reason: 'no sender: set SANTRAL_SMTP_FROM, or email of the brand in flows/senders.yaml' };
      if (!ADDRESS.test(to)) return { kind: 'refused', reason: 'the recipient is not one e-mail address' };
      try {
        const domain = (/@([A-Za-z0-9.-]+)/.exec(sender)?.[1] ?? hostname).toLowerCase();
        const headers = { 'X-Santral-ID': id, 'Auto-Submitted': 'auto-generated' };
        const info = await transport.sendMail({
          from: sender,
          to: { name: '', address: to },
          subject,
          text,
          messageId: `<${id}@${domain}>`,
          headers,
        });
        return { kind: 'sent', reference: info.messageId };
      } catch (error) {
        return failed(error);
      }
    },
    close: async () => transport.close(),
  };
}

/** What nodemailer calls a refusal of this mail. A refused login or greeting is the settings' fault and is mended there: the mail waits. */
const OF_THE_MAIL: ReadonlySet<string> = new Set(['EENVELOPE', 'EMESSAGE', 'ESTREAM']);

function failed(error: unknown): Delivery {
  const status =
    error instanceof Error && 'responseCode' in error && typeof error.responseCode === 'number' ? error.responseCode : undefined;
  const code = codeOf(error);
  if (status === undefined) return { kind: 'later', reason: `the mail server cannot be used (${code})` };
  const reason = `the mail server answered ${status} (${code})`;
  return status >= 500 && OF_THE_MAIL.has(code) ? { kind: 'refused', reason } : { kind: 'later', reason };
}
