import { readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import type { ValueType } from '../../../src/flow/parameters.ts';
import { type FlowsByName, parseNumbers } from '../../../src/services/numbers/numbers-file.ts';
import { shippedRelease } from '../../flows/player.ts';

const takes = (type: ValueType, required = false) => ({ type, required, personal: false, fallback: null });
const flows: FlowsByName = new Map([
  ['main-menu', { survey: takes('text'), tries: takes('number'), quiet: takes('boolean') }],
  ['dealer-lookup', { inMenu: takes('any') }],
  ['appointment', { brandName: takes('text', true) }],
  ['nps', {}],
  ['faulty', null],
]);
const parse = (text: string) => parseNumbers({ path: 'flows/numbers.yaml', text }, flows);

describe('flows/numbers.yaml', () => {
  it('has no problems and leads every call somewhere', () => {
    const shipped = new Map([...shippedRelease().release.flows].map(([id, flow]) => [id, flow.takes]));
    const file = { path: 'flows/numbers.yaml', text: readFileSync('flows/numbers.yaml', 'utf8') };
    const { routes, problems } = parseNumbers(file, shipped);
    expect(problems).toEqual([]);
    expect(routes.map(({ did, flow, language }) => [did, flow, language])).toEqual([
      ['1000', 'main-menu', 'tr'],
      ['1001', 'main-menu', 'en'],
      ['1010', 'dealer-lookup', 'tr'],
      ['1020', 'appointment', 'tr'],
      ['1021', 'appointment', 'en'],
      ['1030', 'nps', 'tr'],
      ['1031', 'main-menu', 'tr'],
      ['1040', 'maintenance-status', 'tr'],
      ['1050', 'field-call', 'tr'],
      ['1060', 'reception', 'tr'],
      ['1090', 'emergency-switch', 'tr'],
      ['*', 'main-menu', null],
    ]);
    expect(routes.map(({ params }) => params).filter(Boolean)).toEqual([{ survey: 'nps' }, { dealer: 'IST-01', onDuty: 'mehmet-oz' }]);
  });
});

describe('parseNumbers', () => {
  it('reads what a number gives its flow, and refuses what is no plain value', () => {
    const { routes } = parse('numbers:\n  "1000": { flow: main-menu, with: { survey: nps, tries: 2 } }\n');
    expect(routes).toMatchObject([{ did: '1000', params: { survey: 'nps', tries: 2 } }]);
    const bad = parse('numbers:\n  "1000": { flow: main-menu, with: { survey: [nps] } }\n');
    expect(bad.problems).toMatchObject([{ line: 2, message: expect.stringContaining('"numbers.1000.with.survey"') as string }]);
  });

  it.each([
    ['one that the flow does not have', 'main-menu, with: { surve: nps }', 'numbers.unknown-parameter', 38, 'quiet, survey, tries'],
    ['one of another type', 'main-menu, with: { tries: "2" }', 'numbers.parameter-type', 38, 'a number without quotes'],
    ['a word where a yes or no is needed', 'main-menu, with: { quiet: yes }', 'numbers.parameter-type', 38, 'true or false'],
    ['one for a flow without any', 'nps, with: { survey: nps }', 'numbers.unknown-parameter', 32, 'none'],
    ['none where one is needed', 'appointment', 'numbers.missing-parameter', 3, 'with: { brandName: … }'],
  ])('compares what a number gives with what its flow takes: %s', (_, entry, code, column, remedy) => {
    const { routes, problems, lost } = parse(`numbers:\n  "1000": { flow: ${entry} }\n`);
    expect(problems).toMatchObject([{ code, line: 2, column, remedy: expect.stringContaining(remedy) as string }]);
    expect([routes, lost]).toEqual([[], new Set(['1000'])]);
  });

  it('lets a number lead to a flow of which nobody knows what it takes', () => {
    expect(parse('numbers:\n  "1000": { flow: faulty, with: { any: thing } }\n').problems).toEqual([]);
    expect(parse('numbers:\n  "1000": { flow: dealer-lookup, with: { inMenu: true } }\n').problems).toEqual([]);
  });

  it('reads brand, language and label, and keeps numbers in one form', () => {
    const { routes, problems } = parse('numbers:\n  "0212 555 00 10": { flow: main-menu, brand: acme, language: en, label: Line }\n');
    expect(problems).toEqual([]);
    expect(routes).toEqual([{ did: '+902125550010', flow: 'main-menu', brand: 'acme', language: 'en', label: { tr: 'Line', en: 'Line' } }]);
  });

  it.each([
    ['{ tr: Hat, en: Line }', { tr: 'Hat', en: 'Line' }],
    ['{ en: Line }', { tr: 'Line', en: 'Line' }],
    ['Hat', { tr: 'Hat', en: 'Hat' }],
  ])('reads a label per language: %s', (written, label) => {
    const { routes, problems } = parse(`numbers:\n  "1000": { flow: main-menu, label: ${written} }\n`);
    expect(problems).toEqual([]);
    expect(routes[0]?.label).toEqual(label);
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
    [
      'a flow that is not there',
      '  "1000": { flow: nowhere }\n',
      'numbers.unknown-flow',
      2,
      'Known: appointment, dealer-lookup, faulty, main-menu, nps.',
    ],
    ['what is no number', '  "help": { flow: main-menu }\n', 'numbers.bad-number', 2, 'digits'],
    ['an unknown language', '  "1000": { flow: main-menu, language: de }\n', 'numbers.shape', 2, 'Write one of tr, en.'],
    ['an unknown key', '  "1000": { flow: main-menu, lable: x }\n', 'numbers.unknown-key', 2, ''],
    [
      'a bad brand',
      '  "1000": { flow: main-menu, brand: A B }\n',
      'numbers.shape',
      2,
      'Write 1 to 40 lower-case letters, digits and dashes.',
    ],
    ['an entry without a flow', '  "1000": { language: tr }\n', 'numbers.shape', 2, 'Add flow: with text.'],
    ['a label that is a number', '  "1000": { flow: main-menu, label: 5 }\n', 'numbers.shape', 2, 'or { tr: …, en: … }'],
    ['a label in another language', '  "1000": { flow: main-menu, label: { de: x } }\n', 'numbers.unknown-key', 2, 'spelling'],
    ['an entry that is no map', '  "1000": main-menu\n', 'numbers.shape', 2, 'Write a map.'],
    ['a key beside numbers', '  "1000": { flow: main-menu }\nnumbres: {}\n', 'numbers.unknown-key', 3, 'spelling'],
    ['broken YAML', '  "1000": { flow: main-menu\n', 'numbers.yaml', 3, ''],
  ])('finds %s', (_, text, code, line, remedy) => {
    const { problems } = parse(`numbers:\n${text}`);
    expect(problems).toEqual([
      expect.objectContaining({ code, line, file: 'flows/numbers.yaml', remedy: expect.stringContaining(remedy) }),
    ]);
  });

  it('keeps the good routes of a file with bad ones, and tells which numbers are lost', () => {
    const { routes, lost } = parse(`numbers:
  1000: { flow: main-menu }
  "1001": { flow: nowhere }
  "1002": { flow: main-menu }
  "1003": { flow: main-menu, lable: x }
  02125550010: { flow: main-menu }
  "*": { flow: main-menu, language: de }
`);
    expect(routes.map(({ did }) => did)).toEqual(['1002']);
    expect(lost).toEqual(new Set(['1000', '1001', '1003', '+902125550010', '*']));
  });

  it.each([
    ['broken YAML', 'numbers:\n  "1000": { flow: main-menu\n'],
    ['the same number twice', 'numbers:\n  "1000": { flow: main-menu }\n  "1000": { flow: main-menu }\n'],
    ['a misspelled beginning', 'numbres:\n  "1000": { flow: main-menu }\n'],
    ['an empty file', ''],
    ['a list', '- "1000"\n'],
  ])('loses all numbers to %s', (_, text) => {
    const { routes, lost, problems } = parse(text);
    expect(routes).toEqual([]);
    expect(lost).toBe('all');
    expect(problems).not.toEqual([]);
  });
});
