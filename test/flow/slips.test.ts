import { describe, expect, test } from 'vitest';
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
