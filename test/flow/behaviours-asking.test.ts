import { describe, expect, test } from 'vitest';
import { call, flow } from './kit.ts';

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
