import { describe, expect, test } from 'vitest';
import { parseCatalogue } from '../../src/flow/catalogue.ts';

const parse = (...texts: string[]) => parseCatalogue(texts.map((text, i) => ({ path: `sounds/${i}.yaml`, text })));

test('prompts of all files, with their place', () => {
  const { entries, problems } = parse(
    'general.hello: { tr: Merhaba., en: Hello. }\n',
    '# comment\ndealer.ask-plate:\n  tr: >-\n    İlinizin\n    plakası?\n  en: Your plate?\n',
  );
  expect(problems).toEqual([]);
  expect([...entries.keys()]).toEqual(['general.hello', 'dealer.ask-plate']);
  expect(entries.get('dealer.ask-plate')).toEqual({
    key: 'dealer.ask-plate',
    text: { tr: 'İlinizin plakası?', en: 'Your plate?' },
    file: 'sounds/1.yaml',
    line: 2,
  });
});

test('a file with nothing but comments holds no prompts', () => {
  expect(parse('# nothing yet\n')).toMatchObject({ problems: [] });
});

describe('what cannot be used is told, and the rest counts', () => {
  test.each([
    ['a.b: { tr: x }\na.b: { tr: y }\n', 'sounds/0.yaml:2:1 flow.duplicate-key'],
    ['Hello: { tr: x }\n', 'sounds/0.yaml:1:1 flow.bad-name'],
    ['a.b: text\n', 'sounds/0.yaml:1:1 flow.wrong-type'],
    ['a.b: { tr: x, de: y }\n', 'sounds/0.yaml:1:15 flow.unknown-key'],
    ['a.b: { tr: 5 }\n', 'sounds/0.yaml:1:8 flow.unquoted-digits'],
    ['a.b: { tr: [x] }\n', 'sounds/0.yaml:1:8 flow.wrong-type'],
    ['- a\n', 'sounds/0.yaml:1:1 flow.wrong-type'],
    ['a.b: { tr: "x\n', 'sounds/0.yaml:2:1 flow.yaml'],
  ])('%j', (text, place) => {
    const { problems } = parse(text);
    expect(problems.map(({ file, line, column, code }) => `${file}:${line}:${column} ${code}`)).toContain(place);
    for (const { remedy } of problems) expect(remedy).not.toBe('');
  });

  test('the same key in two files', () => {
    const { entries, problems } = parse('a.b: { tr: first, en: first }\n', 'c.d: { tr: x, en: x }\na.b: { tr: second, en: second }\n');
    expect(problems).toMatchObject([{ file: 'sounds/1.yaml', line: 2, message: expect.stringContaining('sounds/0.yaml, line 1') }]);
    expect(entries.get('a.b')?.text.tr).toBe('first');
    expect(entries.has('c.d')).toBe(true);
  });
});
