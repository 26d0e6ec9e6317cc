import { describe, expect, test } from 'vitest';
import { release } from '../kit.ts';
import { FLOW, outcomeOf, runFile, scenarioOf, worldWith } from './kit.ts';

describe('what goes as it is written', () => {
  test.each<[what: string, steps: string, head?: string]>([
    ['prompts by key, with others between them', '- presses: "14711"\n- hears: test.menu'],
    ['prompts by a part of their text', '- hears: Bir ya da'],
    [
      'prompts by key and text in a language',
      '- presses: 1\n- presses: 4711\n- hears: { key: test.read-back, tr: "dört yedi", en: never }',
    ],
    ['nothing else than these', '- hearsOnly: test.menu\n- says nothing\n- hearsOnly: [test.help]'],
    ['nothing at all', '- hearsOnly: test.menu\n- hearsOnly: []'],
    ['prompts that are not heard', '- hearsNot: [test.help, test.code]'],
    ['one hears after the other', '- presses: "1"\n- presses: 4711\n- hears: test.read-back\n- hears: test.menu'],
    ['keys pressed ahead, A to D among them', '- presses: "1A4711"\n- expect: { variables: { code: "4711" } }'],
    ['a queue', '- presses: 8\n- queue: { to: support, outcome: served, waits: 2m, talks: 5m }\n- hears: test.menu'],
    ['a key that leaves a queue', '- presses: 8\n- presses: 1\n- records: 5s\n- hears: test.menu'],
    ['a transfer', '- presses: 2\n- transfer: { to: "100", outcome: answered, talks: 5m }\n- hears: test.menu'],
    ['recordings', '- presses: 3\n- records: 5s\n- presses: 3\n- records: nothing\n- flow hangs up'],
    ['an answer over HTTP', '- presses: 4\n- hears: Ayşe.', 'lookUps: { "https://crm.example/orders/*": { answer: { name: Ayşe } } }'],
    ['an HTTP status', '- presses: 4\n- expect: { exits: { crm: status } }', 'lookUps: { "GET https://crm.example/*": { status: 503 } }'],
    [
      'a slow answer: the filler, then a timeout',
      '- presses: 4\n- hearsOnly: [general.one-moment, general.goodbye]',
      'lookUps: { "https://*": { answer: 1, after: 5s } }',
    ],
    [
      'answers one after the other, the last one again',
      '- presses: 7\n- presses: 7\n- presses: 7\n- flow hangs up',
      'lookUps: { dealers.by-province: [{ answer: [1] }, { answer: [1] }, { answer: [] }] }',
    ],
    ['what is asked with', '- presses: "147117"', 'lookUps: { dealers.by-province: { answer: [1], with: { province: "4711" } } }'],
    ['a clock that stands still', '- presses: 5\n- hears: test.menu', 'at: 2026-11-23T17:59'],
    ['a clock that is moved', '- waits: 1m\n- presses: 5\n- flow hangs up', 'at: 2026-11-23T17:59'],
    [
      'a talk that moves the clock',
      '- presses: 2\n- transfer: { outcome: answered, talks: 1m }\n- presses: 5\n- flow hangs up',
      'at: 2026-11-23T17:59',
    ],
    ['a time with its own offset', '- presses: 5\n- hears: test.menu', 'at: 2026-11-23T07:00Z'],
    ['a fault that is expected', '- presses: 6\n- flow hangs up', 'faults: [missing-value]'],
    ['the caller hangs up', '- hangs up\n- expect: { visited: menu, notVisited: bye }'],
    [
      'what came of it',
      '- presses: "14711"\n- expect: { node: menu, visited: [code, main/read], exits: { menu: 1, code: next }, variables: { code: "4711", params: { who: Ayşe } }, language: tr, messages: [] }',
      'params: { who: Ayşe }',
    ],
    ['how the flow hung up', '- presses: 0\n- flow hangs up\n- expect: { cause: busy }'],
    [
      'what a look-up was asked',
      '- presses: 4\n- expect: { asked: { "https://crm.example/orders/7": { method: GET } } }',
      'lookUps: { "https://*": { status: 500 } }',
    ],
  ])('%s', (_what, steps, head) => {
    expect(outcomeOf(steps, head)).toBe('as written');
  });
});

describe('what goes otherwise is told with its line, what was expected and what there was', () => {
  test.each<[steps: string, says: string, head?: string]>([
    ['- hears: test.help', '6:9 hears: test.help | test.help is not heard | test.help | test.menu'],
    ['- hears: Üç', '6:9 hears: Üç | Üç is not heard | Üç | test.menu "Bir ya da iki."'],
    [
      '- hears: { en: One or two. }',
      '6:9 hears: { en: One or two. } | One or two. is not heard | One or two. | test.menu "Bir ya da iki."',
    ],
    [
      '- hearsOnly: [test.menu, test.help]',
      '6:9 hearsOnly: [test.menu, test.help] | something else is heard | test.menu, test.help | test.menu',
    ],
    ['- hearsOnly: []', '6:9 hearsOnly: [] | something else is heard | nothing | test.menu'],
    ['- hearsNot: test.menu', '6:9 hearsNot: test.menu | test.menu is heard | not test.menu | test.menu'],
    ['- hears: test.menu\n- hears: test.menu', '7:9 hears: test.menu | test.menu is not heard | test.menu | nothing more'],
    ['- presses: 2\n- presses: 1', '7:9 presses: 1 | this step does not fit here | the call waits for keys | the call is dialling 100'],
    ['- presses: 0\n- says nothing', '7:9 says nothing | this step does not fit here | the call waits for keys | the flow has hung up'],
    ['- records: 5s', '6:9 records: 5s | this step does not fit here | the call records the caller | the call waits for keys'],
    ['- transfer: busy', '6:9 transfer: busy | this step does not fit here | the call dials somebody | the call waits for keys'],
    [
      '- presses: 8\n- queue: { to: sales, outcome: full }',
      '7:9 queue: { to: sales, outcome: full } | it waits in another queue | sales | support',
    ],
    [
      '- presses: 2\n- transfer: { to: "200", outcome: busy }',
      '7:9 transfer: { to: "200", outcome: busy } | another number is dialled | 200 | 100',
    ],
    ['- flow hangs up', '6:9 flow hangs up | the flow does not hang up | the flow hangs up | the call waits for keys'],
    ['- hangs up\n- flow hangs up', '7:9 flow hangs up | the flow does not hang up | the flow hangs up | the caller has hung up'],
    [
      '- presses: 7',
      '6:9 presses: 7 | no answer is given for dealers.by-province | lookUps: { dealers.by-province: … } | { province: "" }',
    ],
    [
      '- presses: 4',
      '6:9 presses: 4 | no answer is given for GET https://crm.example/orders/7 | lookUps: { GET https://crm.example/orders/7: … } | { method: GET, url: "https://crm.example/orders/7", body: null }',
    ],
    [
      '- presses: 7',
      '5:16 lookUps: dealers.by-province | dealers.by-province is asked with something else | { province: "34" } | { province: "" }',
      'lookUps: { dealers.by-province: { answer: [1], with: { province: "34" } } }',
    ],
    ['- presses: 6', '6:9 presses: 6 | the flow met a fault at main/broken | no fault | missing-value: {{answer.name}} has no value'],
    ['- hears: test.menu', '3:5 name: it | the fault missing-value was not met | missing-value | no fault', 'faults: [missing-value]'],
    ['- expect: { node: code }', '6:9 expect: { node: code } | the call stands elsewhere | main/code | main/menu'],
    ['- presses: 0\n- expect: { node: bye }', '7:9 expect: { node: bye } | the call stands elsewhere | main/bye | the flow has hung up'],
    ['- expect: { visited: code }', '6:9 expect: { visited: code } | the call did not come through code | code | main/menu'],
    ['- expect: { notVisited: menu }', '6:9 expect: { notVisited: menu } | the call came through menu | not menu | main/menu'],
    ['- expect: { exits: { menu: 1 } }', '6:9 expect: { exits: { menu: 1 } } | menu was not left by 1 | 1 | it was not left'],
    ['- presses: 1\n- expect: { exits: { menu: 2 } }', '7:9 expect: { exits: { menu: 2 } } | menu was not left by 2 | 2 | 1'],
    ['- expect: { variables: { code: "1" } }', '6:9 expect: { variables: { code: "1" } } | code has another value | "1" | ""'],
    ['- expect: { language: en }', '6:9 expect: { language: en } | the call is in another language | en | tr'],
    [
      '- expect: { messages: [{ channel: sms }] }',
      '6:9 expect: { messages: [{ channel: sms }] } | other messages were caused | [{ channel: sms }] | []',
    ],
    [
      '- expect: { asked: { dealers.by-province: {} } }',
      '6:9 expect: { asked: { dealers.by-province: {} } } | dealers.by-province was not asked | dealers.by-province | nothing was asked',
    ],
    ['- presses: 0\n- expect: { cause: normal }', '7:9 expect: { cause: normal } | the call did not end so | normal | busy'],
    ['- expect: { cause: normal }', '6:9 expect: { cause: normal } | the call did not end so | normal | the call waits for keys'],
  ])('%s', (steps, says, head) => {
    expect(outcomeOf(steps, head)).toBe(head === undefined ? says : says.replace(/^6:/, '7:'));
  });

  test('with the last lines of what happened', () => {
    const { results } = runFile(scenarioOf('- presses: "14711"\n- says nothing\n- hears: test.code'));
    expect(results[0]?.transcript.map(({ who, text }) => `${who} ${text}`)).toEqual([
      'system main/menu',
      'flow says test.menu',
      'caller presses: "14711"',
      'system main/code',
      'flow would say test.code, but keys cut it',
      'system main/read',
      'flow says test.read-back "Tuşladığınız: dört yedi bir bir."',
      'system main/menu',
      'flow says test.menu',
      'caller says nothing',
      'system no input',
      'flow says test.help',
    ]);
  });
});

test('runs each scenario in each language of the flow, and tells what none of them came through', () => {
  const { ok, results, coverage } = runFile(
    'flow: main\nscenarios:\n  - name: a\n    steps:\n      - presses: 0\n  - { name: b, language: en, steps: [hears: test.menu] }\n',
  );
  expect(ok).toBe(true);
  expect(results.map(({ name, language }) => `${name} ${language}`)).toEqual(['a tr', 'a en', 'b en']);
  expect(coverage).toMatchObject([{ flow: 'main', nodes: 12, exits: 30, untakenNodes: expect.arrayContaining(['code', 'dealers']) }]);
  expect(coverage[0]?.untakenExits).not.toContain('menu.0');
});

test('is the same every time', () => {
  const text = scenarioOf('- presses: "14711"\n- hears: never');
  expect(runFile(text)).toEqual(runFile(text));
});

test('behaviour 43: the clock of a scenario moves a call beyond the time that its flow allows', () => {
  const world = worldWith(release({ main: FLOW.replace('start: menu\n', 'start: menu\nmaxDuration: 10m\nexits: { tooLong: bye }\n') }));
  const steps = (minutes: string) => `- waits: ${minutes}\n- presses: 1\n- presses: 1234\n- hearsOnly: [test.read-back, test.menu]`;
  const within = runFile(scenarioOf(steps('9m')), 'flows/main.test.yaml', world);
  expect(within.results[0]?.failure ?? null).toBeNull();
  const beyond = runFile(
    scenarioOf('- waits: 10m\n- presses: 1\n- hears: general.goodbye\n- flow hangs up'),
    'flows/main.test.yaml',
    world,
  );
  expect(beyond.problems).toEqual([]);
  expect(beyond.results[0]?.failure ?? null).toBeNull();
});
