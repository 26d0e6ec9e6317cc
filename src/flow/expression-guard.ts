import { type CelNode, fractionAround } from './cel.ts';

/** Functions and methods that take time in proportion to their input at most. `matches` (ReDoS) is left out on purpose. */
const FUNCTIONS = new Set(['size', 'int', 'double', 'string', 'bool', 'has', 'round', 'floor']);
const METHODS = new Set('size startsWith endsWith contains indexOf lastIndexOf substring lowerAscii upperAscii trim split join'.split(' '));
/** Run their body once for each element: never one inside the other (time and memory). */
const COMPREHENSIONS = new Set(['all', 'exists', 'exists_one', 'map', 'filter']);

/** What is wrong with an expression, and where in its text. */
export interface ExpressionProblem {
  readonly message: string;
  readonly remedy: string;
  readonly offset: number;
}

export type Guarded =
  | { readonly ok: true; readonly names: readonly string[] }
  | { readonly ok: false; readonly problem: ExpressionProblem };

interface Walk {
  readonly names: Set<string>;
  problem: ExpressionProblem | null;
}

/** Refuses what is not on the lists, makes `/` give fractions, and collects the names that are read. */
export function guard(ast: unknown): Guarded {
  const walk: Walk = { names: new Set(), problem: null };
  visit(ast as CelNode, walk, new Set());
  return walk.problem === null ? { ok: true, names: [...walk.names] } : { ok: false, problem: walk.problem };
}

function visit(node: CelNode, walk: Walk, bound: ReadonlySet<string>): void {
  switch (node.op) {
    case 'value':
      if (typeof node.args === 'object' && node.args !== null) refuse(walk, node, 'this kind of literal is not known here');
      return;
    case 'id':
      if (!bound.has(node.args as string)) walk.names.add(node.args as string);
      return;
    case '.':
      visitField(node, walk, bound);
      return;
    case 'call':
      visitCall(node, walk, bound);
      return;
    case 'rcall':
      visitMethod(node, walk, bound);
      return;
    case '/': {
      const [left, right] = node.args as [CelNode, CelNode];
      visit(left, walk, bound);
      visit(right, walk, bound);
      (node.args as CelNode[])[0] = fractionAround(left);
      (node.args as CelNode[])[1] = fractionAround(right);
      return;
    }
    default:
      for (const child of children(node.args)) visit(child, walk, bound);
  }
}

/** `call.did` and `params.x` are noted with their field. */
function visitField(node: CelNode, walk: Walk, bound: ReadonlySet<string>): void {
  const [owner, field] = node.args as [CelNode, string];
  const root = owner.op === 'id' ? (owner.args as string) : '';
  if ((root === 'call' || root === 'params') && !bound.has(root)) walk.names.add(`${root}.${field}`);
  else visit(owner, walk, bound);
}

function visitCall(node: CelNode, walk: Walk, bound: ReadonlySet<string>): void {
  const [name, args] = node.args as [string, CelNode[]];
  if (!FUNCTIONS.has(name)) refuse(walk, node, `there is no function ${name}`);
  for (const argument of args) visit(argument, walk, bound);
}

function visitMethod(node: CelNode, walk: Walk, bound: ReadonlySet<string>): void {
  const [name, receiver, args] = node.args as [string, CelNode, CelNode[]];
  visit(receiver, walk, bound);
  if (METHODS.has(name)) {
    for (const argument of args) visit(argument, walk, bound);
    return;
  }
  if (!COMPREHENSIONS.has(name)) {
    refuse(walk, node, `there is no function .${name}()`);
    return;
  }
  if (bound.size > 0) refuse(walk, node, `.${name}() stands inside another one`);
  const [variable, ...body] = args;
  const inner = new Set([...bound, variable?.op === 'id' ? (variable.args as string) : '']);
  for (const part of body) visit(part, walk, inner);
}

function refuse(walk: Walk, node: CelNode, message: string): void {
  walk.problem ??= {
    message,
    remedy: `Known are: ${[...FUNCTIONS].join(', ')}, .${[...METHODS, ...COMPREHENSIONS].join(', .')}.`,
    offset: node.start,
  };
}

function children(args: unknown): CelNode[] {
  if (Array.isArray(args)) return args.flatMap(children);
  return typeof args === 'object' && args !== null && 'op' in args ? [args as CelNode] : [];
}
