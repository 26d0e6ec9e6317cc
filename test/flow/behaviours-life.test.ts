import { describe, expect, test } from 'vitest';
import type { Input } from '../../src/flow/commands.ts';
import { resume, start } from '../../src/flow/interpreter.ts';
import { call, flow, release, TRIGGER, worldOf } from './kit.ts';

const MENU = flow(`
begin:
  type: menu
  prompt: test.menu
  options: { 1: code, 2: bye, 3: to-english }
  repeat: 9
  noInput: [general.no-input, test.full]
  noMatch: [general.no-match, test.full, test.help]
  attempts: 5
code: { type: collect, prompt: test.code, into: code, digits: 4, empty: test.empty, next: bye }
to-english: { type: language, to: en, next: begin }
`);

describe('systems and people', () => {
  const HTTP = flow(
    `
begin:
  type: http
  url: "https://crm.example/c/{{call.did}}?q={{q}}"
  timeout: 8s
  retries: 1
  filler: general.one-moment
  fillerAfter: 1500ms
  into: answer
  next: bye
  exits: { timeout: at-timeout, status: at-status, invalid: at-invalid, tooLarge: at-too-large }
  onHangup: finish
at-timeout: { type: say, prompt: test.help, next: bye }
at-status: { type: say, prompt: test.help, next: bye }
at-invalid: { type: say, prompt: test.help, next: bye }
at-too-large: { type: say, prompt: test.help, next: bye }
`,
    'variables: { q: "a/b?c=ç" }\nexits: { error: bye }',
  );

  test('behaviour 35 and 36: filler, give-up time, retries and what a hang-up does are part of the request', () => {
    expect(call(HTTP).do({ kind: 'answered' }).command).toEqual({
      kind: 'http',
      step: 2,
      method: 'GET',
      url: 'https://crm.example/c/1000?q=a%2Fb%3Fc%3D%C3%A7',
      headers: {},
      body: null,
      timeoutMs: 8000,
      retries: 1,
      maxBytes: 65_536,
      filler: [expect.objectContaining({ key: 'general.one-moment' })],
      fillerAfterMs: 1500,
      onHangup: 'finish',
    });
  });

  test.each([
    ['timeout', 'at-timeout'],
    ['status', 'at-status'],
    ['invalid', 'at-invalid'],
    ['too-large', 'at-too-large'],
    ['unreachable', 'bye'],
    ['failed', 'bye'],
  ] as const)('behaviour 37: %s goes to an exit of its own, or to error', (reason, node) => {
    const driven = call(HTTP)
      .do({ kind: 'answered' })
      .do({ kind: 'result', outcome: { kind: 'error', reason, status: 503 } });
    expect(driven.node).toBe(node);
    expect(driven.last('result')).toEqual([{ kind: 'result', node: 'begin', name: 'http', outcome: `${reason} 503` }]);
  });

  const TRANSFER = flow(
    `
begin:
  type: transfer
  to: { number: "{{to}}" }
  ring: 25s
  callerId: "{{call.did}}"
  maxTalk: 30m
  into: talk
  next: after
  exits: { busy: at-busy, noAnswer: at-no-answer, rejected: at-rejected, invalidNumber: at-invalid, congestion: at-congestion, failed: at-failed }
after: { type: say, prompt: test.help, next: bye }
at-busy: { type: say, prompt: test.help, next: begin }
at-no-answer: { type: say, prompt: test.help, next: bye }
at-rejected: { type: say, prompt: test.help, next: bye }
at-invalid: { type: say, prompt: test.help, next: bye }
at-congestion: { type: say, prompt: test.help, next: bye }
at-failed: { type: say, prompt: test.help, next: bye }
`,
    'variables: { to: "0212 555 00 01" }',
  );

  test.each([
    ['answered', 'after'],
    ['busy', 'at-busy'],
    ['no-answer', 'at-no-answer'],
    ['rejected', 'at-rejected'],
    ['invalid-number', 'at-invalid'],
    ['congestion', 'at-congestion'],
    ['cancelled', 'at-failed'],
    ['failed', 'at-failed'],
  ] as const)('behaviour 38: a transfer that ends with %s has a branch', (outcome, node) => {
    const driven = call(TRANSFER).do({ kind: 'answered' });
    expect(driven.command).toEqual({
      kind: 'dial',
      step: 2,
      target: { kind: 'number', number: '02125550001' },
      ringMs: 25_000,
      callerId: '1000',
      maxTalkMs: 1_800_000,
    });
    driven.do({ kind: 'dialled', outcome, sipCode: 486, talkMs: outcome === 'answered' ? 61_400 : 0 });
    expect(driven.node).toBe(node);
    expect(driven.vars()['talk']).toEqual({ outcome, sipCode: 486, talkSeconds: outcome === 'answered' ? 61 : 0 });
  });

  test('behaviour 38: what cannot be dialled is an invalid number, without an attempt', () => {
    const driven = call(TRANSFER.replace('0212 555 00 01', 'not a number')).do({ kind: 'answered' });
    expect(driven.node).toBe('at-invalid');
  });

  test('behaviour 39: after a failed transfer the flow goes on with an apology', () => {
    const driven = call(TRANSFER).do({ kind: 'answered' }).do({ kind: 'dialled', outcome: 'busy', sipCode: 486, talkMs: 0 });
    expect(driven.command?.kind).toBe('play');
    expect(driven.session.status).toBe('active');
  });
});

describe('the life of a session', () => {
  test('behaviour 34: a hang-up ends the session from anywhere, once', () => {
    const ends: number[] = [];
    for (const until of [0, 1, 2, 3]) {
      const one = call(MENU);
      if (until > 0) one.listen();
      if (until > 1) one.press('1');
      if (until > 2) one.press('1234');
      one.do({ kind: 'hung-up' });
      expect(one.session).toMatchObject({ status: 'ended', stack: [], waiting: null });
      expect(one.command).toBeNull();
      ends.push(one.session.step);
      expect(one.do({ kind: 'hung-up' }).turn).toEqual({ session: one.session, command: null, events: [], effects: [] });
      expect(one.do({ kind: 'digits', digits: '1', end: 'matched' }).command).toBeNull();
      expect(one.do({ kind: 'restarted' }).command).toBeNull();
    }
    expect(ends).toEqual([2, 3, 4, 5]);
  });

  test('behaviour 43: a flow that goes round without input takes the error exit after 100 nodes', () => {
    const text = flow(
      `
begin: { type: say, prompt: { key: test.help, when: on }, next: turn }
turn: { type: subflow, flow: other, next: begin, exits: { error: trouble } }
trouble: { type: say, prompt: general.technical-trouble, next: bye }
`,
      'variables: { on: false }',
    );
    // The sub-flow has a menu, so the circle may be meant; at run time it is never heard.
    const other =
      'flow: other\nstart: maybe\nvariables: { on: false }\nnodes:\n  maybe: { type: branch, cases: [{ when: on, to: ask }], else: return }\n  ask: { type: menu, prompt: test.menu, options: { 1: return } }\n';
    const driven = call({ main: text, other }).do({ kind: 'answered' });
    expect(driven.faults()).toEqual(['too-many-transitions']);
    expect(driven.words).toBe('Teknik bir sorun var.');
    expect(driven.events.filter(({ kind }) => kind === 'node-entered').length).toBe(101);
  });

  test('behaviour 43: an error branch that leads back into the circle ends in the built-in announcement', () => {
    const text = flow(
      `
begin: { type: say, prompt: { key: test.help, when: on }, next: turn }
turn: { type: subflow, flow: other, next: begin }
`,
      'variables: { on: false }\nexits: { error: begin }',
    ).replace(/ {2}bye:.*\n/, '');
    const other =
      'flow: other\nstart: maybe\nvariables: { on: false }\nnodes:\n  maybe: { type: branch, cases: [{ when: on, to: ask }], else: return }\n  ask: { type: menu, prompt: test.menu, options: { 1: return } }\n';
    const driven = call({ main: text, other }).do({ kind: 'answered' });
    expect(driven.words).toBe('Teknik bir sorun var.');
    expect(driven.session.stack).toHaveLength(1);
    expect(driven.do({ kind: 'finished', heard: 'all' }).command).toMatchObject({ kind: 'hangup' });
    expect(driven.session).toMatchObject({ status: 'ended', waiting: null });
  });

  const LIMITED = 'maxDuration: 10m\nexits: { tooLong: late }';
  const ASKING =
    'begin: { type: menu, prompt: test.menu, options: { 1: begin, 2: inner, 3: crm, 4: late } }\nlate: { type: say, prompt: test.help, next: begin }\ninner: { type: subflow, flow: other, next: begin }\ncrm: { type: http, url: "https://crm.example/x", into: answer, next: bye }';
  const INNER =
    'flow: other\nstart: ask\nmaxDuration: 10s\nnodes:\n  ask: { type: menu, prompt: test.code, options: { 1: ask, 9: return } }\n';
  const limited = (head = LIMITED) => {
    const driven = call({ main: flow(ASKING, head), other: INNER }).listen();
    const { now } = driven.world;
    return { driven, after: (minutes: number) => void (driven.world = { ...driven.world, now: now + minutes * 60_000 }) };
  };

  test('behaviour 43: a call that lasts longer than its flow allows goes to tooLong instead of the next prompt, once', () => {
    const { driven, after } = limited();
    after(9.99);
    expect(driven.press('1').node).toBe('begin');
    after(10);
    driven.press('1');
    expect(driven.node).toBe('late');
    expect(driven.events.filter(({ kind }) => kind === 'exit').at(-1)).toEqual({
      kind: 'exit',
      flow: 'main',
      node: 'begin',
      exit: 'tooLong',
      to: 'late',
    });
    after(100);
    driven.do({ kind: 'finished', heard: 'all' });
    expect(driven.node).toBe('begin');
    expect(driven.press('1').node).toBe('begin');
  });

  test('behaviour 43: in a sub-flow the limit of the first flow holds, and leads out of it; its own says nothing', () => {
    const { driven, after } = limited();
    driven.press('2');
    after(5);
    driven.press('1');
    expect(driven.session.stack).toHaveLength(2);
    after(10);
    driven.press('1');
    expect(driven.session.stack).toHaveLength(1);
    expect(driven.node).toBe('late');
  });

  test('behaviour 43: where the flow does not say where to, the built-in end takes leave; look-ups still go out', () => {
    const { driven, after } = limited('maxDuration: 10m');
    after(11);
    driven.press('3');
    expect(driven.command).toMatchObject({ kind: 'http' });
    driven.do({ kind: 'result', outcome: { kind: 'ok', value: {} } });
    expect(driven.words).toBe('Görüşme süreniz doldu. Bizi aradığınız için teşekkür ederiz.');
    expect(driven.do({ kind: 'finished', heard: 'all' }).command).toMatchObject({ kind: 'hangup' });
  });

  test('behaviour 43: the caller’s keys wind the guard back', () => {
    const text = flow(
      'begin: { type: menu, prompt: test.menu, options: { 1: step, 2: bye } }\nstep: { type: set, set: { n: "1" }, next: begin }',
    );
    const driven = call(text).listen();
    for (let i = 0; i < 500; i += 1) driven.press('1');
    expect(driven.faults()).toEqual([]);
    expect(driven.node).toBe('begin');
  });

  test('behaviour 45: a session names the release it began on, and runs on whatever release it is given', () => {
    const first = worldOf(release({ main: MENU }, {}, 7));
    const second = worldOf(release({ main: MENU.replaceAll('test.menu', 'test.full') }, {}, 8));
    const begun = start('main', { ...TRIGGER, kind: 'outbound' }, first);
    expect(begun.session.release).toBe(7);
    const goOn = (world: typeof first) => resume(begun.session, { kind: 'digits', step: 1, digits: '9', end: 'matched' }, world);
    expect(goOn(first).command).toMatchObject({ items: [{ text: 'Bir ya da iki.' }] });
    expect(goOn(second).command).toMatchObject({ items: [{ text: 'Tam menü.' }] });
  });

  test('behaviour 46: after a restart the waiting command is asked for again under a new step', () => {
    const driven = call(MENU);
    expect(driven.do({ kind: 'restarted' }).command).toEqual({ kind: 'answer', step: 2, settleMs: 300 });
    driven.listen().silence().silence();
    expect(driven.words).toBe('Tam menü.');
    const { step } = driven.session;
    driven.do({ kind: 'restarted' });
    // A menu is heard from its first prompt; the tries so far still count.
    expect(driven.words).toBe('Bir ya da iki.');
    expect(driven.session.step).toBe(step + 1);
    expect(driven.command?.step).toBe(step + 1);
    expect(driven.session.stack[0]?.counters).toEqual({ tries: 3, noInput: 2, noMatch: 0 });
    expect(driven.press('1').words).toBe('Kodu tuşlayın.');
  });

  test('behaviour 46: an announcement, a request and a read-back are asked again; an unfinished transfer has failed', () => {
    const again = (text: string, steps: (driven: ReturnType<typeof call>) => void) => {
      const driven = call(text).do({ kind: 'answered' });
      steps(driven);
      const before = driven.command;
      // Work keeps the idempotency key of the step it was first asked for in.
      const since = before?.kind === 'http' || before?.kind === 'action' ? { since: before.step } : {};
      driven.do({ kind: 'restarted' });
      expect(driven.command).toEqual({ ...before, ...since, step: (before?.step ?? 0) + 1 });
      driven.do({ kind: 'restarted' });
      expect(driven.command).toEqual({ ...before, ...since, step: (before?.step ?? 0) + 2 });
    };
    again(flow('begin: { type: say, prompt: test.help, next: bye }'), () => undefined);
    again(flow('begin: { type: http, url: "https://crm.example/", next: bye }'), () => undefined);
    again(flow('begin: { type: record, prompt: test.help, into: note, next: bye }'), () => undefined);
    again(
      flow('begin: { type: collect, prompt: test.code, into: code, digits: 2, confirm: { prompt: test.read-back }, next: bye }'),
      (driven) => driven.press('34'),
    );
    const dialling = call(
      flow(
        'begin: { type: transfer, to: { extension: "100" }, next: bye, exits: { failed: sorry } }\nsorry: { type: say, prompt: test.help, next: bye }',
      ),
    );
    dialling.do({ kind: 'answered' }).do({ kind: 'restarted' });
    expect(dialling.node).toBe('sorry');
    expect(dialling.last('result')).toMatchObject([{ name: 'transfer', outcome: 'failed' }]);
  });

  test('behaviour 48: inputs of another step change nothing', () => {
    const { session, world } = call(MENU).listen();
    for (const step of [session.step - 1, session.step + 1, 0, -1]) {
      const inputs: readonly Input[] = [
        { kind: 'finished', step, heard: 'all' },
        { kind: 'digits', step, digits: '1', end: 'matched' },
        { kind: 'silence', step },
        { kind: 'answered', step },
      ];
      for (const input of inputs) {
        const turn = resume(session, input, world);
        expect(turn.session).toBe(session);
        expect(turn).toEqual({ session, command: session.waiting, events: [], effects: [] });
      }
    }
  });

  test('behaviour 48: what does not answer the waiting command takes the error exit instead of stalling the call', () => {
    const driven = call(MENU)
      .listen()
      .do({ kind: 'recorded', outcome: { kind: 'empty' } });
    expect(driven.faults()).toEqual(['unexpected-input']);
    expect(driven.words).toBe('Teknik bir sorun var.');
  });

  test('a turn never changes the session it was given', () => {
    const { session, world } = call(MENU).listen();
    const before = JSON.stringify(session);
    const frozen = deepFreeze(session);
    resume(frozen, { kind: 'digits', step: session.step, digits: '7', end: 'no-match' }, world);
    resume(frozen, { kind: 'digits', step: session.step, digits: '3', end: 'matched' }, world);
    expect(JSON.stringify(session)).toBe(before);
  });
});

function deepFreeze<T>(value: T): T {
  if (typeof value === 'object' && value !== null) for (const inner of Object.values(Object.freeze(value))) deepFreeze(inner);
  return value;
}
