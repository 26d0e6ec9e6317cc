import { once } from 'node:events';
import type { AddressInfo } from 'node:net';
import smpp, { type Pdu, type Session } from 'smpp';

export interface Smsc {
  readonly url: string;
  readonly port: number;
  readonly binds: readonly Pdu[];
  readonly submits: readonly Pdu[];
  readonly sessions: readonly Session[];
  /** Answers a submit_sm: its command_status, or null for no answer at all. */
  onSubmit: (pdu: Pdu, index: number) => number | null;
  onBind: (pdu: Pdu) => number;
  /** Resolves when so many submits have come in all. */
  count(wanted: number): Promise<void>;
  cut(): void;
  close(): Promise<void>;
}

/** A real SMPP server on a port of its own. */
export async function startSmsc(port = 0): Promise<Smsc> {
  const binds: Pdu[] = [];
  const submits: Pdu[] = [];
  const sessions: Session[] = [];
  const waiting = new Set<() => void>();
  const server = smpp.createServer((session) => {
    sessions.push(session);
    // The other end may be cut off in the middle of anything.
    session.on('error', () => undefined);
    session.on('bind_transceiver', (pdu: Pdu) => {
      binds.push(pdu);
      session.send(pdu.response({ command_status: smsc.onBind(pdu), system_id: 'smsc' }));
    });
    session.on('enquire_link', (pdu: Pdu) => session.send(pdu.response()));
    session.on('unbind', (pdu: Pdu) => session.send(pdu.response()));
    session.on('submit_sm', (pdu: Pdu) => {
      submits.push(pdu);
      const status = smsc.onSubmit(pdu, submits.length);
      if (status !== null) session.send(pdu.response({ command_status: status, message_id: `id-${submits.length}` }));
      for (const check of waiting) check();
    });
  });
  server.listen(port, '127.0.0.1');
  await once(server, 'listening');
  const own = (server.address() as AddressInfo).port;
  const cut = (): void => {
    for (const session of sessions.splice(0)) session.destroy();
  };
  const smsc: Smsc = {
    url: `smpp://127.0.0.1:${own}`,
    port: own,
    binds,
    submits,
    sessions,
    onSubmit: () => 0,
    onBind: () => 0,
    cut,
    count: (wanted) =>
      new Promise((resolve) => {
        const check = (): void => {
          if (submits.length < wanted) return;
          waiting.delete(check);
          resolve();
        };
        waiting.add(check);
        check();
      }),
    async close() {
      server.close();
      cut();
      await once(server, 'close');
    },
  };
  return smsc;
}

/** What a submit_sm says. */
export function textOf(pdu: Pdu): string {
  const { message } = pdu['short_message'] as { message: string };
  return message;
}
