import { describe, expect, it } from 'vitest';
import { SantralError } from '../../../src/domain/errors.ts';
import { openBench } from './bench.ts';

const FLOW = `
flow: main
title: { tr: Aktarma, en: Transfer }
start: call
nodes:
  call:
    type: transfer
    to: { extension: "100" }
    ring: 20s
    maxTalk: 10m
    next: after
    exits: { busy: busy, noAnswer: silent, rejected: no, invalidNumber: wrong, congestion: full, failed: broken }
  after: { type: hangup, prompt: { text: { tr: x, en: thanks for talking } } }
  busy: { type: hangup, prompt: { text: { tr: x, en: busy } } }
  silent: { type: hangup, prompt: { text: { tr: x, en: nobody there } } }
  no: { type: hangup, prompt: { text: { tr: x, en: refused } } }
  wrong: { type: hangup, prompt: { text: { tr: x, en: wrong number } } }
  full: { type: hangup, prompt: { text: { tr: x, en: network full } } }
  broken: { type: hangup, prompt: { text: { tr: x, en: not possible } } }
`;

function dialled() {
  const bench = openBench({ flows: { main: FLOW } });
  bench.line.dial('c1');
  return { ...bench, leg: () => bench.line.originated[0]?.channelId as string };
}

describe('behaviour 38: every outcome of a transfer is a branch', () => {
  it.each([
    [17, 486, 'busy'],
    [18, 480, 'nobody there'],
    [21, 603, 'refused'],
    [1, 404, 'wrong number'],
    [34, 503, 'network full'],
    [17, null, 'busy'],
    [127, null, 'not possible'],
  ])('cause %i, SIP %s: %s', async (cause, sipCode, heard) => {
    const bench = dialled();
    await bench.clock.pass(1000);
    bench.line.hangUp(bench.leg(), cause, sipCode);
    await bench.clock.pass(10_000);
    expect(bench.heard()).toEqual([heard]);
    expect(bench.journal('leg-ended')).toMatchObject([{ cause, sipCode }]);
    expect(bench.clock.pending).toBe(0);
  });

  it('nobody answers within the ring time and Asterisk says nothing: the engine gives up by itself', async () => {
    const bench = dialled();
    await bench.clock.pass(40_000);
    expect(bench.heard()).toEqual(['nobody there']);
    expect(bench.line.isUp(bench.leg())).toBe(false);
  });

  it('Asterisk refuses to dial: the caller is told', async () => {
    const bench = openBench({ flows: { main: FLOW } });
    bench.line.failures.set('originate', new SantralError('telephony.refused', 'Allocation failed'));
    bench.line.dial('c1');
    await bench.clock.pass(10_000);
    expect(bench.heard()).toEqual(['not possible']);
  });

  it('no such number can be dialled', async () => {
    const bench = openBench({ flows: { main: FLOW.replace('{ extension: "100" }', '{ number: "123" }') } });
    bench.line.dial('c1');
    await bench.clock.pass(10_000);
    expect(bench.heard()).toEqual(['wrong number']);
    expect(bench.line.originated).toEqual([]);
  });
});

it('an answered leg is joined with the caller, and the flow goes on after the talk', async () => {
  const bench = dialled();
  await bench.clock.pass(1000);
  expect(bench.line.sent).toEqual(['answer', 'ring on', 'originate PJSIP/100']);
  bench.line.answerLeg(bench.leg());
  await bench.clock.pass(60_000);
  expect([...bench.line.bridges.values()].map((members) => [...members].sort())).toEqual([['c1', bench.leg()]]);
  bench.line.press('c1', '123');
  bench.line.hangUp(bench.leg());
  await bench.clock.pass(10_000);
  expect(bench.heard()).toEqual(['thanks for talking']);
  expect(bench.line.bridges.size).toBe(0);
  const legs = await bench.memory.store.legs(bench.call()?.id as never);
  expect(legs.find(({ role }) => role === 'target')).toMatchObject({ outcome: 'answered', endpoint: 'PJSIP/100' });
});

it('the talk is limited: the far end is hung up and the caller goes on', async () => {
  const bench = dialled();
  await bench.clock.pass(1000);
  bench.line.answerLeg(bench.leg());
  await bench.clock.pass(600_000 + 5000);
  expect(bench.heard()).toEqual(['thanks for talking']);
});

describe('the caller leaves', () => {
  it('while it rings: the far end stops ringing', async () => {
    const bench = dialled();
    await bench.clock.pass(1000);
    bench.line.hangUp('c1');
    await bench.clock.pass(5000);
    expect(bench.line.isUp(bench.leg())).toBe(false);
    expect(bench.journal('leg-ended')).toMatchObject([{ outcome: 'cancelled' }]);
  });

  it('behaviour 41: as the far end answers: its leg is ended at once and never joined', async () => {
    const bench = dialled();
    await bench.clock.pass(1000);
    const leg = bench.leg();
    bench.line.hangUp('c1');
    if (bench.line.isUp(leg)) bench.line.answerLeg(leg);
    await bench.clock.pass(5000);
    expect(bench.line.isUp(leg)).toBe(false);
    expect(bench.line.sent).not.toContain('add-to-bridge');
  });

  it('while they talk: both legs and the bridge end', async () => {
    const bench = dialled();
    await bench.clock.pass(1000);
    bench.line.answerLeg(bench.leg());
    await bench.clock.pass(5000);
    bench.line.hangUp('c1');
    await bench.clock.pass(5000);
    expect(bench.line.isUp(bench.leg())).toBe(false);
    expect(bench.line.bridges.size).toBe(0);
    expect(bench.clock.pending).toBe(0);
  });
});

it('behaviour 46: a conversation outlives the engine, and the flow goes on when it ends', async () => {
  const bench = dialled();
  await bench.clock.pass(1000);
  bench.line.answerLeg(bench.leg());
  await bench.clock.pass(5000);
  await bench.crash();
  await bench.clock.pass(5000);
  expect(bench.line.isUp(bench.leg())).toBe(true);
  bench.line.hangUp(bench.leg());
  await bench.clock.pass(10_000);
  expect(bench.heard()).toEqual(['thanks for talking']);
});

it('a leg that was still ringing when the engine died is let go, and the flow takes its failed exit', async () => {
  const bench = dialled();
  await bench.clock.pass(1000);
  const leg = bench.leg();
  await bench.crash();
  await bench.clock.pass(10_000);
  expect(bench.line.isUp(leg)).toBe(false);
  expect(bench.heard()).toEqual(['not possible']);
});
