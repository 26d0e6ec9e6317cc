import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { afterAll, beforeAll, describe, expect, it, vi } from 'vitest';
import type { Caller } from '../kit/engine.ts';
import { type Lines, openLines, text } from '../kit/lines.ts';

/** Slow systems of somebody else, judged by what the caller's ear received and by what the system was asked. */

/** Long enough for the filler to be heard twice. */
const SLOW_MS = 6500;
const GIVE_UP_MS = 8000;
const FILLER_AFTER_MS = 1500;
const MOST_DEAD_AIR_MS = 2000;
/** How much a timer of the engine may seem longer at the ear than it is. */
const LATE_MS = 600;

const LOOKING = 'We look it up now. [2s]';
const FILLER = 'One moment, please. [1.5s]';
const FOUND = 'We have found it. [2s]';
const SORRY = 'We cannot look it up now. [2s]';
vi.setConfig({ testTimeout: 60_000 });

interface Asked {
  readonly path: string;
  readonly key: string | undefined;
  readonly body: string;
  /** What became of it: given up by who asked, or answered. */
  readonly given: Promise<'up' | 'answered'>;
}

let server: Server;
const asked: Asked[] = [];
const waiting: ((one: Asked) => void)[] = [];

/** The next request of that path, whether it came already or not. */
async function request(path: string, from = 0): Promise<Asked> {
  for (;;) {
    const found = asked.slice(from).find((one) => one.path === path);
    if (found !== undefined) return found;
    await new Promise<Asked>((resolve) => waiting.push(resolve));
  }
}

async function bodyOf(incoming: IncomingMessage): Promise<string> {
  const parts: Buffer[] = [];
  for await (const part of incoming) parts.push(part as Buffer);
  return Buffer.concat(parts).toString('utf8');
}

async function answer(incoming: IncomingMessage, response: ServerResponse): Promise<void> {
  const given = new Promise<'up' | 'answered'>((resolve) => {
    response.on('close', () => resolve(response.writableFinished ? 'answered' : 'up'));
  });
  const path = incoming.url ?? '';
  const first = !asked.some((one) => one.path === path);
  const one: Asked = { path, key: incoming.headers['idempotency-key'] as string | undefined, body: await bodyOf(incoming), given };
  asked.push(one);
  for (const tell of waiting.splice(0)) tell(one);
  const reply = (status: number) => response.writeHead(status, { 'content-type': 'application/json' }).end('{"name":"Ayse"}');
  if (path === '/never' || path === '/left') return;
  if (path === '/slow' || path === '/finished') setTimeout(() => reply(200), SLOW_MS);
  else reply(path === '/hiccup' && first ? 503 : 200);
}

const look = (path: string, more = ''): string => `
  hello: { type: say, prompt: ${text(LOOKING)}, next: fetch }
  fetch:
    type: http
    connector: system
    path: ${path}
    timeout: ${GIVE_UP_MS}ms
    filler: ${text(FILLER)}
    into: customer
    next: found
    exits: { timeout: sorry, status: sorry, invalid: sorry, tooLarge: sorry, unreachable: sorry, error: sorry }
    ${more}
  found: { type: hangup, prompt: ${text(FOUND)} }
  sorry: { type: hangup, prompt: ${text(SORRY)} }
`;
const told = `
  told:
    type: http
    connector: system
    method: POST
    path: /told
    body: { ended: "{{call.ended}}", late: "{{call.lateResult}}", name: "{{customer.name|default:'-'}}" }
    next: return
`;

let lines: Lines;
beforeAll(async () => {
  server = createServer((incoming, response) => void answer(incoming, response));
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const { port } = server.address() as AddressInfo;
  const section = 'variables: { customer: null }\nafterCall: { start: told }';
  lines = await openLines(
    {
      slow: { head: 'variables: { customer: null }', nodes: look('/slow') },
      never: { head: 'variables: { customer: null }', nodes: look('/never') },
      hiccup: { head: 'variables: { customer: null }', nodes: look('/hiccup', 'retries: 1') },
      left: { head: section, nodes: look('/left') + told },
      finished: { head: section, nodes: look('/finished', 'onHangup: finish') + told },
    },
    { connectors: `connectors:\n  system: { url: "http://127.0.0.1:${port}", timeout: 20s }\n` },
  );
});
afterAll(async () => {
  await lines?.close();
  server.closeAllConnections();
  await new Promise((resolve) => server.close(resolve));
});

/** The silence between what was heard, ms. */
function gapsOf({ phone }: Caller): number[] {
  const all = phone.ear.heard();
  return all.slice(1).map(({ fromMs }, index) => fromMs - (all[index]?.toMs ?? 0));
}

describe('behaviour 36: a slow system', () => {
  it('the filler is heard after 1.5 s and again, and never is there silence for 2 s', async () => {
    const one = await lines.dial('slow');
    const hello = await one.hearsOut(LOOKING);
    const filler = await one.hears(FILLER);
    await one.hears(FOUND);
    await one.ended();
    expect(filler.fromMs - hello.toMs).toBeGreaterThan(FILLER_AFTER_MS - 100);
    expect(filler.fromMs - hello.toMs).toBeLessThan(MOST_DEAD_AIR_MS);
    expect(Math.max(...gapsOf(one))).toBeLessThan(MOST_DEAD_AIR_MS);
    expect(one.heard([LOOKING, FILLER, FOUND])).toEqual([LOOKING, FILLER, FILLER, FOUND]);
  });

  it('is given up after 8 s: the branch is taken, and until then there is never silence for 2 s', async () => {
    const one = await lines.dial('never');
    const hello = await one.hearsOut(LOOKING);
    const filler = await one.hears(FILLER);
    const sorry = await one.hears(SORRY);
    await one.ended();
    expect(filler.fromMs - hello.toMs).toBeLessThan(MOST_DEAD_AIR_MS);
    expect(sorry.fromMs - hello.toMs).toBeGreaterThan(GIVE_UP_MS - 200);
    expect(sorry.fromMs - hello.toMs).toBeLessThan(GIVE_UP_MS + LATE_MS);
    expect(Math.max(...gapsOf(one))).toBeLessThan(MOST_DEAD_AIR_MS);
    expect(await (await request('/never')).given).toBe('up');
    expect((await lines.ended('never')).termination).toMatchObject({ kind: 'flow-hung-up' });
  });

  it('is asked again with the same idempotency key', async () => {
    const one = await lines.dial('hiccup');
    await one.hears(FOUND);
    await one.ended();
    const keys = asked.flatMap(({ path, key }) => (path === '/hiccup' ? [key] : []));
    expect(keys).toEqual([expect.stringMatching(/./), keys[0]]);
  });
});

describe('behaviour 35: the caller hangs up while the system is asked', () => {
  it('the request is given up, and what is done after the call hears of no answer', async () => {
    const from = asked.length;
    const one = await lines.dial('left');
    const left = await request('/left', from);
    await one.hangUp();
    expect(await left.given).toBe('up');
    const { body } = await request('/told', from);
    expect(JSON.parse(body)).toEqual({ ended: 'caller-hung-up', late: 'none', name: '-' });
    const call = await lines.ended('left');
    expect(call.termination).toMatchObject({ kind: 'caller-hung-up' });
    expect(call.journal.filter(({ kind }) => kind === 'call-ended')).toHaveLength(1);
  });

  it('where the flow says so it goes on, and its late answer is given to what is done after the call, once', async () => {
    const from = asked.length;
    const one = await lines.dial('finished');
    const finished = await request('/finished', from);
    await one.hangUp();
    expect(await finished.given).toBe('answered');
    const { body } = await request('/told', from);
    expect(JSON.parse(body)).toEqual({ ended: 'caller-hung-up', late: 'ok', name: 'Ayse' });
    await lines.ended('finished');
    expect(asked.slice(from).map(({ path }) => path)).toEqual(['/finished', '/told']);
  });
});
