import type { Problem } from '../../domain/problem.ts';
import { turkishMessage } from './problem-messages.ts';
import { turkishRemedy } from './problem-remedies.ts';

/** What is wrong, and what to do about it. */
export interface ProblemWords {
  readonly message: string;
  readonly remedy: string;
}

/** A problem of the flow checker, or of the files beside the flows, in Turkish; null when it is one that is told in English only. Never half of it. */
export function turkishProblem({ code, message, remedy }: Pick<Problem, 'code' | 'message' | 'remedy'>): ProblemWords | null {
  const what = turkishMessage(code, message);
  const how = remedy === '' ? '' : turkishRemedy(remedy);
  return what === null || how === null ? null : { message: what, remedy: how };
}
