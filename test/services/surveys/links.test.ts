import { randomBytes } from 'node:crypto';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { createSurveyLinks } from '../../../src/services/surveys/links.ts';

const NOW = 1_772_452_800_000;
const links = createSurveyLinks('a secret', randomBytes);

describe('a link to a survey', () => {
  it('is read until it expires, to the second', () => {
    const { token, hash, expiresAt } = links.make(NOW + 60_000);
    expect(token).toMatch(/^[\w-]{16}\.[0-9a-z]{6,8}\.[\w-]{22}$/);
    expect(links.read(token, NOW)).toEqual({ kind: 'good', hash });
    expect(links.read(token, expiresAt - 1)).toEqual({ kind: 'good', hash });
    expect(links.read(token, expiresAt)).toEqual({ kind: 'expired' });
  });

  it('is never the same twice', () => {
    const made = Array.from({ length: 1000 }, () => links.make(NOW).token);
    expect(new Set(made).size).toBe(1000);
  });

  it('of another key is forged, also when it has expired', () => {
    const other = createSurveyLinks('another secret', randomBytes);
    expect(links.read(other.make(NOW + 60_000).token, NOW)).toEqual({ kind: 'forged' });
    expect(links.read(other.make(NOW - 60_000).token, NOW)).toEqual({ kind: 'forged' });
  });

  it('whose expiry was moved is forged', () => {
    const [secret, seconds = '', signature] = links.make(NOW + 1000).token.split('.');
    const later = (Number.parseInt(seconds, 36) + 3600).toString(36);
    expect(links.read(`${secret}.${later}.${signature}`, NOW)).toEqual({ kind: 'forged' });
  });

  it('with any one sign changed is forged', () => {
    const { token } = links.make(NOW + 60_000);
    fc.assert(
      fc.property(fc.nat({ max: token.length - 2 }), fc.constantFrom(...'abcXYZ019-_.'), (at, sign) => {
        const changed = token.slice(0, at) + sign + token.slice(at + 1);
        expect(links.read(changed, NOW).kind).toBe(changed === token ? 'good' : 'forged');
      }),
    );
  });

  it.each(['', '..', 'a.b.c', '/etc/passwd', '💥', 'x'.repeat(10_000)])('%j is forged', (text) => {
    expect(links.read(text, NOW)).toEqual({ kind: 'forged' });
  });
});
