import { describe, expect, it } from 'vitest';
import { SantralError } from '../../../src/domain/errors.ts';
import { openBench } from './bench.ts';

const OUTAGE_MS = 60_000;
const head = (start: string): string => `
flow: main
title: { tr: Kopukluk, en: Outage }
start: ${start}
variables: { answer: "" }
nodes:
`;
const BYE = '  bye: { type: hangup, prompt: { text: { tr: x, en: goodbye } } }\n';
const MENU = `${head('ask')}  ask: { type: menu, prompt: { text: { tr: x, en: choose } }, options: { 1: bye }, attempts: 2 }\n${BYE}`;
const SAY = `${head('say')}  say: { type: say, prompt: { text: { tr: x, en: some long news } }, next: bye }\n${BYE}`;
const HTTP = `${head('look')}  look: { type: http, method: GET, url: "https://crm.example/", timeout: 8s, into: answer, next: bye, exits: { unreachable: bad } }\n  bad: { type: hangup, prompt: { text: { tr: x, en: nothing found } } }\n${BYE}`;
const CALL = `${head('call')}  call: { type: transfer, to: { extension: "100" }, ring: 20s, next: bye, exits: { failed: bad } }\n  bad: { type: hangup, prompt: { text: { tr: x, en: not possible } } }\n${BYE}`;
const RECORD = `${head('rec')}  rec: { type: record, prompt: { text: { tr: x, en: speak } }, max: 10s, silence: 3s, beep: false, into: answer, next: bye }\n${BYE}`;

async function during(flow: string, beforeMs: number, options: Partial<Parameters<typeof openBench>[0]> = {}) {
  const bench = openBench({ flows: { main: flow }, ...options });
  bench.line.dial('c1');
  await bench.clock.pass(beforeMs);
  bench.line.drop();
  await bench.clock.pass(OUTAGE_MS);
  return bench;
}
type Bench = Awaited<ReturnType<typeof during>>;

function stillTheSameCall(bench: Bench): void {
  expect(bench.call()).toMatchObject({ state: 'open' });
  expect(bench.memory.rows.size).toBe(1);
  expect(bench.line.isUp('c1')).toBe(true);
}

describe('the line to Asterisk is down for a minute while the caller is on', () => {
  it.each([
    ['in a menu', MENU, 800, 'choose'],
    ['in a prompt', SAY, 800, 'some long news'],
    ['in a recording', RECORD, 2000, 'speak'],
  ])('%s: the call waits, and is asked again when the line is back', async (_, flow, ms, prompt) => {
    const bench = await during(flow, ms);
    stillTheSameCall(bench);
    const before = bench.heard().filter((text) => text.startsWith(prompt)).length;
    await bench.line.comeBack();
    await bench.clock.pass(3000);
    expect(bench.heard().filter((text) => text.startsWith(prompt)).length).toBeGreaterThan(before);
    expect(bench.facts()).toContain('call-resumed');
    bench.line.hangUp('c1');
    await bench.clock.pass(5000);
    expect(bench.clock.pending).toBe(0);
  });

  it('while an answer is awaited: what came meanwhile is taken when the line is back', async () => {
    let answer: () => void = () => undefined;
    const bench = openBench({
      flows: { main: HTTP },
      http: { request: () => new Promise((resolve) => (answer = () => resolve({ kind: 'ok', status: 200, value: 'x' }))) },
    });
    bench.line.dial('c1');
    await bench.clock.pass(400);
    bench.line.drop();
    await bench.clock.pass(2000);
    answer();
    await bench.clock.pass(OUTAGE_MS);
    stillTheSameCall(bench);
    await bench.line.comeBack();
    await bench.clock.pass(10_000);
    expect(bench.heard()).toEqual(['goodbye']);
    expect(bench.call()).toMatchObject({ termination: { kind: 'flow-hung-up' } });
  });

  it('in a conversation: they talk on, and the flow goes on after it', async () => {
    const bench = openBench({ flows: { main: CALL } });
    bench.line.dial('c1');
    await bench.clock.pass(1000);
    const leg = bench.line.originated[0]?.channelId as string;
    bench.line.answerLeg(leg);
    await bench.clock.pass(1000);
    bench.line.drop();
    await bench.clock.pass(OUTAGE_MS);
    stillTheSameCall(bench);
    await bench.line.comeBack();
    await bench.clock.pass(1000);
    expect(bench.line.isUp(leg)).toBe(true);
    bench.line.hangUp(leg);
    await bench.clock.pass(10_000);
    expect(bench.heard()).toEqual(['goodbye']);
  });

  it('while a leg rings: the leg is let go and the flow takes its failed exit', async () => {
    const bench = openBench({ flows: { main: CALL } });
    bench.line.dial('c1');
    await bench.clock.pass(1000);
    const leg = bench.line.originated[0]?.channelId as string;
    bench.line.drop();
    await bench.clock.pass(OUTAGE_MS);
    await bench.line.comeBack();
    await bench.clock.pass(10_000);
    expect(bench.line.isUp(leg)).toBe(false);
    expect(bench.heard()).toEqual(['not possible']);
    expect((await bench.memory.store.legs(bench.call()?.id as never)).every(({ endedAt }) => endedAt !== null)).toBe(true);
  });

  it('as the flow hangs up: the hang-up is carried out when the line is back', async () => {
    const bench = openBench({ flows: { main: SAY } });
    bench.line.dial('c1');
    bench.line.failures.set('hangup', new SantralError('telephony.disconnected', 'the socket dropped'));
    await bench.clock.pass(300 + 1400 + 700 + 100);
    bench.line.drop();
    bench.line.failures.clear();
    await bench.clock.pass(OUTAGE_MS);
    stillTheSameCall(bench);
    await bench.line.comeBack();
    await bench.clock.pass(5000);
    expect(bench.line.isUp('c1')).toBe(false);
    expect(bench.call()).toMatchObject({ state: 'ended', termination: { kind: 'flow-hung-up' } });
  });
});

it('behaviour 47: Asterisk is away for a minute and has lost the call: it is closed as lost, not as ended by the flow', async () => {
  const bench = await during(MENU, 800);
  bench.line.vanish('c1');
  await bench.line.comeBack();
  await bench.clock.pass(1000);
  expect(bench.call()).toMatchObject({ state: 'ended', termination: { kind: 'asterisk-lost' } });
  expect(bench.clock.pending).toBe(0);
});

it('a supervisor’s wish to end a call waits for the line', async () => {
  const bench = await during(MENU, 800);
  expect(await bench.calls().hangup(bench.call()?.id as never, 'ayse')).toBe(true);
  await bench.clock.pass(5000);
  stillTheSameCall(bench);
  await bench.line.comeBack();
  await bench.clock.pass(5000);
  expect(bench.call()).toMatchObject({ termination: { kind: 'ended-by-user', by: 'ayse' } });
});
