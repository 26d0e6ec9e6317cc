/** A flow with every type of node, several of them wired badly on purpose at run time, and a sub-flow. For walks and for speed. */
export const RICH: Readonly<Record<string, string>> = {
  main: `
flow: main
start: welcome
parameters: { vip: false }
results: [chosen]
variables: { index: 0, dealers: [], name: "Ayşe", chosen: null, plate: "", wanted: en }
defaults: { menu: { attempts: 3 }, collect: { attempts: 2 } }
exits: { error: trouble, exhausted: goodbye }
nodes:
  welcome: { type: say, prompt: [test.help, { text: { tr: "Merhaba {{name}}.", en: "Hello {{name}}." }, when: "!params.vip" }], next: top }
  top:
    type: menu
    prompt: test.menu
    options: { 1: ask-plate, 12: ask-pin, 2: language, 3: note, 4: open-now, 5: connect, 6: sub, 7: risky, 8: crm, 0: goodbye }
    repeat: 9
    noInput: [general.no-input, test.full]
    noMatch: [general.no-match, test.help]
    exits: { noInput: silent }
  silent: { type: branch, cases: [{ when: "index > 3", to: goodbye }], else: bump }
  bump: { type: set, set: { index: index + 1 }, next: top }
  language: { type: language, to: "{{wanted}}", next: flip }
  flip: { type: set, set: { wanted: 'wanted == "en" ? "tr" : "en"' }, next: top }
  ask-plate:
    type: collect
    prompt: test.code
    into: plate
    digits: { min: 1, max: 2 }
    check: "int(plate) >= 1 && int(plate) <= 81"
    keys: "0123456789*"
    empty: test.empty
    confirm: { prompt: { text: { tr: "{{plate|digits}}?", en: "{{plate|digits}}?" } } }
    next: find
  find:
    type: action
    do: dealers.by-province
    with: { province: "{{plate}}" }
    into: dealers
    next: read
    exits: { none: top }
  read:
    type: say
    prompt: { text: { tr: "{{dealers[index].name}} {{dealers[index].phone|phone|default:'-'}}", en: "{{dealers[index].name}}" } }
    next: choose
  choose: { type: set, set: { chosen: "dealers[index]", index: "index + 1 < size(dealers) ? index + 1 : 0" }, next: top }
  ask-pin: { type: collect, prompt: test.code, into: pin, digits: 4, secret: true, next: send-pin }
  send-pin: { type: http, method: POST, url: "https://bank.example/pin", body: { pin: "{{pin}}", who: "{{call.brand}}" }, filler: general.one-moment, next: top, exits: { status: trouble } }
  note: { type: record, prompt: test.help, into: note, next: top, exits: { empty: top } }
  open-now: { type: hours, calendar: office, into: openness, exits: { open: tell-open, closed: tell-closed } }
  tell-open: { type: say, prompt: { text: { tr: "{{openness.until|datetime}}", en: "{{openness.until|datetime}}" } }, next: top }
  tell-closed: { type: say, prompt: { text: { tr: "{{openness.opensAt|datetime}}", en: "{{openness.opensAt|datetime}}" } }, next: top }
  connect: { type: transfer, to: { number: "{{dealers[index].phone}}" }, into: talk, next: top, exits: { failed: top } }
  sub: { type: subflow, flow: other, with: { n: "{{index}}" }, into: { sum: index }, next: top, exits: { error: top } }
  risky: { type: set, set: { index: "dealers[index].count + 1" }, next: top }
  crm: { type: http, url: "https://crm.example/{{plate}}", into: dealers, next: top, exits: { timeout: top, error: top } }
  trouble: { type: say, prompt: general.technical-trouble, next: top-again }
  top-again: { type: menu, prompt: test.full, options: { 1: top, 2: goodbye }, attempts: 1 }
  goodbye: { type: hangup, prompt: general.goodbye }
`,
  other: `
flow: other
start: ask
parameters: { n: 0 }
results: [sum]
variables: { sum: 0 }
nodes:
  ask: { type: menu, prompt: { text: { tr: "{{params.n|number}}", en: "{{params.n|number}}" } }, options: { 1: add, 2: return, 3: broken }, attempts: 2 }
  add: { type: set, set: { sum: params.n + 1 }, next: return }
  broken: { type: say, prompt: { text: { tr: "{{sum.nothing}}", en: "{{sum.nothing}}" } }, next: return }
`,
};
