import { readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { hasFallback, parseNumbers } from '../../../src/services/numbers/numbers-file.ts';

const flows = new Set(['main-menu', 'dealer-lookup']);
const parse = (text: string) => parseNumbers({ path: 'flows/numbers.yaml', text }, flows);

describe('flows/numbers.yaml', () => {
  it('has no problems and leads every call somewhere', () => {
    const { routes, problems } = parse(readFileSync('flows/numbers.yaml', 'utf8'));
    expect(problems).toEqual([]);
    expect(hasFallback(routes)).toBe(true);
    expect(routes.map(({ did, flow, language }) => [did, flow, language])).toEqual([
      ['1000', 'main-menu', 'tr'],
      ['1001', 'main-menu', 'en'],
      ['1010', 'dealer-lookup', 'tr'],
      ['*', 'main-menu', null],
    ]);
  });
});

describe('parseNumbers', () => {
  it('reads brand, language and label, and keeps numbers in one form', () => {
    const { routes, problems } = parse('numbers:\n  "0212 555 00 10": { flow: main-menu, brand: acme, language: en, label: Line }\n');
    expect(problems).toEqual([]);
    expect(routes).toEqual([{ did: '+902125550010', flow: 'main-menu', brand: 'acme', language: 'en', label: 'Line' }]);
  });

  it.each([
    ['digits without quotes', '  1000: { flow: main-menu }\n', 'numbers.unquoted', 2, 'Write "1000".'],
    ['a zero that YAML would lose', '  02125550010: { flow: main-menu }\n', 'numbers.unquoted', 2, 'Write "02125550010".'],
    [
      'one number in two forms',
      '  "02125550010": { flow: main-menu }\n  "+902125550010": { flow: main-menu }\n',
      'numbers.duplicate',
      3,
      '0212',
    ],
    ['a flow that is not there', '  "1000": { flow: nowhere }\n', 'numbers.unknown-flow', 2, 'Known: dealer-lookup, main-menu.'],
    ['what is no number', '  "help": { flow: main-menu }\n', 'numbers.bad-number', 2, 'digits'],
    ['an unknown language', '  "1000": { flow: main-menu, language: de }\n', 'numbers.shape', 2, ''],
    ['an unknown key', '  "1000": { flow: main-menu, lable: x }\n', 'numbers.unknown-key', 2, ''],
    ['a bad brand', '  "1000": { flow: main-menu, brand: A B }\n', 'numbers.shape', 2, ''],
    ['broken YAML', '  "1000": { flow: main-menu\n', 'numbers.yaml', 3, ''],
  ])('finds %s', (_, text, code, line, remedy) => {
    const { problems } = parse(`numbers:\n${text}`);
    expect(problems).toEqual([
      expect.objectContaining({ code, line, file: 'flows/numbers.yaml', remedy: expect.stringContaining(remedy) }),
    ]);
  });

  it('keeps the good routes of a file with bad ones', () => {
    const { routes } = parse('numbers:\n  1000: { flow: main-menu }\n  "1001": { flow: nowhere }\n  "1002": { flow: main-menu }\n');
    expect(routes.map(({ did }) => did)).toEqual(['1002']);
  });
});
