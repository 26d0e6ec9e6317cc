import fc from 'fast-check';
import { expect, test } from 'vitest';
import type { Value } from '../../src/domain/value.ts';
import type { Command, Input } from '../../src/flow/commands.ts';
import { resume, start, type Turn } from '../../src/flow/interpreter.ts';
import type { Session } from '../../src/flow/session.ts';
import { release, TRIGGER, worldOf } from './kit.ts';
import { RICH } from './rich-flow.ts';

const MADE = release(RICH);

const value: fc.Arbitrary<Value> = fc.oneof(
  fc.constant<Value>([
    { name: 'Bayi', phone: '02125550001', count: 1 },
    { name: 'Öteki', phone: 'none' },
  ]),
  fc.constant<Value>([]),
  // JSON, as it comes back from where sessions are kept: it knows no -0.
  fc.jsonValue({ maxDepth: 3 }).map((made) => JSON.parse(JSON.stringify(made)) as Value),
);
const digits = fc.oneof(
  fc.constantFrom('1', '2', '3', '4', '5', '6', '7', '8', '9', '0', '12', '34', '06', '4711', '1*'),
  fc.string({ maxLength: 4 }),
);
const end = fc.constantFrom('matched', 'matched', 'matched', 'no-match', 'incomplete', 'empty');

/** Inputs of every kind; `off` says by how much the step is wrong, mostly not at all. */
const doing = fc.record({
  off: fc.constantFrom(0, 0, 0, 0, 0, 0, 0, 1, -1),
  input: fc.oneof(
    fc.record({ kind: fc.constant('digits'), digits, end }),
    fc.record({ kind: fc.constant('digits'), digits, end }),
    fc.record({ kind: fc.constant('silence') }),
    fc.record({ kind: fc.constant('finished'), heard: fc.constantFrom('all', 'cut', 'failed') }),
    fc.record({
      kind: fc.constant('recorded'),
      outcome: fc.constantFrom({ kind: 'ok', name: 'r', durationMs: 5 }, { kind: 'empty' }, { kind: 'failed' }),
    }),
    fc.record({
      kind: fc.constant('result'),
      outcome: fc.oneof(
        fc.record({ kind: fc.constant('ok'), value }),
        fc.constantFrom({ kind: 'error', reason: 'timeout' }, { kind: 'error', reason: 'status', status: 500 }),
      ),
    }),
    fc.record({
      kind: fc.constant('dialled'),
      outcome: fc.constantFrom('answered', 'busy', 'failed'),
      sipCode: fc.constant(null),
      talkMs: fc.nat(1000),
    }),
    fc.record({ kind: fc.constant('restarted') }),
  ),
});

/** What fits the waiting command, whatever was drawn: without it most walks would end in the error branch. */
function fitting(command: Command, drawn: { readonly kind: string }): object {
  const kinds: Readonly<Record<Command['kind'], readonly string[]>> = {
    answer: ['answered'],
    play: ['finished'],
    collect: ['digits', 'silence'],
    record: ['recorded'],
    http: ['result'],
    action: ['result'],
    dial: ['dialled'],
    queue: ['queued'],
    hangup: [],
  };
  if (drawn.kind === 'restarted' || kinds[command.kind].includes(drawn.kind)) return drawn;
  const defaults: Readonly<Record<Command['kind'], object>> = {
    answer: { kind: 'answered' },
    play: { kind: 'finished', heard: 'all' },
    collect: { kind: 'digits', digits: '1', end: 'matched' },
    record: { kind: 'recorded', outcome: { kind: 'empty' } },
    http: { kind: 'result', outcome: { kind: 'ok', value: { x: 1 } } },
    action: { kind: 'result', outcome: { kind: 'ok', value: [{ name: 'Bayi', phone: '02125550001' }] } },
    dial: { kind: 'dialled', outcome: 'busy', sipCode: 486, talkMs: 0 },
    queue: { kind: 'queued', how: 'served', key: null, waitedMs: 1000, talkMs: 1000, agent: null },
    hangup: {},
  };
  return defaults[command.kind];
}

function revived(session: Session): Session {
  return JSON.parse(JSON.stringify(session)) as Session;
}

/** What holds for every turn. */
function checkTurn(before: Session, turn: Turn): void {
  const { session, command } = turn;
  expect(revived(session)).toEqual(session);
  if (session === before || session.step === before.step) {
    expect(turn.events).toEqual([]);
    expect(command).toEqual(before.waiting);
    return;
  }
  expect(session.step).toBe(before.step + 1);
  if (session.status === 'ended') {
    expect(session.stack).toEqual([]);
    expect(session.waiting).toBeNull();
    expect(command?.kind ?? 'hangup').toBe('hangup');
  } else {
    expect(command).not.toBeNull();
    expect(command).toEqual(session.waiting);
    expect(command?.step).toBe(session.step);
    expect(session.stack.length).toBeGreaterThan(0);
  }
  if (before.stack.at(-1)?.node === 'ask-pin') expect(JSON.stringify(turn.events)).not.toContain('4711');
}

test('whatever happens at the phone, a session goes on step by step and never throws', () => {
  const world = worldOf(MADE);
  fc.assert(
    fc.property(fc.array(doing, { minLength: 1, maxLength: 60 }), fc.boolean(), (walk, wild) => {
      let turn = start('main', TRIGGER, world);
      for (const { off, input } of walk) {
        const { session } = turn;
        if (session.status === 'ended') break;
        const given = wild ? input : fitting(session.waiting as Command, input);
        const next = resume(revived(session), { ...given, step: session.step + off } as Input, world);
        checkTurn(session, next);
        turn = next;
      }
    }),
    { numRuns: 1500 },
  );
});

test('from wherever a caller falls silent, the call comes to its end', () => {
  const world = worldOf(MADE);
  fc.assert(
    fc.property(fc.array(doing, { maxLength: 30 }), (walk) => {
      let { session } = start('main', TRIGGER, world);
      for (const { input } of walk) {
        if (session.status === 'ended') return;
        session = resume(revived(session), { ...fitting(session.waiting as Command, input), step: session.step } as Input, world).session;
      }
      let steps = 0;
      while (session.status === 'active') {
        const silent = { ...fitting(session.waiting as Command, { kind: 'silence' }), step: session.step } as Input;
        session = resume(revived(session), silent, world).session;
        steps += 1;
        expect(steps).toBeLessThan(500);
      }
    }),
    { numRuns: 500 },
  );
});

test('a hang-up at any moment ends the session, exactly once', () => {
  const world = worldOf(MADE);
  fc.assert(
    fc.property(fc.array(doing, { maxLength: 30 }), (walk) => {
      let turn = start('main', TRIGGER, world);
      for (const { input } of walk) {
        if (turn.session.status === 'ended') return;
        turn = resume(
          revived(turn.session),
          { ...fitting(turn.session.waiting as Command, input), step: turn.session.step } as Input,
          world,
        );
      }
      if (turn.session.status === 'ended') return;
      const gone = resume(revived(turn.session), { kind: 'hung-up' }, world);
      expect(gone).toMatchObject({ command: null, events: [], session: { status: 'ended', stack: [], waiting: null } });
      expect(resume(gone.session, { kind: 'hung-up' }, world).session).toBe(gone.session);
    }),
    { numRuns: 300 },
  );
});
