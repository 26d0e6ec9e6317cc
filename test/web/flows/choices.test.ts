import { readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { flowJsonSchema } from '../../../src/flow/json-schema.ts';
import { scenarioJsonSchema } from '../../../src/flow/scenario/schema.ts';
import { choicesAt, scenarioChoicesAt } from '../../../src/web/flows/text/choices.ts';
import { nodeNames, nodeType, placeAt } from '../../../src/web/flows/text/yaml-place.ts';

const FLOW = `flow: main
title: { tr: Ana, en: Main }
start: top
exits: { error: bye }
nodes:
  # A menu.
  top:
    type: menu
    prompt:
      - main.top
      - { key: main.help, when: "x > 1" }
    options:
      1: { to: ask, label: { tr: Sor, en: Ask } }
      "*": bye
    exits:
      exhausted: bye
  pick:
    type: branch
    cases:
      - when: "a == 1"
        to: bye
    else: top
  ask: { type: action, do: dealers.by-province, next: bye }
  bye: { type: hangup }
`;
const WORDS = {
  schema: flowJsonSchema(),
  scenarioSchema: scenarioJsonSchema(),
  prompts: [{ key: 'main.top', text: { tr: 'Ana menü', en: 'Main menu' } }],
  actions: [{ name: 'dealers.by-province', doc: 'Dealers of a province.' }],
  flows: ['dealer-lookup'],
  calendars: ['office'],
};

/** The text with `|` where the cursor is, after `mark` in FLOW. */
function after(mark: string, typed = ''): { readonly text: string; readonly offset: number } {
  const at = FLOW.indexOf(mark) + mark.length;
  return { text: FLOW.slice(0, at) + typed + FLOW.slice(at), offset: at + typed.length };
}
const labels = (mark: string, typed?: string): string[] => {
  const { text, offset } = after(mark, typed);
  return choicesAt(text, offset, WORDS)?.items.map(({ label }) => label) ?? [];
};

describe('the place of the cursor', () => {
  it.each([
    ['start: t', ['start'], 'value', 't'],
    ['  top:\n    ty', ['nodes', 'top'], 'key', 'ty'],
    ['    type: m', ['nodes', 'top', 'type'], 'value', 'm'],
    ['      - main.t', ['nodes', 'top', 'prompt', '[]'], 'item', 'main.t'],
    ['      - { key: main.h', ['nodes', 'top', 'prompt', '[]', 'key'], 'value', 'main.h'],
    ['      - { key: main.help, wh', ['nodes', 'top', 'prompt', '[]'], 'key', 'wh'],
    ['      1: { to: a', ['nodes', 'top', 'options', '1', 'to'], 'value', 'a'],
    ['label: { tr: Sor, e', ['nodes', 'top', 'options', '1', 'label'], 'key', 'e'],
    ['      "*": b', ['nodes', 'top', 'options', '*'], 'value', 'b'],
    ['        to: b', ['nodes', 'pick', 'cases', '[]', 'to'], 'value', 'b'],
    ['      - when', ['nodes', 'pick', 'cases', '[]'], 'item', 'when'],
    ['    else: t', ['nodes', 'pick', 'else'], 'value', 't'],
    ['  ask: { type: action, do: d', ['nodes', 'ask', 'do'], 'value', 'd'],
  ] as const)('after %j', (mark, path, kind, partial) => {
    const { text, offset } = after(mark);
    expect(placeAt(text, offset)).toMatchObject({ path, kind: kind === 'item' && partial === 'when' ? 'item' : kind, partial });
  });

  it('is none within a comment', () => {
    const { text, offset } = after('  # A m');
    expect(placeAt(text, offset)).toBeNull();
  });

  it('finds nodes and their types in every flow that is shipped', () => {
    expect(nodeNames(FLOW)).toEqual(['top', 'pick', 'ask', 'bye']);
    expect(['top', 'pick', 'ask', 'bye', 'nowhere'].map((node) => nodeType(FLOW, node))).toEqual([
      'menu',
      'branch',
      'action',
      'hangup',
      undefined,
    ]);
    const shipped = readFileSync('flows/main-menu.yaml', 'utf8');
    const names = nodeNames(shipped);
    expect(names.length).toBeGreaterThan(5);
    for (const name of names) expect([name, nodeType(shipped, name)]).toEqual([name, expect.any(String)]);
  });
});

describe('completion', () => {
  it('offers the keys of the top, of a node of its type, and of what stands in it', () => {
    expect(labels('title: { tr: Ana, en: Main }\n')).toEqual(expect.arrayContaining(['languages', 'defaults', 'variables']));
    const menu = labels('    type: menu\n', '    ');
    expect(menu).toEqual(expect.arrayContaining(['options', 'noInput', 'attempts']));
    expect(menu).not.toContain('digits');
    expect(labels('exhausted: bye\n', '      ')).toEqual(expect.arrayContaining(['noInput', 'noMatch', 'error']));
    expect(labels('label: { tr: Sor, ')).toEqual(['tr', 'en']);
    expect(labels('  ask: { type: action, ')).toEqual(expect.arrayContaining(['do', 'with', 'timeout']));
  });

  it('offers the types, the nodes, prompts, actions and plain values', () => {
    expect(labels('  ask: { type: ')).toEqual(expect.arrayContaining(['say', 'menu', 'transfer']));
    expect(labels('start: ')).toEqual(['top', 'pick', 'ask', 'bye']);
    expect(labels('      exhausted: ')).toEqual(['top', 'pick', 'ask', 'bye', 'return']);
    expect(labels('      - { key: ')).toEqual(['main.top']);
    expect(labels('      - main')).toContain('main.top');
    expect(labels('type: action, do: ')).toEqual(['dealers.by-province']);
    expect(labels('    type: menu\n', '    bargeIn: ')).toEqual(['any', 'none']);
  });

  it('says what each is', () => {
    const { text, offset } = after('      - { key: ', 'ma');
    expect(choicesAt(text, offset, WORDS)).toEqual({
      from: offset - 2,
      items: [{ label: 'main.top', kind: 'prompt', info: 'Ana menü\nMain menu' }],
    });
  });

  it('never throws, wherever the cursor is', () => {
    for (let offset = 0; offset <= FLOW.length; offset += 1) choicesAt(FLOW.slice(0, offset), offset, WORDS);
  });
});

const SCENARIOS = `flow: main
lookUps:
  dealers.by-province: { answer: [] }
scenarios:
  - name: one
    language: tr
    steps:
      - hears: main.top
      - presses: "1"
      - expect: { exits: { top: "1" }, visited: [top] }
      - flow hangs up
`;

describe('what may stand in a scenario file', () => {
  const offered = (mark: string, typed = ''): string[] => {
    const at = SCENARIOS.indexOf(mark) + mark.length;
    const text = SCENARIOS.slice(0, at) + typed + SCENARIOS.slice(at);
    return scenarioChoicesAt(text, at + typed.length, WORDS, FLOW)?.items.map(({ label }) => label) ?? [];
  };

  it('comes from its schema', () => {
    expect(offered('flow: main\n', 'l')).toEqual(expect.arrayContaining(['language', 'at', 'lookUps', 'scenarios']));
    expect(offered('  - name: one\n', '    ')).toEqual(expect.arrayContaining(['direction', 'faults', 'steps']));
    expect(offered('    language: ')).toEqual(expect.arrayContaining(['tr', 'en']));
    expect(offered('      - flow hangs up\n', '      - ')).toEqual(
      expect.arrayContaining(['hearsOnly', 'says nothing', 'hangs up', 'transfer']),
    );
    expect(offered('      - expect: { ')).toEqual(expect.arrayContaining(['notVisited', 'variables', 'asked']));
  });

  it('are prompts of the catalogue where one is heard, and nodes of the flow where one is named', () => {
    expect(offered('      - hears: ')).toEqual(['main.top']);
    expect(offered('visited: [')).toEqual(['top', 'pick', 'ask', 'bye']);
    expect(offered('exits: { ')).toEqual(['top', 'pick', 'ask', 'bye']);
  });

  it('never throws, wherever the cursor is', () => {
    for (let offset = 0; offset <= SCENARIOS.length; offset += 1) scenarioChoicesAt(SCENARIOS.slice(0, offset), offset, WORDS, FLOW);
  });
});
