import { around, type Cases } from './bad.ts';

/** Where exits lead, what is pressed, what is heard. */
export const WIRING: Cases = {
  'unknown-target': [
    { flows: around('  begin: { type: say, prompt: [], next: by }'), at: 'flows/main.yaml:5:35', says: /no node "by"/, remedy: /"bye"/ },
    {
      flows: around('  begin: { type: say, prompt: [], next: bye }').replace('start: begin', 'start: beginn'),
      at: 'flows/main.yaml:2:1',
      says: /no node "beginn"/,
      remedy: /"begin"/,
    },
    {
      flows: around('  begin: { type: menu, prompt: [], options: { 1: { to: elsewhere }, 2: bye } }'),
      at: 'flows/main.yaml:5:52',
      says: /"elsewhere"/,
      remedy: /begin, bye, or return/,
    },
    {
      flows: around('  begin: { type: branch, cases: [{ when: 1 == 1, to: bye }, { when: 1 == 2, to: nowhere }], else: bye }'),
      at: 'flows/main.yaml:5:77',
      says: /"nowhere"/,
    },
    {
      flows: around('  begin: { type: say, prompt: [], next: bye }', 'exits: { error: truoble }'),
      at: 'flows/main.yaml:3:10',
      says: /"truoble"/,
    },
  ],
  'after-call-caller': [
    {
      flows: around(
        '  begin: { type: say, prompt: [], next: bye }\n  sorry: { type: say, prompt: test.help, next: return }',
        'afterCall: { start: sorry }',
      ),
      at: 'flows/main.yaml:6:3',
      says: /sorry \(say\) needs the caller/,
      remedy: /next: return ends the section/,
    },
  ],
  'after-call-shared': [
    {
      flows: around('  begin: { type: set, set: { x: 1 }, next: bye }', 'afterCall: { start: begin }\nresults: [x]').replace(
        '  bye: { type: hangup, prompt: general.goodbye }',
        '  bye: { type: set, set: { x: 2 }, next: return }',
      ),
      at: 'flows/main.yaml:6:3',
      says: /reached both during the call and after it/,
    },
  ],
  'unreachable-node': [
    {
      flows: around('  begin: { type: say, prompt: [], next: bye }\n  island: { type: hangup }'),
      at: 'flows/main.yaml:6:3',
      says: /no way leads to island/,
    },
  ],
  'unknown-exit': [
    {
      flows: around('  begin: { type: transfer, to: { extension: "1" }, next: bye, exits: { noAnswered: bye } }'),
      at: 'flows/main.yaml:5:72',
      says: /no exit "noAnswered"/,
      remedy: /"noAnswer"/,
    },
    {
      flows: around('  begin: { type: say, prompt: test.help, next: bye }', 'exits: { tooLong: bye }'),
      at: 'flows/main.yaml:3:10',
      says: /no call takes the exit "tooLong"/,
      remedy: /maxDuration: 10m/,
    },
  ],
  'exit-not-wired': [
    {
      flows: around('  begin: { type: menu, prompt: [], options: { 1: second, 2: bye } }\n  second: { type: say, prompt: [] }'),
      at: 'flows/main.yaml:6:3',
      says: /where "next" leads/,
      remedy: /next: node/,
    },
    {
      flows: around('  begin: { type: hours, calendar: office, exits: { open: bye } }'),
      at: 'flows/main.yaml:5:3',
      says: /where "closed" leads/,
    },
    {
      flows: around('  begin: { type: action, do: dealers.by-province, with: { province: "34" }, next: bye }'),
      at: 'flows/main.yaml:5:26',
      says: /where "none" leads/,
    },
  ],
  'exit-defaulted': [
    {
      flows: around('  begin: { type: menu, prompt: [], options: { 1: bye } }'),
      at: 'flows/main.yaml:1:1',
      says: /"exhausted" is not wired at begin: the goodbye/,
    },
  ],
  'loop-without-input': [
    {
      flows: around('  a: { type: say, prompt: [], next: a }').replace('start: begin', 'start: gone'),
      at: 'flows/main.yaml:5:3',
      says: /a → a goes round/,
    },
    {
      flows: around(
        '  begin: { type: say, prompt: [], next: second }\n  second: { type: branch, cases: [{ when: "1 == 2", to: bye }], else: begin }',
      ),
      at: 'flows/main.yaml:5:3',
      says: /begin → second → begin/,
    },
    {
      flows: around('  begin: { type: http, url: "https://x.example/", next: bye, exits: { error: begin } }'),
      at: 'flows/main.yaml:5:3',
      says: /begin → begin/,
    },
    {
      flows: {
        main: around('  begin: { type: subflow, flow: quiet, next: begin, exits: { error: bye } }'),
        quiet: 'flow: quiet\nstart: a\nnodes:\n  a: { type: return }\n',
      },
      at: 'flows/main.yaml:5:3',
      says: /begin → begin/,
    },
  ],
  'ambiguous-option': [
    {
      flows: around('  begin: { type: menu, prompt: [], options: { 1: bye, "1": begin } }'),
      at: 'flows/main.yaml:5:55',
      says: /option 1 stands twice/,
    },
    {
      flows: around('  begin: { type: menu, prompt: [], options: { 1: bye, 9: begin }, repeat: 9 }'),
      at: 'flows/main.yaml:5:67',
      says: /9 repeats the prompt and is an option, too/,
    },
    {
      flows: around('  begin: { type: collect, prompt: [], into: a, digits: 2, keys: "0123#", terminator: "#", next: bye }'),
      at: 'flows/main.yaml:5:74',
      says: /terminator # is also one of the keys/,
    },
    {
      flows: around('  begin: { type: collect, prompt: [], into: a, digits: 2, confirm: { prompt: [], yes: 1, no: 1 }, next: bye }'),
      at: 'flows/main.yaml:5:90',
      says: /1 means both yes and no/,
    },
    {
      flows: around('  begin: { type: menu, prompt: [], options: { 1: bye, 12: begin, "#": begin }, terminator: "#" }'),
      at: 'flows/main.yaml:5:80',
      says: /terminator # is also an option/,
    },
    {
      flows: around('  begin: { type: menu, prompt: [], options: { 1: bye, "1*2": begin }, terminator: "*" }'),
      at: 'flows/main.yaml:5:71',
      says: /terminator \* is also a key of the option 1\*2/,
    },
    {
      flows: around('  begin: { type: menu, prompt: [], options: { 1: bye }, repeat: 9, terminator: 9 }'),
      at: 'flows/main.yaml:5:68',
      says: /terminator 9 is also an option/,
    },
    {
      flows: around('  begin: { type: collect, prompt: [], into: a, pattern: "X#X", terminator: "#", next: bye }'),
      at: 'flows/main.yaml:5:64',
      says: /terminator # is also one of the keys/,
    },
  ],
  'option-prefix': [
    {
      flows: around('  begin: { type: menu, prompt: [], options: { 1: bye, 12: begin } }'),
      at: 'flows/main.yaml:5:55',
      says: /12 begins with 1/,
    },
    {
      flows: around('  begin: { type: menu, prompt: [], options: { 91: bye }, repeat: 9 }'),
      at: 'flows/main.yaml:5:47',
      says: /91 begins with 9/,
    },
  ],
  'bad-option': [
    {
      flows: around('  begin: { type: menu, prompt: [], options: { 1: bye, one: begin } }'),
      at: 'flows/main.yaml:5:55',
      says: /"one" cannot be pressed/,
    },
    { flows: around('  begin: { type: menu, prompt: [], options: {} }'), at: 'flows/main.yaml:5:36', says: /no options/ },
  ],
  'unknown-prompt': [
    {
      flows: around('  begin: { type: say, prompt: test.hlep, next: bye }'),
      at: 'flows/main.yaml:5:23',
      says: /no prompt "test.hlep"/,
      remedy: /"test.help"/,
    },
    {
      flows: around('  begin: { type: say, prompt: [test.help, { key: test.none }], next: bye }'),
      at: 'flows/main.yaml:5:43',
      says: /"test.none"/,
    },
    {
      flows: around('  begin: { type: say, prompt: Hello there, next: bye }'),
      at: 'flows/main.yaml:5:23',
      says: /key of the catalogue/,
      remedy: /\{ text:/,
    },
    {
      flows: around('  begin: { type: menu, prompt: [], options: { 1: bye }, noMatch: [test.help, [test.help, test.nope]] }'),
      at: 'flows/main.yaml:5:90',
      says: /"test.nope"/,
    },
  ],
  'missing-translation': [
    {
      flows: around('  begin: { type: say, prompt: test.only-turkish, next: bye }'),
      at: 'flows/main.yaml:5:23',
      says: /"test.only-turkish" has no text in en/,
      remedy: /sounds\/test\.yaml/,
    },
    {
      flows: around('  begin: { type: say, prompt: { text: { en: Hello } }, next: bye }'),
      at: 'flows/main.yaml:5:33',
      says: /no words in tr/,
    },
  ],
};
