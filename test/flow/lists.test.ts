import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { evenHash } from '../../src/domain/hash.ts';
import { pageOf } from '../../src/flow/nodes/pages.ts';
import { call, check, flow } from './kit.ts';

const ITEMS = (count: number) => JSON.stringify(Array.from({ length: count }, (_, i) => ({ name: `n${i + 1}`, on: true })));

describe('loop', () => {
  const walk = (count: number, more = '') =>
    call(
      flow(
        `
begin:
  type: loop
  over: items
  into: item
  at: place
  prompt: { text: { tr: "{{position}}/{{count}} {{item.name}}", en: "{{position}}" } }
  ask: { text: { tr: "{{first}} {{last}}", en: x } }
  keys: { next: 2, previous: 1, repeat: [3, 9], take: 4, leave: 0 }
  options: { "*": elsewhere }
  noInput: [general.no-input]
  attempts: 2
  ${more}
  exits: { taken: busy, left: bye, end: over, empty: none }
busy: { type: say, prompt: test.help, next: begin }
over: { type: say, prompt: test.full, next: begin }
none: { type: say, prompt: test.help, next: bye }
elsewhere: { type: set, set: { place: 0 }, next: begin }
`,
        `variables: { items: ${ITEMS(count)}, place: null }\nresults: [item, place]`,
      ),
    ).do({ kind: 'answered' });

  test('walks on, back and again, and knows the first and the last', () => {
    const driven = walk(3);
    expect(driven.words).toBe('1/3 n1 true false');
    expect(driven.press('2').words).toBe('2/3 n2 false false');
    expect(driven.press('3').words).toBe('2/3 n2 false false');
    expect(driven.press('9').words).toBe('2/3 n2 false false');
    expect(driven.press('2').words).toBe('3/3 n3 false true');
    expect(driven.vars()).toMatchObject({ place: 3, item: { name: 'n3' } });
    expect(driven.press('1').press('1').press('1').words).toBe('1/3 n1 true false');
  });

  test('who comes back hears what the keys do, not the item; a place of 0 begins anew', () => {
    const driven = walk(3).press('2').press('4').do({ kind: 'finished', heard: 'all' });
    expect(driven.words).toBe('false false');
    expect(driven.vars()).toMatchObject({ place: 2, item: { name: 'n2' } });
    expect(driven.press('2').press('2').words).toBe('Tam menü.');
    expect(driven.do({ kind: 'finished', heard: 'all' }).words).toBe('false true');
    expect(driven.press('*').words).toBe('1/3 n1 true false');
  });

  test('walking uses up no try; silence and wrong keys do', () => {
    const driven = walk(3);
    for (let i = 0; i < 10; i += 1) driven.press('3');
    expect(driven.silence().words).toBe('Sizi duyamadık.');
    driven.press('2').silence().press('7', 'no-match');
    expect(driven.words).toBe('Hoşça kalın.');
  });

  test('an empty list, or none, has an exit', () => {
    expect(walk(0).words).toBe('Lütfen biri tuşlayın.');
    const none = flow(
      'begin: { type: loop, over: items, into: item, prompt: [], keys: { next: 1 }, exits: { end: bye } }',
      'variables: { items: null }\nresults: [item]',
    );
    expect(call(none).do({ kind: 'answered' }).words).toBe('Hoşça kalın.');
  });

  test('after a restart the item is heard from its beginning', () => {
    const driven = walk(3).press('2');
    expect(driven.do({ kind: 'restarted' }).words).toBe('2/3 n2 false false');
    expect(driven.press('2').words).toBe('3/3 n3 false true');
  });

  test('a list that became shorter meanwhile is at its end', () => {
    const driven = walk(3).press('2').press('2');
    const frame = driven.session.stack[0] as { vars: Record<string, unknown> };
    frame.vars = { ...frame.vars, items: [] };
    expect(driven.press('2').words).toBe('Tam menü.');
  });

  test('the checker wants a place for what is taken, and one meaning for each key', () => {
    const said = (keys: string, exits: string) =>
      check({
        main: flow(
          `begin: { type: loop, over: items, into: item, prompt: [], keys: ${keys}, options: { 7: bye }, exits: ${exits} }`,
          'variables: { items: [] }\nresults: [item]',
        ),
      })
        .problems.filter(({ severity }) => severity === 'error')
        .map(({ code }) => code);
    expect(said('{ next: 1, take: 2 }', '{ end: bye }')).toEqual(['flow.exit-not-wired']);
    expect(said('{ next: 1 }', '{}')).toEqual(['flow.exit-not-wired']);
    expect(said('{ next: 1, take: 1 }', '{ end: bye, taken: bye }')).toEqual(['flow.ambiguous-option']);
    expect(said('{ next: 7 }', '{ end: bye }')).toEqual(['flow.ambiguous-option']);
    expect(said('{ take: 1 }', '{ end: bye, taken: bye }')).toContain('flow.missing-key');
    expect(said('{ next: [1, 2] }', '{ end: bye }')).toEqual([]);
  });
});

describe('choose', () => {
  const menu = (count: number, more = '') =>
    call(
      flow(
        `
begin:
  type: choose
  from: items
  when: item.on
  prompt: { text: { tr: "Seçin.", en: "Choose." } }
  option: { text: { tr: "{{key}}={{item.name}}({{position}})", en: x } }
  morePrompt: { text: { tr: "{{key}}=more", en: x } }
  into: taken
  noInput: [general.no-input]
  attempts: 2
  ${more}
  next: bye
  exits: { empty: none }
none: { type: say, prompt: test.help, next: bye }
`,
        `variables: { items: ${ITEMS(count)} }\nresults: [taken]`,
      ),
    ).do({ kind: 'answered' });

  test('nine items have nine keys; the tenth makes pages, and after the last page comes the first', () => {
    expect(menu(9).words).toBe(`Seçin. ${[1, 2, 3, 4, 5, 6, 7, 8, 9].map((n) => `${n}=n${n}(${n})`).join(' ')}`);
    const driven = menu(10);
    expect(driven.words).toBe(`Seçin. ${[1, 2, 3, 4, 5, 6, 7, 8].map((n) => `${n}=n${n}(${n})`).join(' ')} 9=more`);
    expect(driven.press('9').words).toBe('Seçin. 1=n9(9) 2=n10(10) 9=more');
    expect(driven.press('9').words).toContain('1=n1(1)');
    driven.press('9').press('2');
    expect(driven.vars()['taken']).toEqual({ name: 'n10', on: true });
  });

  test('what is said last follows the options of every page, also after a mistake', () => {
    const rest = 'rest: { text: { tr: "{{items[0].name}} son.", en: x } }';
    expect(menu(1, rest).words).toBe('Seçin. 1=n1(1) n1 son.');
    const driven = menu(10, rest).press('9');
    expect(driven.words).toBe('Seçin. 1=n9(9) 2=n10(10) 9=more n1 son.');
    expect(driven.press('5').words).toMatch(/1=n9\(9\) 2=n10\(10\) 9=more n1 son\.$/);
  });

  test('pages use up no try, and a key of another page is a wrong one', () => {
    const driven = menu(10);
    for (let i = 0; i < 5; i += 1) driven.press('9');
    expect(driven.press('3', 'no-match').words).toBe('Seçin. 1=n9(9) 2=n10(10) 9=more');
    expect(driven.silence().words).toBe('Hoşça kalın.');
  });

  test('after silence the options follow the re-prompt; after a restart the page is heard again', () => {
    const driven = menu(10).press('9').silence();
    expect(driven.words).toBe('Sizi duyamadık. 1=n9(9) 2=n10(10) 9=more');
    expect(driven.do({ kind: 'restarted' }).words).toBe('Seçin. 1=n9(9) 2=n10(10) 9=more');
  });

  test('keys of other options are not the list’s; the repeat key says it again', () => {
    const driven = menu(9, 'options: { 0: none, 1: bye }\n  repeat: 5');
    expect(driven.words).toBe('Seçin. 2=n1(1) 3=n2(2) 4=n3(3) 6=n4(4) 7=n5(5) 8=n6(6) 9=more');
    expect(driven.press('5').words).toBe(driven.words);
    expect(driven.press('9').words).toBe('Seçin. 2=n7(7) 3=n8(8) 4=n9(9) 9=more');
    expect(driven.press('0').words).toBe('Lütfen biri tuşlayın.');
  });

  test('nothing to choose from has an exit', () => {
    expect(menu(0).words).toBe('Lütfen biri tuşlayın.');
    expect(menu(3, '').do({ kind: 'digits', digits: '4', end: 'matched' }).last('digits')).toMatchObject([{ end: 'no-match' }]);
  });

  test('the checker finds keys that mean two things and options that leave none', () => {
    const said = (more: string) =>
      check({
        main: flow(
          `begin: { type: choose, from: items, prompt: [], option: [], into: taken, ${more}, next: bye, exits: { empty: bye } }`,
          'variables: { items: [] }\nresults: [taken]',
        ),
      })
        .problems.filter(({ severity }) => severity === 'error')
        .map(({ code }) => code);
    expect(said('options: { 9: bye }, more: 9')).toEqual(['flow.ambiguous-option']);
    expect(said('options: { 1: bye, 2: bye, 3: bye, 4: bye, 5: bye, 6: bye, 7: bye, 8: bye }')).toEqual(['flow.bad-option']);
    expect(said('options: { 0: bye }')).toEqual([]);
    expect(said('when: other')).toEqual(['flow.unknown-variable']);
  });

  test('every item is on exactly one page, under a key of its own', () => {
    fc.assert(
      fc.property(
        fc.nat(60),
        fc.subarray(['1', '2', '3', '4', '5', '6', '7', '8', '9'], { minLength: 2 }),
        fc.constantFrom('9', '*', '1'),
        (count, keys, more) => {
          const all = Array.from({ length: count }, (_, i) => i);
          const seen: number[] = [];
          for (let n = 0; seen.length < count; n += 1) {
            const page = pageOf(all, keys, more, n);
            const offered = page.items.map(({ key }) => key);
            expect(new Set([...offered, ...(page.more === null ? [] : [page.more])]).size).toBe(
              offered.length + (page.more === null ? 0 : 1),
            );
            seen.push(...page.items.map(({ item }) => item as number));
          }
          expect(seen).toEqual(all);
        },
      ),
    );
  });
});

describe('split', () => {
  const text = (sticky: boolean, weights = [70, 30, 0]) =>
    flow(
      `begin:\n  type: split\n  ways: { a: { weight: ${weights[0]}, to: bye }, b: { weight: ${weights[1]}, to: other }, c: { weight: ${weights[2]}, to: bye } }\n  sticky: ${sticky}\nother: { type: say, prompt: test.help, next: bye }`,
    );
  const way = (sticky: boolean, random: number, ani = '+905550000012') =>
    call(text(sticky), { world: { random }, trigger: { ani, kind: 'outbound' } }).last('exit')[0]?.exit;

  test('shares are those of the weights; a way of weight 0 is closed', () => {
    expect([0, 0.5, 0.699, 0.7, 0.999, 1].map((random) => way(false, random))).toEqual(['a', 'a', 'a', 'b', 'b', 'b']);
  });

  test('a caller of the same number goes the same way, whatever chance says; who withholds it goes by chance', () => {
    for (let n = 0; n < 10; n += 1) {
      const ani = `+9055500000${String(n).padStart(2, '0')}`;
      expect(new Set([0, 0.5, 0.9].map((random) => way(true, random, ani))).size).toBe(1);
    }
    expect([0, 0.9].map((random) => way(true, random, ''))).toEqual(['a', 'b']);
  });

  test('callers are spread as the weights say', () => {
    const numbers = Array.from({ length: 2000 }, (_, n) => `+90555${5_000_000 + n}`);
    const below = (share: number) => numbers.filter((ani) => evenHash(`main/begin ${ani}`) < share).length / numbers.length;
    for (const share of [0.1, 0.3, 0.5, 0.7]) expect(Math.abs(below(share) - share)).toBeLessThan(0.04);
    const other = numbers.filter((ani) => evenHash(`main/begin ${ani}`) < 0.5 && evenHash(`main/other ${ani}`) < 0.5);
    expect(Math.abs(other.length / numbers.length - 0.25)).toBeLessThan(0.04);
  });

  test('may stand after the call', () => {
    const driven = call(
      flow(
        'begin: { type: say, prompt: test.help, next: bye }\nafter: { type: split, ways: { ask: { weight: 1, to: tell }, not: { weight: 0, to: return } } }\ntell: { type: http, url: "https://crm.example/", next: return }',
        'afterCall: { start: after }',
      ),
    ).do({ kind: 'hung-up' });
    expect(driven.command?.kind).toBe('http');
  });

  test('the checker wants a weight, and names of its own', () => {
    const said = (ways: string) =>
      check({ main: flow(`begin: { type: split, ways: ${ways} }`) })
        .problems.filter(({ severity }) => severity === 'error')
        .map(({ code }) => code);
    expect(said('{ a: { weight: 0, to: bye } }')).toEqual(['flow.bad-value']);
    expect(said('{ error: { weight: 1, to: bye } }')).toEqual(['flow.bad-name']);
    expect(said('{ a: { weight: 1, to: by } }')).toEqual(['flow.unknown-target', 'flow.unreachable-node']);
    expect(said('{ a: { weight: -1, to: bye } }')).toContain('flow.bad-value');
  });
});
