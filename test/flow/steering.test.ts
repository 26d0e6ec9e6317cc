import { describe, expect, test } from 'vitest';
import { AFTER_CALL_LIMITS } from '../../src/flow/engine-defaults.ts';
import { FAULT_CODES, type FaultCode } from '../../src/flow/fault.ts';
import { resume, start } from '../../src/flow/interpreter.ts';
import { call, type Driven, flow, LIMITS, release, TRIGGER, worldOf } from './kit.ts';

const CALLEE = `flow: other
start: a
parameters: { n: 1, text: none }
results: [sum]
variables: { sum: 0 }
nodes:
  a: { type: set, set: { sum: params.n + 1 }, next: b }
  b: { type: menu, prompt: { text: { tr: "{{params.text}} {{sum}}", en: "{{params.text}} {{sum}}" } }, options: { 1: return, 2: c }, attempts: 1 }
  c: { type: set, set: { sum: params.text.nothing }, next: return }
`;

describe('sub-flows', () => {
  const MAIN = flow(
    `
begin: { type: subflow, flow: other, with: { n: "{{index}}", text: "no {{index}}" }, into: { sum: total }, next: after, exits: { error: broken, exhausted: silent } }
after: { type: say, prompt: { text: { tr: "{{total}}", en: "{{total}}" } }, next: bye }
broken: { type: say, prompt: test.help, next: bye }
silent: { type: say, prompt: test.full, next: bye }
`,
    'variables: { index: 41, sum: 7 }\nresults: [sum]',
  );

  test('get values as they are, have variables of their own, and give results back', () => {
    const driven = call({ main: MAIN, other: CALLEE }).listen();
    expect(driven.words).toBe('no 41 42');
    expect(driven.session.stack.map(({ flow, node }) => `${flow}/${node}`)).toEqual(['main/begin', 'other/b']);
    driven.press('1');
    expect(driven.words).toBe('42');
    expect(driven.vars()).toMatchObject({ sum: 7, total: 42 });
  });

  test('parameters that are not given keep their defaults; others are not taken', () => {
    const driven = call({ other: CALLEE }, { flow: 'other', trigger: { params: { n: 5, stranger: 1 } } }).listen();
    expect(driven.words).toBe('none 6');
    expect(driven.vars()['params']).toEqual({ n: 5, text: 'none' });
  });

  test('exits that nobody wires in the sub-flow come out at the node that called it', () => {
    expect(call({ main: MAIN, other: CALLEE }).listen().press('2').node).toBe('broken');
    const driven = call({ main: MAIN, other: CALLEE }).listen().silence();
    expect(driven.node).toBe('silent');
    expect(driven.last('exit').map(({ flow, node, exit, to }) => [flow, node, exit, to])).toEqual([
      ['other', 'b', 'noInput', null],
      ['main', 'begin', 'exhausted', 'silent'],
    ]);
  });

  test('an exit that nobody wires anywhere ends in the built-in announcement, with the words of the catalogue', () => {
    const bare = MAIN.replace(', exits: { error: broken, exhausted: silent }', '').replaceAll(/^ {2}(broken|silent):.*\n/gm, '');
    const trouble = call({ main: bare, other: CALLEE }).listen().press('2');
    expect(trouble.words).toBe('Teknik bir sorun var.');
    expect(trouble.do({ kind: 'finished', heard: 'all' }).command).toMatchObject({ kind: 'hangup', cause: 'normal' });
    expect(call({ main: bare, other: CALLEE }).listen().silence().words).toBe('Hoşça kalın.');
  });

  test('the built-in ends have words of their own when the catalogue has none, or some that need variables', () => {
    for (const prompts of ['x.y: { tr: a, en: b }\n', 'general.technical-trouble: { tr: "{{x}}", en: "{{x}}" }\n']) {
      const driven = call('flow: main\nstart: a\nnodes:\n  a: { type: set, set: { n: "1 / 0" }, next: return }\n', {
        sources: { prompts },
      }).do({ kind: 'answered' });
      expect(driven.words).toMatch(/teknik bir sorun/);
    }
  });
});

/** A way to every fault at run time: how it comes about, and the code that must be told. */
const FAULTS: Readonly<Record<FaultCode, () => Driven>> = {
  expression: () => one('{ type: set, set: { n: "items[5]" }, next: bye }'),
  'not-a-condition': () => one('{ type: branch, cases: [{ when: items, to: bye }], else: bye }'),
  'not-a-list': () => one('{ type: loop, over: text, into: x, prompt: [], keys: { next: 1 }, exits: { end: bye } }'),
  'missing-value': () => one('{ type: say, prompt: { text: { tr: "{{nothing}}", en: "{{nothing}}" } }, next: bye }'),
  'not-text': () => one('{ type: say, prompt: { text: { tr: "{{items}}", en: "{{items}}" } }, next: bye }'),
  'bad-filter': () => one('{ type: say, prompt: { text: { tr: "{{items|upper}}", en: x } }, next: bye }'),
  'text-too-long': () => one('{ type: say, prompt: { text: { tr: "{{text}}{{text}}", en: x } }, next: bye }', { maxTextLength: 10 }),
  'value-too-large': () => one('{ type: set, set: { items: "items + items" }, next: bye }', { maxSessionBytes: 100 }),
  'too-many-transitions': () =>
    call(
      {
        main: flow('begin: { type: subflow, flow: other, next: begin, exits: { error: bye } }'),
        other:
          'flow: other\nstart: a\nvariables: { on: false }\nnodes:\n  a: { type: branch, cases: [{ when: on, to: b }], else: return }\n  b: { type: menu, prompt: [], options: { 1: return } }\n',
      },
      { world: { limits: { ...LIMITS, maxTransitions: 10 } } },
    ).do({ kind: 'answered' }),
  'after-call-too-long': () => {
    const driven = call(
      flow(
        'begin: { type: say, prompt: test.help, next: bye }\nafter: { type: http, url: "https://crm.example/", next: return }',
        'afterCall: { start: after }',
      ),
    );
    driven.do({ kind: 'hung-up' });
    driven.world = { ...driven.world, now: driven.world.now + AFTER_CALL_LIMITS.maxMs + 1 };
    return driven.do({ kind: 'result', outcome: { kind: 'ok', value: 1 } });
  },
  'bad-parameter': () => one('{ type: subflow, flow: typed, with: { n: "{{text}}" }, next: bye }'),
  'bad-result': () => one('{ type: subflow, flow: typed, with: { n: 1 }, into: { n: x }, next: bye }'),
  'too-deep': () =>
    call(
      { main: flow('begin: { type: subflow, flow: other, next: bye, exits: { error: bye } }'), other: CALLEE },
      { world: { limits: { ...LIMITS, maxSubflowDepth: 0 } } },
    ).do({ kind: 'answered' }),
  'bad-language': () => one('{ type: language, to: "{{text}}", next: bye }'),
  'bad-hours': () => one('{ type: hours, hours: items, exits: { open: bye, closed: bye } }'),
  'bad-limit': () => one('{ type: date, prompt: [], into: x, max: text, next: bye }').press('0112'),
  'bad-header': () => one('{ type: http, url: "https://x.example/", headers: { a: "{{lines}}" }, next: bye }'),
  'unknown-flow': () => without('flow'),
  'unknown-node': () => without('node'),
  'unknown-calendar': () => without('calendar'),
  'too-many-effects': () => {
    const driven = one(
      '{ type: notify, channel: sms, template: booking.made, with: { code: "1" }, next: ask }\nask: { type: menu, prompt: test.menu, options: { 1: begin } }',
    );
    for (let i = 0; i < 20; i += 1) driven.press('1');
    return driven;
  },
  'unexpected-input': () => one('{ type: say, prompt: test.help, next: bye }').do({ kind: 'silence' }),
  internal: () => {
    const driven = call(flow('begin: { type: say, prompt: test.help, next: bye }'));
    const node = driven.world.release.flows.get('main')?.nodes.get('begin') as unknown as { behaviour: { enter: () => never } };
    node.behaviour = {
      enter: () => {
        throw new TypeError('a mistake of ours');
      },
    };
    return driven.do({ kind: 'answered' });
  },
};

const TYPED =
  'flow: typed\nstart: a\nparameters: { n: { type: number } }\nresults: { n: number }\nnodes:\n  a: { type: set, set: { n: "string(params.n)" }, next: return }\n';

function one(node: string, limits: Partial<typeof LIMITS> = {}): Driven {
  const head =
    'variables: { items: [1, 2], nothing: null, text: "eight ch", lines: "a\\nb" }\nresults: [items, nothing, text, lines]\nexits: { error: bye }';
  return call({ main: flow(`begin: ${node}`, head), typed: TYPED }, { world: { limits: { ...LIMITS, ...limits } } }).do({
    kind: 'answered',
  });
}

/** A session that goes on in a release in which something is gone. */
function without(what: 'flow' | 'node' | 'calendar'): Driven {
  const text = flow(
    'begin: { type: menu, prompt: [], options: { 1: hours } }\nhours: { type: hours, calendar: office, exits: { open: bye, closed: bye } }',
    'exits: { error: bye }',
  );
  const driven = call(text).listen();
  const { flows } = driven.world.release;
  const main = flows.get('main');
  if (main === undefined) throw new Error('no flow');
  const nodes = new Map([...main.nodes].filter(([name]) => what !== 'node' || name !== 'hours'));
  driven.world = {
    ...driven.world,
    release: {
      ...driven.world.release,
      calendars: new Map(),
      flows: what === 'flow' ? new Map() : new Map([['main', { ...main, nodes }]]),
    },
  };
  if (what === 'flow') {
    driven.turn = start('gone', TRIGGER, driven.world);
    driven.events.push(...driven.turn.events);
    return driven;
  }
  return driven.press('1');
}

/** After the call there is nobody whom an error exit could tell. */
const AFTER_CALL: readonly FaultCode[] = ['after-call-too-long'];

describe('faults at run time', () => {
  test.each(AFTER_CALL)('%s is told, and nothing is left to do', (code) => {
    const driven = FAULTS[code]();
    expect(driven.faults()).toEqual([code]);
    expect(driven.session.status).toBe('ended');
  });

  const duringCall = (Object.keys(FAULT_CODES) as FaultCode[]).filter((code) => !AFTER_CALL.includes(code));
  test.each(duringCall)('%s takes the error exit and is told, and the call goes on to its end', (code) => {
    const driven = FAULTS[code]();
    expect(driven.faults()).toEqual([code]);
    expect(driven.session.status).toBe('active');
    const [told] = driven.events.filter((event) => event.kind === 'fault');
    expect(told).toMatchObject({ kind: 'fault', message: expect.stringMatching(/.+/) });
    expect(driven.listen().command).toMatchObject({ kind: 'hangup' });
  });

  test('an ended session and a session of a vanished flow never throw', () => {
    const driven = call(flow('begin: { type: menu, prompt: [], options: { 1: bye } }')).listen();
    const empty = { ...driven.world, release: { id: 9, flows: new Map(), catalogue: new Map(), calendars: new Map() } };
    for (const input of [
      { kind: 'digits', step: driven.session.step, digits: '1', end: 'matched' },
      { kind: 'restarted' },
      { kind: 'hung-up' },
    ] as const) {
      const turn = resume(driven.session, input, empty);
      expect(turn.session.step).toBe(driven.session.step + 1);
    }
    const gone = start('nowhere', TRIGGER, empty);
    expect(gone.command).toMatchObject({ kind: 'play' });
    expect(resume({ ...gone.session, status: 'ended', waiting: null, stack: [] }, { kind: 'restarted' }, empty).command).toBeNull();
  });
});

describe('the size of a session', () => {
  test('a flow that collects without end is stopped at the limit, whatever it holds', () => {
    const text = flow(
      'begin: { type: menu, prompt: [], options: { 1: grow }, exits: { error: bye } }\ngrow: { type: set, set: { items: "items + items + [text]" }, next: begin }',
      'variables: { items: [], text: "a text of some length, with ğüşıöç" }\nexits: { error: bye }',
    );
    const made = worldOf(release({ main: text }), { limits: { ...LIMITS, maxSessionBytes: 20_000 } });
    let turn = start('main', { ...TRIGGER, kind: 'outbound' }, made);
    let largest = 0;
    while (turn.command?.kind === 'collect') {
      turn = resume(turn.session, { kind: 'digits', step: turn.session.step, digits: '1', end: 'matched' }, made);
      largest = Math.max(largest, Buffer.byteLength(JSON.stringify(turn.session)));
    }
    expect(turn.events).toContainEqual(expect.objectContaining({ kind: 'fault', code: 'value-too-large' }));
    expect(largest).toBeGreaterThan(2000);
    expect(largest).toBeLessThanOrEqual(20_000);
  });
});
