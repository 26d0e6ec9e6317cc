import { randomBytes } from 'node:crypto';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { createFormTokens } from '../../../src/services/callback-forms/tokens.ts';
import { createVisitors, networkOf } from '../../../src/services/callback-forms/visitors.ts';

const NOW = 1_767_258_000_000;
const PLACE = { form: 'call-me', origin: 'https://www.example.com' };
const random = (bytes: number) => randomBytes(bytes);
const tokens = createFormTokens('the key of the tests', random);

describe('what a form is sent with', () => {
  it('is read where it was made', () => {
    expect(tokens.read(tokens.make(PLACE, NOW), PLACE)).toMatchObject({ kind: 'good', madeAt: NOW });
    const other = createFormTokens('the key of the tests', random);
    expect(other.read(tokens.make(PLACE, NOW), PLACE).kind).toBe('good');
  });

  it('is forged for any other form, origin or key', () => {
    const token = tokens.make(PLACE, NOW);
    expect(tokens.read(token, { ...PLACE, form: 'other' }).kind).toBe('forged');
    expect(tokens.read(token, { ...PLACE, origin: 'own' }).kind).toBe('forged');
    expect(tokens.read(token, { ...PLACE, origin: 'https://www.example.com:444' }).kind).toBe('forged');
    expect(createFormTokens('another key', random).read(token, PLACE).kind).toBe('forged');
  });

  it('is never two tokens, however it is changed', () => {
    const token = tokens.make(PLACE, NOW);
    const hash = (text: string) => {
      const read = tokens.read(text, PLACE);
      return read.kind === 'good' ? read.hash : null;
    };
    fc.assert(
      fc.property(fc.integer({ min: 0, max: token.length - 1 }), fc.constantFrom(...'abcXYZ019-_.'), (at, char) => {
        const changed = hash(`${token.slice(0, at)}${char}${token.slice(at + 1)}`);
        expect(changed === null || changed === hash(token)).toBe(true);
      }),
    );
    fc.assert(fc.property(fc.string({ maxLength: 200 }), (text) => hash(text) === null));
  });

  it('differs each time', () => {
    expect(tokens.make(PLACE, NOW)).not.toBe(tokens.make(PLACE, NOW));
  });
});

describe('visitors', () => {
  it('are let in so often an hour, each by themselves', () => {
    const visitors = createVisitors();
    const times = Array.from({ length: 4 }, (_, i) => visitors.admit('192.0.2.1', 3, NOW + i));
    expect(times).toEqual([true, true, true, false]);
    expect(visitors.admit('192.0.2.2', 3, NOW)).toBe(true);
    expect(visitors.admit('192.0.2.1', 3, NOW + 3_600_001)).toBe(true);
  });

  it('are one household where only the last 64 bits differ', () => {
    const visitors = createVisitors();
    expect(visitors.admit('2001:db8:1:2::1', 1, NOW)).toBe(true);
    expect(visitors.admit('2001:db8:1:2:ffff:1:2:3', 1, NOW)).toBe(false);
    expect(visitors.admit('2001:db8:1:3::1', 1, NOW)).toBe(true);
  });

  it.each([
    ['192.0.2.7', '192.0.2.7'],
    ['::ffff:192.0.2.7', '192.0.2.7'],
    ['2001:0db8::1', '2001:db8:0:0'],
    ['2001:db8:0:0:1::', '2001:db8:0:0'],
    ['fe80::1%eth0', 'fe80:0:0:0'],
    ['::1', '0:0:0:0'],
  ])('%s is counted as %s', (address, network) => {
    expect(networkOf(address)).toBe(network);
  });
});
