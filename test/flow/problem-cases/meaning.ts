import { PROMPTS } from '../kit.ts';
import { around, type Cases } from './bad.ts';

/** Expressions, templates, variables, and what a flow uses. */
export const MEANING: Cases = {
  'bad-expression': [
    {
      flows: around('  begin: { type: set, set: { n: "1 +" }, next: bye }'),
      at: 'flows/main.yaml:5:37',
      says: /unexpected end of the expression/,
    },
    {
      flows: around('  begin: { type: collect, prompt: [], into: code, digits: 2, check: "code <= 81", next: bye }'),
      at: 'flows/main.yaml:5:70',
      says: /text is mixed with a number/,
      remedy: /int\(plate\)/,
    },
    {
      flows: around('  begin: { type: branch, cases: [{ when: "call.did.matches(\'(a+)+\')", to: bye }], else: bye }'),
      at: 'flows/main.yaml:5:43',
      says: /no function \.matches/,
    },
    {
      flows: around('  begin: { type: say, prompt: [{ key: test.count, with: { n: "1 + true" } }], next: bye }'),
      at: 'flows/main.yaml:5:63',
      says: /no such overload/,
    },
  ],
  'bad-template': [
    {
      flows: around('  begin: { type: transfer, to: { number: "{{call.did" }, next: bye }'),
      at: 'flows/main.yaml:5:43',
      says: /not closed/,
    },
    {
      flows: around('  begin: { type: say, prompt: { text: { tr: "{{1}}", en: x } }, next: bye }'),
      at: 'flows/main.yaml:5:41',
      says: /begin with a name/,
    },
    {
      flows: around('  begin: { type: say, prompt: [], next: bye }'),
      prompts: `${PROMPTS}\ntest.bad: { tr: "{{x|money}}", en: x }\n`,
      at: 'sounds/test.yaml:16:1',
      says: /test.bad \(tr\): the filter money needs an argument/,
    },
  ],
  'unknown-filter': [
    {
      flows: around('  begin: { type: http, url: "https://x.example/{{call.did|digit}}", next: bye }'),
      at: 'flows/main.yaml:5:50',
      says: /"digit"/,
      remedy: /"digits"/,
    },
    {
      flows: around('  begin: { type: say, prompt: [], next: bye }'),
      prompts: `${PROMPTS}\ntest.bad: { tr: x, en: "{{x|phon}}" }\n`,
      at: 'sounds/test.yaml:16:1',
      says: /test.bad \(en\): there is no filter "phon"/,
      remedy: /"phone"/,
    },
  ],
  'unknown-variable': [
    {
      flows: around('  begin: { type: set, set: { n: "indx + 1" }, next: bye }', 'variables: { index: 0 }'),
      at: 'flows/main.yaml:5:30',
      says: /nobody sets "indx"/,
      remedy: /"index"/,
    },
    { flows: around('  begin: { type: say, prompt: test.count, next: bye }'), at: 'flows/main.yaml:5:23', says: /nobody sets "n"/ },
    {
      flows: around('  begin: { type: say, prompt: { text: { tr: "{{call.number}}", en: x } }, next: bye }'),
      at: 'flows/main.yaml:5:23',
      says: /the call has no "number"/,
      remedy: /did, ani/,
    },
    {
      flows: around('  begin: { type: http, url: "https://x.example/", method: POST, body: "{{call}}", next: bye }'),
      at: 'flows/main.yaml:5:65',
      says: /"call" cannot be read whole/,
    },
    {
      flows: around('  begin: { type: set, set: { n: params.provinse }, next: bye }', 'parameters: { province: "" }'),
      at: 'flows/main.yaml:5:30',
      says: /no parameter "provinse"/,
      remedy: /"province"/,
    },
    {
      flows: around('  begin: { type: set, set: { n: province }, next: bye }', 'parameters: { province: "" }'),
      at: 'flows/main.yaml:5:30',
      says: /nobody sets "province"/,
      remedy: /params\.province/,
    },
  ],
  'unused-variable': [
    {
      flows: around('  begin: { type: say, prompt: [], next: bye }', 'variables: { n: 0 }'),
      at: 'flows/main.yaml:3:14',
      says: /nobody reads the variable n/,
    },
    {
      flows: around('  begin: { type: say, prompt: [], next: bye }', 'parameters: { n: 0 }'),
      at: 'flows/main.yaml:3:15',
      says: /nobody reads the parameter n/,
    },
  ],
  'secret-exposed': [
    ...['prompt: { text: { tr: "{{pin}}", en: x } }, next: bye', 'prompt: { key: test.count, with: { n: pin } }, next: bye'].map(
      (rest) => ({
        flows: around(
          `  begin: { type: collect, prompt: [], into: pin, digits: 4, secret: true, next: tell }\n  tell: { type: say, ${rest} }`,
        ),
        at: 'flows/main.yaml:6',
        says: /pin would be spoken/,
      }),
    ),
    {
      flows: around(
        '  begin: { type: collect, prompt: [], into: pin, digits: 4, secret: true, confirm: { prompt: { text: { tr: "{{pin}}", en: x } } }, next: bye }',
      ),
      at: 'flows/main.yaml:5:86',
      says: /spoken/,
    },
    {
      flows: around(
        '  begin: { type: collect, prompt: [], into: pin, digits: 4, secret: true, next: copy }\n  copy: { type: set, set: { x: pin }, next: bye }',
      ),
      at: 'flows/main.yaml:6:29',
      says: /copied/,
    },
    {
      flows: around(
        '  begin: { type: collect, prompt: [], into: pin, digits: 4, secret: true, next: send }\n  send: { type: notify, channel: sms, template: booking.made, with: { code: "{{pin}}" }, next: bye }',
      ),
      at: 'flows/main.yaml:6:71',
      says: /pin would be written into a message/,
    },
    {
      flows: around(
        '  begin: { type: collect, prompt: [], into: pin, digits: 4, secret: true, next: send }\n  send: { type: http, url: "https://x.example/{{pin}}", next: bye }',
      ),
      at: 'flows/main.yaml:6:23',
      says: /address/,
    },
    {
      flows: around(
        '  begin: { type: collect, prompt: [], into: pin, digits: 4, secret: true, next: dial }\n  dial: { type: transfer, to: { number: "{{pin}}" }, next: bye }',
      ),
      at: 'flows/main.yaml:6:33',
      says: /dialled/,
    },
    {
      flows: around('  begin: { type: collect, prompt: [], into: pin, digits: 4, secret: true, next: bye }', 'results: [pin]'),
      at: 'flows/main.yaml:3:11',
      says: /handed to the calling flow/,
    },
  ],
  'unknown-action': [
    {
      flows: around('  begin: { type: action, do: dealers.by-provinse, with: { province: "1" }, next: bye }'),
      at: 'flows/main.yaml:5:26',
      says: /no action "dealers.by-provinse"/,
      remedy: /"dealers.by-province"/,
    },
  ],
  'action-param': [
    {
      flows: around('  begin: { type: action, do: dealers.by-province, next: bye, exits: { none: bye } }'),
      at: 'flows/main.yaml:5:3',
      says: /needs the parameter "province"/,
    },
    {
      flows: around(
        '  begin: { type: action, do: dealers.by-postcode, with: { postcode: "34000", km: 5 }, next: bye, exits: { none: bye } }',
      ),
      at: 'flows/main.yaml:5:78',
      says: /no parameter "km"/,
    },
  ],
  'unknown-message': [
    {
      flows: around('  begin: { type: notify, channel: sms, template: booking.maid, next: bye }'),
      at: 'flows/main.yaml:5:40',
      says: /no message "booking.maid"/,
      remedy: /"booking.made"/,
    },
    {
      flows: around('  begin: { type: notify, channel: sms, template: booking.mail, next: bye }'),
      at: 'flows/main.yaml:5:40',
      says: /"booking.mail" has no words for sms/,
      remedy: /messages\/test.yaml/,
    },
    {
      flows: around('  begin: { type: notify, channel: sms, template: Booking, next: bye }'),
      at: 'flows/main.yaml:5:40',
      says: /must be the key of a message/,
    },
  ],
  'message-value': [
    {
      flows: around('  begin: { type: notify, channel: sms, template: booking.made, next: bye }'),
      at: 'flows/main.yaml:5:40',
      says: /reads "code", which it is not given/,
      remedy: /with: \{ code/,
    },
  ],
  'unknown-flow': [
    {
      flows: around('  begin: { type: subflow, flow: mian, next: bye }'),
      at: 'flows/main.yaml:5:27',
      says: /no flow "mian"/,
      remedy: /"main"/,
    },
  ],
  'subflow-param': [
    {
      flows: {
        main: around('  begin: { type: subflow, flow: other, with: { provinse: "1" }, next: bye }'),
        other: 'flow: other\nstart: a\nparameters: { province: "" }\nresults: [x]\nvariables: { x: 1 }\nnodes:\n  a: { type: return }\n',
      },
      at: 'flows/main.yaml:5:48',
      says: /no parameter "provinse"/,
      remedy: /"province"/,
    },
  ],
  'subflow-result': [
    {
      flows: {
        main: around('  begin: { type: subflow, flow: other, into: { y: z }, next: bye }'),
        other: 'flow: other\nstart: a\nresults: [x]\nvariables: { x: 1 }\nnodes:\n  a: { type: return }\n',
      },
      at: 'flows/main.yaml:5:48',
      says: /gives no result "y"/,
      remedy: /Its results: x/,
    },
    {
      flows: around('  begin: { type: say, prompt: [], next: bye }', 'results: [chosen]'),
      at: 'flows/main.yaml:3:11',
      says: /no variable is named "chosen"/,
    },
  ],
  'subflow-recursion': [
    { flows: around('  begin: { type: subflow, flow: main, next: bye }'), at: 'flows/main.yaml:5:27', says: /main → main calls itself/ },
    {
      flows: {
        main: around('  begin: { type: subflow, flow: other, next: bye }'),
        other: 'flow: other\nstart: a\nnodes:\n  a: { type: subflow, flow: main, next: return }\n',
      },
      at: 'flows/main.yaml:5:27',
      says: /other → main → other calls itself/,
    },
    {
      flows: Object.fromEntries(
        Array.from({ length: 11 }, (_, i) => [
          `f${i}`,
          `flow: f${i}\nstart: a\nnodes:\n  a: ${i === 10 ? '{ type: return }' : `{ type: subflow, flow: f${i + 1}, next: return }`}\n`,
        ]),
      ),
      at: 'flows/f8.yaml:4:23',
      says: /more than 8 deep/,
    },
  ],
  'unknown-calendar': [
    {
      flows: around('  begin: { type: hours, calendar: offise, exits: { open: bye, closed: bye } }'),
      at: 'flows/main.yaml:5:25',
      says: /no calendar "offise"/,
      remedy: /"office"/,
    },
  ],
  'unknown-department': [
    {
      flows: around('  begin: { type: transfer, to: { department: servise }, next: bye, exits: { failed: bye } }'),
      at: 'flows/main.yaml:5:34',
      says: /no department "servise"/,
      remedy: /"service"/,
    },
  ],
  'unknown-callback-group': [
    {
      flows: around('  begin: { type: callback-request, group: suport, next: bye, exits: { declined: bye } }'),
      at: 'flows/main.yaml:5:36',
      says: /no queue calls back for "suport"/,
      remedy: /"support"/,
    },
    {
      flows: around('  begin: { type: missed-call, for: { department: service }, callback: suport, next: bye }'),
      at: 'flows/main.yaml:5:61',
      says: /no queue calls back for "suport"/,
      remedy: /"support"/,
    },
  ],
  'unknown-queue': [
    {
      flows: around('  begin: { type: queue, queue: suport, next: bye }'),
      at: 'flows/main.yaml:5:25',
      says: /no queue "suport"/,
      remedy: /"support"/,
    },
  ],
  'unknown-connector': [
    {
      flows: around('  begin: { type: http, connector: dealer-sistem, path: /x, next: bye }'),
      at: 'flows/main.yaml:5:24',
      says: /no connector "dealer-sistem"/,
      remedy: /"dealer-system"/,
    },
  ],
  'bad-url': [
    {
      flows: around('  begin: { type: http, connector: crm, path: "//evil.example/x", next: bye }'),
      at: 'flows/main.yaml:5:40',
      says: /no path on a connector/,
    },
    {
      flows: around('  begin: { type: http, connector: crm, path: "/a/../b", next: bye }'),
      at: 'flows/main.yaml:5:40',
      says: /no path on a connector/,
    },
    {
      flows: around('  begin: { type: http, connector: crm, path: "{{call.did}}", next: bye }'),
      at: 'flows/main.yaml:5:40',
      says: /no path on a connector/,
    },
    { flows: around('  begin: { type: http, url: "{{call.did}}/x", next: bye }'), at: 'flows/main.yaml:5:24', says: /fixed host/ },
    {
      flows: around('  begin: { type: http, url: "https://{{call.did}}.example/", next: bye }'),
      at: 'flows/main.yaml:5:24',
      says: /fixed host/,
    },
    {
      flows: around('  begin: { type: http, url: "https://x.example{{call.did}}", next: bye }'),
      at: 'flows/main.yaml:5:24',
      says: /fixed host/,
    },
    { flows: around('  begin: { type: http, url: "https://user@x.example/", next: bye }'), at: 'flows/main.yaml:5:24', says: /fixed host/ },
    { flows: around('  begin: { type: http, url: "ftp://x.example/", next: bye }'), at: 'flows/main.yaml:5:24', says: /fixed host/ },
  ],
  'no-end': [
    {
      flows: 'flow: main\nstart: a\nnodes:\n  a: { type: menu, prompt: test.menu, options: { 1: a } }\n',
      at: 'flows/main.yaml:1:1',
      says: /no hangup and no return/,
    },
  ],
  'input-before-answer': [
    {
      flows: around('  begin: { type: menu, prompt: [], options: { 1: bye } }', 'answer: { policy: byFlow }'),
      at: 'flows/main.yaml:5:3',
      says: /before the call is answered/,
    },
  ],
};
