import { readdirSync, readFileSync } from 'node:fs';
import path from 'node:path';
import { describe, expect, test } from 'vitest';
import { LANGUAGES } from '../../../src/domain/language.ts';
import { smsLength } from '../../../src/domain/sms-text.ts';
import { parseMessages } from '../../../src/flow/message-catalogue.ts';
import { parseSenders } from '../../../src/services/outbox/senders-file.ts';
import { parseWebhooks } from '../../../src/services/outbox/webhooks-file.ts';

const senders = (text: string) => parseSenders({ path: 'flows/senders.yaml', text });
const webhooks = (text: string) => parseWebhooks({ path: 'flows/webhooks.yaml', text });

describe('who messages come from', () => {
  test('by brand; what is left out is taken from the settings', () => {
    const { senders: found, problems } = senders(
      'a: { name: A }\nb: { name: B, sms: "3340", email: "b@b.example", optOut: { tr: x, en: y } }\n',
    );
    expect(problems).toEqual([]);
    expect([...found]).toEqual([
      ['a', { name: 'A', sms: null, email: null, optOut: { tr: '', en: '' } }],
      ['b', { name: 'B', sms: '3340', email: 'b@b.example', optOut: { tr: 'x', en: 'y' } }],
    ]);
  });

  test.each<[string, string, number]>([
    ['A B: { name: x }', 'senders.bad-brand', 1],
    ['a: { name: "x\\ny" }', 'senders.shape', 1],
    ['a:\n  name: A\n  sms: "MORE THAN ELEVEN"', 'senders.shape', 3],
    ['a:\n  name: A\n  email: "A <a@b.example>, c@d.example"', 'senders.shape', 3],
    ['a: { name: A, optout: x }', 'senders.unknown-key', 1],
    ['a: { name: [', 'senders.yaml', 1],
  ])('%j is a problem with its place', (text, code, line) => {
    const { senders: found, problems } = senders(text);
    expect(found.size).toBe(0);
    expect(problems[0]).toMatchObject({ code, line, file: 'flows/senders.yaml' });
    expect(problems[0]?.remedy).not.toBe('');
  });
});

describe('webhooks', () => {
  test('have a name and an address', () => {
    expect(webhooks('crm: { url: "https://crm.example/santral?x=1" }\n')).toEqual({
      webhooks: new Map([['crm', { name: 'crm', url: 'https://crm.example/santral?x=1', format: 'santral', events: [] }]]),
      problems: [],
    });
    expect(webhooks('# none yet\n')).toEqual({ webhooks: new Map(), problems: [] });
  });

  test.each<[string, string]>([
    ['CRM: { url: "https://a.example" }', 'webhooks.bad-name'],
    ['crm: { url: "ftp://a.example" }', 'webhooks.shape'],
    ['crm: { url: "https://user:pw@a.example" }', 'webhooks.shape'],
    ['crm: { url: "https://a.example/#x" }', 'webhooks.shape'],
    ['crm: { url: "https:///" }', 'webhooks.shape'],
    ['crm: { url: "https://a.example", secret: x }', 'webhooks.unknown-key'],
    ['crm', 'webhooks.shape'],
  ])('%j is a problem, and is left out', (text, code) => {
    const { webhooks: found, problems } = webhooks(text);
    expect(found.size).toBe(0);
    expect(problems[0]).toMatchObject({ code });
  });
});

describe('what is shipped', () => {
  const read = (file: string) => ({ path: file, text: readFileSync(file, 'utf8') });
  const { entries, problems } = parseMessages(readdirSync('flows/messages').map((name) => read(path.join('flows/messages', name))));

  test('has no problem, and a sender', () => {
    expect(problems).toEqual([]);
    const sender = parseSenders(read('flows/senders.yaml'));
    expect(sender.problems).toEqual([]);
    expect(sender.senders.size).toBe(1);
  });

  test('says in each language the same values', () => {
    for (const { sms, email } of entries.values())
      for (const texts of [sms, email?.subject, email?.text])
        if (texts !== null && texts !== undefined) expect(texts.tr?.names.toSorted()).toEqual(texts.en?.names.toSorted());
  });

  test('leaves room for its values in an SMS of three pieces', () => {
    for (const { key, sms } of entries.values())
      for (const language of LANGUAGES) expect([key, smsLength(sms?.[language]?.source ?? '').segments <= 3]).toEqual([key, true]);
  });
});
