import { describe, expect, test } from 'vitest';
import { addressOf, callableNumber } from '../../src/flow/addresses.ts';
import { parseCatalogue } from '../../src/flow/catalogue.ts';
import { checkRelease } from '../../src/flow/check.ts';
import { call, check, flow, PROMPTS } from './kit.ts';

const send = (rest: string, next = 'bye') =>
  flow(
    `begin: { type: notify, with: { code: "K7" }, ${rest}, next: ${next}, exits: { unreachable: nobody } }\nnobody: { type: say, prompt: test.help, next: bye }`,
  );
const SMS = 'channel: sms, template: booking.made';
const problemsOf = (rest: string) => check({ main: send(rest) }).problems.filter(({ severity }) => severity === 'error');

describe('a message', () => {
  test.each([
    ['the caller’s own number', SMS, { trigger: { ani: '0555 000 00 13' } }, '+905550000013'],
    ['a number that was given', `${SMS}, to: "0 (555) 000 00 14"`, {}, '+905550000014'],
    ['an e-mail address', 'channel: email, template: booking.mail, to: "{{call.brand}}@firma.example"', {}, 'santral@firma.example'],
    ['a webhook', 'channel: webhook, template: booking.made, to: crm', {}, 'crm'],
  ])('goes to %s', (_, rest, options, to) => {
    const driven = call(send(rest), options).do({ kind: 'answered' });
    expect(driven.effects).toMatchObject([{ kind: 'message', draft: { to, data: { code: 'K7' } } }]);
    expect(driven.node).toBe('bye');
  });

  test.each([
    ['a withheld number', SMS, { trigger: { ani: '' } }],
    ['a landline', SMS, { trigger: { ani: '02125550001' } }],
    ['an extension', `${SMS}, to: "{{call.did}}"`, {}],
    ['no e-mail address', 'channel: email, template: booking.mail, to: "{{call.did}}"', {}],
  ])('to %s cannot be sent, and the flow is told', (_, rest, options) => {
    const driven = call(send(rest), options).do({ kind: 'answered' });
    expect(driven.effects).toEqual([]);
    expect(driven.node).toBe('nobody');
    expect(driven.events).toContainEqual({ kind: 'result', node: 'begin', name: 'notify', outcome: 'unreachable' });
  });

  test('has the class of its text and the language that is said, the caller’s language when nothing is said', () => {
    const driven = call(send(`channel: sms, template: booking.offer, language: en`)).do({ kind: 'answered' });
    expect(driven.effects).toMatchObject([{ draft: { language: 'en', messageClass: 'commercial' } }]);
    expect(call(send(SMS)).do({ kind: 'answered' }).effects).toMatchObject([{ draft: { messageClass: 'informational' } }]);
    expect(call(send(SMS), { trigger: { language: 'en' } }).do({ kind: 'answered' }).effects).toMatchObject([
      { draft: { language: 'en' } },
    ]);
  });

  test('is told in the journal without number and words', () => {
    const driven = call(send(SMS)).do({ kind: 'answered' });
    expect(JSON.stringify(driven.events)).not.toMatch(/5550000|K7/);
  });
});

describe('the checker', () => {
  test.each([
    ['channel: email, template: booking.mail', 'missing-key', /needs an address/],
    ['channel: webhook, template: booking.made', 'missing-key', /needs its name/],
    ['channel: webhook, template: booking.made, to: "{{call.did}}"', 'bad-value', /must stand as it is/],
    [`${SMS}, to: "112"`, 'bad-value', /no number that an SMS reaches/],
    ['channel: email, template: booking.mail, to: "a@b@c"', 'bad-value', /no e-mail address/],
  ])('refuses %s', (rest, code, says) => {
    expect(problemsOf(rest)).toMatchObject([{ code: `flow.${code}`, message: expect.stringMatching(says) }]);
  });

  test('an old release may name messages that are gone', () => {
    const files = [{ path: 'flows/main.yaml', text: send('channel: sms, template: gone.away') }];
    const rest = { files, catalogue: parseCatalogue([{ path: 'p', text: PROMPTS }]).entries, calendars: new Map(), actions: [] };
    const codesOf = (messagesMayBeGone: boolean) =>
      checkRelease({ ...rest, recordings: new Set(), messagesMayBeGone })
        .problems.filter(({ severity }) => severity === 'error')
        .map(({ code }) => code);
    expect(codesOf(true)).toEqual([]);
    expect(codesOf(false)).toEqual(['flow.unknown-message']);
  });
});

describe('addresses', () => {
  test.each([
    'a@b',
    '@b.example',
    'a@b.example\r\nBcc: c@d.example',
    'a b@c.example',
    'a@-b.example',
    'a@b..example',
    'Ayşe <a@b.example>',
  ])('%j is no e-mail address', (text) => expect(addressOf('email', text)).toBeNull());

  test.each([
    ['0555 000 00 15', false, '+905550000015'],
    ['0212 555 00 01', false, '+902125550001'],
    ['+4915550000000', false, null],
    ['+4915550000000', true, '+4915550000000'],
    ['0900 555 00 01', true, null],
    ['112', true, null],
    ['', true, null],
  ])('%j can be called (abroad: %s): %s', (text, abroad, number) => {
    expect(callableNumber(text, abroad)).toBe(number);
  });
});
