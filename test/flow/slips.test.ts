import { describe, expect, test } from 'vitest';
import { turkishProblem } from '../../src/flow/turkish/turkish-problem.ts';
import { check, PROMPTS } from './kit.ts';

const FLOW = `flow: main
start: hello
exits: { error: bye, exhausted: bye }
nodes:
  hello:
    type: say
    prompt:
      text:
        tr: "Merhaba"
        en: "Hello"
    next: ask
  ask:
    type: menu
    prompt: test.menu
    options:
      1: number
      2: bye
    attempts: 2
  number:
    type: collect
    prompt: test.code
    into: order
    digits: { min: 2, max: 4 }
    next: tell
  tell:
    type: say
    prompt: { text: { tr: "{{order|digits}}", en: "{{order|digits}}" } }
    next: bye
  bye:
    type: hangup
`;

/** The flow with one slip of the hand. */
function slipped(from: string, to: string): string {
  if (!FLOW.includes(from)) throw new Error(`the flow does not hold ${from}`);
  return FLOW.replace(from, to);
}

const errorsOf = (text: string, prompts?: string) =>
  check({ main: text }, prompts === undefined ? {} : { prompts }).problems.filter(({ severity }) => severity === 'error');

test('the flow itself is without fault', () => {
  expect(errorsOf(FLOW)).toEqual([]);
});

const setOf = (side: string) => `    next: put\n  put: { type: set, set: { area: ${side} }, next: tell }`;

/** What was slipped, by what; the line it is told at, and what the remedy says. */
const SLIPS: readonly (readonly [name: string, from: string, to: string, line: number, remedy: RegExp])[] = [
  ['a field too deep', '    next: ask\n', '      next: ask\n', 11, /"next" belongs beside "prompt": this line is indented too deep/],
  ['a field not deep enough', '    next: ask\n', '   next: ask\n', 11, /Line 11 is indented by 3 spaces, .*nor like line 5 \(2 spaces\)/],
  ['a node at the edge', '  number:\n', 'number:\n', 25, /Line 25 is indented by 2 spaces, .*nor like line 19 \(0 spaces\)/],
  ['a tab', '    next: ask\n', '\tnext: ask\n', 11, /tab: indent with spaces/],
  ['a name too deep', '  number:\n', '    number:\n', 19, /deeper than its neighbours: if number is a node, indent it like ask/],
  [
    'a node too deep',
    FLOW.slice(FLOW.indexOf('  number:'), FLOW.indexOf('  tell:')),
    FLOW.slice(FLOW.indexOf('  number:'), FLOW.indexOf('  tell:')).replaceAll(/^/gm, '  ').trimEnd().concat('\n'),
    19,
    /deeper than its neighbours/,
  ],
  [
    'options beside their key',
    '      1: number\n      2: bye\n',
    '    1: number\n    2: bye\n',
    15,
    /Indent "1", "2" deeper than "options"/,
  ],
  ['a colon in a text', 'tr: "Merhaba"', 'tr: Merhaba: dünya', 9, /colon and a space needs quotes: tr: "Merhaba: dünya"/],
  ['a colon in a text in braces', 'tr: "{{order|digits}}"', 'tr: Sipariş: 1', 27, /needs quotes: tr: "Sipariş: 1"/],
  ['a text that begins with %', 'tr: "Merhaba"', 'tr: %10 indirim', 9, /begins with % needs quotes: tr: "%10 indirim"/],
  ['a text that begins with @', 'tr: "Merhaba"', 'tr: @Merhaba', 9, /begins with @ needs quotes/],
  ['a text that begins with *', 'tr: "Merhaba"', 'tr: *Merhaba', 9, /begins with \* needs quotes: "\*Merhaba"/],
  ['a text that begins with {{', 'tr: "Merhaba"', 'tr: {{call.did}} no', 9, /begins with {{ needs quotes/],
  ['a text that is {{', 'tr: "Merhaba"', 'tr: {{call.did|digits}}', 9, /begins with {{ needs quotes: "{{call.did\|digits}}"/],
  ['a text that is {{ in braces', 'tr: "{{order|digits}}"', 'tr: {{order|digits}}', 27, /begins with {{ needs quotes: "{{order\|digits}}"/],
  ['{{ and more in braces', 'tr: "{{order|digits}}"', 'tr: {{order}} geldi', 27, /needs quotes: tr: "{{order}} geldi"$/],
  ['an apostrophe', 'tr: "Merhaba"', `tr: 'Ankara'nın bayisi, İzmir'in de'`, 9, /write "Ankara'nın bayisi, İzmir'in de"$/],
  ['an apostrophe in braces', 'tr: "{{order|digits}}"', `tr: 'Ankara'nın bayisi'`, 27, /write "Ankara'nın bayisi"$/],
  ['an apostrophe beside "', 'tr: "Merhaba"', `tr: 'Ankara'nın "iyi" bayisi'`, 9, /write 'Ankara''nın "iyi" bayisi'$/],
  ['curly quotes', 'tr: "Merhaba"', 'tr: “Merhaba”', 9, /straight quotes/],
  ['curly quotes about a colon', 'tr: "Merhaba"', 'tr: “Merhaba: dünya”', 9, /straight quotes/],
  ['curly quotes about a comma in braces', 'tr: "{{order|digits}}"', 'tr: “Merhaba, dünya, hey”', 27, /straight quotes/],
  ['a curly quote at the end', 'tr: "Merhaba"', 'tr: "Merhaba”', 9, /straight quotes/],
  ['no comma between texts', 'digits}}", en:', 'digits}}" en:', 27, /comma must stand before en:$/],
  ['no comma after a name', '{ error: bye, exhausted', '{ error: bye exhausted', 3, /comma must stand before exhausted:$/],
  ['no comma between words', '{ tr: "{{order|digits}}", en:', '{ tr: Numara bu en:', 27, /comma must stand before en:$/],
  ['no comma after a brace', 'bye }\nnodes', '{ to: bye } end: bye }\nnodes', 3, /comma must stand before end:$/],
  [
    'no comma at the end of a line',
    '{ min: 2, max: 4 }',
    '{\n      min: 2\n      max: 4\n    }',
    24,
    /comma must stand at the end of line 24\.$/,
  ],
  ['no closing brace', 'digits}}" } }', 'digits}}" }', 27, /The { in line 27, column 13 is not closed: write }/],
  ['no closing brace at the top', 'exhausted: bye }', 'exhausted: bye', 3, /The { in line 3, column 8 is not closed/],
  ['no closing brace at the end', '  bye:\n    type: hangup\n', '  bye: { type: hangup\n', 29, /The { in line 29, column 8 is not closed/],
  ['a brace too many', 'digits}}" } }', 'digits}}" } } }', 27, /closes more than it opens: remove one }/],
  [
    'a text without "text"',
    'prompt: { text: { tr: "{{order|digits}}", en: "{{order|digits}}" } }',
    'prompt: { tr: "Bir", en: "One" }',
    27,
    /{ text: { tr: …, en: … } }/,
  ],
  ['a text without quotes of its own', '    next: tell', setOf('Ankara'), 25, /For a text write area: "'Ankara'"\. Set a variable before/],
  ['words without quotes of their own', '    next: tell', setOf('Yeni Mahalle'), 25, /For a text write area: "'Yeni Mahalle'"\.$/],
  ['a Turkish letter without quotes of its own', '    next: tell', setOf('İzmir'), 25, /For a text write area: "'İzmir'"\.$/],
  ['braces in an expression', '    next: tell', setOf('"{{order}} + 1"'), 25, /no braces: order \+ 1$/],
  ['a name with letters of Turkish', FLOW, FLOW.replaceAll('number', 'Ağrı İlçe'), 19, /Write agri-ilce: letters from a to z/],
  ['a text that begins with #', 'tr: "Merhaba"', 'tr: # tuşu', 9, /text with # needs quotes/],
  ['a text that is not closed', 'tr: "Merhaba"', 'tr: "Merhaba', 9, /has no second one/],
  ['the key *', '      1: number', '      *: number', 16, /Write "\*": with quotes/],
  ['the key #', '      1: number', '      #: number', 16, /Write "#": number with quotes/],
  ['a colon without a space', '    next: tell', '    next:tell', 24, /space must follow the colon: next: tell/],
  ['a name without a colon', '  number:\n', '  number\n', 19, /colon must follow the name: number:/],
  ['an exit with a wrong key', '    next: tell', '    nxet: tell', 24, /"next"/],
];

describe('one slip is one problem, and its remedy names the slip', () => {
  test.each(SLIPS)('%s', (_name, from, to, line, remedy) => {
    const errors = errorsOf(slipped(from, to));
    expect(errors.map(({ code, message }) => `${code} ${message}`)).toHaveLength(1);
    expect(errors[0]?.line).toBe(line);
    expect(errors[0]?.remedy).toMatch(remedy);
    expect(errors.map((error) => turkishProblem(error))).not.toContain(null);
  });

  test('quotes within a text are left alone', () => {
    expect(errorsOf(slipped('tr: "Merhaba"', 'tr: “Evet” deyin, Ankara’nın bayisi'))).toEqual([]);
    expect(errorsOf(slipped('tr: "Merhaba"', `tr: 'Ankara''nın bayisi'`))).toEqual([]);
  });

  test('nodes beside "nodes:" are not indented', () => {
    const [head = '', nodes = ''] = FLOW.split('nodes:\n');
    const errors = errorsOf(`${head}nodes:\n${nodes.replaceAll(/^ {2}/gm, '')}`);
    expect(errors.map(({ remedy }) => remedy)).toEqual(['Indent hello, ask, number, tell, bye and all below deeper than nodes:.']);
  });

  test('each text with a colon is told', () => {
    const errors = errorsOf(slipped('tr: "Merhaba"\n        en: "Hello"', 'tr: Merhaba: dünya\n        en: Hello: world'));
    expect(errors.map(({ line }) => line)).toEqual([9, 10]);
  });
});

test('what nobody sets but a node that cannot be read is not told, and neither is what only that node reads', () => {
  const unread = slipped('    type: collect', '    type: colect').replace('start: hello\n', 'start: hello\nvariables: { kept: "" }\n');
  const errors = errorsOf(
    unread.replace('    into: order\n', '    into: order\n    empty: { text: { tr: "{{kept}}", en: "{{kept}}" } }\n'),
  );
  expect(errors.map(({ code }) => code)).toEqual(['flow.unknown-node-type']);
});

describe('prompts of a file that cannot be read', () => {
  const broken = `${PROMPTS}test.slip: { tr: Sipariş: 1, en: "x" }\n`;

  test('are not missed, and the flow does not run without them', () => {
    const { problems, flows } = check({ main: FLOW }, { prompts: broken });
    expect(problems.filter(({ code }) => code === 'flow.unknown-prompt')).toEqual([]);
    expect(flows.has('main')).toBe(false);
  });

  test('are missed as soon as it can be read', () => {
    const codes = errorsOf(FLOW, 'test.menu: { tr: "a", en: "b" }\n').map(({ code }) => code);
    expect(codes).toEqual(['flow.unknown-prompt']);
  });
});
