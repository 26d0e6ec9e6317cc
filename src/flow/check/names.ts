import type { Value, ValueMap } from '../../domain/value.ts';
import { CALL_FIELDS } from '../scope.ts';
import type { FlowDraft, Read } from './draft.ts';
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
  readonly secret: ReadonlySet<string>;
  /** Text for certain, whoever wrote last. */
  readonly texts: readonly string[];
}

export function collectNames(draft: FlowDraft): Names {
  const declared = (draft.header?.variables ?? {}) as ValueMap;
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
    parameters: (draft.header?.parameters ?? {}) as ValueMap,
    secret: new Set(writes.filter(({ secret }) => secret === true).map(({ name }) => name)),
    texts: texts.filter((name) => !TAKEN.has(name)),
  };
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
  for (const [i, name] of (draft.header?.results ?? []).entries()) {
    if (names.secret.has(name))
      draft.problem(
        ['results', i],
        'secret-exposed',
        `the secret ${name} would be handed to the calling flow`,
        'Give back something else.',
      );
    if (!Object.hasOwn(names.variables, name))
      draft.problem(
        ['results', i],
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
  const remedy = parameters.includes(root)
    ? `Write params.${root}.`
    : didYouMean(root, Object.keys(names.variables), 'Set it before, or declare it under variables:.');
  draft.problem(path, 'unknown-variable', `nobody sets "${root}"`, remedy);
}

function checkUnused(draft: FlowDraft, names: Names): void {
  const read = new Set([...draft.reads.map(({ name }) => name), ...(draft.header?.results ?? [])]);
  for (const name of Object.keys(draft.header?.variables ?? {}))
    if (!read.has(name))
      draft.problem(['variables', name], 'unused-variable', `nobody reads the variable ${name}`, 'Remove it, or use it.');
  if (read.has('params')) return;
  for (const name of Object.keys(names.parameters))
    if (!read.has(`params.${name}`))
      draft.problem(
        ['parameters', name],
        'unused-variable',
        `nobody reads the parameter ${name}`,
        `Read it as params.${name}, or remove it.`,
      );
}

/** Variables that hold the caller's number or long numbers typed, directly or copied. */
export function personalNames(draft: FlowDraft): ReadonlySet<string> {
  const personal = new Set<string>();
  for (const node of draft.nodes.values()) for (const write of node.writes) if (write.personal === true) personal.add(write.name);
  for (let before = -1; before !== personal.size; ) {
    before = personal.size;
    for (const { name, from } of draft.copies) if (from.some((one) => one === 'call.ani' || personal.has(one))) personal.add(name);
  }
  return personal;
}
