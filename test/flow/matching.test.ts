import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { KEYS, type Key } from '../../src/domain/keys.ts';
import type { CollectSpec } from '../../src/flow/commands.ts';
import { fitsMask, MASK_LETTERS, matchKey, matchTimeout, type Verdict } from '../../src/flow/matching.ts';
import { call, flow } from './kit.ts';

const specOf = (match: CollectSpec['match'], terminator: Key | null): CollectSpec => ({
  match,
  terminator,
  firstDigitMs: 5000,
  interDigitMs: 2000,
  terminatorSwallowMs: 1000,
  typeAhead: 'keep',
  secret: false,
});
const masks = (...list: string[]) => specOf({ kind: 'masks', masks: list }, '#');

/** What becomes of the keys: the verdict on the last one that is looked at; `…` at the end lets the inter-digit time run out. */
function typed(spec: CollectSpec, text: string): { readonly verdict: Verdict; readonly left: string } {
  let before = '';
  for (const [at, key] of [...text].entries()) {
    if (key === '…') return { verdict: matchTimeout(spec, before), left: '' };
    const verdict = matchKey(spec, before, key as Key);
    if (verdict.kind === 'done') return { verdict, left: text.slice(at + 1) };
    if (verdict.kind !== 'ignored') before += key;
  }
  return { verdict: { kind: 'more' }, left: '' };
}

describe('patterns', () => {
  test.each([
    ['5XXXXXXXXX', '5551234567', 'matched', ''],
    ['5XXXXXXXXX', '05', 'no-match', '5'],
    ['5XXXXXXXXX', '5551', 'more', ''],
    ['5XXXXXXXXX', '5551…', 'incomplete', ''],
    ['5XXXXXXXXX', '5551#', 'incomplete', ''],
    ['5XXXXXXXXX', '#', 'empty', ''],
    ['5XXXXXXXXX', '55*', 'no-match', ''],
    ['NXX', '1', 'no-match', ''],
    ['NXX', '200', 'matched', ''],
    ['ZX', '0', 'no-match', ''],
    ['ZX', '10', 'matched', ''],
    ['*X', '*7', 'matched', ''],
    ['XX', 'A12', 'matched', ''],
    ['AX', 'A1', 'matched', ''],
  ])('%s and the keys %s: %s', (mask, keys, end, left) => {
    const { verdict, left: unread } = typed(masks(mask), keys);
    expect(verdict.kind === 'done' ? verdict.end : verdict.kind).toBe(end);
    expect(unread).toBe(left);
  });

  test('of several, the one that begins a longer one waits, and the terminator takes it at once', () => {
    const spec = masks('ZX', 'ZXX', '0X');
    expect(matchKey(spec, '3', '4')).toEqual({ kind: 'ambiguous' });
    expect(typed(spec, '34#').verdict).toEqual({ kind: 'done', digits: '34', end: 'matched', full: false });
    expect(typed(spec, '34…').verdict).toMatchObject({ digits: '34', end: 'matched' });
    expect(typed(spec, '345').verdict).toMatchObject({ digits: '345', end: 'matched', full: true });
    expect(typed(spec, '01').verdict).toMatchObject({ digits: '01', end: 'matched', full: true });
  });

  test('whatever is typed, a match fits a pattern at its full length, and no prefix of it was refused', () => {
    const sign = fc.constantFrom(...'0123456789*', ...Object.keys(MASK_LETTERS));
    const mask = fc.array(sign, { minLength: 1, maxLength: 6 }).map((signs) => signs.join(''));
    const keys = fc.array(fc.constantFrom(...KEYS), { maxLength: 8 }).map((list) => `${list.join('')}…`);
    fc.assert(
      fc.property(fc.array(mask, { minLength: 1, maxLength: 4 }), keys, (list, text) => {
        const { verdict } = typed(masks(...list), text);
        if (verdict.kind !== 'done' || verdict.end === 'empty') return;
        const full = list.some((one) => one.length === verdict.digits.length && fitsMask(one, verdict.digits));
        expect(verdict.end === 'matched').toBe(full);
        const fits = list.some((one) => fitsMask(one, verdict.digits));
        expect(verdict.end === 'no-match').toBe(!fits);
      }),
    );
  });

  test('a node hands its pattern to the dialogue, and what it takes goes into the variable', () => {
    const driven = call(
      flow('begin: { type: collect, prompt: test.code, into: mobile, pattern: ["5XXXXXXXXX", "05XXXXXXXXX"], next: bye }'),
    ).listen();
    expect(driven.command).toMatchObject({ spec: { match: { kind: 'masks', masks: ['5XXXXXXXXX', '05XXXXXXXXX'] }, terminator: '#' } });
    driven.press('5550000012');
    expect(driven.vars()['mobile']).toBe('5550000012');
    // Ten digits are personal: their length only is told.
    expect(driven.last('digits')).toEqual([{ kind: 'digits', node: 'begin', digits: null, length: 10, end: 'matched' }]);
  });

  test('a pattern with a # of its own needs no other key to end it', () => {
    const driven = call(flow('begin: { type: collect, prompt: test.code, into: code, pattern: "*XX#", next: bye }')).listen();
    expect(driven.command).toMatchObject({ spec: { terminator: null } });
  });
});

describe('the terminator of a menu', () => {
  const options = (...list: string[]) => specOf({ kind: 'options', options: list }, '#');

  test.each([
    ['1#', '1', 'matched', ''],
    ['12', '12', 'matched', ''],
    ['1…', '1', 'matched', ''],
    ['3#', '3', 'matched', '#'],
    ['2#', '2', 'no-match', '#'],
    ['#', '', 'empty', ''],
  ])('options 1, 12 and 3, the keys %s', (keys, digits, end, left) => {
    const { verdict, left: unread } = typed(options('1', '12', '3'), keys);
    expect(verdict).toMatchObject({ kind: 'done', digits, end });
    expect(unread).toBe(left);
  });

  test('is none unless the node names one; pressed first it asks again and is no wrong key', () => {
    const plain = call(flow('begin: { type: menu, prompt: test.menu, options: { 1: bye, 12: begin } }')).listen();
    expect(plain.command).toMatchObject({ spec: { terminator: null, terminatorSwallowMs: 0 } });
    const driven = call(flow('begin: { type: menu, prompt: test.menu, options: { 1: bye, 12: begin }, terminator: "#" }')).listen();
    expect(driven.command).toMatchObject({ spec: { terminator: '#', terminatorSwallowMs: 1000 } });
    driven.press('', 'empty');
    expect(driven.node).toBe('begin');
    expect(driven.session.stack[0]?.counters).toMatchObject({ tries: 2, noMatch: 0, noInput: 0 });
    expect(driven.press('1').node).toBe('bye');
  });
});
