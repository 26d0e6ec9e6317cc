import { readFileSync } from 'node:fs';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { BrandId } from '../../src/domain/brand.ts';
import { wishTimes } from '../../src/domain/callback-form.ts';
import { parseForms } from '../../src/domain/form-file.ts';

const HOUSE = { brand: 'santral' as BrandId, groups: new Set(['sales', 'support']) };
const parse = (text: string) => parseForms({ path: 'flows/forms.yaml', text }, HOUSE);
const WORDS = `
    title: { tr: Sizi arayalım, en: We call you }
    intro: { tr: Numaranız, en: Your number }
    consent: { version: v1, text: { tr: Kabul, en: I agree } }`;
const form = (lines: string, name = 'call-me'): string => `forms:\n  ${name}:${WORDS}\n    ${lines}\n`;

describe('flows/forms.yaml', () => {
  it('takes the shipped file', () => {
    const { forms, problems } = parse(readFileSync('flows/forms.yaml', 'utf8'));
    expect(problems).toEqual([]);
    expect(forms.get('call-me')).toMatchObject({ group: 'sales', languages: ['tr', 'en'], wishMs: 48 * 3_600_000, note: 'optional' });
  });

  it('is not needed', () => {
    expect(parseForms(null, HOUSE)).toEqual({ forms: new Map(), problems: [] });
  });

  it('fills in what is left out', () => {
    expect(parse(form('group: sales')).forms.get('call-me')).toEqual({
      ...{ id: 'call-me', group: 'sales', languages: ['tr', 'en'], origins: [], name: 'optional', note: 'optional', topics: [], wishMs: 0 },
      title: { tr: 'Sizi arayalım', en: 'We call you' },
      intro: { tr: 'Numaranız', en: 'Your number' },
      consent: { version: 'v1', text: { tr: 'Kabul', en: 'I agree' } },
    });
  });

  it.each([
    ['a group no queue belongs to', form('group: nobody'), 'forms.unknown-group', 6, /Known: sales, support/],
    [
      'a brand that is not ours',
      form('{ group: sales, brand: other }'.slice(2, -2).replace(', ', '\n    ')),
      'forms.other-brand',
      7,
      /SANTRAL_BRAND/,
    ],
    ['a group that is missing', form('note: off'), 'forms.shape', 2, /Add group:/],
    ['an origin with a path', form('group: sales\n    origins: [https://www.example.com/]'), 'forms.shape', 7, /no path and no slash/],
    ['an origin over plain HTTP', form('group: sales\n    origins: [http://www.example.com]'), 'forms.shape', 7, /https/],
    ['every origin', form('group: sales\n    origins: ["*"]'), 'forms.shape', 7, /such as https:\/\/www\.example\.com/],
    ['a language twice', form('group: sales\n    languages: [tr, tr]'), 'forms.shape', 7, /different languages/],
    ['no language', form('group: sales\n    languages: []'), 'forms.shape', 7, /at least 1/],
    ['a time too far away', form('group: sales\n    times: 200h'), 'forms.shape', 7, /72h/],
    ['a key that is not known', form('group: sales\n    colour: red'), 'forms.unknown-key', 7, /Remove it/],
    ['a name that is no name', form('group: sales', 'Call-Me'), 'forms.bad-name', 2, /small letters/],
    ['what is no YAML', 'forms: [', 'forms.yaml', 1, /Mend the YAML/],
  ])('says where and how to mend %s', (_what, text, code, line, remedy) => {
    const { forms, problems } = parse(text);
    expect(forms.size).toBe(0);
    expect(problems[0]).toMatchObject({ code, line, file: 'flows/forms.yaml', severity: 'error' });
    expect(problems[0]?.remedy).toMatch(remedy);
  });

  it('leaves the other forms standing', () => {
    const { forms, problems } = parse(`${form('group: nobody')}${form('group: sales', 'other').replace('forms:\n', '')}`);
    expect([...forms.keys()]).toEqual(['other']);
    expect(problems).toHaveLength(1);
  });

  it('takes loopback for trying out', () => {
    const { forms } = parse(
      form('group: sales\n    origins: ["http://127.0.0.1:8081", "http://localhost:3000", "https://shop.example:8443"]'),
    );
    expect(forms.get('call-me')?.origins).toHaveLength(3);
  });
});

describe('times to wish for', () => {
  const HOUR = 3_600_000;

  it('are full hours in the future at which people are called', () => {
    fc.assert(
      fc.property(
        fc.integer({ min: 0, max: 4e12 }),
        fc.integer({ min: 0, max: 72 }),
        fc.integer({ min: 0, max: 23 }),
        (now, hours, open) => {
          const isOpen = (at: number) => (at / HOUR) % 24 >= open;
          const times = wishTimes(now, hours * HOUR, isOpen);
          for (const at of times) {
            expect(at % HOUR).toBe(0);
            expect(at).toBeGreaterThan(now);
            expect(at).toBeLessThanOrEqual(now + hours * HOUR);
            expect(isOpen(at)).toBe(true);
          }
          expect(new Set(times).size).toBe(times.length);
        },
      ),
    );
  });

  it('are none where nobody may choose', () => {
    expect(wishTimes(1_767_258_000_000, 0, () => true)).toEqual([]);
  });
});
