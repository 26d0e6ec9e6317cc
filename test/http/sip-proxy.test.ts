import { once } from 'node:events';
import http from 'node:http';
import net from 'node:net';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { WebSocket, WebSocketServer } from 'ws';
import { PING_MS } from '../../src/http/socket-pair.ts';
import { type VirtualClock, virtualClock } from '../kit/virtual-clock.ts';
import { type Browser, type House, openHouse } from './house.ts';

/** Asterisk's WebSocket: tells what it hears and answers with the same, in capitals. */
class FakeAsterisk {
  readonly server = new WebSocketServer({
    host: '127.0.0.1',
    port: 0,
    path: '/ws',
    handleProtocols: (offered) => (offered.has('sip') ? 'sip' : false),
  });
  readonly sockets: WebSocket[] = [];
  readonly heard: string[] = [];

  async start(): Promise<string> {
    this.server.on('connection', (socket) => {
      this.sockets.push(socket);
      socket.on('message', (data: Buffer, isBinary) => {
        this.heard.push(data.toString());
        socket.send(isBinary ? data : data.toString().toUpperCase(), { binary: isBinary });
      });
    });
    if (this.server.address() === null) await once(this.server, 'listening');
    return `ws://127.0.0.1:${(this.server.address() as net.AddressInfo).port}/ws`;
  }

  stop(): Promise<void> {
    for (const socket of this.server.clients) socket.terminate();
    return new Promise((resolve) => this.server.close(() => resolve()));
  }
}

let house: House;
let asterisk: FakeAsterisk;
let clock: VirtualClock;
let browser: Browser;
const phones: WebSocket[] = [];

beforeEach(async () => {
  asterisk = new FakeAsterisk();
  clock = virtualClock();
  house = await openHouse({ clock, asteriskWebSocket: await asterisk.start() });
  browser = await house.browser('agent');
});
afterEach(async () => {
  for (const phone of phones.splice(0)) phone.terminate();
  await house.close();
  await asterisk.stop();
});

interface Offer {
  readonly headers?: Record<string, string>;
  readonly protocols?: readonly string[];
  readonly path?: string;
}

async function dial({ headers, protocols = ['sip'], path = '/sip' }: Offer = {}): Promise<WebSocket> {
  const url = await house.url();
  const phone = new WebSocket(`${url.replace('http', 'ws')}${path}`, [...protocols], {
    headers: headers ?? { origin: url, cookie: browser.cookie },
  });
  phones.push(phone);
  return phone;
}

async function opened(offer?: Offer): Promise<WebSocket> {
  const phone = await dial(offer);
  await once(phone, 'open');
  return phone;
}

/** The status a handshake is refused with. */
async function refused(offer?: Offer): Promise<number> {
  const phone = await dial(offer);
  phone.on('error', () => undefined);
  const [, response] = (await once(phone, 'unexpected-response')) as [unknown, http.IncomingMessage];
  response.resume();
  return response.statusCode ?? 0;
}

async function said(phone: WebSocket): Promise<string> {
  const [data] = (await once(phone, 'message')) as [Buffer];
  return String(data);
}

describe('the phones’ WebSocket', () => {
  it('carries messages both ways as they are', async () => {
    const phone = await opened();
    expect(phone.protocol).toBe('sip');
    const answer = said(phone);
    phone.send('register sip:santral.invalid SIP/2.0');
    expect(await answer).toBe('REGISTER SIP:SANTRAL.INVALID SIP/2.0');
    const binary = once(phone, 'message');
    phone.send(Buffer.from([1, 2, 3]));
    expect(await binary).toEqual([Buffer.from([1, 2, 3]), true]);
  });

  it('loses nothing that a hasty phone sends with its handshake', async () => {
    const url = new URL(await house.url());
    const socket = net.connect(Number(url.port), url.hostname);
    const head = [
      'GET /sip HTTP/1.1',
      `Host: ${url.host}`,
      `Origin: ${url.origin}`,
      `Cookie: ${browser.cookie}`,
      'Connection: Upgrade',
      'Upgrade: websocket',
      'Sec-WebSocket-Version: 13',
      'Sec-WebSocket-Key: dGhlIHNhbXBsZSBub25jZQ==',
      'Sec-WebSocket-Protocol: sip',
    ];
    // A masked text frame "hi" (mask 0) right behind the request.
    socket.write(Buffer.concat([Buffer.from(`${head.join('\r\n')}\r\n\r\n`), Buffer.from([0x81, 0x82, 0, 0, 0, 0, 0x68, 0x69])]));
    await expect.poll(() => asterisk.heard).toEqual(['hi']);
    socket.destroy();
  });

  it.each([
    ['a stranger', async (url: string) => ({ headers: { origin: url } }), 401],
    ['a page of another site', async () => ({ headers: { origin: 'http://evil.example', cookie: browser.cookie } }), 403],
    ['a request that does not say which page it is from', async () => ({ headers: { cookie: browser.cookie } }), 403],
    [
      'a one-time password',
      async (url: string) => ({ headers: { origin: url, cookie: (await house.browser('agent', { oneTime: true })).cookie } }),
      401,
    ],
    ['another protocol', async (url: string) => ({ headers: { origin: url, cookie: browser.cookie }, protocols: ['mqtt'] }), 400],
    ['another address', async (url: string) => ({ headers: { origin: url, cookie: browser.cookie }, path: '/ari/events' }), 404],
  ] as const)('is closed to %s', async (_who, offer, status) => {
    expect(await refused(await offer(await house.url()))).toBe(status);
    expect(asterisk.sockets).toHaveLength(0);
  });

  it('says try again when Asterisk is not there', async () => {
    await asterisk.stop();
    expect(await refused()).toBe(503);
    expect(house.logged.some(({ level, message }) => level === 'warn' && message.includes('Asterisk'))).toBe(true);
    asterisk = new FakeAsterisk();
  });

  it('ends at Asterisk when the phone ends', async () => {
    const phone = await opened();
    await expect.poll(() => asterisk.sockets.length).toBe(1);
    const ended = once(asterisk.sockets[0] as WebSocket, 'close');
    phone.close(1000);
    expect((await ended)[0]).toBe(1000);
  });

  it('ends at the phone when Asterisk dies, in words that mean: come back', async () => {
    const phone = await opened();
    await expect.poll(() => asterisk.sockets.length).toBe(1);
    const ended = once(phone, 'close');
    asterisk.sockets[0]?.terminate();
    expect((await ended)[0]).toBe(1013);
  });

  it('ends when the engine stops', async () => {
    const phone = await opened();
    const ended = once(phone, 'close');
    await house.app.close();
    expect((await ended)[0]).toBe(1001);
  });

  it('ends within a ping of the logout', async () => {
    const phone = await opened();
    const ended = once(phone, 'close');
    const pinged = once(phone, 'ping');
    await clock.pass(PING_MS);
    await pinged;
    // A message's way there and back: the pong went before it.
    const answer = said(phone);
    phone.send('still here');
    await answer;
    await house.app.inject({ method: 'POST', url: '/api/v1/auth/logout', headers: browser.write });
    await clock.pass(PING_MS);
    expect((await ended)[0]).toBe(4401);
  });

  it('lets go of a browser that is gone without a word', async () => {
    const url = await house.url();
    const phone = new WebSocket(`${url.replace('http', 'ws')}/sip`, ['sip'], {
      headers: { origin: url, cookie: browser.cookie },
      autoPong: false,
    });
    phones.push(phone);
    await once(phone, 'open');
    await expect.poll(() => asterisk.sockets.length).toBe(1);
    const ended = once(asterisk.sockets[0] as WebSocket, 'close');
    await clock.pass(PING_MS);
    await clock.pass(PING_MS);
    expect((await ended)[0]).toBe(1001);
  });

  it('refuses messages no SIP phone sends', async () => {
    const phone = await opened();
    const ended = once(phone, 'close');
    phone.send('x'.repeat(70_000));
    expect((await ended)[0]).toBe(1009);
    expect(asterisk.heard).toEqual([]);
  });

  it('stops a fast side while the slow one cannot take more, and loses nothing', async () => {
    const phone = await opened();
    await expect.poll(() => asterisk.sockets.length).toBe(1);
    const side = asterisk.sockets[0] as WebSocket;
    side.removeAllListeners('message');
    phone.pause();
    const text = 'x'.repeat(60_000);
    for (let i = 0; i < 500; i += 1) side.send(text);
    // 30 MB are sent, and not taken: most of them must wait at Asterisk's side, not in the engine.
    await expect.poll(() => side.bufferedAmount).toBeGreaterThan(5_000_000);
    let taken = 0;
    const all = new Promise<void>((resolve) => {
      phone.on('message', () => {
        taken += 1;
        if (taken === 500) resolve();
      });
    });
    expect(side.bufferedAmount).toBeGreaterThan(5_000_000);
    phone.resume();
    await all;
    expect(side.bufferedAmount).toBe(0);
  });
});

describe('offers of other upgrades', () => {
  function ask(method: string, path: string, headers: http.OutgoingHttpHeaders, body?: string): Promise<{ status: number; body: string }> {
    return new Promise((resolve, reject) => {
      void house.url().then((url) => {
        const request = http.request(
          `${url}${path}`,
          { method, agent: false, headers: { connection: 'Upgrade, HTTP2-Settings', upgrade: 'h2c', ...headers } },
          (response) => {
            let text = '';
            response.setEncoding('utf8');
            response.on('data', (chunk: string) => {
              text += chunk;
            });
            response.on('end', () => resolve({ status: response.statusCode ?? 0, body: text }));
          },
        );
        request.on('error', reject);
        request.end(body);
      });
    });
  }

  it('are passed over: curl --http2 and Java’s client get their answer', async () => {
    const answer = await ask('GET', '/health', {});
    expect([answer.status, JSON.parse(answer.body).status]).toEqual([200, 'ok']);
    expect((await ask('GET', '/api/v1/auth/me', {})).status).toBe(401);
  });

  it('cannot come with a body, which nobody would read', async () => {
    expect((await ask('POST', '/api/v1/auth/login', { 'content-type': 'application/json' }, '{}')).status).toBe(426);
  });
});
