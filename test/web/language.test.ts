import { describe, expect, it } from 'vitest';
import { startLanguage } from '../../src/web/i18n-language.ts';

describe('the language pages start in', () => {
  it.each([
    ['tr', ['en-US'], 'tr'],
    ['en', ['tr-TR'], 'en'],
    [null, ['tr-TR', 'en-US'], 'tr'],
    [null, ['de-DE', 'tr'], 'tr'],
    [null, ['en-GB', 'tr'], 'en'],
    [null, ['de-DE'], 'en'],
    [null, [], 'en'],
    ['xx', ['TR'], 'tr'],
  ] as const)('stored %s, browser %j: %s', (stored, wanted, expected) => {
    expect(startLanguage(stored, wanted)).toBe(expected);
  });
});
