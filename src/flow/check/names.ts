import type { Value, ValueMap } from '../../domain/value.ts';
import { isDeclaration, isOfType, named, type Parameter, parameterOf, resultsOf, VALUE_TYPES } from '../parameters.ts';
import { CALL_FIELDS } from '../scope.ts';
import type { FlowDraft, Read } from './draft.ts';
import { isMap, wordsIn } from './maps.ts';
import { meantText } from './meant-text.ts';
import type { Path } from './source.ts';
import { didYouMean } from './suggest.ts';

/** Words that mean something to expressions or to the language. */
const TAKEN = new Set(
  (
    'call params true false null in as break const continue else for function if import let loop package namespace return var void ' +
    'while int uint double string bool bytes list map type null_type dyn cel google optional constructor prototype toString valueOf ' +
    'hasOwnProperty asFraction'
  ).split(' '),
);

/** The variables of a flow, as its head and its nodes make them. */
export interface Names {
  /** With first values; null where only nodes write it. */
  readonly variables: ValueMap;
  readonly parameters: ValueMap;
  readonly takes: Readonly<Record<string, Parameter>>;
  readonly secret: ReadonlySet<string>;
  /** Text for certain, whoever wrote last. */
  readonly texts: readonly string[];
}

export function collectNames(draft: FlowDraft): Names {
  const declared = (draft.header?.variables ?? {}) as ValueMap;
  const takes = parametersOf(draft);
  const writes = [...draft.nodes.values()].flatMap((node) =>
    node.writes.map((write) => ({ ...write, path: ['nodes', node.name, ...write.path] })),
  );
  const variables: Record<string, Value> = { ...declared };
  for (const { name } of writes) if (!Object.hasOwn(variables, name)) variables[name] = null;
  for (const name of Object.keys(declared)) refuseTaken(draft, name, ['variables', name]);
  for (const { name, path } of writes) if (!Object.hasOwn(declared, name)) refuseTaken(draft, name, path);
  const loose = new Set(writes.filter(({ text }) => !text).map(({ name }) => name));
  const texts = Object.keys(variables).filter(
    (name) => !loose.has(name) && (typeof declared[name] === 'string' || !Object.hasOwn(declared, name)),
  );
  return {
    variables,
    parameters: Object.fromEntries(Object.entries(takes).map(([name, { fallback }]) => [name, fallback])),
    takes,
    secret: new Set(writes.filter(({ secret }) => secret === true).map(({ name }) => name)),
    texts: texts.filter((name) => !TAKEN.has(name)),
  };
}

/** The parameters as they are declared, checked. */
function parametersOf(draft: FlowDraft): Readonly<Record<string, Parameter>> {
  const declared = Object.entries((draft.header?.parameters ?? {}) as ValueMap);
  for (const [name, value] of declared) if (isDeclaration(value)) checkDeclaration(draft, name, value);
  return Object.fromEntries(declared.map(([name, value]) => [name, parameterOf(value)]));
}

function checkDeclaration(draft: FlowDraft, name: string, declared: ValueMap): void {
  const path = ['parameters', name];
  const type = VALUE_TYPES.find((one) => one === declared['type']);
  if (type === undefined)
    draft.problem(
      [...path, 'type'],
      'bad-value',
      `"${String(declared['type'])}" is no type`,
      `Types: ${VALUE_TYPES.join(', ')}. A map as a default is written { type: map, default: { … } }.`,
    );
  const { required = false, personal = false, default: fallback = null } = declared;
  if (typeof personal !== 'boolean')
    draft.problem([...path, 'personal'], 'wrong-type', '"personal" must be true or false', 'Write personal: true.');
  if (typeof required !== 'boolean')
    draft.problem([...path, 'required'], 'wrong-type', '"required" must be true or false', 'Write required: true.');
  if (required === true && fallback !== null)
    draft.problem([...path, 'default'], 'bad-value', `${name} is required, so its default never counts`, 'Remove one of the two.');
  if (type !== undefined && !isOfType(fallback, type))
    draft.problem([...path, 'default'], 'wrong-type', `the default of ${name} must be ${named(type)}`, 'Correct the default or the type.');
}

function refuseTaken(draft: FlowDraft, name: string, path: readonly (string | number)[]): void {
  if (TAKEN.has(name))
    draft.problem(path, 'bad-name', `"${name}" is a word of the language and cannot be a variable`, `Call it ${name}Value or the like.`);
}

/** Checks everything that is read: whether it is there, and whether a secret may go where it goes. */
export function checkReads(draft: FlowDraft, names: Names): void {
  for (const read of draft.reads) {
    checkKnown(draft, names, read);
    if (names.secret.has(read.name) && read.use !== 'sent' && read.use !== 'weighed')
      draft.problem(
        read.path,
        'secret-exposed',
        `the secret ${read.name} would be ${EXPOSED[read.use]}`,
        'Send it to a system (http body, action) or weigh it in a condition; nothing else.',
      );
  }
  for (const [i, name] of Object.keys(resultsOf(draft.header?.results)).entries()) {
    const at = Array.isArray(draft.header?.results) ? i : name;
    if (names.secret.has(name))
      draft.problem(
        ['results', at],
        'secret-exposed',
        `the secret ${name} would be handed to the calling flow`,
        'Give back something else.',
      );
    if (!Object.hasOwn(names.variables, name))
      draft.problem(
        ['results', at],
        'subflow-result',
        `no variable is named "${name}"`,
        didYouMean(name, Object.keys(names.variables), 'Set such a variable, or remove the result.'),
      );
  }
  checkUnused(draft, names);
}

const EXPOSED: Readonly<Record<Read['use'], string>> = {
  heard: 'spoken',
  kept: 'copied into another variable',
  address: 'put into an address',
  dialled: 'dialled',
  'handed on': 'handed to another flow',
  written: 'written into a message',
  sent: 'sent',
  weighed: 'weighed',
};

function checkKnown(draft: FlowDraft, names: Names, { name, path }: Read): void {
  const [root = '', field] = name.split('.');
  const parameters = Object.keys(names.parameters);
  if (root === 'call') {
    if (field === undefined)
      draft.problem(path, 'unknown-variable', '"call" cannot be read whole', `Name a field: ${CALL_FIELDS.join(', ')}.`);
    else if (!CALL_FIELDS.some((one) => one === field))
      draft.problem(
        path,
        'unknown-variable',
        `the call has no "${field}"`,
        didYouMean(field, CALL_FIELDS, `Fields: ${CALL_FIELDS.join(', ')}.`),
      );
    return;
  }
  if (root === 'params') {
    if (field !== undefined && !parameters.includes(field))
      draft.problem(
        path,
        'unknown-variable',
        `the flow has no parameter "${field}"`,
        didYouMean(field, parameters, `Declare it: parameters: { ${field}: "" }.`),
      );
    return;
  }
  if (Object.hasOwn(names.variables, root)) return;
  if (wordsOfUnread(draft).has(root)) {
    draft.heldBack.push('unknown-variable');
    return;
  }
  const text = valueAt(draft, path) === name ? meantText(path, name) : null;
  const otherwise =
    text === null
      ? 'Set it before, or declare it under variables:.'
      : `For a text write ${text}. Set a variable before, or declare it under variables:.`;
  const remedy = parameters.includes(root) ? `Write params.${root}.` : didYouMean(root, Object.keys(names.variables), otherwise);
  draft.problem(path, 'unknown-variable', `nobody sets "${root}"`, remedy);
}

/** What stands at a path of a node. */
function valueAt({ nodes }: FlowDraft, [section, node, ...rest]: Path): unknown {
  if (section !== 'nodes') return undefined;
  return rest.reduce<unknown>((value, step) => (isMap(value) ? value[step] : undefined), nodes.get(String(node))?.raw);
}

/** Words of nodes that could not be read: they may set or read a variable of that name. */
function wordsOfUnread({ nodes }: FlowDraft): ReadonlySet<string> {
  return new Set([...nodes.values()].flatMap(({ source, raw }) => (source === null ? wordsIn(raw) : [])));
}

function checkUnused(draft: FlowDraft, names: Names): void {
  const unread = wordsOfUnread(draft);
  const read = new Set([...draft.reads.map(({ name }) => name), ...Object.keys(resultsOf(draft.header?.results))]);
  for (const name of Object.keys(draft.header?.variables ?? {}))
    if (!read.has(name) && !unread.has(name))
      draft.problem(['variables', name], 'unused-variable', `nobody reads the variable ${name}`, 'Remove it, or use it.');
  if (read.has('params')) return;
  for (const name of Object.keys(names.parameters))
    if (!read.has(`params.${name}`) && !unread.has(name))
      draft.problem(
        ['parameters', name],
        'unused-variable',
        `nobody reads the parameter ${name}`,
        `Read it as params.${name}, or remove it.`,
      );
}

/** Variables and parameters that hold the caller's number, long numbers typed, or what the flow itself calls personal, directly or copied. */
export function personalNames(draft: FlowDraft, { takes }: Pick<Names, 'takes'>): ReadonlySet<string> {
  const given = Object.entries(takes).filter(([, parameter]) => parameter.personal);
  const personal = new Set(given.map(([name]) => `params.${name}`));
  for (const node of draft.nodes.values()) for (const write of node.writes) if (write.personal === true) personal.add(write.name);
  for (let before = -1; before !== personal.size; ) {
    before = personal.size;
    for (const { name, from } of draft.copies) if (from.some((one) => one === 'call.ani' || personal.has(one))) personal.add(name);
  }
  return personal;
}
