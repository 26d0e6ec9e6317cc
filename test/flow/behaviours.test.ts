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

describe('asking the caller', () => {
  test('behaviour 7: after a mistake the re-prompt throws away keys typed ahead; after silence it keeps them', () => {
    const driven = call(MENU).listen();
    expect(driven.command).toMatchObject({ kind: 'collect', spec: { typeAhead: 'keep' } });
    expect(driven.press('7', 'no-match').command).toMatchObject({ kind: 'collect', spec: { typeAhead: 'flush' } });
    expect(driven.silence().command).toMatchObject({ kind: 'collect', spec: { typeAhead: 'keep' } });
  });

  test('behaviour 7: an incomplete number and a refused check flush, too', () => {
    const checked = flow(`
begin: { type: collect, prompt: test.code, into: code, digits: { min: 1, max: 2 }, check: "int(code) <= 81", next: bye }
`);
    expect(call(checked).listen().press('9', 'incomplete').command).toMatchObject({ spec: { typeAhead: 'flush' } });
    expect(call(checked).listen().press('99').command).toMatchObject({ spec: { typeAhead: 'flush' } });
  });

  test('behaviour 11: an incomplete number is a no-match, not a no-input', () => {
    const driven = call(MENU).listen().press('1').press('12', 'incomplete');
    expect(driven.session.stack[0]?.counters).toMatchObject({ tries: 2, noMatch: 1, noInput: 0 });
  });

  test('behaviour 13 and 15: pattern, terminator and swallow time are handed to the dialogue', () => {
    const driven = call(flow('begin: { type: collect, prompt: test.code, into: code, digits: { min: 3, max: 10 }, next: bye }')).listen();
    expect(driven.command).toMatchObject({
      spec: {
        match: { kind: 'digits', min: 3, max: 10 },
        terminator: '#',
        terminatorSwallowMs: 1000,
        firstDigitMs: 6000,
        interDigitMs: 3000,
      },
    });
  });

  test('behaviour 14: the terminator pressed first has a prompt of its own and is neither no-input nor no-match', () => {
    const driven = call(MENU).listen().press('1').press('', 'empty');
    expect(driven.words).toBe('Önce rakam tuşlayın.');
    expect(driven.session.stack[0]?.counters).toMatchObject({ tries: 2, noMatch: 0, noInput: 0 });
  });

  test('behaviour 16: options that begin one another are both listened for', () => {
    const driven = call(flow('begin: { type: menu, prompt: test.menu, options: { 1: bye, 12: begin } }')).listen();
    expect(driven.command).toMatchObject({ spec: { match: { kind: 'options', options: ['1', '12'] } } });
  });

  test('behaviour 17: star, pound and A to D can be options', () => {
    const driven = call(flow('begin: { type: menu, prompt: test.menu, options: { "*": bye, "#": bye, A: begin } }')).listen();
    expect(driven.command).toMatchObject({ spec: { match: { options: ['*', '#', 'A'] } } });
    expect(driven.press('A').node).toBe('begin');
  });

  test('behaviour 18: silence and wrong keys have separate counters and prompts, and a common cap', () => {
    const driven = call(MENU).listen();
    expect(driven.silence().words).toBe('Sizi duyamadık.');
    expect(driven.press('7', 'no-match').words).toBe('Geçersiz.');
    expect(driven.silence().words).toBe('Tam menü.');
    expect(driven.press('7', 'no-match').words).toBe('Tam menü.');
    expect(driven.session.stack[0]?.counters).toEqual({ tries: 5, noInput: 2, noMatch: 2 });
    expect(driven.silence().last('exit')).toMatchObject([{ exit: 'exhausted' }]);
  });

  test('behaviour 18: a cap of its own takes the exit of its own, or exhausted where that is not wired', () => {
    const capped = (exits: string) =>
      flow(`
begin: { type: menu, prompt: test.menu, options: { 1: bye }, attempts: 9, attemptsNoInput: 2, attemptsNoMatch: 1, exits: { ${exits} } }
quiet: { type: say, prompt: test.help, next: bye }
lost: { type: say, prompt: test.full, next: bye }
`);
    const both = capped('noInput: quiet, exhausted: lost');
    expect(call(both).listen().silence().silence().node).toBe('quiet');
    expect(call(both).listen().press('4', 'no-match').node).toBe('lost');
  });

  test('behaviour 18: an exit for silence wins when every try failed by silence, and only then', () => {
    const text = flow(`
begin: { type: menu, prompt: test.menu, options: { 1: bye }, attempts: 3, exits: { noInput: quiet, noMatch: wrong, exhausted: lost } }
quiet: { type: say, prompt: test.help, next: bye }
wrong: { type: say, prompt: test.help, next: bye }
lost: { type: say, prompt: test.full, next: bye }
`);
    expect(call(text).listen().silence().silence().silence().node).toBe('quiet');
    expect(call(text).listen().press('4', 'no-match').press('4', 'no-match').press('4', 'no-match').node).toBe('wrong');
    expect(call(text).listen().silence().press('4', 'no-match').silence().node).toBe('lost');
  });

  test('behaviour 19: the ladder climbs, and its last prompt repeats', () => {
    const driven = call(MENU).listen();
    const heard = Array.from({ length: 4 }, () => driven.press('7', 'no-match').words);
    expect(heard).toEqual(['Geçersiz.', 'Tam menü.', 'Lütfen biri tuşlayın.', 'Lütfen biri tuşlayın.']);
  });

  test.each([1, 2, 3, 7])('behaviour 20: with %i attempts the menu is heard that often, never more and never less', (attempts) => {
    const text = flow(`begin: { type: menu, prompt: test.menu, options: { 1: bye }, attempts: ${attempts}, exits: { exhausted: bye } }`);
    for (const fail of ['silence', 'wrong'] as const) {
      const driven = call(text).listen();
      let heard = 0;
      while (driven.command?.kind === 'collect') {
        heard += 1;
        if (fail === 'silence') driven.silence();
        else driven.press('5', 'no-match');
      }
      expect(heard).toBe(attempts);
      expect(driven.node).toBe('bye');
    }
  });

  test('behaviour 20: three tries are the default of menu and collect, and the flow’s defaults replace it', () => {
    const collecting = (head: string) => flow('begin: { type: collect, prompt: test.code, into: code, digits: 4, next: bye }', head);
    const driven = call(collecting('')).listen().silence().silence();
    expect(driven.command?.kind).toBe('collect');
    expect(driven.silence().last('exit')).toMatchObject([{ exit: 'noInput' }]);
    const two = call(collecting('defaults: { collect: { attempts: 2, firstDigit: 9s } }')).listen();
    expect(two.command).toMatchObject({ spec: { firstDigitMs: 9000, interDigitMs: 3000 } });
    expect(two.silence().command?.kind).toBe('collect');
    expect(two.silence().last('exit')).toHaveLength(1);
  });

  test('behaviour 21: counters begin anew on success and on coming back', () => {
    const back = flow(`
begin: { type: menu, prompt: test.menu, options: { 1: second } }
second: { type: menu, prompt: test.full, options: { "*": begin, 1: bye } }
`);
    const driven = call(back).listen().silence().silence().press('1').press('*');
    expect(driven.node).toBe('begin');
    expect(driven.session.stack[0]?.counters).toEqual({ tries: 1, noInput: 0, noMatch: 0 });
  });

  test('behaviour 21: counters outlive a language switch that leads back to the menu, which is heard anew without using up a try', () => {
    const driven = call(MENU).listen().silence().press('7', 'no-match').press('3');
    expect(driven.node).toBe('begin');
    expect(driven.words).toBe('One or two.');
    expect(driven.session.stack[0]?.counters).toEqual({ tries: 3, noInput: 1, noMatch: 1 });
  });

  test('behaviour 21: a branch on the way of a language switch changes nothing; a way back without a switch begins anew', () => {
    const toggle = (middle: string) =>
      flow(
        `
begin: { type: menu, prompt: test.menu, options: { 9: which, 1: bye } }
which: { type: branch, cases: [{ when: call.language == "tr", to: ${middle} }], else: begin }
to-english: { type: language, to: en, next: begin }
note: { type: set, set: { n: "1" }, next: begin }
`.replace(middle === 'note' ? /to-english: .*\n/ : /note: .*\n/, ''),
      );
    expect(call(toggle('to-english')).listen().silence().press('9').session.stack[0]?.counters).toMatchObject({ noInput: 1 });
    expect(call(toggle('note')).listen().silence().press('9').session.stack[0]?.counters).toMatchObject({ noInput: 0 });
  });

  test('behaviour 31: the repeat key says the last prompt again and uses up no try', () => {
    const driven = call(MENU).listen();
    for (let i = 0; i < 20; i += 1) expect(driven.press('9').words).toBe('Bir ya da iki.');
    driven.press('7', 'no-match').press('7', 'no-match');
    expect(driven.press('9').words).toBe('Tam menü.');
    expect(driven.session.stack[0]?.counters).toMatchObject({ tries: 3, noMatch: 2 });
  });

  test('behaviour 31: a menu without words of its own repeats what was said before it', () => {
    const text = flow(`
begin: { type: say, prompt: test.full, next: quiet }
quiet: { type: menu, prompt: [], options: { 1: bye }, repeat: "*" }
`);
    const driven = call(text).listen();
    expect(driven.words).toBe('');
    expect(driven.press('*').words).toBe('Tam menü.');
  });
});

describe('secrets and read-backs', () => {
  const SECRET = flow(
    `
begin: { type: collect, prompt: test.code, into: pin, digits: 4, secret: true, next: send }
send: { type: http, method: POST, url: "https://bank.example/pin", body: { pin: "{{pin}}" }, next: bye }
`,
  );

  test('behaviour 24: secret digits stay in their variable; events know their number only', () => {
    const driven = call(SECRET).listen();
    expect(driven.command).toMatchObject({ spec: { secret: true } });
    driven.press('4711');
    expect(driven.vars()).toMatchObject({ pin: '4711' });
    expect(driven.command).toMatchObject({ kind: 'http', body: { pin: '4711' } });
    expect(driven.last('digits')).toEqual([{ kind: 'digits', node: 'begin', digits: null, length: 4, end: 'matched' }]);
    expect(JSON.stringify(driven.events)).not.toContain('4711');
  });

  test('behaviour 24: wrong secret digits are not told either', () => {
    const driven = call(SECRET).listen().press('4711', 'no-match').press('47', 'incomplete');
    expect(JSON.stringify(driven.events)).not.toContain('47');
  });

  test('long numbers and the caller’s number are kept out of events, wherever they are copied', () => {
    const text = flow(`
begin: { type: collect, prompt: test.code, into: mobile, digits: 10, confirm: { prompt: { text: { tr: "{{mobile|phone}}?", en: "{{mobile|phone}}?" } } }, next: copy }
copy: { type: set, set: { who: mobile + call.ani, both: who }, next: tell }
tell: { type: say, prompt: { text: { tr: "{{both}} {{call.ani}}", en: "{{both}} {{call.ani}}" } }, next: bye }
`);
    const driven = call(text).listen().press('5550000034');
    expect(driven.words).toContain('beş');
    driven.press('1');
    expect(driven.words).toBe('5550000034+905550000012 +905550000012');
    expect(JSON.stringify(driven.events)).not.toMatch(/5550000|beş beş/);
    expect(driven.events).toContainEqual(expect.objectContaining({ kind: 'prompt', text: '{{both}} {{call.ani}}' }));
  });

  const CONFIRM = flow(`
begin: { type: collect, prompt: test.code, into: code, digits: 2, confirm: { prompt: test.read-back }, next: bye, exits: { exhausted: lost } }
lost: { type: say, prompt: { text: { tr: "{{code|default:'yok'}}", en: "{{code|default:'none'}}" } }, next: bye }
`);

  test('behaviour 25: what was typed is read back, interruptibly; 1 takes it, 2 asks again', () => {
    const driven = call(CONFIRM).listen().press('34');
    expect(driven.words).toBe('Tuşladığınız: üç dört.');
    expect(driven.command).toMatchObject({
      kind: 'collect',
      items: [{ bargeIn: true }],
      spec: { match: { kind: 'options', options: ['1', '2'] } },
    });
    expect(driven.vars()['code']).toBeNull();
    expect(driven.press('2').words).toBe('Kodu tuşlayın.');
    expect(driven.press('06').press('1').vars()['code']).toBe('06');
    expect(driven.node).toBe('bye');
  });

  test('behaviour 25: saying no uses up tries, so the question is heard three times at most; nothing unconfirmed is kept', () => {
    const driven = call(CONFIRM).listen();
    for (let i = 0; i < 3; i += 1) {
      expect(driven.words).toBe('Kodu tuşlayın.');
      driven.press('34').press('2');
    }
    expect(driven.node).toBe('lost');
    expect(driven.words).toBe('yok');
  });

  test('behaviour 25: silence and wrong keys at the read-back repeat it, three times at most', () => {
    const driven = call(CONFIRM).listen().press('34');
    expect(driven.silence().words).toBe('Tuşladığınız: üç dört.');
    expect(driven.press('7', 'no-match').command).toMatchObject({ spec: { typeAhead: 'flush' } });
    expect(driven.silence().node).toBe('lost');
  });
});

describe('prompts', () => {
  test('behaviour 3 and 4: barge-in is settled per item', () => {
    const text = flow('begin: { type: menu, prompt: [{ key: test.help, bargeIn: false }, test.menu], options: { 1: bye } }');
    const items = (command: unknown) => (command as { items: readonly { bargeIn: boolean }[] }).items.map(({ bargeIn }) => bargeIn);
    expect(items(call(text).listen().command)).toEqual([false, true]);
    expect(items(call(text.replace('options:', 'bargeIn: none, options:')).listen().command)).toEqual([false, false]);
  });

  test('behaviour 27: an empty prompt list takes no time; so do prompts whose conditions are all false', () => {
    const text = flow(`
begin: { type: say, prompt: [], next: second }
second: { type: say, prompt: [{ key: test.help, when: "1 == 2" }], next: last }
last: { type: hangup, prompt: [] }
`).replace(/ {2}bye:.*\n/, '');
    expect(call(text).listen().command).toEqual({ kind: 'hangup', step: 2, cause: 'normal' });
  });

  test('behaviour 28: after a language switch prompts, numbers and dates are in the new language', () => {
    const text = flow(
      `
begin: { type: say, prompt: { key: test.count, with: { n: "3" } }, next: switch }
switch: { type: language, to: "{{wanted}}", next: again }
again: { type: say, prompt: [{ key: test.count, with: { n: "3" } }, { text: { tr: "{{day|date}}", en: "{{day|date}}" } }], next: bye }
`,
      'variables: { wanted: en, day: "2026-10-29" }',
    );
    const driven = call(text).do({ kind: 'answered' });
    expect(driven.words).toBe('üç tane.');
    driven.do({ kind: 'finished', heard: 'all' });
    expect(driven.words).toMatch(/^three of them\. .*October/);
    expect(driven.last('language')).toEqual([{ kind: 'language', language: 'en' }]);
    expect(driven.session.language).toBe('en');
  });

  test('behaviour 28: a missing translation falls back along the flow’s languages', () => {
    const text = flow('begin: { type: say, prompt: test.only-turkish, next: bye }', 'languages: [tr]');
    expect(call(text, { trigger: { language: 'en' } }).do({ kind: 'answered' }).command).toMatchObject({
      items: [{ language: 'tr', text: 'Yalnız Türkçe.', fallback: [] }],
    });
  });

  test('behaviour 26: the other languages of a prompt go along as fallback, and a prompt that failed does not stop the flow', () => {
    const driven = call(flow('begin: { type: say, prompt: test.help, next: bye }')).do({ kind: 'answered' });
    expect(driven.command).toMatchObject({ items: [{ key: 'test.help', fallback: [{ language: 'en', text: 'Please press one.' }] }] });
    expect(driven.do({ kind: 'finished', heard: 'failed' }).node).toBe('bye');
  });
});

describe('answering', () => {
  test('behaviour 33: the call is answered first, with a pause before the first prompt', () => {
    const driven = call(flow('begin: { type: say, prompt: test.help, next: bye }', 'answer: { settle: 450ms }'));
    expect(driven.command).toEqual({ kind: 'answer', step: 1, settleMs: 450 });
    expect(driven.do({ kind: 'answered' }).session.answered).toBe(true);
    expect(driven.command?.kind).toBe('play');
  });

  test('behaviour 32: with policy byFlow the announcement comes before the answer', () => {
    const text = flow(
      `
begin: { type: say, prompt: test.help, next: pick-up }
pick-up: { type: answer, settle: 200ms, next: begin-menu }
begin-menu: { type: menu, prompt: test.menu, options: { 1: pick-up, 2: bye } }
`,
      'answer: { policy: byFlow }',
    );
    const driven = call(text);
    expect(driven.command?.kind).toBe('play');
    expect(driven.session.answered).toBe(false);
    driven.do({ kind: 'finished', heard: 'all' });
    expect(driven.command).toMatchObject({ kind: 'answer', settleMs: 200 });
    driven.do({ kind: 'answered' });
    expect(driven.session.answered).toBe(true);
    // Answered already: the node takes no time.
    expect(driven.press('1').node).toBe('begin-menu');
  });

  test('an outbound call is answered already', () => {
    expect(call(flow('begin: { type: say, prompt: test.help, next: bye }'), { trigger: { kind: 'outbound' } }).command?.kind).toBe('play');
  });
});

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
      expect(one.do({ kind: 'hung-up' }).turn).toEqual({ session: one.session, command: null, events: [] });
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
      driven.do({ kind: 'restarted' });
      expect(driven.command).toEqual({ ...before, step: (before?.step ?? 0) + 1 });
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
        expect(turn).toEqual({ session, command: session.waiting, events: [] });
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
