import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { expect, it } from 'vitest';
import { connectedClient } from '../../src/connectors/connected-client.ts';
import { connectorSecrets } from '../../src/connectors/connector-secrets.ts';
import { demoDealerSystem } from '../../src/connectors/demo-dealer-system.ts';
import type { Connector } from '../../src/domain/connector.ts';
import type { HttpOutcome, HttpRequest } from '../../src/ports/http-client.ts';
import { listeningLog } from '../speech/house.ts';

const OK: HttpOutcome = { kind: 'ok', status: 200, value: 1 };
const WANTED: HttpRequest = {
  ...{
    method: 'GET',
    url: '/work-orders/1',
    headers: { authorization: 'mine', 'x-flow': 'a' },
    body: null,
    timeoutMs: 8000,
    maxBytes: 1000,
  },
  ...{ signal: new AbortController().signal, connector: 'dealer-system' },
} as const;

function client(changes: Partial<Connector> = {}, secret: (name: string) => string | undefined = () => 's3cret') {
  const sent: HttpRequest[] = [];
  const own: HttpRequest[] = [];
  const log = listeningLog();
  const connector = {
    name: 'dealer-system',
    url: 'https://dealer.example/api',
    headers: { authorization: 'Bearer ${dealer-token}' },
    timeoutMs: 2000,
  };
  const http = connectedClient({
    inner: { request: async (wanted) => (sent.push(wanted), OK) },
    plain: { request: async (wanted) => (own.push(wanted), OK) },
    connectors: new Map([['dealer-system', { ...connector, ...changes }]]),
    secret,
    demos: { 'dealer-system': demoDealerSystem(() => 0, 'Europe/Istanbul') },
    log,
  });
  return { http, sent, own, log };
}

it('a request to a connector gets its address, its headers, which win, and its time', async () => {
  const { http, sent } = client();
  expect(await http.request(WANTED)).toEqual(OK);
  expect(sent).toEqual([
    expect.objectContaining({
      url: 'https://dealer.example/api/work-orders/1',
      headers: { authorization: 'Bearer s3cret', 'x-flow': 'a' },
      timeoutMs: 2000,
    }),
  ]);
  expect(sent[0]).not.toHaveProperty('connector');
  expect((await client({ timeoutMs: 9000 }).http.request(WANTED), sent[0]?.timeoutMs)).toBe(2000);
});

it('a request to an address of the flow’s own passes as it is, by a way of its own', async () => {
  const { http, sent, own } = client();
  const { connector: _, ...plain } = { ...WANTED, url: 'https://crm.example/x' };
  await http.request(plain);
  expect([sent, own]).toEqual([[], [plain]]);
});

it('a connector that is not known, or lacks a secret, cannot be reached; the log says what to do', async () => {
  const away = { kind: 'error', reason: 'unreachable' };
  const unknown = client();
  expect(await unknown.http.request({ ...WANTED, connector: 'crm' })).toEqual(away);
  expect(unknown.log.lines[0]?.message).toContain('the connector crm is not in flows/connectors.yaml');
  const secretless = client({}, () => undefined);
  expect(await secretless.http.request(WANTED)).toEqual(away);
  expect(secretless.log.lines[0]?.message).toContain('set CONNECTOR_DEALER_TOKEN');
  expect([unknown.sent, secretless.sent]).toEqual([[], []]);
});

it('the demonstration answers by itself, and knows reading only', async () => {
  const { http, sent } = client({ url: 'demo' });
  expect(await http.request({ ...WANTED, url: '/work-orders/100001' })).toMatchObject({
    kind: 'ok',
    value: { order: '100001', demo: true },
  });
  expect(await http.request(WANTED)).toEqual({ kind: 'error', reason: 'status', status: 404 });
  expect(await http.request({ ...WANTED, url: '/work-orders/100001', method: 'DELETE' })).toMatchObject({ reason: 'status' });
  expect(sent).toEqual([]);
});

it('secrets come from the environment, else from a file of their own, and from nowhere else', () => {
  const root = mkdtempSync(path.join(os.tmpdir(), 'santral-secrets-'));
  try {
    const dir = path.join(root, 'connectors');
    mkdirSync(dir);
    writeFileSync(path.join(root, 'other'), 'not yours');
    writeFileSync(path.join(dir, 'crm-key'), 'from-a-file\n');
    writeFileSync(path.join(dir, 'two-lines'), 'a\nb\n');
    const secret = connectorSecrets({ CONNECTOR_DEALER_TOKEN: 'from-env', HOME: '/root', CONNECTOR_EMPTY: '' }, dir);
    expect(['dealer-token', 'crm-key', 'two-lines', 'home', 'empty', '../other', 'nowhere'].map(secret)).toEqual([
      'from-env',
      'from-a-file',
      ...[undefined, undefined, undefined, undefined, undefined],
    ]);
  } finally {
    rmSync(root, { recursive: true });
  }
});
