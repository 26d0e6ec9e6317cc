import { describe, expect, test } from 'vitest';
import { call, flow } from './kit.ts';

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

test('a fallback that cannot be rendered is left out, and the prompt is heard', () => {
  const text = flow(
    'begin: { type: say, prompt: { text: { tr: "Merhaba.", en: "Hello {{name}}." } }, next: bye }',
    'variables: { name: null }',
  );
  expect(call(text).do({ kind: 'answered' }).command).toMatchObject({ items: [{ language: 'tr', text: 'Merhaba.', fallback: [] }] });
  expect(
    call(text, { trigger: { language: 'en' } })
      .do({ kind: 'answered' })
      .faults(),
  ).toEqual(['missing-value']);
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
