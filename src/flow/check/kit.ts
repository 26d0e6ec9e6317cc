import { LANGUAGES, type Language } from '../../domain/language.ts';
import type { MessageChannel, MessageClass } from '../../domain/message.ts';
import type { Calendar } from '../../domain/opening-hours.ts';
import type { Value, ValueMap } from '../../domain/value.ts';
import type { ActionSignature } from '../action-signature.ts';
import type { CelEnvironment } from '../cel.ts';
import { compileExpression, type Expression } from '../expression.ts';
import { Fault } from '../fault.ts';
import { checkSize, filterContext, scopeOf } from '../machine.ts';
import { type MessageCatalogue, missingLanguages, namesOf } from '../message-catalogue.ts';
import type { Kit, Path, Use, ValueTemplate } from '../nodes/kind.ts';
import { resultsOf } from '../parameters.ts';
import type { PromptItemSource, PromptSource } from '../parts.ts';
import { type PromptPart, type Prompts, promptList } from '../prompts.ts';
import type { CatalogueEntry } from '../release.ts';
import type { CompiledTemplate, Template } from '../template.ts';
import type { FlowDraft, NodeDraft } from './draft.ts';
import { checkGivenTypes } from './given-types.ts';
import { meantText, withoutBraces } from './meant-text.ts';
import { enginePrompt, nodePrompt, offered } from './own-prompts.ts';
import { didYouMean } from './suggest.ts';

/** What the flows of one release share while they are checked. */
export interface Surroundings {
  readonly catalogue: ReadonlyMap<string, CatalogueEntry>;
  /** A file of prompts could not be read: it may hold those that are not there. */
  readonly catalogueIncomplete?: boolean;
  /** The catalogue's texts, compiled once. */
  readonly texts: ReadonlyMap<string, Readonly<Partial<Record<Language, Template>>>>;
  /** Compiles a text, each once: flows say the same words at many places. */
  templateOf(source: string): CompiledTemplate;
  readonly calendars: ReadonlyMap<string, Calendar>;
  readonly actions: readonly ActionSignature[];
  readonly messages: MessageCatalogue;
  /** Of an old release, some of whose messages may be gone today: calls on it go on all the same. */
  readonly messagesMayBeGone: boolean;
  /** `tr/general.goodbye` */
  readonly recordings: Pick<ReadonlySet<string>, 'has'>;
  /** Absent: not checked. */
  readonly connectors?: ReadonlySet<string>;
  readonly queues?: ReadonlySet<string>;
  readonly callbackGroups?: ReadonlySet<string>;
  readonly departments?: ReadonlySet<string>;
  readonly flows: ReadonlyMap<string, FlowDraft>;
  readonly settleMs: number;
  /** Characters of one text. */
  readonly maxTextLength: number;
}

const NO_NAMES: ReadonlySet<string> = new Set();

/** The tools of one node. Whatever is wrong lands in the draft's problems. */
export function makeKit(
  around: Surroundings,
  draft: FlowDraft,
  node: NodeDraft,
  types: CelEnvironment,
  base: Path = ['nodes', node.name],
  own: ReadonlySet<string> = NO_NAMES,
): Kit {
  const languages = draft.header?.languages ?? LANGUAGES;
  const read = (names: readonly string[], use: Use, path: Path) => {
    for (const name of names) if (!own.has(name)) draft.reads.push({ name, use, path: [...base, ...path] });
  };
  const kit: Kit = {
    node: node.name,
    defaults: draft.header?.defaults ?? {},
    settleMs: around.settleMs,
    problem: (code, path, message, remedy) => draft.problem([...base, ...path], code, message, remedy),
    expression(path, source, use) {
      const compiled = compileExpression(source, types);
      if (!compiled.ok) {
        const { message, remedy, offset } = compiled.problem;
        const text = meantText(path, source);
        const meant = text === null ? (withoutBraces(source) ?? remedy) : `For a text write ${text}.`;
        draft.problem([...base, ...path], 'bad-expression', `${message} in: ${source}`, meant, offset);
        return brokenExpression(source);
      }
      read(compiled.expression.names, use, path);
      return compiled.expression;
    },
    template(path, source, use) {
      const { template, problems } = around.templateOf(source);
      for (const { code, message, remedy, offset, name, known } of problems)
        draft.problem([...base, ...path], code, message, name === undefined ? remedy : didYouMean(name, known ?? [], remedy), offset);
      read(template.names, use, path);
      return template;
    },
    value: (path, source, use) => compileValue(kit, path, source, use),
    prompts: (path, source, bargeIn) => compilePrompts({ around, draft, kit, base, languages, read }, path, source, bargeIn),
    defaultPrompts: (path, source, bargeIn) => makeKit(around, draft, node, types, []).prompts(path, source, bargeIn),
    enginePrompt(key) {
      offered(around, draft, node, key);
      return enginePrompt(around, key);
    },
    nodePrompt(prompt, bargeIn) {
      offered(around, draft, node, prompt.key);
      return nodePrompt(around, prompt, bargeIn);
    },
    within: (names) => makeKit(around, draft, node, types, base, new Set(names)),
    copies: (name, from) => void draft.copies.push({ name, from }),
    wire: (exit, to, path) => void node.wires.push({ exit, to, path }),
    label: (exit, label) => void node.labels.set(exit, label),
    action(path, name) {
      const action = around.actions.find((one) => one.name === name);
      const known = around.actions.map((one) => one.name);
      if (action === undefined)
        kit.problem('unknown-action', path, `there is no action "${name}"`, didYouMean(name, known, `Actions: ${known.join(', ')}.`));
      return action;
    },
    calendar(path, id) {
      const calendar = around.calendars.get(id);
      const known = [...around.calendars.keys()];
      const list = known.length === 0 ? 'Write one in flows/calendars/.' : `Calendars: ${known.join(', ')}.`;
      if (calendar === undefined) kit.problem('unknown-calendar', path, `there is no calendar "${id}"`, didYouMean(id, known, list));
      return calendar;
    },
    queue(path, name) {
      const known = [...(around.queues ?? [name])];
      const list = known.length === 0 ? 'Write one in flows/queues.yaml.' : `Queues: ${known.join(', ')}.`;
      if (!known.includes(name)) kit.problem('unknown-queue', path, `there is no queue "${name}"`, didYouMean(name, known, list));
    },
    callbackGroup(path, name) {
      const known = [...(around.callbackGroups ?? [name])];
      const list = known.length === 0 ? 'Write a queue in flows/queues.yaml.' : `Queues and groups: ${known.join(', ')}.`;
      if (!known.includes(name))
        kit.problem('unknown-callback-group', path, `no queue calls back for "${name}"`, didYouMean(name, known, list));
    },
    directory(path, { kind, id }) {
      const { departments } = around;
      if (kind !== 'department' || departments === undefined || departments.has(id)) return;
      const known = [...departments];
      const list = known.length === 0 ? 'Write one in flows/directory.yaml.' : `Departments: ${known.join(', ')}.`;
      kit.problem('unknown-department', path, `there is no department "${id}"`, didYouMean(id, known, list));
    },
    connector(path, name) {
      const known = [...(around.connectors ?? [name])];
      const list = known.length === 0 ? 'Write one in flows/connectors.yaml.' : `Connectors: ${known.join(', ')}.`;
      if (!known.includes(name)) kit.problem('unknown-connector', path, `there is no connector "${name}"`, didYouMean(name, known, list));
    },
    message: (path, key, channel, given) => checkMessage({ around, kit, languages }, path, key, channel, given),
    subflow: (id, params, results) => checkCall(around, draft, kit, id, params, results),
  };
  return kit;
}

function brokenExpression(source: string): Expression {
  const never = (): never => {
    throw new Fault('expression', `${source}: cannot be read`);
  };
  return { source, names: [], evaluate: never, test: never };
}

function compileValue(kit: Kit, path: Path, source: Value, use: Use): ValueTemplate {
  if (typeof source === 'string') {
    const template = kit.template(path, source, use);
    if (template.fixed !== null) return { render: () => template.fixed };
    return {
      render(m) {
        const value = template.value(scopeOf(m), filterContext(m), m.world.limits.maxTextLength);
        checkSize(m, value, source);
        return value;
      },
    };
  }
  if (typeof source !== 'object' || source === null) return { render: () => source };
  if (Array.isArray(source)) {
    const items = source.map((item: Value, i) => compileValue(kit, [...path, i], item, use));
    return { render: (m) => items.map((item) => item.render(m)) };
  }
  const fields = Object.entries(source).map(([key, value]) => [key, compileValue(kit, [...path, key], value as Value, use)] as const);
  return { render: (m) => Object.fromEntries(fields.map(([key, field]) => [key, field.render(m)])) };
}

interface PromptKit {
  readonly around: Surroundings;
  readonly draft: FlowDraft;
  readonly kit: Kit;
  readonly base: Path;
  readonly languages: readonly Language[];
  read(names: readonly string[], use: Use, path: Path): void;
}

function compilePrompts(prompts: PromptKit, path: Path, source: PromptSource | undefined, bargeIn: boolean): Prompts {
  if (source === undefined) return promptList([]);
  const items = Array.isArray(source)
    ? source.map((item: PromptItemSource, i) => [[...path, i], item] as const)
    : [[path, source as PromptItemSource] as const];
  return promptList(items.flatMap(([at, item]) => compileItem(prompts, at, item, bargeIn) ?? []));
}

function compileItem(prompts: PromptKit, path: Path, item: PromptItemSource, bargeIn: boolean): PromptPart | undefined {
  const { kit } = prompts;
  const fields = typeof item === 'string' ? { key: item } : item;
  const text = 'key' in fields ? catalogueText(prompts, path, fields.key) : inlineText(prompts, [...path, 'text'], fields.text);
  if (text === undefined) return undefined;
  const given = 'with' in fields ? Object.entries(fields.with ?? {}) : [];
  const names = Object.values(text).flatMap((template) => template?.names ?? []);
  const own = new Set(given.map(([name]) => name));
  prompts.read(
    [...new Set(names)].filter((name) => !own.has(name)),
    'heard',
    path,
  );
  return {
    key: 'key' in fields ? fields.key : null,
    text,
    bargeIn: bargeIn && !('bargeIn' in fields && fields.bargeIn === false),
    when: 'when' in fields && fields.when !== undefined ? kit.expression([...path, 'when'], fields.when, 'weighed') : null,
    with: given.map(([name, expression]) => [name, kit.expression([...path, 'with', name], expression, 'heard')] as const),
  };
}

function catalogueText({ around, draft, kit, languages }: PromptKit, path: Path, key: string): PromptPart['text'] | undefined {
  draft.prompts.push({ node: kit.node, key });
  const entry = around.catalogue.get(key);
  if (entry === undefined) {
    if (around.catalogueIncomplete === true) {
      draft.heldBack.push('unknown-prompt');
      return undefined;
    }
    const near = didYouMean(key, around.catalogue.keys(), 'Add it to a file in sounds/.');
    kit.problem('unknown-prompt', path, `the catalogue has no prompt "${key}"`, near);
    return undefined;
  }
  const texts: Partial<Record<Language, Template | null>> = { ...around.texts.get(key) };
  for (const language of languages) {
    if (texts[language] !== undefined) continue;
    if (around.recordings.has(`${language}/${key}`)) texts[language] = null;
    else
      kit.problem(
        'missing-translation',
        path,
        `"${key}" has no text in ${language}`,
        `Add ${language}: to it in ${entry.file}, or leave ${language} out of the flow’s languages.`,
      );
  }
  return texts;
}

function inlineText(
  { around, kit, languages }: PromptKit,
  path: Path,
  text: Readonly<Partial<Record<Language, string | undefined>>>,
): PromptPart['text'] {
  const texts: Partial<Record<Language, Template>> = {};
  for (const language of LANGUAGES) {
    const written = text[language];
    if (written !== undefined) {
      const template = checkedTemplate(around, kit, [...path, language], written);
      texts[language] = template;
      // What placeholders make of a text is measured when it is rendered.
      checkLength(kit, [...path, language], template.fixed?.length ?? 0, around.maxTextLength);
    } else if (languages.includes(language))
      kit.problem(
        'missing-translation',
        path,
        `the text has no words in ${language}`,
        `Add ${language}: "…", or leave ${language} out of the flow’s languages.`,
      );
  }
  return texts;
}

function checkLength(kit: Kit, path: Path, length: number, most: number): void {
  if (length <= most) return;
  const remedy = 'Make several prompts of it, or raise SANTRAL_MAX_TEXT_LENGTH.';
  kit.problem('bad-value', path, `the text has ${length} characters; ${most} are the most`, remedy);
}

/** A template whose reads are told by the whole item, which knows the names given with it. */
function checkedTemplate({ templateOf }: Surroundings, kit: Kit, path: Path, source: string): Template {
  const { template, problems } = templateOf(source);
  for (const { code, message, remedy, name, known } of problems)
    kit.problem(code, path, message, name === undefined ? remedy : didYouMean(name, known ?? [], remedy));
  return template;
}

/** Checks that a message is there, goes that way in every language of the flow, and is given all that it reads. */
function checkMessage(
  { around, kit, languages }: Pick<PromptKit, 'around' | 'kit' | 'languages'>,
  path: Path,
  key: string,
  channel: MessageChannel,
  given: readonly string[],
): MessageClass {
  const message = around.messages.get(key);
  const messageClass = message?.messageClass ?? 'informational';
  if (around.messagesMayBeGone) return messageClass;
  if (message === undefined || message[channel] === null) {
    const able = [...around.messages.values()].filter((one) => one[channel] !== null).map((one) => one.key);
    const what = message === undefined ? `there is no message "${key}"` : `the message "${key}" has no words for ${channel}`;
    const where =
      message === undefined ? `Add ${key}: { ${channel}: … } to a file in flows/messages/.` : `Add ${channel}: to it in ${message.file}.`;
    kit.problem('unknown-message', path, what, message === undefined ? didYouMean(key, able, where) : where);
    return messageClass;
  }
  for (const language of missingLanguages(message, channel, languages))
    kit.problem(
      'missing-translation',
      path,
      `the message "${key}" has no text in ${language}`,
      `Add ${language}: to it in ${message.file}.`,
    );
  for (const name of namesOf(message, channel).filter((one) => !given.includes(one)))
    kit.problem('message-value', path, `the message "${key}" reads "${name}", which it is not given`, `Write with: { ${name}: "{{…}}" }.`);
  return messageClass;
}

function checkCall(around: Surroundings, draft: FlowDraft, kit: Kit, id: string, params: ValueMap, results: readonly string[]): void {
  draft.calls.push({ node: kit.node, flow: id, path: ['nodes', kit.node, 'flow'] });
  const callee = around.flows.get(id);
  if (callee === undefined) {
    const known = [...around.flows.keys()];
    kit.problem('unknown-flow', ['flow'], `there is no flow "${id}"`, didYouMean(id, known, `Flows: ${known.join(', ')}.`));
    return;
  }
  if (callee.header === null) return;
  const declared = (callee.header.parameters ?? {}) as ValueMap;
  const parameters = Object.keys(declared);
  checkGivenTypes(kit, id, declared, params);
  for (const name of Object.keys(params).filter((one) => !parameters.includes(one)))
    kit.problem(
      'subflow-param',
      ['with', name],
      `the flow ${id} has no parameter "${name}"`,
      didYouMean(name, parameters, `Its parameters: ${parameters.join(', ') || 'none'}.`),
    );
  const given = Object.keys(resultsOf(callee.header.results));
  for (const name of results.filter((one) => !given.includes(one)))
    kit.problem(
      'subflow-result',
      ['into', name],
      `the flow ${id} gives no result "${name}"`,
      didYouMean(name, given, `Its results: ${given.join(', ') || 'none'}.`),
    );
}
