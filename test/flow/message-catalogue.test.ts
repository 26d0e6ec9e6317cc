import { describe, expect, test } from 'vitest';
import { missingLanguages, namesOf, parseMessages } from '../../src/flow/message-catalogue.ts';
import { renderMessage } from '../../src/flow/render-message.ts';

const parse = (...texts: string[]) => parseMessages(texts.map((text, i) => ({ path: `flows/messages/${i}.yaml`, text })));

const BOOKED = `
booking.made:
  sms: { tr: "Randevunuz: {{when|datetime}}. Kod {{code}}.", en: "Booked for {{when|datetime}}. Code {{code}}." }
  email:
    subject: { tr: "{{name}}, randevunuz", en: "Your booking, {{name}}" }
    text: { tr: "Kod: {{code}}", en: "Code: {{code}}" }
  webhook: { event: booking.made, code: "{{code}}", seats: 2, when: "{{when}}" }
`;
const ZONE = 'Europe/Istanbul';
const made = (text = BOOKED) => {
  const { entries, problems } = parse(text);
  expect(problems).toEqual([]);
  return [...entries.values()][0] as NonNullable<ReturnType<(typeof entries)['get']>>;
};

test('messages of all files, with their place and the names each way reads', () => {
  const template = made();
  expect(template).toMatchObject({ key: 'booking.made', file: 'flows/messages/0.yaml', line: 2 });
  expect(namesOf(template, 'sms')).toEqual(['when', 'code']);
  expect(namesOf(template, 'email')).toEqual(['name', 'code']);
  expect(namesOf(template, 'webhook')).toEqual(['code', 'when']);
  expect(missingLanguages(template, 'sms', ['tr', 'en'])).toEqual([]);
});

describe('a message is put into words', () => {
  const data = { when: Date.UTC(2026, 2, 2, 11, 30), code: 'K7', name: 'Ayşe' };

  test('in the language it is for', () => {
    const say = (language: 'tr' | 'en') => renderMessage(made(), { channel: 'sms', language, data }, ZONE);
    expect(say('en')).toEqual({ channel: 'sms', text: 'Booked for Monday 2 March 2026 14:30. Code K7.' });
    expect(say('tr')).toEqual({ channel: 'sms', text: 'Randevunuz: 2 Mart 2026 Pazartesi 14:30. Kod K7.' });
  });

  test('as a webhook with its values as they are', () => {
    expect(renderMessage(made(), { channel: 'webhook', language: 'tr', data }, ZONE)).toEqual({
      channel: 'webhook',
      body: { event: 'booking.made', code: 'K7', seats: 2, when: data.when },
    });
  });

  test('and a value cannot begin another line of the head of an e-mail', () => {
    const rendered = renderMessage(made(), { channel: 'email', language: 'en', data: { ...data, name: 'A\r\nBcc: x@y.example' } }, ZONE);
    expect(rendered).toMatchObject({ subject: 'Your booking, A Bcc: x@y.example', text: 'Code: K7' });
  });

  test.each([
    ['a value that is not there', { channel: 'sms', language: 'tr', data: { code: 'K7' } } as const, 'missing-value'],
    ['a text beyond its limit', { channel: 'sms', language: 'tr', data: { ...data, code: 'K'.repeat(500) } } as const, 'text-too-long'],
  ])('%s is a fault', (_, draft, code) => {
    expect(() => renderMessage(made(), draft, ZONE)).toThrow(expect.objectContaining({ code }));
  });

  test('a way it has no words for is a fault', () => {
    const template = made('a.b: { sms: { tr: x, en: y } }\n');
    expect(() => renderMessage(template, { channel: 'email', language: 'tr', data: {} }, ZONE)).toThrow(
      expect.objectContaining({ code: 'missing-value' }),
    );
  });
});

describe('what cannot be used is told, with its place and a remedy', () => {
  test.each([
    ['Hello: { sms: { tr: x, en: y } }\n', '1:1 flow.bad-name'],
    ['a.b: { sms: { tr: x, en: y } }\na.b: { sms: { tr: x, en: y } }\n', '2:1 flow.duplicate-key'],
    ['a.b: text\n', '1:1 flow.wrong-type'],
    ['a.b: { fax: { tr: x, en: y } }\n', '1:8 flow.unknown-key'],
    ['a.b: { sms: { tr: x, de: y, en: z } }\n', '1:22 flow.unknown-key'],
    ['a.b: { sms: { tr: x } }\n', '1:8 flow.missing-translation'],
    ['a.b: { sms: [x] }\n', '1:8 flow.wrong-type'],
    ['a.b: { email: { text: { tr: x, en: y } } }\n', '1:8 flow.missing-key'],
    ['a.b: { email: { subject: { tr: x, en: y }, text: { tr: x, en: y }, from: z } }\n', '1:68 flow.unknown-key'],
    ['a.b: { webhook: x }\n', '1:8 flow.wrong-type'],
    ['a.b: { sms: { tr: "{{", en: y } }\n', '1:15 flow.bad-template'],
    ['a.b: { sms: { tr: "{{call.ani}}", en: y } }\n', '1:15 flow.unknown-variable'],
    ['- a\n', '1:1 flow.wrong-type'],
  ])('%j', (text, place) => {
    const { problems } = parse(text);
    expect(problems.map(({ line, column, code }) => `${line}:${column} ${code}`)).toContain(place);
    for (const { remedy } of problems) expect(remedy).not.toBe('');
  });
});
