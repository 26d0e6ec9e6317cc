import type { ProblemCode } from '../../../src/flow/problems.ts';

export interface Bad {
  /** The flow `main`, or several. */
  readonly flows: string | Readonly<Record<string, string>>;
  readonly prompts?: string;
  /** `file:line:column` of the problem. */
  readonly at: string;
  readonly says: RegExp;
  readonly remedy?: RegExp;
}

export type Cases = Readonly<Partial<Record<ProblemCode, readonly Bad[]>>>;

/** Two good nodes around what is wrong. */
export const around = (nodes: string, head = '') => `flow: main
start: begin
${head}
nodes:
${nodes}
  bye: { type: hangup, prompt: general.goodbye }
`;
