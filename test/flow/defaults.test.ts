import { describe, expect, test } from 'vitest';
import type { Command } from '../../src/flow/commands.ts';
import { INHERITED, type InheritingType } from '../../src/flow/defaults.ts';
import { ENGINE_DEFAULTS } from '../../src/flow/engine-defaults.ts';
import { flowReference } from '../../src/flow/reference/reference.ts';
import { call, check, flow, PROMPTS } from './kit.ts';

/** A node of each type that inherits, without any of the fields it may inherit. */
const NODES: Readonly<Record<InheritingType, string>> = {
  say: 'type: say, prompt: test.help, next: bye',
  menu: 'type: menu, prompt: test.menu, options: { 1: bye }',
  collect: 'type: collect, prompt: test.code, into: code, digits: 2, next: bye',
  record: 'type: record, prompt: test.help, into: said, next: bye',
  http: 'type: http, url: "https://crm.example/", next: bye',
  action: 'type: action, do: dealers.by-province, with: { province: "34" }, next: bye, exits: { none: bye }',
  transfer: 'type: transfer, to: { extension: "100" }, next: bye',
};

const barged = (command: Command): boolean | undefined => ('items' in command ? command.items[0]?.bargeIn : undefined);
const specOf = (command: Command) => (command.kind === 'collect' ? command.spec : null);

interface Field {
  /** What the flow says, then the node, as YAML. */
  readonly flow: string;
  readonly node: string;
  /** What the engine, the flow and the node make of the command. */
  readonly gives: readonly [unknown, unknown, unknown];
  seen(command: Command): unknown;
}

const bargeIn: Field = { flow: 'none', node: 'any', gives: [true, false, true], seen: barged };
const gathered = (engine: 'menu' | 'collect'): Record<string, Field> => ({
  firstDigit: {
    flow: '8s',
    node: '9s',
    gives: [engine === 'menu' ? 5000 : 6000, 8000, 9000],
    seen: (command) => specOf(command)?.firstDigitMs,
  },
  interDigit: {
    flow: '4s',
    node: '1s',
    gives: [engine === 'menu' ? 2000 : 3000, 4000, 1000],
    seen: (command) => specOf(command)?.interDigitMs,
  },
  bargeIn,
  typeAhead: { flow: 'flush', node: 'keep', gives: ['keep', 'flush', 'keep'], seen: (command) => specOf(command)?.typeAhead },
  terminator: {
    flow: '"*"',
    node: 'none',
    gives: [engine === 'menu' ? null : '#', '*', null],
    seen: (command) => specOf(command)?.terminator,
  },
});
const of = (name: string) => (command: Command) => (command as unknown as Record<string, unknown>)[name];

/** Every field; `attempts` is counted in a test of its own. */
const FIELDS: Readonly<Record<InheritingType, Readonly<Record<string, Field>>>> = {
  say: { bargeIn, typeAhead: { flow: 'flush', node: 'keep', gives: ['keep', 'flush', 'keep'], seen: of('typeAhead') } },
  menu: gathered('menu'),
  collect: gathered('collect'),
  record: {
    bargeIn,
    max: { flow: '2m', node: '5s', gives: [60_000, 120_000, 5000], seen: of('maxMs') },
    silence: { flow: '2s', node: '5s', gives: [3000, 2000, 5000], seen: of('silenceMs') },
    beep: { flow: 'false', node: 'true', gives: [true, false, true], seen: of('beep') },
    terminator: { flow: 'none', node: '5', gives: ['any', null, '5'], seen: of('terminator') },
  },
  http: {
    timeout: { flow: '2s', node: '4s', gives: [8000, 2000, 4000], seen: of('timeoutMs') },
    retries: { flow: '2', node: '0', gives: [0, 2, 0], seen: of('retries') },
    maxBytes: { flow: '10', node: '20', gives: [65_536, 10, 20], seen: of('maxBytes') },
    filler: {
      flow: 'test.help',
      node: '[]',
      gives: ['general.one-moment', 'test.help', undefined],
      seen: (command) => (command.kind === 'http' ? command.filler[0]?.key : null),
    },
    fillerAfter: { flow: '1s', node: '0ms', gives: [1500, 1000, 0], seen: of('fillerAfterMs') },
    onHangup: { flow: 'finish', node: 'abort', gives: ['abort', 'finish', 'abort'], seen: of('onHangup') },
  },
  action: { timeout: { flow: '2s', node: '4s', gives: [3000, 2000, 4000], seen: of('timeoutMs') } },
  transfer: {
    ring: { flow: '10s', node: '40s', gives: [25_000, 10_000, 40_000], seen: of('ringMs') },
    maxTalk: { flow: '1h', node: 'none', gives: [null, 3_600_000, null], seen: of('maxTalkMs') },
  },
};

const all = Object.entries(INHERITED).flatMap(([type, fields]) =>
  Object.keys(fields).flatMap((name) => (name === 'attempts' ? [] : [[type as InheritingType, name] as const])),
);

function commandOf(type: InheritingType, name: string, wide: string | null, own: string | null): Command {
  const head = wide === null ? '' : `defaults: { ${type}: { ${name}: ${wide} } }`;
  const driven = call(flow(`begin: { ${NODES[type]}${own === null ? '' : `, ${name}: ${own}`} }`, head)).do({ kind: 'answered' });
  return driven.command as Command;
}

describe('engine < flow < node', () => {
  test.each(all)('%s.%s', (type, name) => {
    const field = FIELDS[type][name];
    if (field === undefined) throw new Error(`${type}.${name} has no case`);
    const [engine, wide, own] = field.gives;
    expect(field.seen(commandOf(type, name, null, null))).toEqual(engine);
    expect(field.seen(commandOf(type, name, field.flow, null))).toEqual(wide);
    expect(field.seen(commandOf(type, name, field.flow, field.node))).toEqual(own);
    expect(field.seen(commandOf(type, name, null, field.node))).toEqual(own);
  });

  test.each(['menu', 'collect'] as const)('%s.attempts', (type) => {
    const heardWith = (head: string, own: string): number => {
      const driven = call(flow(`begin: { ${NODES[type]}${own} }`, head)).do({ kind: 'answered' });
      let heard = 0;
      for (; driven.node === 'begin'; heard += 1) driven.silence();
      return heard;
    };
    expect(heardWith('', '')).toBe(3);
    expect(heardWith(`defaults: { ${type}: { attempts: 5 } }`, '')).toBe(5);
    expect(heardWith(`defaults: { ${type}: { attempts: 5 } }`, ', attempts: 1')).toBe(1);
  });
});

test('the reference prints the engine’s value of every field', () => {
  const text = flowReference();
  for (const [type, fields] of Object.entries(ENGINE_DEFAULTS)) {
    const section = text.slice(text.indexOf(`\n### ${type}\n`), text.indexOf('\n### ', text.indexOf(`\n### ${type}\n`) + 5));
    for (const [name, value] of Object.entries(fields)) {
      const row = section.split('\n').find((line) => line.startsWith(`| \`${name}\``));
      expect(row, `${type}.${name}`).toContain(`Default: \`${value}\`.`);
    }
  }
});

describe('behaviour 36: the filler', () => {
  const HTTP = `begin: { ${NODES.http} }\nsecond: { ${NODES.http} }`;
  const errors = (head: string, prompts = PROMPTS) =>
    check({ main: flow(HTTP.replace('next: bye', 'next: second'), head) }, { prompts }).problems.filter(
      ({ severity }) => severity === 'error',
    );

  test('with no filler wired the caller is asked to wait before two seconds are over', () => {
    const driven = call(flow(`begin: { ${NODES.http} }`)).do({ kind: 'answered' });
    expect(driven.command).toMatchObject({ filler: [{ key: 'general.one-moment', text: 'Bir dakika.' }], fillerAfterMs: 1500 });
  });

  test.each([
    ['has none', PROMPTS.replace(/general\.one-moment.*\n/, '')],
    ['has one with variables', PROMPTS.replace('Bir dakika.', '{{n}}')],
  ])('a catalogue that %s is no fault of the flow: there is silence', (_, prompts) => {
    expect(errors('', prompts)).toEqual([]);
    const driven = call(flow(`begin: { ${NODES.http} }`), { sources: { prompts } }).do({ kind: 'answered' });
    expect(driven.command).toMatchObject({ filler: [] });
  });

  test('a catalogue that has it in one language is heard in that one', () => {
    const prompts = PROMPTS.replace('tr: "Bir dakika.", ', '');
    expect(errors('', prompts)).toEqual([]);
    const driven = call(flow(`begin: { ${NODES.http} }`), { sources: { prompts } }).do({ kind: 'answered' });
    expect(driven.command).toMatchObject({ filler: [{ language: 'en', text: 'One moment.' }] });
  });

  test('a wrong one among the defaults is told once, where it stands', () => {
    expect(errors('defaults: { http: { filler: test.hlep } }')).toEqual([
      expect.objectContaining({ code: 'flow.unknown-prompt', line: 3, column: 21, remedy: 'Did you mean "test.help"?' }),
    ]);
  });
});

test('fields that a type does not inherit, and types that inherit nothing, are told', () => {
  const codes = (head: string) =>
    check({ main: flow(`begin: { ${NODES.say} }`, head) }).problems.flatMap(({ severity, code }) => (severity === 'error' ? [code] : []));
  expect(codes('defaults: { http: { url: x } }')).toEqual(['flow.unknown-key']);
  expect(codes('defaults: { branch: {} }')).toEqual(['flow.unknown-key']);
  expect(codes('defaults: { transfer: { ring: 5 } }')).toEqual(['flow.bad-duration']);
  expect(codes('defaults: { transfer: { maxTalk: 13h } }')).toEqual(['flow.bad-value']);
  expect(codes('defaults: { collect: { terminator: 5 } }')).toEqual([]);
});

test('a terminator of the flow that is a key of the question is told at the question', () => {
  const { problems } = check({ main: flow(`begin: { ${NODES.collect} }`, 'defaults: { collect: { terminator: 5 } }') });
  expect(problems).toContainEqual(expect.objectContaining({ code: 'flow.ambiguous-option', line: 5 }));
});
