import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import type { ValueMap } from '../../src/domain/value.ts';
import { Fault } from '../../src/flow/fault.ts';
import { FILTERS } from '../../src/flow/filters.ts';
import { Scope } from '../../src/flow/scope.ts';
import { compileTemplate } from '../../src/flow/template.ts';

const CALL = {
  did: '1000',
  ani: '+905550000012',
  language: 'tr',
  brand: 'santral',
  direction: 'inbound',
  talked: 'no',
  ended: '',
  lastNode: '',
  lateResult: '',
} as const;
const nine = [{ from: 540, to: 1080 }];
const VARS: ValueMap = {
  name: 'Ayşe',
  index: 1,
  zero: 0,
  empty: '',
  nothing: null,
  on: true,
  place: { at: 0 },
  dealers: [
    { name: 'A', phone: '02125550001' },
    { name: 'B', phone: '02125550002', hours: [nine, nine, nine, nine, nine, [], []] },
  ],
  amount: 12.5,
  params: { province: '06' },
  when: Date.UTC(2026, 9, 29, 11, 30),
};
/** The day before `when`. */
const NOW = Date.UTC(2026, 9, 28, 20, 0);
const SCOPE = new Scope(VARS, CALL);

function render(text: string, language: 'tr' | 'en' = 'en', max = 2000): string {
  const { template, problems } = compileTemplate(text);
  expect(problems).toEqual([]);
  return template.render(SCOPE, { language, zone: 'Europe/Istanbul', now: NOW }, max);
}

describe('paths', () => {
  test.each([
    ['no placeholder', 'no placeholder'],
    ['{{name}}', 'Ayşe'],
    ['{{ name }}!', 'Ayşe!'],
    ['{{index}}', '1'],
    ['{{zero}}{{empty}}{{on}}', '0true'],
    ['{{dealers[0].name}}{{dealers[index].name}}', 'AB'],
    ['{{dealers[place.at].name}}', 'A'],
    ['{{dealers[dealers[0].x].name|default:none}}', 'none'],
    ['{{params.province}} {{call.did}} {{call.language}}', '06 1000 tr'],
    ["{{nothing|default:'a | b }} c'}}", 'a | b }} c'],
    ['{{nothing|default:"it\'s"}}', "it's"],
    ['{{empty|default:-}}', '-'],
    ['{{zero|default:-}}', '0'],
    ['a } b { c }} d', 'a } b { c }} d'],
    ['{{name|upper|lower}}', 'ayşe'],
  ])('%s', (text, result) => {
    expect(render(text)).toBe(result);
  });

  test.each([
    'constructor',
    'toString',
    '__proto__',
    'name.length',
    'name.constructor',
    'dealers.length',
    'dealers[0].constructor',
    'dealers[0].__proto__.x',
    'params.hasOwnProperty',
  ])('only what is there itself can be read, not {{%s}}', (path) => {
    expect(() => render(`{{${path}}}`)).toThrow(Fault);
    expect(render(`{{${path}|default:none}}`)).toBe('none');
  });

  test.each(['{{nothing}}', '{{unknown}}', '{{dealers[7].name}}', '{{dealers[name].name}}', '{{name.first}}', '{{nothing|upper}}'])(
    '%s has no value, which is a fault',
    (text) => {
      expect(() => render(text)).toThrow('has no value');
    },
  );

  test.each(['{{dealers}}', '{{dealers[0]}}'])('%s is no text, which is a fault', (text) => {
    expect(() => render(text)).toThrow('name a field');
  });

  test('the length is limited', () => {
    expect(render('{{name}}{{name}}', 'en', 8)).toBe('AyşeAyşe');
    expect(() => render('{{name}}{{name}}', 'en', 7)).toThrow('longer than 7');
  });

  test('a lone placeholder hands on the value as it is', () => {
    const value = (text: string) => compileTemplate(text).template.value(SCOPE, { language: 'en', zone: 'UTC', now: NOW }, 2000);
    expect(value('{{dealers}}')).toBe(VARS['dealers']);
    expect(value('{{index}}')).toBe(1);
    expect(value('{{index}} ')).toBe('1 ');
    expect(value('{{index|number}}')).toBe('one');
    expect(() => value('{{unknown}}')).toThrow(Fault);
  });

  test('the names that are read are told', () => {
    expect(compileTemplate('{{dealers[place.at].name|upper}} {{call.ani}} {{params.x}} {{call}}').template.names).toEqual([
      'dealers',
      'place',
      'call.ani',
      'params.x',
      'call',
    ]);
  });

  test('escaping touches placeholders only', () => {
    const { template } = compileTemplate('https://x/{{empty|default:"a/b"}}?q=1');
    expect(template.render(SCOPE, { language: 'en', zone: 'UTC', now: NOW }, 2000, encodeURIComponent)).toBe('https://x/a%2Fb?q=1');
  });
});

describe('filters', () => {
  const CASES: Readonly<Record<string, readonly [text: string, english: string, turkish: string]>> = {
    number: ['{{index|number}}', 'one', 'bir'],
    ordinal: ['{{index|ordinal}}', 'first', 'birinci'],
    digits: ['{{params.province|digits}}', 'zero six', 'sıfır altı'],
    key: ["{{nothing|default:'3'|key}}", 'three', 'üçü'],
    phone: ['{{dealers[0].phone|phone}}', 'zero, two one two, five five five, zero zero, zero one', 'sıfır'],
    money: ['{{amount|money:TRY}}', 'twelve', 'on iki'],
    date: ["{{nothing|default:'2026-10-29'|date}}", 'October', 'Ekim'],
    time: ["{{nothing|default:'14:30'|time}}", 'two', 'on dört'],
    datetime: ['{{when|datetime}}', 'October', 'Ekim'],
    when: ['{{when|when}}', 'tomorrow at half past two', 'yarın saat on dört otuz'],
    day: ["{{nothing|default:'2026-10-28'|day}}", 'today', 'bugün'],
    hours: ['{{dealers[1].hours|hours}}', 'nine', 'dokuz'],
    upper: ["{{nothing|default:'iı'|upper}}", 'II', 'İI'],
    lower: ["{{nothing|default:'Iİ'|lower}}", 'ii̇', 'ıi'],
    default: ['{{nothing|default:x}}', 'x', 'x'],
  };

  test.each(FILTERS.map(({ name }) => name))('%s has a case, in both languages', (name) => {
    const [text, english, turkish] = CASES[name] ?? ['', '', ''];
    expect(text).not.toBe('');
    expect(render(text, 'en')).toContain(english);
    expect(render(text, 'tr')).toContain(turkish);
  });

  test.each(FILTERS.map((filter) => [filter.name, filter.example] as const))('the example of %s can be read', (_, example) => {
    expect(compileTemplate(example).problems).toEqual([]);
  });

  test.each(['{{name|number}}', '{{dealers|upper}}', '{{name|money:TRY}}', '{{dealers|hours}}', '{{on|datetime}}', '{{empty|ordinal}}'])(
    '%s cannot be put into words, which is a fault',
    (text) => {
      expect(() => render(text)).toThrow(Fault);
    },
  );
});

describe('what cannot be read is told, all of it', () => {
  test.each([
    ['{{name', 'bad-template', /not closed/],
    ['{{}}', 'bad-template', /begin with a name/],
    ['{{1}}', 'bad-template', /begin with a name/],
    ['{{a b}}', 'bad-template', /begin with a name/],
    ['{{a.}}', 'bad-template', /begin with a name/],
    ['{{a[}}', 'bad-template', /begin with a name/],
    ['{{a[0}}', 'bad-template', /begin with a name/],
    ["{{a['x']}}", 'bad-template', /begin with a name/],
    [`{{a${'.b'.repeat(30)}}}`, 'bad-template', /begin with a name/],
    ['{{a|nombre}}', 'unknown-filter', /no filter "nombre"/],
    ['{{a|}}', 'unknown-filter', /no filter ""/],
    ['{{a|money}}', 'bad-template', /needs an argument: TRY/],
    ['{{a|money:XYZ}}', 'bad-template', /needs an argument: TRY/],
    ['{{a|number:2}}', 'bad-template', /takes no argument/],
  ])('%s', (text, code, message) => {
    const { problems } = compileTemplate(text);
    expect(problems).toHaveLength(1);
    expect(problems[0]).toMatchObject({ code, message: expect.stringMatching(message) });
  });

  test('several mistakes are told together, each with its place', () => {
    const { problems } = compileTemplate('{{a|x}} and {{b|y}}');
    expect(problems.map(({ offset }) => offset)).toEqual([2, 14]);
  });

  test('whatever is written, reading it ends with parts or problems', () => {
    const piece = fc.constantFrom('{{', '}}', 'name', '|', ':', '.', '[', ']', '0', "'", '"', ' ', 'default', 'x');
    fc.assert(
      fc.property(fc.array(piece, { maxLength: 20 }), (pieces) => {
        const { template, problems } = compileTemplate(pieces.join(''));
        if (problems.length > 0) return;
        try {
          template.render(SCOPE, { language: 'tr', zone: 'UTC', now: NOW }, 100);
        } catch (error) {
          expect(error).toBeInstanceOf(Fault);
        }
      }),
      { numRuns: 2000 },
    );
  });
});
