import { createServer, type RequestListener, type Server } from 'node:http';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { undiciHttpClient } from '../../src/connectors/undici-http-client.ts';
import type { HttpRequest } from '../../src/ports/http-client.ts';
import { listeningLog } from '../speech/house.ts';

let answer: RequestListener = (_, response) => response.end('{}');
let server: Server;
let url: string;
let client: ReturnType<typeof undiciHttpClient>;
beforeEach(async () => {
  server = createServer((request, response) => answer(request, response));
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  url = `http://127.0.0.1:${(server.address() as { port: number }).port}/customer`;
  client = undiciHttpClient({ reach: 'private', log: listeningLog() });
  return async () => {
    await client.close();
    server.closeAllConnections();
    server.close();
  };
});
afterEach(() => {
  answer = (_, response) => response.end('{}');
});

const ask = (changes: Partial<HttpRequest> = {}) =>
  client.request({
    method: 'GET',
    url,
    headers: {},
    body: null,
    timeoutMs: 5000,
    maxBytes: 1000,
    signal: new AbortController().signal,
    ...changes,
  });

it('sends JSON and gives the JSON of the answer', async () => {
  answer = (request, response) => {
    let text = '';
    request.on('data', (part) => (text += part));
    request.on('end', () =>
      response.end(JSON.stringify({ got: JSON.parse(text), key: request.headers['idempotency-key'], method: request.method })),
    );
  };
  expect(await ask({ method: 'POST', body: { plate: '34 ABC 1' }, headers: { 'idempotency-key': 'k1' } })).toEqual({
    kind: 'ok',
    status: 200,
    value: { got: { plate: '34 ABC 1' }, key: 'k1', method: 'POST' },
  });
});

it('an empty answer is null', async () => {
  answer = (_, response) => response.writeHead(204).end();
  expect(await ask()).toEqual({ kind: 'ok', status: 204, value: null });
});

describe('what goes wrong is data', () => {
  it('an error status', async () => {
    answer = (_, response) => response.writeHead(503).end('busy');
    expect(await ask()).toEqual({ kind: 'error', reason: 'status', status: 503 });
  });
  it('a redirect is not followed', async () => {
    answer = (_, response) => response.writeHead(302, { location: 'http://169.254.169.254/' }).end();
    expect(await ask()).toEqual({ kind: 'error', reason: 'status', status: 302 });
  });
  it('no JSON', async () => {
    answer = (_, response) => response.end('<html>');
    expect(await ask()).toEqual({ kind: 'error', reason: 'invalid', status: 200 });
  });
  it('more than the limit, without reading it all', async () => {
    let written = 0;
    answer = (_, response) => {
      const write = (): void => {
        while (!response.destroyed && response.write(Buffer.alloc(65_536, 32))) written += 65_536;
        response.once('drain', write);
      };
      write();
    };
    expect(await ask()).toMatchObject({ kind: 'error', reason: 'too-large' });
    expect(written).toBeLessThan(50_000_000);
  });
  it('no answer in time', async () => {
    answer = () => undefined;
    expect(await ask({ timeoutMs: 50 })).toEqual({ kind: 'error', reason: 'timeout' });
  });
  it('an answer that begins and never ends', async () => {
    answer = (_, response) => void response.write('{"a":');
    expect(await ask({ timeoutMs: 100 })).toEqual({ kind: 'error', reason: 'timeout' });
  });
  it('nobody there', async () => {
    server.close();
    server.closeAllConnections();
    expect(await ask({ url: 'http://127.0.0.1:1/' })).toEqual({ kind: 'error', reason: 'unreachable' });
  });
  it('no address', async () => {
    expect(await ask({ url: 'not an address' })).toEqual({ kind: 'error', reason: 'unreachable' });
  });
  it('the caller left', async () => {
    const leaving = new AbortController();
    answer = () => leaving.abort();
    expect(await ask({ signal: leaving.signal })).toMatchObject({ kind: 'error' });
  });
});

describe('addresses that may not be asked', () => {
  async function guarded(reach: 'public' | 'private', address: string) {
    const log = listeningLog();
    const own = undiciHttpClient({ reach, log });
    let asked = 0;
    answer = (_, response) => ((asked += 1), response.end('{}'));
    const signal = new AbortController().signal;
    const plain = { method: 'GET', headers: {}, body: null, timeoutMs: 2000, maxBytes: 1000, signal } as const;
    const outcome = await own.request({ ...plain, url: address });
    await own.close();
    return { outcome, asked, said: log.lines.map(({ message }) => message) };
  }
  const here = (host: string) => `http://${host}:${new URL(url).port}/`;

  it.each(['127.0.0.1', 'localhost', '[::ffff:127.0.0.1]', '2130706433', '0x7f.1', '127.1'])(
    'of this machine, however they are written: %s',
    async (host) => {
      const { outcome, asked, said } = await guarded('public', here(host));
      expect(outcome).toEqual({ kind: 'error', reason: 'unreachable' });
      expect(asked).toBe(0);
      expect(said).toEqual([expect.stringContaining('SANTRAL_FLOW_PRIVATE=on')]);
    },
  );

  it('of this machine are asked where that is allowed', async () => {
    expect(await guarded('private', here('localhost'))).toMatchObject({ outcome: { kind: 'ok' }, asked: 1, said: [] });
  });

  it.each(['http://169.254.169.254/latest/meta-data/', 'http://[fe80::1]/', 'http://0.0.0.0:1/', 'http://[::ffff:169.254.169.254]/'])(
    'that hand out credentials or are no machine’s, in any case: %s',
    async (address) => {
      const { outcome, said } = await guarded('private', address);
      expect(outcome).toEqual({ kind: 'error', reason: 'unreachable' });
      expect(said).toEqual([expect.stringContaining('nothing is ever asked there')]);
    },
  );
});
