import { createSocket, type RemoteInfo } from 'node:dgram';

/** How a callee takes a call. answer: listens to the end · key: presses 1 · early: hangs up in mid-message. */
export type Manner = 'answer' | 'key' | 'early' | 'ring' | 'busy' | 'reject' | 'unknown' | 'congested';

/** One call as the trunk saw it. */
export interface SeenCall {
  readonly number: string;
  /** Number that was shown. */
  readonly from: string;
  readonly at: number;
  readonly manner: Manner;
  /** SIP port of the Asterisk that it came from. */
  readonly fromPort: number;
}

export interface TestTrunk {
  /** `host:port` */
  readonly address: string;
  readonly seen: readonly SeenCall[];
  /** Calls that ring or are talked in. */
  underWay(): number;
  close(): void;
}

const FINAL: Partial<Record<Manner, string>> = {
  busy: '486 Busy Here',
  reject: '603 Decline',
  unknown: '404 Not Found',
  congested: '503 Service Unavailable',
};
/** RFC 4733: key 1, in packets of 20 ms. */
const EVENT_TYPE = 101;
const KEY_PACKETS = 8;
const PACKET_MS = 20;

interface Dialog {
  readonly invite: string;
  readonly tag: string;
  readonly manner: Manner;
  readonly remote: RemoteInfo;
  isOver: boolean;
}

/** A trunk's far side: takes calls over SIP (UDP) as `mannerOf` says for each number, and keeps its own log of them. */
export async function openTrunk(mannerOf: (number: string, nth: number) => Manner, ringMs = 100): Promise<TestTrunk> {
  const sip = createSocket('udp4');
  const media = createSocket('udp4');
  await Promise.all([sip, media].map((socket) => new Promise<void>((resolve) => socket.bind(0, '127.0.0.1', resolve))));
  const seen: SeenCall[] = [];
  const dialogs = new Map<string, Dialog>();
  const timers = new Set<NodeJS.Timeout>();
  const port = sip.address().port;

  const later = (ms: number, run: () => void): void => {
    const timer = setTimeout(() => {
      timers.delete(timer);
      run();
    }, ms);
    timers.add(timer);
  };
  const send = (text: string, { port: to, address }: RemoteInfo): void => sip.send(text, to, address);

  function answer(request: string, status: string, remote: RemoteInfo, tag: string, body = ''): void {
    const to = header(request, 'To');
    const lines = [
      `SIP/2.0 ${status}`,
      ...headers(request, 'Via').map((via) => `Via: ${via}`),
      ...headers(request, 'Record-Route').map((one) => `Record-Route: ${one}`),
      `From: ${header(request, 'From')}`,
      `To: ${to.includes('tag=') ? to : `${to};tag=${tag}`}`,
      `Call-ID: ${header(request, 'Call-ID')}`,
      `CSeq: ${header(request, 'CSeq')}`,
      `Contact: <sip:trunk@127.0.0.1:${port}>`,
      ...(body === '' ? [] : ['Content-Type: application/sdp']),
      `Content-Length: ${Buffer.byteLength(body)}`,
    ];
    send(`${lines.join('\r\n')}\r\n\r\n${body}`, remote);
  }

  function invited(request: string, remote: RemoteInfo): void {
    const callId = header(request, 'Call-ID');
    // Sent again because our answer was late: the same call.
    if (dialogs.has(callId)) return;
    const number = /^INVITE sip:([^@;>]+)@/.exec(request)?.[1] ?? '';
    const nth = seen.filter((one) => one.number === number).length;
    const manner = mannerOf(number, nth);
    const from = /sip:([^@]+)@/.exec(header(request, 'From'))?.[1] ?? '';
    seen.push({ number, from, at: Date.now(), manner, fromPort: remote.port });
    const dialog: Dialog = { invite: request, tag: `t${dialogs.size}`, manner, remote, isOver: false };
    dialogs.set(callId, dialog);
    const final = FINAL[manner];
    if (final !== undefined) {
      dialog.isOver = true;
      return answer(request, final, remote, dialog.tag);
    }
    answer(request, '180 Ringing', remote, dialog.tag);
    if (manner !== 'ring') later(ringMs, () => pickUp(dialog));
  }

  function pickUp(dialog: Dialog): void {
    if (dialog.isOver) return;
    answer(dialog.invite, '200 OK', dialog.remote, dialog.tag, sdp(media.address().port));
    if (dialog.manner === 'early') later(900, () => bye(dialog));
    if (dialog.manner === 'key') later(1500, () => press(dialog));
  }

  function bye(dialog: Dialog): void {
    const { invite, tag, remote } = dialog;
    dialog.isOver = true;
    const contact = /<(sip:[^>]+)>/.exec(header(invite, 'Contact'))?.[1] ?? 'sip:engine';
    const lines = [
      `BYE ${contact} SIP/2.0`,
      `Via: SIP/2.0/UDP 127.0.0.1:${port};branch=z9hG4bK${tag}bye;rport`,
      `From: ${header(invite, 'To')};tag=${tag}`,
      `To: ${header(invite, 'From')}`,
      `Call-ID: ${header(invite, 'Call-ID')}`,
      'CSeq: 1 BYE',
      'Max-Forwards: 70',
      'Content-Length: 0',
    ];
    send(`${lines.join('\r\n')}\r\n\r\n`, remote);
  }

  /** The key 1, where the audio is to go. */
  function press(dialog: Dialog, packet = 0): void {
    const to = /m=audio (\d+)/.exec(dialog.invite)?.[1];
    if (to === undefined || dialog.isOver || packet >= KEY_PACKETS + 3) return;
    const isEnd = packet >= KEY_PACKETS;
    const rtp = Buffer.alloc(16);
    rtp[0] = 0x80;
    rtp[1] = EVENT_TYPE | (packet === 0 ? 0x80 : 0);
    rtp.writeUInt16BE(packet + 1, 2);
    rtp.writeUInt32BE(160, 4);
    rtp.writeUInt32BE(4711, 8);
    rtp[12] = 1;
    rtp[13] = (isEnd ? 0x80 : 0) | 10;
    rtp.writeUInt16BE(Math.min(packet + 1, KEY_PACKETS) * 160, 14);
    media.send(rtp, Number(to), '127.0.0.1');
    later(PACKET_MS, () => press(dialog, packet + 1));
  }

  sip.on('message', (data, remote) => {
    const request = data.toString();
    const dialog = dialogs.get(header(request, 'Call-ID'));
    if (request.startsWith('INVITE ')) invited(request, remote);
    else if (request.startsWith('OPTIONS ')) answer(request, '200 OK', remote, 'o');
    else if (request.startsWith('BYE ') && dialog !== undefined) {
      dialog.isOver = true;
      answer(request, '200 OK', remote, dialog.tag);
    } else if (request.startsWith('CANCEL ') && dialog !== undefined) {
      dialog.isOver = true;
      answer(request, '200 OK', remote, dialog.tag);
      answer(dialog.invite, '487 Request Terminated', remote, dialog.tag);
    } else if (request.startsWith('BYE ')) answer(request, '481 Call/Transaction Does Not Exist', remote, 'x');
  });

  return {
    address: `127.0.0.1:${port}`,
    seen,
    underWay: () => [...dialogs.values()].filter(({ isOver }) => !isOver).length,
    close() {
      for (const timer of timers) clearTimeout(timer);
      sip.close();
      media.close();
    },
  };
}

function headers(message: string, name: string): readonly string[] {
  return [...message.matchAll(new RegExp(`^${name}:\\s*(.*)$`, 'gim'))].map(([, value]) => (value ?? '').trim());
}

function header(message: string, name: string): string {
  return headers(message, name)[0] ?? '';
}

function sdp(port: number): string {
  return `${[
    'v=0',
    'o=trunk 1 1 IN IP4 127.0.0.1',
    's=-',
    'c=IN IP4 127.0.0.1',
    't=0 0',
    `m=audio ${port} RTP/AVP 0 ${EVENT_TYPE}`,
    'a=rtpmap:0 PCMU/8000',
    `a=rtpmap:${EVENT_TYPE} telephone-event/8000`,
    `a=fmtp:${EVENT_TYPE} 0-16`,
    'a=sendrecv',
  ].join('\r\n')}\r\n`;
}
