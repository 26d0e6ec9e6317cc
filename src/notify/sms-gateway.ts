import { Agent } from 'undici';
import { SantralError } from '../domain/errors.ts';
import { asE164 } from '../domain/phone-number.ts';
import { plainSms, smsLength } from '../domain/sms-text.ts';
import type { Value, ValueMap } from '../domain/value.ts';
import { compileExpression, type Expression } from '../flow/expression.ts';
import { Fault } from '../flow/fault.ts';
import { Scope } from '../flow/scope.ts';
import { compileTemplate, type Template } from '../flow/template.ts';
import type { Delivery, Notifier } from '../ports/notifier.ts';
import { type Escape, escapeFor } from './escapes.ts';
import { type Answer, exchange, mayPass } from './exchange.ts';

/** What the settings say of a provider's HTTP interface; texts may hold {{…}}. */
export interface SmsGatewayOptions {
  readonly url: string;
  readonly method: 'GET' | 'POST' | 'PUT';
  readonly headers: Readonly<Record<string, string>>;
  readonly body: string;
  /** Expression over status, text and answer (its JSON): whether the provider took the message. */
  readonly success: string;
  /** Where the provider's id of the message stands in its answer. */
  readonly reference: string;
  readonly token: string;
  /** Sender when the brand names none. */
  readonly from: string;
  readonly letters: 'turkish' | 'plain';
  readonly now: () => number;
}

const MAX_ANSWER_BYTES = 65_536;
const MAX_REQUEST_CHARACTERS = 20_000;
const MAX_REFERENCE = 100;
const CONNECTIONS = 20;
/** Names of the texts that make up the request. */
const REQUEST_NAMES = ['id', 'from', 'to', 'digits', 'national', 'text', 'encoding', 'segments', 'token'];
const ANSWER_NAMES = ['status', 'text', 'answer'];
const CONTEXT = { language: 'en', zone: 'UTC' } as const;

/** SMS by the HTTP interface of a provider. Throws `config.invalid` when a setting cannot be read. */
export function smsGateway(options: SmsGatewayOptions): Notifier<'sms'> {
  const compiled = compile(options);
  const dispatcher = new Agent({ connections: CONNECTIONS });
  return {
    name: `SMS gateway at ${new URL(options.url.replace(/\{\{[^}]*\}\}/g, '')).host}`,
    async send({ id, from, to, text: words }, signal) {
      if (asE164(to) === undefined) return { kind: 'refused', reason: 'the number is not in the form +905550000000' };
      const text = options.letters === 'plain' ? plainSms(words) : words;
      const { encoding, segments } = smsLength(text);
      const digits = to.slice(1);
      const national = digits.startsWith('90') ? digits.slice(2) : digits;
      const fields = { id, from: from ?? options.from, to, digits, national, text, encoding, segments, token: options.token };
      try {
        const wanted = { ...compiled.request(fields), method: options.method, maxBytes: MAX_ANSWER_BYTES };
        return judge(await exchange(dispatcher, wanted, signal, options.now), compiled);
      } catch (error) {
        if (error instanceof Fault) return { kind: 'refused', reason: `the request to the provider cannot be made: ${error.message}` };
        throw error;
      }
    },
    close: () => dispatcher.destroy(),
  };
}

interface Compiled {
  request(fields: ValueMap): { readonly url: string; readonly headers: Record<string, string>; readonly body: string | null };
  readonly success: Expression;
  readonly reference: Template;
}

function compile({ url, method, headers, body, success, reference }: SmsGatewayOptions): Compiled {
  const address = template('SANTRAL_SMS_URL', url, REQUEST_NAMES);
  const heads = Object.entries(headers).map(([name, value]) => [name, template('SANTRAL_SMS_HEADERS', value, REQUEST_NAMES)] as const);
  const content = template('SANTRAL_SMS_BODY', body, REQUEST_NAMES);
  const escape = escapeFor(Object.entries(headers).find(([name]) => name.toLowerCase() === 'content-type')?.[1]);
  if (escape === undefined)
    throw wrong('SANTRAL_SMS_HEADERS', 'names a content-type that the body’s values cannot be escaped for; use JSON, XML or a form');
  const render = (text: Template, fields: ValueMap, escaped: Escape) =>
    text.render(Scope.of(fields), CONTEXT, MAX_REQUEST_CHARACTERS, escaped);
  return {
    request: (fields) => ({
      url: render(address, fields, encodeURIComponent),
      headers: Object.fromEntries(heads.map(([name, value]) => [name, render(value, fields, (text) => text.replace(/[\r\n]/g, ' '))])),
      body: method === 'GET' ? null : render(content, fields, escape),
    }),
    success: expression(success),
    reference: template('SANTRAL_SMS_REFERENCE', reference, ANSWER_NAMES),
  };
}

function judge(answer: Answer, { success, reference }: Compiled): Delivery {
  if (answer.kind === 'failed') return { kind: 'later', reason: `the SMS provider ${answer.reason}` };
  const { status, text, retryAfterMs } = answer;
  const names = Scope.of({ status, text, answer: parsed(text) });
  try {
    if (success.test(names)) return { kind: 'sent', reference: referenceOf(reference, names) };
  } catch (error) {
    if (!(error instanceof Fault)) throw error;
    // It may have been taken: to try again could send it twenty times.
    if (status < 300)
      return { kind: 'refused', reason: `the SMS provider answered something SANTRAL_SMS_SUCCESS cannot judge: ${error.message}` };
  }
  const reason = `the SMS provider answered ${status}: ${text.slice(0, 120)}`;
  if (!mayPass(status) && status >= 300) return { kind: 'refused', reason };
  return { kind: 'later', reason, ...(retryAfterMs === undefined ? {} : { afterMs: retryAfterMs }) };
}

function referenceOf(reference: Template, names: Scope): string | null {
  try {
    return reference.render(names, CONTEXT, MAX_ANSWER_BYTES).trim().slice(0, MAX_REFERENCE);
  } catch (error) {
    if (error instanceof Fault) return null;
    throw error;
  }
}

function parsed(text: string): Value {
  try {
    return JSON.parse(text) as Value;
  } catch {
    return null;
  }
}

function template(setting: string, text: string, known: readonly string[]): Template {
  const { template: made, problems } = compileTemplate(text);
  const [problem] = problems;
  if (problem !== undefined) throw wrong(setting, `${problem.message}. ${problem.remedy}`);
  const unknown = made.names.find((name) => !known.includes(name));
  if (unknown !== undefined) throw wrong(setting, `reads {{${unknown}}}, which is not there. It may read: ${known.join(', ')}`);
  return made;
}

function expression(source: string): Expression {
  const made = compileExpression(source);
  if (!made.ok) throw wrong('SANTRAL_SMS_SUCCESS', `${made.problem.message}. ${made.problem.remedy}`);
  const unknown = made.expression.names.find((name) => !ANSWER_NAMES.includes(name));
  if (unknown !== undefined)
    throw wrong('SANTRAL_SMS_SUCCESS', `reads ${unknown}, which is not there. It may read: ${ANSWER_NAMES.join(', ')}`);
  return made.expression;
}

function wrong(setting: string, what: string): SantralError {
  return new SantralError('config.invalid', `${setting}: ${what}.`);
}
