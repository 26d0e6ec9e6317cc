import { describe, expect, it } from 'vitest';
import { SantralError } from '../../../src/domain/errors.ts';
import type { HttpOutcome, HttpRequest } from '../../../src/ports/http-client.ts';
import { openBench } from './bench.ts';

const FLOW = `
flow: main
title: { tr: Deneme, en: Test }
start: ask
afterCall: { start: tell }
variables: { customer: { name: nobody } }
nodes:
  ask: { type: menu, prompt: { text: { tr: x, en: choose } }, options: { 1: look, 2: bye, 3: talk }, attempts: 20 }
  look: { type: http, url: "https://crm.example/customer", timeout: 20s, onHangup: finish, into: customer, next: bye, exits: { error: bye } }
  talk: { type: transfer, to: { extension: "100" }, next: bye, exits: { failed: bye } }
  bye: { type: hangup, prompt: { text: { tr: x, en: goodbye } } }
  tell:
    type: http
    method: POST
    url: "https://crm.example/ended"
    body: { how: "{{call.ended}}", last: "{{call.lastNode}}", late: "{{call.lateResult}}", customer: "{{customer.name}}" }
    next: find
    exits: { error: find }
  find: { type: action, do: dealers.by-province, with: { province: "34" }, next: return, exits: { none: return } }
`;

const OK: HttpOutcome = { kind: 'ok', status: 200, value: { name: 'ayse' } };

/** A bench whose systems answer after so many milliseconds. */
function open(lateMs = 2000) {
  const requests: HttpRequest[] = [];
  const actions: string[] = [];
  const bench = openBench({
    flows: { main: FLOW },
    actions: {
      'dealers.by-province': async ({ province }) => {
        actions.push(String(province));
        return [];
      },
    },
    http: {
      request: (request) => {
        requests.push(request);
        return new Promise((resolve) => bench.clock.setTimer(lateMs, () => resolve(OK)));
      },
    },
    settings: { maxCallMs: 60_000 },
  });
  bench.line.dial('c1');
  const told = () => requests.filter(({ url }) => url.endsWith('/ended')).map(({ body }) => body as Record<string, unknown>);
  const session = () => [...bench.memory.rows.values()].at(-1)?.session;
  return { ...bench, requests, actions, told, session };
}

describe('what a flow does after the call', () => {
  it('behaviour 34: runs once when the caller hangs up, without another word to the channel', async () => {
    const bench = open();
    await bench.clock.pass(1000);
    bench.line.hangUp('c1');
    await bench.clock.pass(0);
    expect(bench.call()).toMatchObject({ state: 'ended', termination: { kind: 'caller-hung-up' } });
    expect(bench.session()).toMatchObject({ status: 'after-call' });
    expect(bench.calls().live()).toEqual([]);
    const sent = bench.line.sent.length;
    await bench.clock.pass(10_000);
    expect(bench.told()).toEqual([{ how: 'caller-hung-up', last: 'main/ask', late: 'none', customer: 'nobody' }]);
    expect(bench.actions).toEqual(['34']);
    expect(bench.line.sent.slice(sent)).toEqual([]);
    expect(bench.line.sent.filter((command) => command.startsWith('hangup'))).toEqual([]);
    expect(bench.facts().filter((kind) => kind === 'call-ended')).toHaveLength(1);
    expect(bench.session()).toMatchObject({ status: 'ended' });
    expect(bench.clock.pending).toBe(0);
  });

  it('behaviour 34: runs after the flow hung up, with exactly one hang-up', async () => {
    const bench = open();
    await bench.clock.pass(1000);
    bench.line.press('c1', '2');
    await bench.clock.pass(30_000);
    expect(bench.told()).toMatchObject([{ how: 'flow-hung-up', last: 'main/bye' }]);
    expect(bench.line.sent.filter((command) => command.startsWith('hangup'))).toEqual(['hangup c1 normal']);
    expect(bench.call()).toMatchObject({ state: 'ended', termination: { kind: 'flow-hung-up' } });
    expect(bench.clock.pending).toBe(0);
  });

  it.each([
    [
      'a supervisor',
      async (bench: ReturnType<typeof open>) => void (await bench.calls().hangup(bench.call()?.id as never, 'ayse')),
      'ended-by-user',
    ],
    ['the longest time of a call', (bench: ReturnType<typeof open>) => bench.clock.pass(70_000), 'failed'],
    [
      'the loss of Asterisk',
      async (bench: ReturnType<typeof open>) => {
        bench.line.vanish('c1');
        await bench.calls().onUp();
      },
      'asterisk-lost',
    ],
  ])('runs after %s ended the call, and is told so', async (_, end, how) => {
    const bench = open();
    await bench.clock.pass(1000);
    await end(bench);
    await bench.clock.pass(30_000);
    expect(bench.told()).toMatchObject([{ how }]);
    expect(bench.session()).toMatchObject({ status: 'ended' });
  });

  it('behaviour 42: runs after the agent’s telephone took the caller elsewhere', async () => {
    const bench = open();
    await bench.clock.pass(1000);
    bench.line.press('c1', '3');
    await bench.clock.pass(0);
    const leg = bench.line.originated[0]?.channelId ?? '';
    bench.line.answerLeg(leg);
    await bench.clock.pass(5000);
    // A blind transfer: the caller's channel leaves the engine's hands and lives on, the agent's is gone.
    bench.line.emit({ kind: 'left', channelId: 'c1', at: bench.clock.now() });
    bench.line.hangUp(leg);
    await bench.clock.pass(30_000);
    expect(bench.told()).toMatchObject([{ last: 'main/talk' }]);
    expect(bench.line.sent.filter((command) => command.startsWith('hangup c1'))).toEqual([]);
    expect(bench.line.isUp('c1')).toBe(true);
    expect(bench.session()).toMatchObject({ status: 'ended' });
    expect(bench.clock.pending).toBe(0);
  });
});

describe('behaviour 35: a request that goes on without the caller', () => {
  it('its late answer is delivered to the section; nothing is asked twice', async () => {
    const bench = open(5000);
    await bench.clock.pass(1000);
    bench.line.press('c1', '1');
    await bench.clock.pass(1000);
    bench.line.hangUp('c1');
    await bench.clock.pass(1000);
    expect(bench.told()).toEqual([]);
    expect(bench.session()).toMatchObject({ status: 'after-call', end: { late: 'awaited' } });
    await bench.clock.pass(20_000);
    expect(bench.told()).toEqual([{ how: 'caller-hung-up', last: 'main/look', late: 'ok', customer: 'ayse' }]);
    expect(bench.requests.map(({ url }) => url)).toEqual(['https://crm.example/customer', 'https://crm.example/ended']);
  });

  it('it comes between the announcement of the hang-up and the end of the channel', async () => {
    const bench = open(1500);
    await bench.clock.pass(1000);
    bench.line.press('c1', '1');
    await bench.clock.pass(1000);
    bench.line.emit({ kind: 'hangup-requested', channelId: 'c1', cause: 16, at: bench.clock.now() });
    await bench.clock.pass(600);
    bench.line.vanish('c1');
    bench.line.emit({ kind: 'left', channelId: 'c1', at: bench.clock.now() });
    await bench.clock.pass(20_000);
    expect(bench.told()).toMatchObject([{ late: 'ok', customer: 'ayse' }]);
    expect(bench.requests).toHaveLength(2);
  });
});

describe('the engine goes away in the section', () => {
  it('and comes back: it goes on without a channel', async () => {
    const bench = open(5000);
    await bench.clock.pass(1000);
    bench.line.hangUp('c1');
    await bench.clock.pass(1000);
    await bench.calls().stop();
    await bench.crash();
    await bench.clock.pass(20_000);
    // The first engine's request was under way: it is asked for again.
    expect(bench.told()).toHaveLength(2);
    expect(bench.actions).toEqual(['34']);
    expect(bench.session()).toMatchObject({ status: 'ended' });
    expect(bench.call()).toMatchObject({ state: 'ended', termination: { kind: 'caller-hung-up' } });
    expect(bench.facts().filter((kind) => kind === 'call-ended')).toHaveLength(1);
    const seqs = bench.memory.journal.map(({ seq }) => seq);
    expect(seqs).toEqual(seqs.map((_, index) => index + 1));
  });

  it('a reconnect to Asterisk does not begin it again', async () => {
    const bench = open(5000);
    await bench.clock.pass(1000);
    bench.line.hangUp('c1');
    await bench.clock.pass(1000);
    await bench.calls().onUp();
    await bench.clock.pass(20_000);
    await bench.calls().onUp();
    await bench.clock.pass(20_000);
    expect(bench.told()).toHaveLength(1);
    expect(bench.actions).toEqual(['34']);
  });

  it('the database refuses meanwhile: the section is stored when it can be, and not run again', async () => {
    const bench = open(2000);
    await bench.clock.pass(1000);
    bench.line.hangUp('c1');
    await bench.clock.pass(1000);
    bench.memory.refuse(new SantralError('store.busy', 'locked'));
    await bench.clock.pass(10_000);
    await bench.calls().onUp();
    bench.memory.refuse(null);
    await bench.clock.pass(70_000);
    expect(bench.actions).toEqual(['34']);
    expect(bench.session()).toMatchObject({ status: 'ended' });
    await bench.calls().onUp();
    await bench.clock.pass(20_000);
    expect(bench.told()).toHaveLength(1);
  });

  it('a session that cannot be read any more is dropped', async () => {
    const bench = open(5000);
    await bench.clock.pass(1000);
    bench.line.hangUp('c1');
    await bench.clock.pass(0);
    await bench.calls().stop();
    for (const [id, row] of bench.memory.rows)
      bench.memory.rows.set(id, { ...row, session: { ...row.session, status: 'active' } as never });
    await bench.crash();
    await bench.clock.pass(20_000);
    expect(bench.told()).toHaveLength(1);
  });
});
