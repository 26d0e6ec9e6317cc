import type { Problem as FileProblem } from '../domain/problem.ts';

/** A fault or a remark about a file. Lines and columns count from 1. */
export type Problem = FileProblem;
export type Severity = Problem['severity'];

/** Everything the checker can say. The code in a report is `flow.` and the name here. */
export const PROBLEMS = [
  { code: 'yaml', severity: 'error', doc: 'The file is not valid YAML.' },
  { code: 'duplicate-key', severity: 'error', doc: 'The same key stands twice in one map.' },
  { code: 'too-large', severity: 'error', doc: 'The file is larger, deeper or refers to itself more often than a flow may.' },
  { code: 'unknown-key', severity: 'error', doc: 'A key that means nothing at this place.' },
  { code: 'missing-key', severity: 'error', doc: 'A key that must be there is not.' },
  { code: 'wrong-type', severity: 'error', doc: 'Text where a list is needed, a number where text is needed, and the like.' },
  { code: 'bad-value', severity: 'error', doc: 'The right kind of value, but not one that is allowed.' },
  { code: 'bad-name', severity: 'error', doc: 'A name with characters that are not allowed, or one that is taken by the language.' },
  { code: 'bad-duration', severity: 'error', doc: 'A time without its unit, or with one that is not known.' },
  { code: 'unquoted-digits', severity: 'error', doc: 'Digits without quotes where text is meant: leading zeros would be lost.' },
  { code: 'flow-name', severity: 'error', doc: 'The flow’s name differs from its file’s name.' },
  { code: 'duplicate-flow', severity: 'error', doc: 'Two files hold a flow of the same name.' },
  { code: 'unknown-node-type', severity: 'error', doc: 'There is no node of that type.' },
  { code: 'unknown-target', severity: 'error', doc: 'An exit leads to a node that is not there.' },
  { code: 'unreachable-node', severity: 'error', doc: 'No exit leads to this node.' },
  { code: 'unknown-exit', severity: 'error', doc: 'The node has no exit of that name.' },
  { code: 'exit-not-wired', severity: 'error', doc: 'An exit that needs a target has none.' },
  {
    code: 'after-call-caller',
    severity: 'error',
    doc: 'A node of the after-call section speaks, listens or connects: nobody is there any more.',
  },
  { code: 'after-call-shared', severity: 'error', doc: 'A node stands both in the call and in its after-call section.' },
  {
    code: 'exit-defaulted',
    severity: 'info',
    doc: 'An exit is not wired; the built-in end is taken (announcement, then the end of the call).',
  },
  { code: 'loop-without-input', severity: 'error', doc: 'Nodes follow each other in a circle in which the caller is never asked.' },
  { code: 'ambiguous-option', severity: 'error', doc: 'The same keys mean two things.' },
  { code: 'option-prefix', severity: 'info', doc: 'One option begins with another: the shorter one is taken after the inter-digit time.' },
  { code: 'bad-option', severity: 'error', doc: 'An option that cannot be pressed on a telephone.' },
  { code: 'unknown-prompt', severity: 'error', doc: 'The prompt is not in the catalogue.' },
  { code: 'missing-translation', severity: 'error', doc: 'A prompt has neither text nor recording in a language of the flow.' },
  {
    code: 'bad-expression',
    severity: 'error',
    doc: 'An expression that cannot be read, mixes kinds of values, or uses what is not allowed.',
  },
  { code: 'bad-template', severity: 'error', doc: 'A {{…}} that cannot be read.' },
  { code: 'unknown-filter', severity: 'error', doc: 'There is no filter of that name.' },
  { code: 'unknown-variable', severity: 'error', doc: 'A name that nobody sets.' },
  { code: 'unused-variable', severity: 'warning', doc: 'A declared variable or parameter that nobody reads.' },
  { code: 'secret-exposed', severity: 'error', doc: 'A secret variable is spoken, copied, dialled or put into an address.' },
  { code: 'unknown-action', severity: 'error', doc: 'There is no action of that name.' },
  { code: 'action-param', severity: 'error', doc: 'A parameter that the action does not know, or one that it needs and does not get.' },
  {
    code: 'unknown-message',
    severity: 'error',
    doc: 'There is no message of that key in flows/messages/, or it has no words for that way.',
  },
  { code: 'message-value', severity: 'error', doc: 'A value that the message reads and is not given.' },
  { code: 'unknown-flow', severity: 'error', doc: 'There is no flow of that name.' },
  { code: 'subflow-param', severity: 'error', doc: 'A parameter that the sub-flow does not have.' },
  { code: 'subflow-result', severity: 'error', doc: 'A result that the sub-flow does not give, or that no variable holds.' },
  { code: 'subflow-recursion', severity: 'error', doc: 'Flows that call each other in a circle, or deeper than the limit.' },
  { code: 'unknown-calendar', severity: 'error', doc: 'There is no calendar of that name.' },
  { code: 'bad-url', severity: 'error', doc: 'An address that does not begin with http:// or https:// and a fixed host.' },
  { code: 'unknown-department', severity: 'error', doc: 'There is no department of that name in flows/directory.yaml.' },
  { code: 'unknown-queue', severity: 'error', doc: 'There is no queue of that name in flows/queues.yaml.' },
  {
    code: 'unknown-callback-group',
    severity: 'error',
    doc: 'No queue of flows/queues.yaml has that name or that `callbackGroup`: nobody would call back.',
  },
  { code: 'unknown-connector', severity: 'error', doc: 'There is no connector of that name in flows/connectors.yaml.' },
  { code: 'no-end', severity: 'warning', doc: 'No hangup and no return can be reached.' },
  { code: 'input-before-answer', severity: 'warning', doc: 'Keys or a recording are asked for before the call is answered.' },
] as const satisfies readonly { readonly code: string; readonly severity: Severity; readonly doc: string }[];

export type ProblemCode = (typeof PROBLEMS)[number]['code'];

const SEVERITY: ReadonlyMap<string, Severity> = new Map(PROBLEMS.map(({ code, severity }) => [code, severity]));

/** A problem at a place of a file. */
export function problemAt(
  place: { readonly file: string; readonly line: number; readonly column: number },
  code: ProblemCode,
  message: string,
  remedy: string,
): Problem {
  return {
    severity: SEVERITY.get(code) ?? 'error',
    code: `flow.${code}`,
    message,
    remedy,
    file: place.file,
    line: place.line,
    column: place.column,
  };
}

/** By file, then line, column and code; what is said twice of one place stands once. */
export function sortProblems(problems: readonly Problem[]): Problem[] {
  const sorted = [...problems].sort(inOrder);
  return sorted.filter((one, at) => at === 0 || inOrder(sorted[at - 1] as Problem, one) !== 0);
}

function inOrder(a: Problem, b: Problem): number {
  return compare(a.file, b.file) || a.line - b.line || a.column - b.column || compare(a.code, b.code) || compare(a.message, b.message);
}

function compare(a: string, b: string): number {
  return a < b ? -1 : a > b ? 1 : 0;
}
