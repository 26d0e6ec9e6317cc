import { around, type Cases } from './bad.ts';

/** What the file and each node look like. */
export const SHAPE: Cases = {
  yaml: [
    { flows: 'flow: main\n  start: [a\n', at: 'flows/main.yaml:1:7', says: /compact mappings/, remedy: /indent/ },
    { flows: 'flow: main\n---\nflow: other\n', at: 'flows/main.yaml:2:1', says: /more than one document/ },
  ],
  'duplicate-key': [
    {
      flows: around('  begin: { type: say, prompt: test.help, next: bye, next: begin }'),
      at: 'flows/main.yaml:5:53',
      says: /"next" stands twice/,
    },
  ],
  'too-large': [
    {
      flows: `${around('  begin: { type: say, prompt: [], next: bye }')}# ${'x'.repeat(1_000_001)}`,
      at: 'flows/main.yaml:1:1',
      says: /more than 1000000/,
    },
    {
      flows: `a: &a [1,1,1,1,1,1,1,1,1,1]\n${'bcdef'
        .split('')
        .map((name, i) => `${name}: &${name} [${Array(10).fill(`*${'abcde'[i]}`).join(',')}]`)
        .join('\n')}\n`,
      at: 'flows/main.yaml:1:1',
      says: /more than 50000 values/,
    },
  ],
  'unknown-key': [
    {
      flows: around('  begin: { type: say, promt: test.help, prompt: [], next: bye }'),
      at: 'flows/main.yaml:5:23',
      says: /"promt" means nothing/,
      remedy: /"prompt"/,
    },
    {
      flows: around('  begin: { type: collect, prompt: [], into: a, digits: { min: 1, mxa: 2, max: 2 }, next: bye }'),
      at: 'flows/main.yaml:5:66',
      says: /"mxa"/,
      remedy: /"max"/,
    },
    {
      flows: around('  begin: { type: say, prompt: { text: { tr: a, en: b, de: c } }, next: bye }'),
      at: 'flows/main.yaml:5:55',
      says: /"de"/,
      remedy: /tr, en/,
    },
    {
      flows: around('  begin: { type: say, prompt: [], next: bye }', 'starts: x'),
      at: 'flows/main.yaml:3:1',
      says: /"starts"/,
      remedy: /"start"/,
    },
  ],
  'missing-key': [
    {
      flows: around('  begin: { type: collect, prompt: [], into: a, next: bye }'),
      at: 'flows/main.yaml:5:3',
      says: /"digits" is missing/,
      remedy: /pattern/,
    },
    { flows: around('  begin: { type: collect, prompt: [], digits: 2, next: bye }'), at: 'flows/main.yaml:5:3', says: /"into" is missing/ },
    { flows: around('  begin: { prompt: [], next: bye }'), at: 'flows/main.yaml:5:3', says: /"type" is missing/ },
    { flows: 'flow: main\nstart: begin\n', at: 'flows/main.yaml:1:1', says: /"nodes"/ },
    {
      flows: around('  begin: { type: hours, exits: { open: bye, closed: bye } }'),
      at: 'flows/main.yaml:5:3',
      says: /neither a calendar nor hours/,
    },
  ],
  'wrong-type': [
    {
      flows: around('  begin: { type: say, prompt: 5, next: bye }'),
      at: 'flows/main.yaml:5:23',
      says: /"prompt" must be a key of the catalogue/,
    },
    {
      flows: around('  begin: { type: say, prompt: [], next: [bye] }'),
      at: 'flows/main.yaml:5:35',
      says: /"next" must be text, not a list/,
    },
    { flows: around('  begin: say'), at: 'flows/main.yaml:5:3', says: /must be a map/ },
    { flows: '', at: 'flows/main.yaml:1:1', says: /the file is empty/ },
    { flows: '# nothing yet\n', at: 'flows/main.yaml:1:1', says: /the file is empty/ },
    { flows: '- a\n- b\n', at: 'flows/main.yaml:1:1', says: /does not hold a flow/ },
    {
      flows: around('  begin: { type: say, prompt: [], next: bye }', 'results: chosen'),
      at: 'flows/main.yaml:3:1',
      says: /must be a list of variables, or a map/,
    },
  ],
  'bad-value': [
    {
      flows: around('  begin: { type: collect, prompt: [], into: a, pattern: "0[1-9]", next: bye }'),
      at: 'flows/main.yaml:5:48',
      says: /X for 0-9, Z for 1-9, N for 2-9/,
    },
    {
      flows: around('  begin: { type: collect, prompt: [], into: a, pattern: "ZX", digits: 2, next: bye }'),
      at: 'flows/main.yaml:5:63',
      says: /"digits" stands beside "pattern"/,
    },
    {
      flows: around('  begin: { type: menu, prompt: [], options: { 1: bye }, attempts: 0 }'),
      at: 'flows/main.yaml:5:57',
      says: /at least 1/,
    },
    {
      flows: around('  begin: { type: menu, prompt: [], options: { 1: bye }, bargeIn: some }'),
      at: 'flows/main.yaml:5:57',
      says: /any or none/,
    },
    {
      flows: around('  begin: { type: collect, prompt: [], into: a, digits: { min: 3, max: 2 }, next: bye }'),
      at: 'flows/main.yaml:5:48',
      says: /min 3 is above max 2/,
    },
    {
      flows: around('  begin: { type: language, to: de, next: bye }'),
      at: 'flows/main.yaml:5:28',
      says: /"de" is no language/,
      remedy: /tr, en/,
    },
    {
      flows: around('  begin: { type: transfer, to: { extension: "1" }, ring: 1s, next: bye }'),
      at: 'flows/main.yaml:5:52',
      says: /between 5s and 2m/,
    },
  ],
  'bad-name': [
    {
      flows: around('  begin: { type: say, prompt: [], next: return }\n  return: { type: hangup }'),
      at: 'flows/main.yaml:6:3',
      says: /"return"/,
    },
    {
      flows: around('  Begin_1: { type: hangup }\n  begin: { type: say, prompt: [], next: Begin_1 }'),
      at: 'flows/main.yaml:5:3',
      says: /"Begin_1"/,
    },
    {
      flows: around('  begin: { type: say, prompt: [], next: bye }', 'variables: { call: 1 }'),
      at: 'flows/main.yaml:3:14',
      says: /"call" is a word of the language/,
    },
    {
      flows: around('  begin: { type: say, prompt: [], next: bye }', 'variables: { "my name": 1 }'),
      at: 'flows/main.yaml:3:14',
      says: /"my name"/,
    },
    { flows: around('  begin: { type: collect, prompt: [], into: in, digits: 2, next: bye }'), at: 'flows/main.yaml:5:39', says: /"in"/ },
    {
      flows: around('  begin: { type: say, prompt: [], next: bye }', 'variables: { __proto__: 1 }'),
      at: 'flows/main.yaml:3:14',
      says: /cannot be a key/,
    },
  ],
  'bad-duration': [
    {
      flows: around('  begin: { type: menu, prompt: [], options: { 1: bye }, firstDigit: 5 }'),
      at: 'flows/main.yaml:5:57',
      says: /time with its unit, not "5"/,
      remedy: /5s/,
    },
    {
      flows: around('  begin: { type: menu, prompt: [], options: { 1: bye }, firstDigit: 5 seconds }'),
      at: 'flows/main.yaml:5:57',
      says: /"5 seconds"/,
    },
    {
      flows: around('  begin: { type: say, prompt: [], next: bye }', 'defaults: { collect: { interDigit: soon } }'),
      at: 'flows/main.yaml:3:24',
      says: /"soon"/,
    },
  ],
  'unquoted-digits': [
    {
      flows: around('  begin: { type: transfer, to: { number: 02125550001 }, next: bye }'),
      at: 'flows/main.yaml:5:42',
      says: /02125550001 stands without quotes/,
      remedy: /"02125550001"/,
    },
    {
      flows: around('  begin: { type: transfer, to: { extension: 100 }, next: bye }'),
      at: 'flows/main.yaml:5:34',
      says: /100 without quotes/,
      remedy: /"100"/,
    },
    {
      flows: around('  begin: { type: say, prompt: [], next: bye }', 'variables: { code: 0532 }'),
      at: 'flows/main.yaml:3:20',
      says: /0532/,
    },
    {
      flows: around('  begin: { type: say, prompt: [], next: bye }', 'variables: { card: 12345678901234567890 }'),
      at: 'flows/main.yaml:3:20',
      says: /12345678901234567890/,
    },
    {
      flows: around('  begin: { type: say, prompt: [], next: bye }', 'variables: { number: +905550000012 }'),
      at: 'flows/main.yaml:3:22',
      says: /\+905550000012/,
    },
  ],
  'flow-name': [
    {
      flows: around('  begin: { type: say, prompt: [], next: bye }').replace('flow: main', 'flow: mian'),
      at: 'flows/main.yaml:1:1',
      says: /named main, the flow mian/,
    },
  ],
  'duplicate-flow': [
    {
      flows: {
        main: around('  begin: { type: say, prompt: [], next: bye }'),
        'sub/main': around('  begin: { type: say, prompt: [], next: bye }'),
      },
      at: 'flows/sub/main.yaml:1:1',
      says: /another flow main/,
    },
  ],
  'unknown-node-type': [
    { flows: around('  begin: { type: meny, prompt: [] }'), at: 'flows/main.yaml:5:12', says: /type "meny"/, remedy: /"menu"/ },
  ],
};
