import { describe, expect, test } from 'vitest';
import { call, check, flow } from './kit.ts';

const other = (parameters: string, results = '[sum]', sum = 'params.n') => `flow: other
start: a
parameters: ${parameters}
results: ${results}
nodes:
  a: { type: set, set: { sum: "${sum}" }, next: return }
`;
const caller = (given: string) =>
  flow(
    `begin: { type: subflow, flow: other${given === '' ? '' : `, with: { ${given} }`}, into: { sum: total }, next: bye, exits: { error: broken } }\nbroken: { type: say, prompt: test.help, next: bye }`,
    'variables: { five: 5, word: "x", items: [1], nothing: null, total: 0 }\nresults: [total, five, word, items, nothing]',
  );

/** What the checker says of a call with these parameters. */
function said(parameters: string, given: string): string[] {
  return check({ main: caller(given), other: other(parameters) })
    .problems.filter(({ severity }) => severity === 'error')
    .map(({ code, message, line }) => `${line} ${code} ${message}`);
}

describe('typed parameters', () => {
  test.each([
    ['{ n: { type: number, required: true } }', '', ['6 flow.subflow-param the flow other needs the parameter "n"']],
    ['{ n: { type: number, required: true } }', 'n: 5', []],
    ['{ n: { type: number } }', '', []],
    ['{ n: { type: number } }', 'n: x', ['6 flow.subflow-param the parameter "n" of other must be a number, not text']],
    ['{ n: { type: number } }', 'n: "{{word}}"', []],
    ['{ n: { type: number } }', 'n: "no {{five}}"', ['6 flow.subflow-param the parameter "n" of other must be a number, not text']],
    ['{ n: { type: number } }', 'n: "{{five|digits}}"', ['6 flow.subflow-param the parameter "n" of other must be a number, not text']],
    ['{ n: { type: text } }', 'n: 5', ['6 flow.subflow-param the parameter "n" of other must be text, not a number']],
    ['{ n: { type: list } }', 'n: { a: 1 }', ['6 flow.subflow-param the parameter "n" of other must be a list, not a map']],
    ['{ n: { type: boolean } }', 'n: true', []],
    ['{ n: { type: any, required: true } }', 'n: [1]', []],
    ['{ n: { a: 1 } }', 'n: 5', []],
    ['{ n: { type: map, default: { type: text } } }', 'n: { x: 1 }', []],
  ])('%s, called with %s', (parameters, given, problems) => {
    expect(said(parameters, given)).toEqual(problems);
  });

  test.each([
    ['{ n: { type: digits } }', 'flow.bad-value'],
    ['{ n: { type: number, default: x } }', 'flow.wrong-type'],
    ['{ n: { type: number, required: true, default: 5 } }', 'flow.bad-value'],
    ['{ n: { type: number, required: 1 } }', 'flow.wrong-type'],
  ])('the declaration %s is refused', (parameters, code) => {
    expect(said(parameters, 'n: "{{five}}"').join()).toContain(code);
  });

  test('what was declared counts at run time, too: the exit error, and no value in the fault', () => {
    const run = (parameters: string, given: string) => call({ main: caller(given), other: other(parameters) }).do({ kind: 'answered' });
    const wrong = run('{ n: { type: number, required: true } }', 'n: "{{word}}"');
    expect(wrong.faults()).toEqual(['bad-parameter']);
    expect(wrong.node).toBe('broken');
    expect(wrong.events).toContainEqual(
      expect.objectContaining({ kind: 'fault', message: 'other: the parameter n must be a number, not text' }),
    );
    expect(run('{ n: { type: number, required: true } }', 'n: "{{nothing}}"').faults().length).toBe(1);
    expect(run('{ n: { type: number, default: 3 } }', '').vars()['total']).toBe(3);
    expect(run('{ n: { type: number } }', 'n: "{{five}}"').vars()['total']).toBe(5);
  });

  test('a flow that a call begins with and that needs a parameter says so, and ends politely', () => {
    const driven = call({ other: other('{ n: { type: number, required: true } }') }, { flow: 'other' });
    expect(driven.faults()).toEqual(['bad-parameter']);
    expect(driven.words).toBe('Teknik bir sorun var.');
    const given = call({ other: other('{ n: { type: number, required: true } }') }, { flow: 'other', trigger: { params: { n: 1 } } });
    expect(given.do({ kind: 'answered' }).faults()).toEqual([]);
  });
});

describe('typed results', () => {
  const run = (results: string, sum: string) =>
    call({ main: caller('n: 1'), other: other('{ n: 0 }', results, sum) }).do({ kind: 'answered' });

  test('a result of the promised type comes back, and so does nothing', () => {
    expect(run('{ sum: number }', 'params.n + 1').vars()['total']).toBe(2);
    expect(run('{ sum: number }', 'null').vars()['total']).toBeNull();
    expect(run('{ sum: any }', "'x'").vars()['total']).toBe('x');
  });

  test('another type takes the exit error of the node that called', () => {
    const driven = run('{ sum: number }', "'x'");
    expect(driven.faults()).toEqual(['bad-result']);
    expect(driven.node).toBe('broken');
    expect(driven.vars()['total']).toBe(0);
  });

  test('the checker knows results by name, and their types', () => {
    const codes = (results: string) =>
      check({ main: caller('n: 1'), other: other('{ n: 0 }', results) })
        .problems.filter(({ severity }) => severity === 'error')
        .map(({ code, file, line }) => `${file}:${line} ${code}`);
    expect(codes('{ other: number, sum: number }')).toEqual(['flows/other.yaml:4 flow.subflow-result']);
    expect(codes('{ sum: digits }').join()).toContain('flow.');
    expect(codes('{ sum: number }')).toEqual([]);
  });
});

describe('what is somebody’s own affair', () => {
  const tells = (parameters: string) =>
    flow(
      'begin: { type: say, prompt: { text: { tr: "Kodunuz {{params.code|digits}}.", en: "{{params.code|digits}}" } }, next: bye }',
      parameters,
    );
  const promptOf = (parameters: string, trigger: object = {}) =>
    call(tells(parameters), { trigger: { kind: 'outbound', params: { code: '4711' }, ...trigger } });

  test('a personal parameter is heard, and stays out of the journal', () => {
    const driven = promptOf('parameters: { code: { type: text, required: true, personal: true } }');
    expect(driven.words).toBe('Kodunuz dört yedi bir bir.');
    expect(driven.events).toContainEqual(expect.objectContaining({ kind: 'prompt', text: 'Kodunuz {{params.code|digits}}.' }));
    expect(JSON.stringify(driven.events)).not.toMatch(/4711|dört/);
  });

  test('a copy of it is personal, too', () => {
    const text = flow(
      'begin: { type: set, set: { own: params.code }, next: tell }\ntell: { type: say, prompt: { text: { tr: "{{own|digits}}", en: "{{own|digits}}" } }, next: bye }',
      'parameters: { code: { type: text, personal: true } }',
    );
    const driven = call(text, { trigger: { kind: 'outbound', params: { code: '4711' } } });
    expect(driven.words).toBe('dört yedi bir bir');
    expect(JSON.stringify(driven.events)).not.toMatch(/dört/);
  });

  test('the number we called is the person’s, and is not told either; the number of ours that they dialled is', () => {
    const text = flow('begin: { type: say, prompt: { text: { tr: "{{call.did|phone}}", en: "{{call.did|phone}}" } }, next: bye }');
    const heard = (kind: 'inbound' | 'outbound') => {
      const driven = call(text, { trigger: { kind, did: '+905550000077' } });
      return JSON.stringify((kind === 'inbound' ? driven.do({ kind: 'answered' }) : driven).events);
    };
    expect(heard('outbound')).toContain('{{call.did|phone}}');
    expect(heard('inbound')).not.toContain('{{call.did|phone}}');
  });

  test('the checker wants personal to be true or false', () => {
    const { problems } = check({ main: tells('parameters: { code: { type: text, personal: maybe } }') });
    expect(problems).toContainEqual(expect.objectContaining({ code: 'flow.wrong-type', severity: 'error' }));
  });
});
