import { describe, expect, test } from 'vitest';
import { call, check, flow } from './kit.ts';

const asks = (fields = '') =>
  flow(`begin: { type: callback-request, group: sales, ${fields} next: bye, exits: { declined: no, noNumber: none } }
no: { type: say, prompt: test.help, next: bye }
none: { type: say, prompt: test.full, next: bye }`);
const ask = (fields = '', ani = '+905550000012') => call(asks(fields), { trigger: { ani } }).do({ kind: 'answered' });
const numbers = (driven: ReturnType<typeof ask>) =>
  driven.effects.flatMap((effect) => (effect.kind === 'callback' ? [effect.draft.number] : []));

describe('a request to be called back', () => {
  test('for another number reads it back before it is stored', () => {
    const driven = ask().press('2');
    expect(driven.words).toMatch(/alan koduyla birlikte tuşlayın, ardından kareyi tuşlayın/);
    driven.press('02125550031');
    expect(driven.words).toMatch(/iki bir iki/);
    expect(numbers(driven)).toEqual([]);
    expect(numbers(driven.press('1'))).toEqual(['+902125550031']);
  });

  test.each(['', 'anonymous', '112', '1000'])('asks who calls from %j for a number', (ani) => {
    const driven = ask('', ani);
    expect(driven.words).toMatch(/alan koduyla/);
    expect(numbers(driven.press('05550000017').press('1'))).toEqual(['+905550000017']);
  });

  test.each(['09005550001', '112', '4440123', '004915550000000', '123'])('does not take %s, which would cost or reach nobody', (keyed) => {
    const driven = ask('', '').press(keyed);
    expect(driven.words).toMatch(/^Bu numarayı arayamıyoruz\. Lütfen/);
    driven.press(keyed).press(keyed);
    expect(driven.node).toBe('none');
    expect(driven.effects).toEqual([]);
  });

  test('takes numbers abroad where the flow says so', () => {
    expect(ask('', '+4915550000000').words).toMatch(/alan koduyla/);
    expect(numbers(ask('abroad: true,', '+4915550000000').press('1'))).toEqual(['+4915550000000']);
  });

  test('keeps the place of a wait that was given up for it', () => {
    const since = (value: string) => {
      const [effect] = ask(`since: '${value}',`).press('1').effects;
      return effect?.kind === 'callback' ? effect.draft.since : undefined;
    };
    expect(since('1000')).toBe(1000);
    // A time that is yet to come would put them behind everybody.
    expect(since('99000000000000')).toBeLessThan(99_000_000_000_000);
    for (const none of ['0', '"x"', 'null']) expect(since(none)).toBeNull();
  });

  test('is not made by silence', () => {
    const driven = ask('attempts: 2,').silence().silence();
    expect([driven.node, driven.effects]).toEqual(['none', []]);
  });

  test('can be left', () => {
    const driven = ask().press('*');
    expect([driven.node, driven.effects]).toEqual(['no', []]);
  });

  test('no to every number comes to an end', () => {
    const driven = ask('attempts: 2,');
    driven.press('2').press('05550000017').press('2').press('05550000018').press('2');
    expect(driven.node).toBe('none');
  });

  test('stays where it was after a restart', () => {
    expect(ask().do({ kind: 'restarted' }).words).toMatch(/arayabiliriz/);
    expect(ask().press('2').do({ kind: 'restarted' }).words).toMatch(/alan koduyla/);
    const stored = ask().press('1').do({ kind: 'restarted' });
    expect([stored.node, numbers(stored)]).toEqual(['bye', ['+905550000012']]);
  });

  test('is told in the journal without the number, in figures or in words', () => {
    const driven = ask().press('2').press('05550000017').press('1');
    expect(JSON.stringify(driven.events)).not.toMatch(/5550000|beş beş/);
    expect(driven.events).toContainEqual(expect.objectContaining({ kind: 'digits', digits: null, length: 11 }));
  });

  test('prompts of the flow may read what the node gives', () => {
    const own = 'offer: { text: { tr: "{{number|phone}} {{yes|key}}", en: "{{number}}" } }, done: [],';
    expect(check({ main: asks(own) }).problems.filter(({ severity }) => severity === 'error')).toEqual([]);
    expect(ask(own).words).toMatch(/beş beş beş.* biri$/);
    expect(ask(own).press('1').node).toBe('bye');
    expect(check({ main: asks('done: { text: { tr: "{{number}}", en: x } },') }).problems).toContainEqual(
      expect.objectContaining({ code: 'flow.unknown-variable' }),
    );
    expect(check({ main: asks('no: 1,') }).problems).toContainEqual(expect.objectContaining({ code: 'flow.ambiguous-option' }));
  });
});
