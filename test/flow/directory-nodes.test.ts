import { describe, expect, test } from 'vitest';
import { call, flow } from './kit.ts';

const REACH = `
begin: { type: transfer, to: { dealer: "{{dealer}}" }, hears: music, into: how, next: talked, exits: { busy: busy, noAnswer: nobody, closed: closed, failed: failed } }
talked: { type: say, prompt: test.help, next: bye }
busy: { type: say, prompt: test.help, next: bye }
nobody: { type: say, prompt: test.help, next: bye }
closed: { type: say, prompt: test.help, next: bye }
failed: { type: say, prompt: test.help, next: bye }
missed: { type: missed-call, for: { dealer: "{{dealer}}" }, callback: support, next: return, exits: { answered: return } }
`;
const main = (dealer = 'IST-01') => flow(REACH, `afterCall: { start: missed }\nvariables: { how: {}, dealer: "${dealer}" }`);
const reached = { kind: 'dialled', outcome: 'answered', sipCode: null, talkMs: 61_000, by: 'Ayşe' } as const;

describe('a transfer to somebody of the directory', () => {
  test('names them, and what the caller hears meanwhile', () => {
    expect(call(main()).listen().command).toMatchObject({ kind: 'dial', target: { kind: 'dealer', id: 'IST-01' }, hears: 'music' });
  });

  test('tells who took the call', () => {
    const driven = call(main()).listen().do(reached);
    expect(driven.node).toBe('talked');
    expect(driven.vars()['how']).toEqual({ outcome: 'answered', sipCode: null, talkSeconds: 61, by: 'Ayşe' });
  });

  test.each([
    ['busy', 'busy'],
    ['no-answer', 'nobody'],
    ['closed', 'closed'],
    ['invalid-number', 'failed'],
    ['congestion', 'failed'],
  ] as const)('%s has a branch', (outcome, node) => {
    const driven = call(main()).listen().do({ kind: 'dialled', outcome, sipCode: null, talkMs: 0 });
    expect(driven.node).toBe(node);
    expect(driven.vars()['how']).toMatchObject({ by: null });
  });

  test('a name that comes out empty is nobody', () => {
    expect(call(main('')).do({ kind: 'answered' }).node).toBe('failed');
  });

  test('after a restart everybody is tried again, where an extension counts as failed', () => {
    const again = call(main()).listen().do({ kind: 'restarted' });
    expect(again.command).toMatchObject({ kind: 'dial', target: { kind: 'dealer', id: 'IST-01' } });
  });
});

describe('a missed call', () => {
  const missed = { kind: 'missed', draft: { target: { kind: 'dealer', id: 'IST-01' }, number: '+905550000012', language: 'tr' } };

  test('the caller hangs up while it rings', () => {
    expect(call(main()).listen().do({ kind: 'hung-up' }).effects).toContainEqual(missed);
  });

  test('is none when they hang up in the talk, nor when the flow went on after one', () => {
    expect(call(main()).listen().do({ kind: 'hung-up', talked: true }).effects).toEqual([]);
    expect(call(main()).listen().do(reached).do({ kind: 'hung-up' }).effects).toEqual([]);
  });

  test('a talk with an agent of a queue counts as well', () => {
    const queued = flow(
      `
begin: { type: queue, queue: support, next: talked, exits: { failed: talked } }
talked: { type: say, prompt: test.help, next: bye }
missed: { type: missed-call, for: { department: service }, callback: support, next: return }
`,
      'afterCall: { start: missed }',
    );
    const served = { kind: 'queued', how: 'served', key: null, waitedMs: 0, talkMs: 1000, agent: null } as const;
    expect(call(queued).listen().do(served).do({ kind: 'hung-up' }).effects).toEqual([]);
    expect(call(queued).listen().do({ kind: 'hung-up' }).effects).toHaveLength(2);
  });
});
