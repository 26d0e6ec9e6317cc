import { describe, expect, test } from 'vitest';
import { call, check, flow } from './kit.ts';

const asks = (fields: string) =>
  flow(`begin: { type: consent, for: MESAJ, prompt: test.menu, ${fields} next: bye, exits: { refused: no, noAnswer: silent, unreachable: nobody } }
no: { type: say, prompt: test.help, next: bye }
silent: { type: say, prompt: test.full, next: bye }
nobody: { type: say, prompt: test.empty, next: bye }`);
const ask = (fields = '', options: Parameters<typeof call>[1] = {}) => call(asks(fields), options).do({ kind: 'answered' });

describe('consent', () => {
  test('a no is stored before it is confirmed, and has a way of its own', () => {
    const driven = ask().press('2');
    expect(driven.effects).toMatchObject([
      { kind: 'consent', draft: { status: 'RET', evidence: 'main/begin, release 1, tr: test.menu; key 2' } },
    ]);
    expect(driven.command).toMatchObject({ kind: 'play' });
    expect(driven.do({ kind: 'hung-up' }).effects).toHaveLength(1);
    expect(ask().press('2').do({ kind: 'finished', heard: 'cut' }).node).toBe('no');
  });

  test('silence and other keys are no answer, and nothing is stored', () => {
    for (const driven of [ask('attempts: 2,').silence().silence(), ask('attempts: 2,').press('7', 'no-match').silence()]) {
      expect(driven.effects).toEqual([]);
      expect(driven.node).toBe('silent');
    }
  });

  test.each([
    ['a withheld number', '', { trigger: { ani: '' } }],
    ['a landline, where an SMS is meant', '', { trigger: { ani: '02125550001' } }],
    ['an address that is none', 'to: "{{call.did}}",', {}],
  ])('%s is not asked about', (_, fields, options) => {
    expect(ask(fields, options).node).toBe('nobody');
  });

  test('is about the number that was given, and may be confirmed with silence', () => {
    const driven = ask('to: "0555 000 00 44", granted: [], ').press('1');
    expect(driven.effects).toMatchObject([{ draft: { recipient: '+905550000044' } }]);
    expect(driven.node).toBe('bye');
  });

  test('after a restart the question is asked again, and a stored answer is not', () => {
    expect(ask().do({ kind: 'restarted' }).words).toBe('Bir ya da iki.');
    expect(ask().press('1').do({ kind: 'restarted' }).node).toBe('bye');
  });

  test('the journal is told what was decided, and no number', () => {
    const driven = ask().press('1');
    expect(driven.events).toContainEqual({ kind: 'result', node: 'begin', name: 'consent MESAJ', outcome: 'ONAY' });
    expect(JSON.stringify(driven.events)).not.toContain('5550000');
  });

  test.each([
    ['yes: 2,', 'ambiguous-option'],
    ['repeat: 1,', 'ambiguous-option'],
  ])('the checker refuses %s', (fields, code) => {
    expect(check({ main: asks(fields) }).problems).toContainEqual(expect.objectContaining({ code: `flow.${code}`, severity: 'error' }));
  });

  test('the checker wants an address where e-mail is meant', () => {
    const { problems } = check({ main: asks('').replace('MESAJ', 'EPOSTA') });
    expect(problems).toContainEqual(
      expect.objectContaining({ code: 'flow.missing-key', message: expect.stringContaining('needs an address') }),
    );
  });
});

describe('opt-out', () => {
  const refuses = (fields = '') =>
    flow(`begin: { type: opt-out, ${fields} next: bye, exits: { unreachable: nobody } }
nobody: { type: say, prompt: test.empty, next: bye }`);
  const begin = (fields = '', options: Parameters<typeof call>[1] = {}) => call(refuses(fields), options).do({ kind: 'answered' });

  test('is about the person we called, not about the number they saw', () => {
    const trigger = { kind: 'outbound', did: '+905550000077', ani: '+902125550010' } as const;
    const driven = call(refuses(), { trigger });
    expect(driven.effects).toMatchObject([{ draft: { recipient: '+905550000077', type: 'ARAMA', status: 'RET' } }]);
    expect(JSON.stringify(driven.events)).not.toContain('5550000');
  });

  test('stands from the moment the key was pressed, and is stored once though the engine restarts', () => {
    const driven = begin();
    expect(driven.effects).toHaveLength(1);
    expect(driven.do({ kind: 'restarted' }).effects).toHaveLength(1);
    expect(driven.words).toMatch(/Talebinizi kaydettik/);
    expect(driven.do({ kind: 'hung-up' }).effects).toHaveLength(1);
  });

  test('may be about messages, and confirmed in words of the flow', () => {
    const driven = begin('for: MESAJ, prompt: test.help,');
    expect(driven.effects).toMatchObject([{ draft: { type: 'MESAJ' } }]);
    expect(driven.words).toBe('Lütfen biri tuşlayın.');
  });

  test('has nothing to store of a withheld number', () => {
    expect(begin('', { trigger: { ani: '' } }).node).toBe('nobody');
  });
});

test('a call of ours asks for consent of the person who was called', () => {
  const driven = call(asks(''), { trigger: { kind: 'outbound', did: '+905550000077', ani: '+902125550010' } }).press('1');
  expect(driven.effects).toMatchObject([{ draft: { recipient: '+905550000077', status: 'ONAY' } }]);
});
