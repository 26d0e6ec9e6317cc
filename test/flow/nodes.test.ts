import { describe, expect, test } from 'vitest';
import { NODE_KINDS } from '../../src/flow/nodes/registry.ts';
import { call, check, type Driven, flow } from './kit.ts';
import { PROMPTS } from './node-prompts.ts';

interface NodeCase {
  /** What the example needs besides its own targets: the head of the flow, other flows. */
  readonly head?: string;
  readonly flows?: Readonly<Record<string, string>>;
  readonly prompts?: string;
  /** Drives the example and says what must come of it. */
  run(driven: Driven): void;
}

const OTHER = `flow: dealer-lookup
start: find
parameters: { province: "" }
results: [dealer]
nodes:
  find: { type: set, set: { dealer: "params.province + '-1'" }, next: return }
`;

/** A case for every node type: its own example from the reference, run. */
const CASES: Readonly<Record<string, NodeCase>> = {
  say: {
    head: 'variables: { dealers: [{ name: Bayi }], index: 0, openness: { kind: open } }',
    run(driven) {
      expect(driven.words).toBe('Bulduk. Bayi Bugün açık.');
      expect(driven.do({ kind: 'finished', heard: 'cut' }).node).toBe('after-read');
    },
  },
  menu: {
    run(driven) {
      expect(driven.command).toMatchObject({
        kind: 'collect',
        spec: { match: { options: ['1', '2', '*', '9'] }, firstDigitMs: 5000, interDigitMs: 2000 },
      });
      expect(driven.press('2').last('exit')).toEqual([{ kind: 'exit', flow: 'main', node: 'ask-how', exit: '2', to: 'ask-postcode' }]);
      expect(driven.node).toBe('ask-postcode');
    },
  },
  collect: {
    run(driven) {
      expect(driven.press('99').last('digits')).toMatchObject([{ end: 'no-match' }]);
      driven.press('6', 'matched').press('1');
      expect(driven.vars()['plate']).toBe('6');
      expect(driven.node).toBe('find');
    },
  },
  record: {
    run(driven) {
      expect(driven.command).toMatchObject({
        kind: 'record',
        maxMs: 60_000,
        silenceMs: 3000,
        beep: true,
        terminator: 'any',
        items: [{ key: 'general.leave-message' }],
      });
      driven.do({ kind: 'recorded', outcome: { kind: 'ok', name: 'rec_1', durationMs: 4400 } });
      expect(driven.words).toMatch(/dinlemek için biri/);
      driven.press('2');
      const draft = { id: 'rec_1', durationMs: 4400, kind: 'message', flow: 'main', node: 'message', language: 'tr' };
      expect(driven.effects).toEqual([{ kind: 'recording', draft }]);
      expect(driven.vars()['recording']).toEqual({ name: 'rec_1', seconds: 4 });
      expect(driven.node).toBe('thanks');
    },
  },
  'record-call': {
    run(driven) {
      expect(driven.command).toMatchObject({
        kind: 'collect',
        items: [{ key: 'general.call-is-recorded' }],
        spec: { match: { options: ['9'] }, firstDigitMs: 3000, typeAhead: 'flush' },
      });
      driven.press('9');
      expect(driven.effects).toEqual([{ kind: 'record-call', on: false }]);
      expect(driven.last('exit')).toMatchObject([{ exit: 'refused', to: 'main-menu' }]);
    },
  },
  set: {
    head: 'variables: { index: 4, dealers: [1] }\nresults: [found, name, index]',
    run(driven) {
      expect(driven.vars()).toMatchObject({ index: 5, found: true, name: 'Ayşe' });
      expect(driven.node).toBe('read');
    },
  },
  branch: {
    head: 'variables: { plate: "34", dealers: [], index: 0 }',
    run(driven) {
      expect(driven.events).toContainEqual({ kind: 'exit', flow: 'main', node: 'which', exit: 'case 2', to: 'istanbul' });
      expect(driven.node).toBe('istanbul');
    },
  },
  action: {
    head: 'variables: { plate: "06" }',
    run(driven) {
      expect(driven.command).toEqual({
        kind: 'action',
        step: 2,
        action: 'dealers.by-province',
        params: { province: '06' },
        timeoutMs: 3000,
      });
      driven.do({ kind: 'result', outcome: { kind: 'ok', value: [{ name: 'Bayi' }] } });
      expect(driven.node).toBe('read');
      expect(driven.vars()['dealers']).toEqual([{ name: 'Bayi' }]);
    },
  },
  http: {
    head: 'variables: { customer: "a b/..", plate: "06", n: 3 }\nresults: [n]',
    run(driven) {
      expect(driven.command).toMatchObject({
        method: 'POST',
        url: 'https://crm.example/customers/a%20b%2F..',
        headers: { authorization: 'Bearer abc' },
        body: { plate: '06' },
        retries: 1,
      });
      driven.do({ kind: 'result', outcome: { kind: 'ok', value: { x: 1 }, status: 200 } });
      expect(driven.vars()['answer']).toEqual({ x: 1 });
      expect(driven.node).toBe('tell');
    },
  },
  language: {
    run(driven) {
      expect(driven.session.language).toBe('en');
      expect(driven.words).toBe('Please press one.');
    },
  },
  hours: {
    run(driven) {
      expect(driven.events).toContainEqual({ kind: 'result', node: 'open-now', name: 'hours', outcome: 'open' });
      expect(driven.node).toBe('transfer');
      // Monday in November: open until 18:00 in Istanbul.
      expect(driven.vars()['openness']).toEqual({ kind: 'open', until: Date.UTC(2026, 10, 23, 15, 0), opensAt: null, holiday: null });
    },
  },
  subflow: {
    head: 'variables: { plate: "34" }\nresults: [chosen]',
    flows: { 'dealer-lookup': OTHER },
    run(driven) {
      expect(driven.vars()['chosen']).toBe('34-1');
      expect(driven.node).toBe('offer');
    },
  },
  return: {
    run(driven) {
      // Nobody called this flow: its end is the end of the call.
      expect(driven.command).toEqual({ kind: 'hangup', step: 2, cause: 'normal' });
      expect(driven.session).toMatchObject({ status: 'ended', stack: [], waiting: null });
    },
  },
  transfer: {
    head: 'variables: { dealers: [{ phone: "+90 212 555 00 01" }], index: 0 }',
    run(driven) {
      expect(driven.command).toMatchObject({
        kind: 'dial',
        target: { kind: 'number', number: '+902125550001' },
        ringMs: 25_000,
        callerId: null,
        maxTalkMs: 1_800_000,
      });
      expect(driven.do({ kind: 'dialled', outcome: 'busy', sipCode: 486, talkMs: 0 }).node).toBe('dealer-busy');
    },
  },
  'missed-call': { head: 'parameters: { dealer: IST-01 }', run: ({ effects }) => expect(effects).toHaveLength(2) },
  queue: {
    head: 'variables: { segment: vip, service: {} }',
    run(driven) {
      expect(driven.command).toMatchObject({
        kind: 'queue',
        queue: 'support',
        class: 'vip',
        skills: { english: 3 },
        keys: ['1'],
        since: null,
      });
      driven.do({ kind: 'queued', how: 'served', key: null, waitedMs: 90_000, talkMs: 60_000, agent: null });
      expect(driven.vars()['service']).toMatchObject({ how: 'served', waitedSeconds: 90, talkSeconds: 60 });
      expect(driven.node).toBe('after-talk');
    },
  },
  answer: {
    head: 'answer: { policy: byFlow }',
    run(driven) {
      expect(driven.session.answered).toBe(true);
      expect(driven.node).toBe('welcome');
    },
  },
  notify: {
    head: 'variables: { code: K7 }',
    run(driven) {
      const draft = { channel: 'sms', to: '+905550000012', template: 'booking.made', language: 'tr', messageClass: 'informational' };
      expect(driven.effects).toEqual([{ kind: 'message', draft: { ...draft, data: { code: 'K7' } } }]);
      expect(driven.node).toBe('read-code');
    },
  },
  voicemail: {
    run(driven) {
      expect(driven.words).toMatch(/mesajınızı bırakın/);
      driven.do({ kind: 'recorded', outcome: { kind: 'ok', name: 'rec_1', durationMs: 9600 } }).press('2');
      const data = { recording: 'rec_1', seconds: 10, call: 'call_test', caller: '+905550000012' };
      expect(driven.effects).toMatchObject([
        { kind: 'recording', draft: { id: 'rec_1', kind: 'voicemail' } },
        { kind: 'message', draft: { channel: 'webhook', to: 'crm', template: 'voicemail.new', data } },
      ]);
      expect(driven.node).toBe('goodbye');
    },
  },
  choose: {
    head: 'variables: { cars: [{ plate: 34 A 1, active: true }, { plate: 06 B 2, active: false }, { plate: 35 C 3, active: true }] }\nresults: [car]',
    run(driven) {
      expect(driven.words).toBe('general.which 34 A 1 için bir tuşuna basın. 35 C 3 için iki tuşuna basın. Danışman için sıfıra basın.');
      expect(driven.command).toMatchObject({ spec: { match: { options: ['1', '2', '0'] } } });
      expect(driven.press('2').vars()['car']).toEqual({ plate: '35 C 3', active: true });
      expect(driven.node).toBe('service');
    },
  },
  loop: {
    head: 'variables: { dealers: [{ name: Bir }, { name: Iki }] }\nresults: [place]',
    run(driven) {
      expect(driven.words).toBe('Bir dealer.after-read');
      expect(driven.press('2').words).toBe('Iki dealer.after-last');
      expect(driven.press('3').vars()).toMatchObject({ dealer: { name: 'Iki' }, place: 2 });
      expect(driven.node).toBe('connect');
    },
  },
  split: {
    run(driven) {
      expect(driven.last('exit')).toMatchObject([{ node: 'which-menu', exit: expect.stringMatching(/^(short|long)$/) }]);
      expect(driven.words).toBe('Lütfen biri tuşlayın.');
    },
  },
  date: {
    run(driven) {
      expect(driven.press('0103').words).toBe('appointment.too-late');
      expect(driven.press('0112').words).toMatch(/^bir Aralık iki bin yirmi altı Salı/);
      expect(driven.press('1').vars()['day']).toBe('2026-12-01');
      expect(driven.node).toBe('ask-time');
    },
  },
  time: {
    head: 'variables: { day: "2026-11-23" }',
    run(driven) {
      // It is ten o'clock in Istanbul.
      expect(driven.press('959').words).toBe('appointment.bad-time');
      expect(driven.press('1430').words).toMatch(/^saat on dört otuz/);
      expect(driven.press('1').vars()['slot']).toBe('14:30');
      expect(driven.node).toBe('book');
    },
  },
  pin: {
    run(driven) {
      expect(driven.command).toMatchObject({ spec: { secret: true, match: { min: 4, max: 4 } } });
      expect(driven.press('4711').command).toMatchObject({
        kind: 'action',
        action: 'pins.check',
        params: { name: 'emergency', pin: '4711' },
        timeoutMs: 3000,
      });
      expect(driven.do({ kind: 'result', outcome: { kind: 'ok', value: true } }).node).toBe('switch-on');
    },
  },
  consent: {
    run(driven) {
      expect(driven.command).toMatchObject({
        items: [{ bargeIn: false }],
        spec: { match: { options: ['1', '2', '9'] }, typeAhead: 'flush' },
      });
      driven.press('9').press('1');
      const evidence = 'main/may-we-write, release 1, tr: general.may-we-write; key 1';
      expect(driven.effects).toEqual([{ kind: 'consent', draft: { recipient: '+905550000012', type: 'MESAJ', status: 'ONAY', evidence } }]);
      expect(driven.words).toBe('Onayınızı kaydettik. Teşekkür ederiz.');
      expect(driven.do({ kind: 'finished', heard: 'all' }).node).toBe('goodbye');
    },
  },
  'opt-out': {
    run(driven) {
      const evidence = 'main/no-more, release 1, tr: opted out by key';
      expect(driven.effects).toEqual([{ kind: 'consent', draft: { recipient: '+905550000012', type: 'ARAMA', status: 'RET', evidence } }]);
      expect(driven.words).toBe('Talebinizi kaydettik. Sizi bir daha tanıtım amacıyla aramayacağız.');
      expect(driven.do({ kind: 'finished', heard: 'cut' }).node).toBe('goodbye');
    },
  },
  'callback-request': {
    run(driven) {
      expect(driven.words).toMatch(/arayabiliriz\. Onaylıyorsanız biri/);
      driven.press('1');
      const draft = { group: 'sales', number: '+905550000012', language: 'tr', reason: 'kampanya', origin: 'flow', since: null };
      expect(driven.effects).toEqual([{ kind: 'callback', draft }]);
      expect(driven.words).toMatch(/Talebinizi aldık/);
      expect(driven.do({ kind: 'finished', heard: 'all' }).node).toBe('goodbye');
    },
  },
  hangup: {
    run(driven) {
      expect(driven.words).toBe('Hoşça kalın.');
      expect(driven.do({ kind: 'finished', heard: 'all' }).command).toEqual({ kind: 'hangup', step: 3, cause: 'normal' });
    },
  },
};

/** The example under the name it has in the reference, with a plain node for everything it leads to. */
function flowOf(example: string, head: string): string {
  const name = example.slice(0, example.indexOf(':'));
  const said = check({ main: `flow: main\nstart: ${name}\n${head}\nnodes:\n${indent(example)}\n` }, { prompts: PROMPTS }).problems;
  const targets = said.flatMap(({ code, message }) => (code === 'flow.unknown-target' ? [/"(.+)"/.exec(message)?.[1] ?? ''] : []));
  const rest = [...new Set(targets)].map((target) => `  ${target}: { type: say, prompt: test.help, next: the-end }`);
  return `flow: main\nstart: ${name}\n${head}\nnodes:\n${indent(example)}\n${rest.join('\n')}\n${rest.length > 0 ? '  the-end: { type: hangup }\n' : ''}`;
}

function indent(text: string): string {
  return text.replaceAll(/^/gm, '  ');
}

describe('every type of node', () => {
  test.each(NODE_KINDS.map((kind) => [kind.type, kind] as const))('%s: its example from the reference runs', (type, kind) => {
    const one = CASES[type];
    if (one === undefined) throw new Error(`${type} has no case`);
    const main = flowOf(kind.example, one.head ?? '');
    const flows = { main, ...one.flows };
    const { problems } = check(flows, { prompts: PROMPTS });
    expect(problems.filter(({ severity }) => severity === 'error')).toEqual([]);
    const driven = call(flows, { sources: { prompts: PROMPTS } });
    while (driven.command?.kind === 'answer') driven.do({ kind: 'answered' });
    one.run(driven);
    expect(driven.faults()).toEqual([]);
  });

  test.each(NODE_KINDS.map((kind) => [kind.type, kind] as const))('%s is described: fields, exits, summary', (_, kind) => {
    expect(kind.summary).toMatch(/^[A-Z].*\.$/);
    expect(kind.doc.length).toBeGreaterThan(20);
    for (const [name, field] of Object.entries(kind.schema.shape)) {
      if (name !== 'type')
        expect((field as { description?: string }).description ?? innerDescription(field), `${kind.type}.${name}`).toBeTruthy();
    }
    for (const exit of kind.exits) expect(exit.doc, `${kind.type} ${exit.name}`).not.toBe('');
  });
});

function innerDescription(field: unknown): string | undefined {
  return (field as { unwrap?: () => { description?: string } }).unwrap?.().description;
}

describe('what the examples do not show', () => {
  test('set works from top to bottom, takes plain values as they are, and quotes texts', () => {
    const driven = call(
      flow(
        'begin: { type: set, set: { a: 1, b: a + 1, items: [1, 2], c: "items[1] * b", on: true, text: "\'x\'" }, next: bye }',
        'results: [c, text, on]',
      ),
    ).do({ kind: 'answered' });
    expect(driven.vars()).toMatchObject({ a: 1, b: 2, items: [1, 2], c: 4, on: true, text: 'x' });
  });

  test('an action with an empty answer takes none, one that fails takes error', () => {
    const text = flow(
      'begin: { type: action, do: dealers.by-postcode, with: { postcode: "34000" }, into: found, next: bye, exits: { none: nobody, error: broken } }\nnobody: { type: say, prompt: test.help, next: bye }\nbroken: { type: say, prompt: test.full, next: bye }',
    );
    const asked = () => call(text).do({ kind: 'answered' });
    expect(asked().do({ kind: 'result', outcome: { kind: 'ok', value: [] } }).node).toBe('nobody');
    expect(asked().do({ kind: 'result', outcome: { kind: 'ok', value: null } }).node).toBe('nobody');
    expect(asked().do({ kind: 'result', outcome: { kind: 'ok', value: 'x' } }).node).toBe('bye');
    expect(asked().do({ kind: 'result', outcome: { kind: 'error', reason: 'timeout' } }).node).toBe('broken');
  });

  test('a recording may be empty or fail', () => {
    const text = flow(
      'begin: { type: record, into: r, next: kept, exits: { error: broken } }\nkept: { type: say, prompt: test.help, next: bye }\nbroken: { type: say, prompt: test.full, next: bye }',
    );
    const asked = () => call(text).do({ kind: 'answered' });
    expect(asked().do({ kind: 'recorded', outcome: { kind: 'empty' } }).node).toBe('kept');
    expect(asked().do({ kind: 'recorded', outcome: { kind: 'failed' } }).node).toBe('broken');
  });

  test.each([
    ['a Sunday', Date.UTC(2026, 10, 22, 9, 0), 'closed'],
    ['a Monday morning', Date.UTC(2026, 10, 23, 7, 0), 'open'],
    ['a Monday night', Date.UTC(2026, 10, 23, 20, 0), 'closed'],
    ['Republic Day, a Thursday', Date.UTC(2026, 9, 29, 9, 0), 'holiday'],
  ])('hours: %s', (_, now, exit) => {
    const text = flow('begin: { type: hours, calendar: office, into: o, exits: { open: bye, closed: bye, holiday: bye } }', 'results: [o]');
    const driven = call(text, { world: { now } }).do({ kind: 'answered' });
    expect(driven.last('exit')).toMatchObject([{ exit }]);
    expect(driven.vars()['o']).toMatchObject({ kind: exit });
  });

  test('hours out of a variable, with the holidays of a calendar or without', () => {
    const week = JSON.stringify([1, 2, 3, 4, 5, 6, 7].map(() => [{ from: 0, to: 1440 }]));
    const asked = (fields: string, now: number) =>
      call(
        flow(
          `begin: { type: hours, ${fields}, exits: { open: bye, closed: bye } }`,
          `variables: { week: ${week}, bad: 5 }\nresults: [bad]`,
        ),
        { world: { now } },
      ).do({ kind: 'answered' });
    const holiday = Date.UTC(2026, 9, 29, 9, 0);
    expect(asked('hours: week', holiday).last('exit')).toMatchObject([{ exit: 'open' }]);
    expect(asked('hours: week, calendar: office', holiday).last('exit')).toMatchObject([{ exit: 'holiday', to: 'bye' }]);
    expect(asked('hours: bad', holiday).faults()).toEqual(['bad-hours']);
  });

  test('a transfer to an extension; what is no extension is an invalid number', () => {
    const text = (to: string) =>
      flow(
        `begin: { type: transfer, to: { extension: "${to}" }, next: bye, exits: { failed: bye, invalidNumber: wrong } }\nwrong: { type: say, prompt: test.help, next: bye }`,
      );
    expect(call(text('100')).do({ kind: 'answered' }).command).toMatchObject({
      target: { kind: 'extension', extension: '100' },
      callerId: null,
      maxTalkMs: null,
    });
    expect(call(text('100@evil.example')).do({ kind: 'answered' }).node).toBe('wrong');
  });

  test('a menu keeps what was chosen', () => {
    const driven = call(flow('begin: { type: menu, prompt: [], options: { "12": bye, 1: begin }, into: choice }', 'results: [choice]'))
      .listen()
      .press('12');
    expect(driven.vars()['choice']).toBe('12');
  });

  test('headers cannot be broken into two', () => {
    const text = flow(
      'begin: { type: http, url: "https://x.example/", headers: { "X-Name": "{{name}}" }, next: bye }',
      'variables: { name: "a\\r\\nx: y" }',
    );
    expect(call(text).do({ kind: 'answered' }).faults()).toEqual(['bad-header']);
  });

  test('a value cannot climb out of the path of an address', () => {
    const text = flow('begin: { type: http, url: "https://x.example/a/{{name}}/b", next: bye }', 'variables: { name: ".." }');
    expect(call(text).do({ kind: 'answered' }).faults()).toEqual(['bad-filter']);
  });
});
