import { createSocket } from 'node:dgram';
import type { AddressInfo } from 'node:net';

/**
 * Three SIP ends on one UDP port, by the user part of the address: `answers` (180, 200), `rings` (180 and nothing more),
 * `busy` (486). Just enough of RFC 3261 for one side of a call without retransmissions, as on loopback.
 */
export async function openSipEnds() {
  const socket = createSocket('udp4');
  const invites = new Map<string, string>();
  socket.on('message', (data, from) => {
    const text = data.toString('latin1');
    const say = (message: string) => socket.send(Buffer.from(message, 'latin1'), from.port, from.address);
    const [, method = '', user = ''] = /^([A-Z]+) sip:(?:([^@;>\s]+)@)?/.exec(text) ?? [];
    const callId = header(text, 'Call-ID');
    if (method === 'BYE') say(response(text, '200 OK'));
    if (method === 'CANCEL') {
      say(response(text, '200 OK'));
      const invite = invites.get(callId);
      if (invite !== undefined) say(response(invite, '487 Request Terminated'));
    }
    if (method !== 'INVITE') return;
    invites.set(callId, text);
    if (user === 'busy') return say(response(text, '486 Busy Here'));
    const contact = `Contact: <sip:${user}@127.0.0.1:${(socket.address() as AddressInfo).port}>\r\n`;
    say(response(text, '180 Ringing', contact));
    if (user === 'answers') say(response(text, '200 OK', `${contact}Content-Type: application/sdp\r\n`, SDP));
  });
  await new Promise<void>((resolve) => {
    socket.bind(0, '127.0.0.1', resolve);
  });
  const { port } = socket.address() as AddressInfo;
  return {
    address: (user: 'answers' | 'rings' | 'busy') => `sip:${user}@127.0.0.1:${port}`,
    stop: () => new Promise<void>((resolve) => socket.close(() => resolve())),
  };
}

const SDP =
  'v=0\r\no=- 1 1 IN IP4 127.0.0.1\r\ns=-\r\nc=IN IP4 127.0.0.1\r\nt=0 0\r\nm=audio 9 RTP/AVP 8 0\r\na=rtpmap:8 PCMA/8000\r\na=rtpmap:0 PCMU/8000\r\n';

function header(message: string, name: string): string {
  return new RegExp(`^${name}: *(.*)\r$`, 'im').exec(message)?.[1] ?? '';
}

function response(to: string, status: string, more = '', body = ''): string {
  const vias = to.match(/^Via: .*\r\n/gim)?.join('') ?? '';
  const tag = header(to, 'To').includes('tag=') ? '' : ';tag=end';
  return `SIP/2.0 ${status}\r\n${vias}From: ${header(to, 'From')}\r\nTo: ${header(to, 'To')}${tag}\r\nCall-ID: ${header(to, 'Call-ID')}\r\nCSeq: ${header(to, 'CSeq')}\r\n${more}Content-Length: ${body.length}\r\n\r\n${body}`;
}
