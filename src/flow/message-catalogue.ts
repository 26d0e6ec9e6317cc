import { isLanguage, LANGUAGES, type Language } from '../domain/language.ts';
import { MESSAGE_CLASSES, type MessageChannel, type MessageClass } from '../domain/message.ts';
import type { ValueMap } from '../domain/value.ts';
import { isMap } from './check/maps.ts';
import { type FlowSource, type Path, readSource, type SourceFile } from './check/source.ts';
import { didYouMean } from './check/suggest.ts';
import { PROMPT_KEY_PATTERN } from './parts.ts';
import type { Problem, ProblemCode } from './problems.ts';
import { compileTemplate, type Template } from './template.ts';

/** A text in each language it was written in. */
export type MessageTexts = Readonly<Partial<Record<Language, Template>>>;

/** A field of a webhook's body: a text with `{{…}}`, or what is sent as it is. */
export type MessageField = Template | Exclude<ValueMap[string], string>;

/**
 * What a message says, by channel; null where it cannot go that way. The key is `MessageDraft.template`. Its texts read
 * what the message was given (`MessageDraft.data`) and GIVEN_NAMES.
 */
export interface MessageTemplate {
  readonly key: string;
  readonly messageClass: MessageClass;
  readonly sms: MessageTexts | null;
  readonly email: { readonly subject: MessageTexts; readonly text: MessageTexts } | null;
  readonly webhook: Readonly<Record<string, MessageField>> | null;
  readonly file: string;
  readonly line: number;
}

export type MessageCatalogue = ReadonlyMap<string, MessageTemplate>;

export interface ParsedMessages {
  readonly entries: MessageCatalogue;
  readonly problems: readonly Problem[];
}

/** Names every message may read besides its data: the brand as its customers know it, and how to refuse more messages. */
export const GIVEN_NAMES = ['brand', 'optOut'] as const;

const PARTS = ['sms', 'email', 'webhook'] as const satisfies readonly MessageChannel[];
const EXAMPLE = 'Write sms: { tr: "…", en: "…" }, email: { subject: { … }, text: { … } } or webhook: { field: "{{value}}" }.';
const PER_LANGUAGE = 'Write { tr: "…", en: "…" }.';

/** The messages of `flows/messages/*.yaml`. What cannot be read is a problem; the rest counts. */
export function parseMessages(files: readonly SourceFile[]): ParsedMessages {
  const entries = new Map<string, MessageTemplate>();
  const problems: Problem[] = [];
  for (const file of files) {
    const source = readSource(file);
    problems.push(...source.problems);
    if (source.value === undefined || source.value === null) continue;
    const report = reporter(source, problems);
    if (!isMap(source.value))
      report([], 'wrong-type', 'the file does not hold messages', `Write lines such as booking.made: { … }. ${EXAMPLE}`);
    else for (const [key, value] of Object.entries(source.value)) readEntry({ source, report, entries }, key, value);
  }
  return { entries, problems };
}

/** Languages of a channel in which the message has no words. */
export function missingLanguages(template: MessageTemplate, channel: MessageChannel, languages: readonly Language[]): Language[] {
  const texts = textsOf(template, channel);
  return languages.filter((language) => texts.some((text) => text[language] === undefined));
}

/** The names that a message reads when it goes this way, each with the texts that need it. */
export function namesOf(template: MessageTemplate, channel: MessageChannel): readonly string[] {
  const fields = channel === 'webhook' ? Object.values(template.webhook ?? {}) : textsOf(template, channel).flatMap(Object.values);
  const names = new Set(fields.flatMap((field: MessageField) => (isTemplate(field) ? field.names : [])));
  return [...names].filter((name) => !GIVEN_NAMES.some((given) => given === name));
}

export function isTemplate(field: MessageField): field is Template {
  return typeof field === 'object' && field !== null && 'render' in field && typeof field.render === 'function';
}

function textsOf({ sms, email }: MessageTemplate, channel: MessageChannel): readonly MessageTexts[] {
  if (channel === 'sms') return sms === null ? [] : [sms];
  return channel === 'email' && email !== null ? [email.subject, email.text] : [];
}

type Report = (path: Path, code: ProblemCode, message: string, remedy: string) => void;

function reporter(source: FlowSource, problems: Problem[]): Report {
  return (path, code, message, remedy) => void problems.push(source.problem(path, code, message, remedy));
}

interface Reading {
  readonly source: FlowSource;
  readonly report: Report;
  readonly entries: Map<string, MessageTemplate>;
}

function readEntry({ source, report, entries }: Reading, key: string, value: unknown): void {
  const before = entries.get(key);
  if (!PROMPT_KEY_PATTERN.test(key))
    return report(
      [key],
      'bad-name',
      `"${key}" cannot be the key of a message`,
      'Write small letters, digits and dashes with a dot between: booking.made.',
    );
  if (before !== undefined)
    return report([key], 'duplicate-key', `"${key}" stands in ${before.file}, line ${before.line}, too`, 'Remove one of the two.');
  if (!isMap(value) || Object.keys(value).length === 0) return report([key], 'wrong-type', `"${key}" must say what is sent`, EXAMPLE);
  const { class: messageClass = 'informational', ...ways } = value;
  if (!isMessageClass(messageClass))
    return report([key, 'class'], 'bad-value', `"${key}" has a class that is not known`, `Classes: ${MESSAGE_CLASSES.join(', ')}.`);
  for (const part of Object.keys(ways))
    if (!PARTS.some((one) => one === part))
      report([key, part], 'unknown-key', `a message cannot go by "${part}"`, didYouMean(part, PARTS, `Ways: ${PARTS.join(', ')}.`));
  const { sms, email, webhook } = value;
  const { line } = source.problem([key], 'wrong-type', '', '');
  const entry: MessageTemplate = {
    key,
    messageClass,
    sms: sms === undefined ? null : readTexts(report, [key, 'sms'], sms),
    email: email === undefined ? null : readEmail(report, [key, 'email'], email),
    webhook: webhook === undefined ? null : readFields(report, [key, 'webhook'], webhook),
    file: source.file,
    line,
  };
  if (messageClass === 'informational' || namesItsSender(entry, report)) entries.set(key, entry);
}

function isMessageClass(value: unknown): value is MessageClass {
  return MESSAGE_CLASSES.some((one) => one === value);
}

/** Advertising says who sends it and how to refuse more of it, in every text; else the law forbids it, and it is left out. */
function namesItsSender({ key, sms, email }: MessageTemplate, report: Report): boolean {
  const bodies: readonly [Path, MessageTexts][] = [
    [[key, 'sms'], sms ?? {}],
    [[key, 'email', 'text'], email?.text ?? {}],
  ];
  let complete = true;
  for (const [path, texts] of bodies)
    for (const [language, text] of Object.entries(texts)) {
      const missing = GIVEN_NAMES.filter((name) => !text.names.includes(name)).map((name) => `{{${name}}}`);
      if (missing.length === 0) continue;
      complete = false;
      const what = `a commercial message must hold ${missing.join(' and ')}`;
      report([...path, language], 'missing-key', what, 'Add it; what stands there is in flows/senders.yaml.');
    }
  return complete;
}

function readEmail(report: Report, path: Path, value: unknown): MessageTemplate['email'] {
  const { subject, text, ...others } = isMap(value) ? value : {};
  for (const name of Object.keys(others)) report([...path, name], 'unknown-key', `an e-mail has no "${name}"`, 'Write subject: and text:.');
  if (subject === undefined || text === undefined) {
    report(
      path,
      'missing-key',
      'an e-mail needs a subject and a text',
      'Write { subject: { tr: "…", en: "…" }, text: { tr: "…", en: "…" } }.',
    );
    return null;
  }
  return { subject: readTexts(report, [...path, 'subject'], subject), text: readTexts(report, [...path, 'text'], text) };
}

function readTexts(report: Report, path: Path, value: unknown): MessageTexts {
  if (!isMap(value)) {
    report(path, 'wrong-type', 'a text per language is needed', PER_LANGUAGE);
    return {};
  }
  const texts: Partial<Record<Language, Template>> = {};
  for (const [language, words] of Object.entries(value)) {
    const at = [...path, language];
    if (!isLanguage(language)) report(at, 'unknown-key', `"${language}" is no language of Santral`, `Languages: ${LANGUAGES.join(', ')}.`);
    else if (typeof words !== 'string') report(at, 'wrong-type', `the ${language} of a message must be text`, 'Put the text in quotes.');
    else texts[language] = readTemplate(report, at, words);
  }
  for (const language of LANGUAGES)
    if (value[language] === undefined)
      report(path, 'missing-translation', `the message has no text in ${language}`, `Add ${language}: "…".`);
  return texts;
}

function readFields(report: Report, path: Path, value: unknown): MessageTemplate['webhook'] {
  if (!isMap(value)) {
    report(path, 'wrong-type', 'a webhook needs the fields of its body', 'Write { field: "{{value}}" }.');
    return null;
  }
  const fields = Object.entries(value).map(([name, field]): [string, MessageField] => [
    name,
    typeof field === 'string' ? readTemplate(report, [...path, name], field) : (field as Exclude<MessageField, Template>),
  ]);
  return Object.fromEntries(fields);
}

function readTemplate(report: Report, path: Path, text: string): Template {
  const { template, problems } = compileTemplate(text);
  for (const { code, message, remedy, name, known } of problems)
    report(path, code, message, name === undefined ? remedy : didYouMean(name, known ?? [], remedy));
  // A message is written long after the call: only what was handed to it is there.
  for (const name of template.names)
    if (/^(call|params)\./.test(name))
      report(path, 'unknown-variable', `a message cannot read "${name}"`, 'Hand it to the message as a value of its own, and name that.');
  return template;
}
