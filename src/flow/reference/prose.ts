import { AFTER_CALL_LIMITS } from '../engine-defaults.ts';

/** The parts of the reference that are written by hand. Everything that lists something is generated. */
export const INTRODUCTION = `# The flow language

This page is generated from the engine (\`npx tsx src/cli/flow-publish.ts\`); change the code, not the page.

A flow says what a caller hears and what each key does. Each flow is one YAML file in this folder, named like the flow:
\`dealer-lookup.yaml\` holds the flow \`dealer-lookup\`. Beside the flows: \`numbers.yaml\` (which number leads to which
flow), \`calendars/\` (opening hours and holidays), \`messages/\` (what SMS, e-mails and webhooks say),
\`surveys/\` (what is asked), \`queues.yaml\` and \`dispositions.yaml\` (where callers wait for agents, how talks are closed),
\`directory.yaml\` (departments, dealers' staff and people: who is rung in which order),
\`forms.yaml\` (web forms that ask to be called back),
\`<flow>.test.yaml\` (scenarios), \`connectors.yaml\`, \`senders.yaml\`, \`webhooks.yaml\`, \`segments.yaml\`,
\`schema/\` (for editors: put \`# yaml-language-server: $schema=schema/flow.schema.json\` on the first line to get completion).

    npm run -s santral -- flow check                  # everything that is wrong, with line and remedy
    npm run -s santral -- flow run dealer-lookup      # play it in the terminal: type keys and Enter
    npm run -s santral -- flow run dealer-lookup --keys "1,34#,_,9"

Below, \`santral\` stands for \`npm run -s santral --\`, typed in the project's folder.

The smallest flow:

\`\`\`yaml
flow: hello
start: welcome
nodes:
  welcome: { type: say, prompt: { text: { tr: Merhaba., en: Hello. } }, next: bye }
  bye: { type: hangup }
\`\`\`

**Words.** A *node* is one step. An *exit* is a way out of it: \`next: node\` is the usual one, the others stand under
\`exits:\`. Where an exit leads is the name of a node, or \`return\`: back to the flow that called this one. \`exits:\` at the
top of the file catches \`error\` and \`exhausted\` for all nodes that do not wire them; where nobody does, the engine says
a word and ends the call. Times are written with a unit: \`300ms\`, \`5s\`, \`30m\`.

**Quotes.** Digits that are text (numbers to dial, postcodes, codes) need quotes: \`"0532"\`. Without them YAML reads a
number and drops leading zeros; the checker refuses that. Options of a menu need none, except \`"*"\` and \`"#"\`.
`;

export const DEFAULTS = `What a node does not say it inherits: first from the flow's \`defaults:\`, then from the engine.

\`\`\`yaml
defaults:
  menu: { firstDigit: 7s, attempts: 2 }
  http: { timeout: 5s, filler: general.one-moment }
  transfer: { ring: 30s, maxTalk: 1h }
\`\`\`
`;

export const PROMPTS = `## Prompts

A prompt is a key of the catalogue (\`sounds/*.yaml\`, text per language; a recording \`sounds/<language>/<key>.wav\` wins over
the text), a text on the spot, or a list of those:

\`\`\`yaml
prompt:
  - dealer.found
  - { key: dealer.read, with: { dealer: "dealers[index]" } }   # names for the text, each an expression
  - { text: { tr: "Bugün tatil.", en: "Today is a holiday." }, when: "openness.kind == 'holiday'" }
  - { key: general.call-is-recorded, bargeIn: false }          # keys do not cut this item
\`\`\`

An empty list is silence and takes no time. When a text is missing in the caller's language, the next of the flow's
\`languages\` is used. In \`noInput\` and \`noMatch\` each item of a list is the prompt of one further try, and the last one
repeats; an item that is itself a list is heard as a whole. The question is not said again by itself: name it in the inner list,
\`noInput: [[general.no-input, dealer.ask-how]]\`.
`;

export const VALUES = `## Variables, templates, expressions

Variables are declared under \`variables:\` with a first value, or come into being where a node writes them (\`into\`, \`set\`).
Besides them there are \`params.name\` (what this flow was given) and \`call.did\`, \`call.ani\` (the caller's number in full: name it
only where it is needed; of a call of ours \`call.did\` is the called person's, \`call.ani\` the number they saw), \`call.language\`, \`call.brand\`, \`call.direction\`, \`call.talked\` (\`yes\` once
somebody of the house has talked with the caller, else \`no\`); after the call also \`call.ended\`, \`call.lastNode\` and \`call.lateResult\`.

**Templates** stand in texts: \`{{name}}\`, \`{{dealer.phone|phone}}\`, \`{{dealers[index].name}}\`, \`{{name|default:'-'}}\`. A value that is
not there is a fault (the exit \`error\`) unless the filter \`default\` follows. A text that is nothing but \`{{name}}\` hands on
the value as it is, lists and numbers too, where a node sends values.

**Expressions** stand in \`when\`, \`check\`, \`set\`, \`hours\` and \`with\` of prompts:

| write | for |
|---|---|
| \`index + 1\`, \`total / 2\`, \`n % 10\` | reckoning; / gives fractions, \`floor(x)\` and \`round(x)\` whole numbers |
| \`dealers[index].name\`, \`size(dealers)\` | lists and maps; the first item is number 0 |
| \`plate == "34"\`, \`int(plate) <= 81\` | what callers type is text: compare with text, or make a number of it |
| \`a && b\`, \`a \\|\\| b\`, \`!a\`, \`x in [1, 2]\`, \`a ? b : c\` | conditions |
| \`has(dealer.phone)\`, \`dealer != null\` | whether something is there |
| \`dealers.filter(d, d.province == 34)\`, \`dealers.map(d, d.name)\`, \`dealers.exists(d, has(d.phone))\`, \`dealers.all(d, has(d.phone))\` | going through a list (not one inside another) |
| \`"a" + string(n)\`, \`name.startsWith("A")\`, \`name.contains("y")\`, \`name.trim()\`, \`"34 06".split(" ")\`, \`["a", "b"].join("-")\` | texts |

A text within an expression has quotes of its own: \`name: "'Ayşe'"\`. The language is CEL; patterns (\`matches\`) are left out
because they can be made to run for ever.

**Secrets and personal data.** What a \`collect\` with \`secret: true\` takes may be sent to a system (\`http\` headers and body,
\`action\`) or weighed in a condition; the checker refuses everything else. Variables with the caller's number or with more than
6 typed digits stay out of the journal, and so do parameters that say \`personal: true\`: { code: { type: text, personal: true } }.
`;

export const AFTER_CALL = `## After the call

What is to be done when the caller is gone stands in the same \`nodes:\`, and \`afterCall:\` names its first node:

\`\`\`yaml
flow: order-status
start: ask
afterCall: { start: report }
nodes:
  ask: { type: menu, prompt: { text: { tr: Bitirmek için biri tuşlayın., en: Press one to finish. } }, options: { 1: bye } }
  bye: { type: hangup, prompt: general.goodbye }
  report: { type: branch, cases: [{ when: "call.ended == 'asterisk-lost'", to: return }], else: tell-crm }
  tell-crm:
    type: http
    method: POST
    url: "https://crm.example/calls"
    body: { ended: "{{call.ended}}", at: "{{call.lastNode}}" }
    next: return
\`\`\`

It runs once per call, whoever ended it: the caller, the flow, a transfer that took the caller elsewhere, a supervisor, a fault.
\`call.ended\` says how (\`caller-hung-up\`, \`flow-hung-up\`, \`ended-by-user\`, \`left-while-away\`, \`asterisk-lost\`, \`failed\`),
\`call.lastNode\` where the caller last stood (\`order-status/ask\`); the variables are as the call left them. Nobody is there: only
nodes that need no caller may stand here, and they stand here alone. \`next: return\` ends the section; so does an exit \`error\` that
its node does not wire (the flow's \`exits:\` are for callers).

A request with \`onHangup: finish\` that is under way goes on, and the section begins with its answer: \`into\` holds it, and
\`call.lateResult\` says what became of it (\`ok\`, \`timeout\`, \`status\`, \`invalid\`, \`too-large\`, \`unreachable\`, \`failed\`; \`none\` when there
was none).

When a sub-flow is open, its section runs first, then that of the flow that called it, each with its own variables. A sub-flow that
has come back is not open any more. All sections of a call together may enter ${AFTER_CALL_LIMITS.maxTransitions} nodes and take ${AFTER_CALL_LIMITS.maxMs / 60_000} minutes; what an engine was doing when
it stopped is asked for again when it starts.
`;

export const LIMITS = `Limits of a call, each a setting of the engine: 100 nodes without anything of the caller's
(\`SANTRAL_MAX_TRANSITIONS\`), 8 flows deep (\`SANTRAL_MAX_SUBFLOW_DEPTH\`), 2000 characters of one rendered text
(\`SANTRAL_MAX_TEXT_LENGTH\`), and the size of all variables together (\`SANTRAL_MAX_SESSION_BYTES\`).
`;
