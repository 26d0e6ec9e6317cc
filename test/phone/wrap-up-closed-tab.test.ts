import { afterAll, beforeAll, expect, it } from 'vitest';
import { WebSocket } from 'ws';
import { type AgentOffice, openOffice } from '../kit/agents.ts';
import { type Lines, openLines, until } from '../kit/lines.ts';

/** C17: whoever closes the page in wrap-up is not offered anybody before its time is over, nor after it. */

const NUMBER = '7501';
const WRAP_MS = 30_000;
const CLOSED_AFTER_MS = 5000;
const BEAT_MS = 2000;
/** Clocks of the two processes, and what asking takes. */
const SLACK_MS = 3000;
const QUEUES = `queues:
  support:
    label: { tr: Destek, en: Support }
    offer: 10s
    wrapUp: { mode: forced, time: 30s }
    empty: { atJoin: wait, whenLastLeaves: wait }
    comfort: { every: none }
    whisper: none
`;
const WAIT = `
  wait: { type: queue, queue: support, next: bye, exits: { failed: bye } }
  bye: { type: hangup }`;

let lines: Lines;
let office: AgentOffice;
let page: WebSocket | undefined;
beforeAll(async () => {
  lines = await openLines({ wait: WAIT }, { trunk: 'house', queues: QUEUES, env: { SANTRAL_RATE_LIMIT: '100000' } });
  office = await openOffice(lines);
});
afterAll(async () => {
  page?.terminate();
  await office?.stop();
  await lines?.close();
});

it('wrap-up goes on by the server’s timer after the tab was closed; then the agent is unreachable, and nobody is offered', {
  retry: 0,
  timeout: 180_000,
}, async () => {
  lines.house.expect(NUMBER, { kind: 'answer', afterMs: 300 });
  const agent = await office.agent('ayse', { number: NUMBER, queues: ['support'] });
  const { url } = lines.engine();
  page = new WebSocket(`${url.replace('http', 'ws')}/api/v1/agent/socket`, {
    headers: { origin: url, authorization: `Bearer ${agent.secret}` },
  });
  await new Promise<void>((resolve, reject) => {
    page?.once('open', resolve);
    page?.once('error', reject);
  });
  page.send(JSON.stringify({ kind: 'hello', lastSeq: null, stream: null }));
  const beats = setInterval(() => page?.send(JSON.stringify({ kind: 'heartbeat' })), BEAT_MS);
  await agent.do('login');
  const first = await lines.dial('wait');
  const phone = await agent.visitor();
  await until(async () => (await agent.state()).kind === 'talking', 20_000, 'they talk');
  await phone.hangUp();
  await first.ended();
  await until(async () => (await agent.state()).kind === 'wrap-up', 10_000, 'the talk is wrapped up');
  const began = Date.now();
  const second = await lines.dial('wait');
  await second.phone.answered();
  // As long as the agent looks at the page.
  await new Promise((resolve) => setTimeout(resolve, CLOSED_AFTER_MS));
  clearInterval(beats);
  page.terminate();
  await until(async () => (await agent.state()).kind !== 'wrap-up', WRAP_MS + 20_000, 'wrap-up is over');
  expect(Date.now() - began).toBeGreaterThanOrEqual(WRAP_MS - SLACK_MS);
  expect((await agent.state()).kind).toBe('unreachable');
  // Somebody waits all the while, and the telephone has rung once.
  expect((await office.floor())['waits']).toHaveLength(1);
  expect(lines.house.rung.map(({ number }) => number)).toEqual([NUMBER]);
  await second.hangUp();
  await second.ended();
});
