import { describe, expect, test } from 'vitest';
import { AFTER_CALL_LIMITS } from '../../src/flow/engine-defaults.ts';
import { call, type Driven, flow } from './kit.ts';

/** Asks, and tells a system afterwards how it went. */
const TOLD = flow(
  `
begin: { type: menu, prompt: test.menu, options: { 1: code, 2: bye }, attempts: 1 }
code: { type: collect, prompt: test.code, into: code, digits: 2, next: bye }
after: { type: branch, cases: [{ when: "call.ended == 'asterisk-lost'", to: return }], else: tell }
tell:
  type: http
  method: POST
  url: "https://crm.example/calls"
  body: { how: "{{call.ended}}", last: "{{call.lastNode}}", late: "{{call.lateResult}}", code: "{{code|default:'-'}}" }
  next: note
note: { type: action, do: dealers.by-province, with: { province: "34" }, next: return, exits: { none: return } }
`,
  'afterCall: { start: after }\nvariables: { code: "" }',
);

const OK = { kind: 'result', outcome: { kind: 'ok', value: { name: 'x' } } } as const;

function body(driven: Driven): unknown {
  return driven.command?.kind === 'http' ? driven.command.body : driven.command;
}

describe('the after-call section', () => {
  test('runs when the caller hangs up, knows how the call ended, and ends the session', () => {
    const driven = call(TOLD).listen().press('1').do({ kind: 'hung-up' });
    expect(driven.session.status).toBe('after-call');
    expect(body(driven)).toEqual({ how: 'caller-hung-up', last: 'main/code', late: 'none', code: '-' });
    expect(driven.do(OK).command).toMatchObject({ kind: 'action' });
    driven.do({ kind: 'result', outcome: { kind: 'ok', value: [] } });
    expect(driven.session).toMatchObject({ status: 'ended', stack: [], waiting: null });
    expect(driven.command).toBeNull();
  });

  test('runs after the flow itself hung up: the hang-up is waited for, and what was typed is still there', () => {
    const driven = call(TOLD).listen().press('1').press('42').do({ kind: 'finished', heard: 'all' });
    expect(driven.command).toEqual({ kind: 'hangup', step: driven.session.step, cause: 'normal' });
    expect(driven.session).toMatchObject({ status: 'active', waiting: { kind: 'hangup' } });
    driven.do({ kind: 'hung-up' });
    expect(body(driven)).toMatchObject({ how: 'flow-hung-up', last: 'main/bye', code: '42' });
  });

  test('runs after the built-in end of a call, too', () => {
    const driven = call(TOLD).listen().silence();
    expect(driven.words).toBe('Hoşça kalın.');
    driven.do({ kind: 'hung-up' });
    expect(body(driven)).toMatchObject({ how: 'caller-hung-up', last: 'main/begin' });
  });

  test('behaviour 42: is told of the end that the engine saw, such as a channel that left for another phone', () => {
    const driven = call(TOLD).listen().do({ kind: 'hung-up', how: 'left-while-away' });
    expect(body(driven)).toMatchObject({ how: 'left-while-away' });
    expect(call(TOLD).listen().do({ kind: 'hung-up', how: 'asterisk-lost' }).session.status).toBe('ended');
  });

  test('behaviour 34: a second hang-up changes nothing, and what the section waits for is asked again after a restart', () => {
    const driven = call(TOLD).listen().do({ kind: 'hung-up' });
    const { session, command } = driven;
    expect(driven.do({ kind: 'hung-up' }).turn).toEqual({ session, command, events: [], effects: [] });
    driven.do({ kind: 'restarted' });
    expect(driven.command).toEqual({ ...command, step: session.step + 1 });
    expect(driven.do(OK).command).toMatchObject({ kind: 'action' });
  });

  test('is not readable before the end of the call', () => {
    const driven = call(
      flow(
        'begin: { type: say, prompt: { text: { tr: "[{{call.ended}}]", en: "[{{call.ended}}]" } }, next: bye }\nafter: { type: set, set: { x: 1 }, next: return }',
        'afterCall: { start: after }\nresults: [x]',
      ),
    ).do({ kind: 'answered' });
    expect(driven.words).toBe('[]');
    expect(driven.do({ kind: 'hung-up' }).session.status).toBe('ended');
  });

  test('a mistake in it is told and ends it; the flow’s own exits are for callers', () => {
    const driven = call(
      flow(
        'begin: { type: say, prompt: test.help, next: bye }\nafter: { type: set, set: { x: "1 / 0" }, next: more }\nmore: { type: http, url: "https://crm.example/", next: return }',
        'afterCall: { start: after }\nexits: { error: bye, exhausted: bye }\nresults: [x]',
      ),
    ).do({ kind: 'hung-up' });
    expect(driven.faults()).toEqual(['expression']);
    expect(driven.session.status).toBe('ended');
  });

  test('a section that is too long is stopped', () => {
    const { maxTransitions } = AFTER_CALL_LIMITS;
    const steps = Array.from({ length: maxTransitions + 1 }, (_, i) => `s${i}: { type: set, set: { x: ${i} }, next: s${i + 1} }`);
    const driven = call(
      flow(
        `begin: { type: say, prompt: test.help, next: bye }\n${steps.join('\n')}\ns${maxTransitions + 1}: { type: return }`,
        'afterCall: { start: s0 }\nresults: [x]',
      ),
    ).do({ kind: 'hung-up' });
    expect(driven.faults()).toEqual(['too-many-transitions']);
    expect(driven.last('node-entered')).toHaveLength(maxTransitions);
    expect(driven.session.status).toBe('ended');
  });
});

describe('behaviour 35: a request that the caller did not wait for', () => {
  const asking = (onHangup: string) =>
    call(
      flow(
        `
begin: { type: http, url: "https://crm.example/", onHangup: ${onHangup}, into: answer, next: read }
read: { type: say, prompt: test.help, next: bye }
after: { type: http, url: "https://crm.example/late", body: { late: "{{call.lateResult}}", answer: "{{answer}}" }, next: return }
`,
        'afterCall: { start: after }\nvariables: { answer: { name: nothing } }',
      ),
    ).do({ kind: 'answered' });

  test('its late answer is delivered to the section, and leads nowhere', () => {
    const driven = asking('finish');
    const { command } = driven;
    driven.do({ kind: 'hung-up' });
    expect(driven.session.status).toBe('after-call');
    expect(driven.command).toEqual(command);
    driven.do(OK);
    expect(driven.last('result')).toMatchObject([{ node: 'begin', outcome: 'ok' }]);
    expect(driven.last('node-entered').map(({ node }) => node)).toEqual(['after']);
    expect(body(driven)).toEqual({ late: 'ok', answer: { name: 'x' } });
  });

  test('its failure is named', () => {
    const driven = asking('finish')
      .do({ kind: 'hung-up' })
      .do({ kind: 'result', outcome: { kind: 'error', reason: 'timeout' } });
    expect(body(driven)).toEqual({ late: 'timeout', answer: { name: 'nothing' } });
  });

  test('after a restart it is asked again', () => {
    const driven = asking('finish').do({ kind: 'hung-up' }).do({ kind: 'restarted' });
    expect(driven.command).toMatchObject({ kind: 'http', url: 'https://crm.example/' });
    expect(body(driven.do(OK))).toMatchObject({ late: 'ok' });
  });

  test('one that is aborted is not waited for', () => {
    expect(body(asking('abort').do({ kind: 'hung-up' }))).toMatchObject({ late: 'none', answer: { name: 'nothing' } });
  });
});

describe('sections of several levels', () => {
  const section = (name: string) => `after: { type: http, url: "https://crm.example/${name}", body: "{{own}}", next: return }`;
  const flows = (menuExit = '') => ({
    main: flow(
      `begin: { type: subflow, flow: inner, next: bye }\n${section('outer')}`,
      'afterCall: { start: after }\nvariables: { own: outer }',
    ),
    inner: `flow: inner\nstart: ask\nafterCall: { start: after }\nvariables: { own: inner }\nnodes:\n  ask: { type: menu, prompt: test.menu, options: { 1: return }, attempts: 1${menuExit} }\n  ${section('inner')}\n`,
  });
  const url = (driven: Driven) => (driven.command?.kind === 'http' ? driven.command.url : null);

  test('each open flow has its own, with its own variables, the innermost first', () => {
    const driven = call(flows()).listen().do({ kind: 'hung-up' });
    expect([url(driven), body(driven)]).toEqual(['https://crm.example/inner', 'inner']);
    driven.do(OK);
    expect([url(driven), body(driven)]).toEqual(['https://crm.example/outer', 'outer']);
    expect(driven.do(OK).session.status).toBe('ended');
  });

  test('a sub-flow that has come back is no longer open', () => {
    const driven = call(flows()).listen().press('1').listen();
    expect(driven.command?.kind).toBe('hangup');
    expect(url(driven.do({ kind: 'hung-up' }))).toBe('https://crm.example/outer');
  });

  test('a mistake in one does not keep the next from its own', () => {
    const { main, inner } = flows();
    const driven = call({ main, inner: inner.replace('body: "{{own}}"', 'body: "{{own.nothing}}"') })
      .listen()
      .do({ kind: 'hung-up' });
    expect(driven.faults()).toEqual(['missing-value']);
    expect(url(driven)).toBe('https://crm.example/outer');
  });
});
