import { readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { dispositionAt, dispositionPaths, NOT_SET } from '../../src/domain/disposition.ts';
import { parseDispositions } from '../../src/domain/disposition-file.ts';

const GOOD = `dispositions:
  sales:
    label: { tr: Satış, en: Sales }
    choices:
      sale:
        label: { tr: Satış, en: Sale }
        choices:
          booked: { label: { tr: Alındı, en: Booked }, noteRequired: true }
          sent: { label: { tr: Gönderildi, en: Sent }, followUp: true }
      none: { label: { tr: Yok, en: None } }
  other:
    label: { tr: Diğer, en: Other }
    choices: { done: { label: { tr: Tamam, en: Done } } }
`;
const parse = (text: string) => parseDispositions({ path: 'flows/dispositions.yaml', text });

describe('flows/dispositions.yaml', () => {
  it('gives trees, of which only the last choices can be chosen', () => {
    const { trees, problems } = parse(GOOD);
    expect(problems).toEqual([]);
    const sales = trees.get('sales');
    if (sales === undefined) throw new Error('no tree');
    expect(dispositionPaths(sales)).toEqual(['sale/booked', 'sale/sent', 'none']);
    expect(dispositionAt(sales, 'sale/booked')).toMatchObject({
      id: 'booked',
      label: { tr: 'Alındı' },
      noteRequired: true,
      followUp: false,
    });
    expect(dispositionAt(sales, 'sale/sent')).toMatchObject({ noteRequired: false, followUp: true });
    for (const path of ['sale', 'booked', 'sale/', 'sale/booked/more', '', 'none/x', NOT_SET])
      expect(dispositionAt(sales, path)).toBeUndefined();
  });

  const deep =
    '{ label: { tr: A, en: A }, choices: { a: { label: { tr: A, en: A }, choices: { a: { label: { tr: A, en: A }, choices: { a: { label: { tr: A, en: A }, choices: { a: { label: { tr: A, en: A } } } } } } } } } }';

  it.each<[what: string, from: string, to: string, line: number, message: RegExp, remedy: RegExp]>([
    ['a text in one language', ', en: Booked', '', 8, /label\.en" is missing/, /Add en:/],
    ['a bad name of a choice', 'booked:', 'Booked!:', 8, /must be small letters/, /small letters/],
    ['a bad name', '  sales:', '  not_set:', 2, /"not_set" cannot be the name of a tree/, /small letters/],
    [
      'no choices',
      'choices:\n          booked: { label: { tr: Alındı, en: Booked }, noteRequired: true }\n          sent: { label: { tr: Gönderildi, en: Sent }, followUp: true }',
      'choices: {}',
      7,
      /at least one choice/,
      /at least one/,
    ],
    [
      'a note at a group',
      'label: { tr: Satış, en: Sale }',
      'label: { tr: Satış, en: Sale }\n        noteRequired: true',
      7,
      /only groups others/,
      /choices below/,
    ],
    ['too deep a tree', '{ label: { tr: Yok, en: None } }', deep, 10, /more than 4 deep/, /side by side/],
    ['a key nobody knows', 'followUp: true', 'callBack: true', 9, /callBack" is not a known key/, /spelling/],
  ])('leaves out a tree with %s, and says where and what to do', (_what, from, to, line, message, remedy) => {
    const { trees, problems } = parse(GOOD.replace(from, to));
    expect([...trees.keys()]).toEqual(['other']);
    expect(problems.map((one) => one.line)).toContain(line);
    const problem = problems.find((one) => one.line === line);
    expect(problem?.message).toMatch(message);
    expect(problem?.remedy).toMatch(remedy);
  });

  it('is empty when it is not there, and says what else should not be', () => {
    expect(parseDispositions(null)).toEqual({ trees: new Map(), problems: [] });
    expect(parse('dispositions: {}\nmore: 1\n').problems).toMatchObject([{ code: 'dispositions.unknown-key', line: 2 }]);
    expect(parse('- a\n').problems).toMatchObject([{ code: 'dispositions.shape', line: 1 }]);
  });

  it('as shipped is free of problems, with a tree for service and one for sales', () => {
    const { trees, problems } = parse(readFileSync('flows/dispositions.yaml', 'utf8'));
    expect(problems).toEqual([]);
    expect([...trees.keys()]).toEqual(['service', 'sales']);
  });
});
