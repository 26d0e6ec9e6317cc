import { createSocket } from 'node:dgram';
import type { AddressInfo } from 'node:net';

export interface SipCall {
  /** Status codes as they came, each once. */
  readonly statuses: readonly number[];
  /** The final status of the INVITE; 200 is acknowledged by itself. */
  readonly final: Promise<number>;
  /** Settles when a response with that status has come. */
  until(status: number): Promise<void>;
  /** Settles when the far end hangs up (BYE). */
  readonly ended: Promise<void>;
  /** Hangs up by BYE and closes. */
  hangUp(): Promise<void>;
  close(): void;
}

/** One caller with just enough SIP over UDP to see how a call is answered: no retransmission, as on loopback. */
export async function callBySip(options: { readonly port: number; readonly to: string; readonly from?: string }): Promise<SipCall> {
  const socket = createSocket('udp4');
  await new Promise<void>((resolve) => {
    socket.bind(0, '127.0.0.1', resolve);
  });
  const own = (socket.address() as AddressInfo).port;
  const id = Math.random().toString(36).slice(2);
  const statuses: number[] = [];
  const waiting: { readonly status: number; readonly resolve: () => void }[] = [];
  const send = (method: string, cseq: number, toTag: string, body = '') =>
    socket.send(request({ ...options, own, id, method, cseq, toTag, body }), options.port, '127.0.0.1');
  let tag = '';
  let settleFinal: (status: number) => void = () => {};
  let settleEnded: () => void = () => {};
  const final = new Promise<number>((resolve) => (settleFinal = resolve));
  const ended = new Promise<void>((resolve) => (settleEnded = resolve));
  socket.on('message', (data, from) => {
    const text = data.toString('latin1');
    const status = Number(/^SIP\/2\.0 (\d{3})/.exec(text)?.[1]);
    if (Number.isNaN(status)) {
      socket.send(answerTo(text), from.port, from.address);
      if (text.startsWith('BYE')) settleEnded();
      return;
    }
    if (!/^CSeq: *1 INVITE/im.test(text)) return;
    if (!statuses.includes(status)) statuses.push(status);
    for (const waiter of waiting) if (waiter.status === status) waiter.resolve();
    if (status < 200) return;
    tag = /^To: .*(;tag=[^\s;]+)/im.exec(text)?.[1] ?? '';
    send('ACK', 1, tag);
    settleFinal(status);
  });
  send('INVITE', 1, '', sdp(own));
  const close = () => socket.close();
  return {
    statuses,
    final,
    ended,
    until: (status) => (statuses.includes(status) ? Promise.resolve() : new Promise((resolve) => waiting.push({ status, resolve }))),
    hangUp: async () => {
      send('BYE', 2, tag);
      await new Promise((resolve) => socket.once('message', resolve));
      close();
    },
    close,
  };
}

interface Request {
  readonly port: number;
  readonly to: string;
  readonly from?: string;
  readonly own: number;
  readonly id: string;
  readonly method: string;
  readonly cseq: number;
  readonly toTag: string;
  readonly body: string;
}

function request({ port, to, from = 'caller', own, id, method, cseq, toTag, body }: Request): Buffer {
  const uri = `sip:${to}@127.0.0.1:${port}`;
  const lines = [
    `${method} ${uri} SIP/2.0`,
    `Via: SIP/2.0/UDP 127.0.0.1:${own};branch=z9hG4bK${id}${method === 'ACK' ? 'INVITE' : method};rport`,
    `From: <sip:${from}@127.0.0.1:${own}>;tag=${id}`,
    `To: <${uri}>${toTag}`,
    `Call-ID: ${id}@127.0.0.1`,
    `CSeq: ${cseq} ${method}`,
    `Contact: <sip:${from}@127.0.0.1:${own}>`,
    'Max-Forwards: 70',
    ...(body === '' ? [] : ['Content-Type: application/sdp']),
    `Content-Length: ${body.length}`,
  ];
  return Buffer.from(`${lines.join('\r\n')}\r\n\r\n${body}`, 'latin1');
}

function answerTo(text: string): Buffer {
  const kept = text.split('\r\n').filter((line) => /^(Via|From|To|Call-ID|CSeq):/i.test(line));
  return Buffer.from(`SIP/2.0 200 OK\r\n${kept.join('\r\n')}\r\nContent-Length: 0\r\n\r\n`, 'latin1');
}

function sdp(port: number): string {
  return `v=0\r\no=- 1 1 IN IP4 127.0.0.1\r\ns=-\r\nc=IN IP4 127.0.0.1\r\nt=0 0\r\nm=audio ${port + 2} RTP/AVP 8 0\r\n`;
}
