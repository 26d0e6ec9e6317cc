import { once } from 'node:events';
import type { AddressInfo } from 'node:net';
import { SMTPServer, type SMTPServerOptions } from 'smtp-server';
import { afterEach, describe, expect, test } from 'vitest';
import { type SmtpOptions, smtpMail } from '../../src/notify/smtp-mail.ts';
import type { Notifier, Outgoing } from '../../src/ports/notifier.ts';
import { messageOf } from '../kit/messages.ts';

interface Mail {
  readonly from: string;
  readonly to: readonly string[];
  readonly text: string;
  readonly secure: boolean;
}

const closing: (() => Promise<void>)[] = [];
afterEach(async () => {
  for (const close of closing.splice(0).toReversed()) await close();
});

/** A real mail server; what it takes stands in `mails`. */
async function startServer(
  options: SMTPServerOptions = {},
): Promise<{ readonly port: number; readonly mails: Mail[]; readonly server: SMTPServer }> {
  const mails: Mail[] = [];
  const server = new SMTPServer({
    authOptional: true,
    onData(stream, { envelope, secure }, done) {
      const parts: Buffer[] = [];
      stream.on('data', (part: Buffer) => parts.push(part));
      stream.on('end', () => {
        const from = envelope.mailFrom === false ? '' : envelope.mailFrom.address;
        mails.push({ from, to: envelope.rcptTo.map(({ address }) => address), text: Buffer.concat(parts).toString('utf8'), secure });
        done();
      });
    },
    ...options,
  });
  // What clients do to their own connections is not the server's business.
  server.on('error', () => undefined);
  server.listen(0, '127.0.0.1');
  await once(server.server, 'listening');
  closing.push(() => new Promise((resolve) => server.close(() => resolve())));
  return { port: (server.server.address() as AddressInfo).port, mails, server };
}

function mailer(
  port: number,
  changed: Partial<SmtpOptions> & { readonly login?: string; readonly scheme?: string } = {},
): Notifier<'email'> {
  const { login = '', scheme = 'smtp', ...options } = changed;
  const made = smtpMail({ url: `${scheme}://${login}127.0.0.1:${port}`, from: '', tls: 'try', timeoutMs: 2000, ...options });
  closing.push(() => made.close());
  return made;
}

const email = (changed: Partial<Extract<Outgoing, { kind: 'email' }>> = {}): Extract<Outgoing, { kind: 'email' }> => ({
  kind: 'email',
  id: messageOf().id,
  from: 'Santral <bilgi@santral.example>',
  to: 'ayse@customer.example',
  subject: 'Randevunuz: 2 Mart — ğüş',
  text: 'Merhaba Ayşe,\n\nKodunuz: K7\n',
  ...changed,
});
const send = (one: Notifier<'email'>, message = email()) => one.send(message, new AbortController().signal);

describe('mail', () => {
  test('reaches the server whole, with an id that stays the same', async () => {
    const { port, mails } = await startServer({ disabledCommands: ['STARTTLS'] });
    const message = email();
    const one = mailer(port);
    expect(await send(one, message)).toEqual({ kind: 'sent', reference: `<${message.id}@santral.example>` });
    await send(one, message);
    expect(mails).toHaveLength(2);
    const [first, second] = mails;
    expect(first).toMatchObject({ from: 'bilgi@santral.example', to: ['ayse@customer.example'] });
    for (const mail of [first, second]) {
      expect(mail?.text).toContain(`Message-ID: <${message.id}@santral.example>`);
      expect(mail?.text).toContain(`X-Santral-ID: ${message.id}`);
    }
    expect(first?.text).toContain('From: Santral <bilgi@santral.example>');
    expect(first?.text).toMatch(/Subject: =\?UTF-8\?/);
  });

  test('many go over a few connections', async () => {
    let connections = 0;
    const { port, mails } = await startServer({
      disabledCommands: ['STARTTLS'],
      onConnect: (_, done) => {
        connections += 1;
        done();
      },
    });
    const one = mailer(port);
    const all = await Promise.all(Array.from({ length: 30 }, () => send(one)));
    expect(all.every(({ kind }) => kind === 'sent')).toBe(true);
    expect(mails).toHaveLength(30);
    expect(connections).toBeLessThanOrEqual(5);
  });

  test('without TLS nothing is sent where it is required', async () => {
    const { port, mails } = await startServer({ disabledCommands: ['STARTTLS'] });
    expect(await send(mailer(port, { tls: 'required' }))).toMatchObject({ kind: 'later', reason: expect.stringMatching(/mail server/) });
    expect(mails).toEqual([]);
  });

  test('a certificate that nobody vouches for is not trusted', async () => {
    const { port, mails } = await startServer();
    expect(await send(mailer(port, { tls: 'required' }))).toMatchObject({ kind: 'later' });
    expect(mails).toEqual([]);
  });

  test('user and password are given; a refused login waits for the settings to be mended', async () => {
    const logins: string[] = [];
    const { port } = await startServer({
      authOptional: false,
      allowInsecureAuth: true,
      disabledCommands: ['STARTTLS'],
      onAuth({ username, password }, _session, done) {
        logins.push(`${username} ${password}`);
        if (password === 'p@ss') done(null, { user: username });
        else done(new Error('no'));
      },
    });
    expect(await send(mailer(port, { login: 'santral:p%40ss@' }))).toMatchObject({ kind: 'sent' });
    expect(await send(mailer(port, { login: 'santral:wrong@' }))).toMatchObject({ kind: 'later', reason: expect.stringContaining('535') });
    expect(logins).toEqual(['santral p@ss', 'santral wrong']);
  });

  test.each([
    [550, 'refused'],
    [450, 'later'],
    [421, 'later'],
  ])('a recipient answered with %i: %s', async (responseCode, kind) => {
    const { port } = await startServer({
      disabledCommands: ['STARTTLS'],
      onRcptTo: (_address, _session, done) => done(Object.assign(new Error('no such user +905550000017'), { responseCode })),
    });
    const delivery = await send(mailer(port));
    expect(delivery).toMatchObject({ kind, reason: expect.stringContaining(String(responseCode)) });
    expect(JSON.stringify(delivery)).not.toMatch(/5550000017|customer/);
  });

  test('a server that is not there, or says nothing, is tried again', async () => {
    const { port, server } = await startServer({ disabledCommands: ['STARTTLS'] });
    await new Promise<void>((resolve) => server.close(() => resolve()));
    expect(await send(mailer(port))).toMatchObject({ kind: 'later', reason: expect.stringMatching(/ECONNREFUSED|ESOCKET|ECONNECTION/) });
    const mute = await startServer({ disabledCommands: ['STARTTLS'], onConnect: () => undefined });
    expect(await send(mailer(mute.port, { timeoutMs: 200 }))).toMatchObject({ kind: 'later' });
  });
});

test.each(['a@b.example, c@d.example', 'a@b.example\r\nBcc: c@d.example', 'Ayşe <a@b.example>', '+905550000017', ''])(
  '"%s" is not one address',
  async (to) => {
    const { port, mails } = await startServer({ disabledCommands: ['STARTTLS'] });
    expect(await send(mailer(port), email({ to }))).toMatchObject({ kind: 'refused' });
    expect(mails).toEqual([]);
  },
);

test('without a sender nothing goes out; the setting’s is used where the brand has none', async () => {
  const { port, mails } = await startServer({ disabledCommands: ['STARTTLS'] });
  expect(await send(mailer(port), email({ from: null }))).toMatchObject({
    kind: 'refused',
    reason: expect.stringContaining('SANTRAL_SMTP_FROM'),
  });
  expect(await send(mailer(port, { from: 'x@y.example' }), email({ from: null }))).toMatchObject({ kind: 'sent' });
  expect(mails.map(({ from }) => from)).toEqual(['x@y.example']);
});
