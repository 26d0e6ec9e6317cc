/**
 * Mistakes of a flow's author that show at run time only. Each takes the node's error exit and is told as a `fault`
 * event; none ever reaches the caller of the interpreter.
 */
export const FAULT_CODES = {
  expression: 'An expression could not be worked out (a missing field, an index outside the list, text where a number is needed).',
  'not-a-condition': 'A condition gave something other than true or false.',
  'not-a-list': 'An expression gave something other than a list.',
  'missing-value': 'A template names a value that is not there. Set it first, or add the filter default.',
  'not-text': 'A template names a list or a map where text is needed.',
  'bad-filter': 'A filter was given a value that it cannot put into words.',
  'text-too-long': 'A rendered prompt or value is longer than the limit.',
  'value-too-large': 'A variable or message is larger than a session may hold.',
  'too-many-transitions': 'The flow went from node to node too often without input of the caller (a loop).',
  'after-call-too-long': 'The after-call section took longer than it may.',
  'bad-parameter': 'A flow did not get a parameter that it needs, or one of another type.',
  'bad-result': 'A flow gave a result of another type than it says.',
  'too-deep': 'Flows call flows deeper than the limit.',
  'too-many-effects': 'The call caused more messages and notes than a call may.',
  'bad-language': 'A language node got something that is no language.',
  'bad-hours': 'An hours node got something that is no weekly hours.',
  'bad-limit': 'A limit of a date or a time is no date, time or number of days.',
  'bad-header': 'A header of an http node holds a line break.',
  'unknown-flow': 'The flow is not in this release.',
  'unknown-node': 'The node is not in this release.',
  'unknown-calendar': 'The calendar is not in this release.',
  'unexpected-input': 'The engine answered a command with something that does not belong to it.',
  internal: 'A fault of the engine’s own.',
} as const;

export type FaultCode = keyof typeof FAULT_CODES;

/** Thrown inside the flow room only; the interpreter turns it into the error exit. Messages hold no values of variables. */
export class Fault extends Error {
  readonly code: FaultCode;

  constructor(code: FaultCode, message: string) {
    super(message);
    this.name = 'Fault';
    this.code = code;
  }
}
