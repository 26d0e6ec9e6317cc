import type { Shape } from './shape.ts';

/** What is wrong, and what to do about it. */
export interface ProblemWords {
  readonly message: string;
  readonly remedy: string;
}

export interface FlowProblem {
  /** What kind of fault: `flow.unknown-target`. */
  readonly code: string;
  readonly severity: 'error' | 'warning' | 'info';
  readonly message: string;
  readonly remedy: string;
  /** The same in Turkish; null for what is told in English only. */
  readonly tr: ProblemWords | null;
  readonly file: string;
  readonly line: number;
  readonly column: number;
  readonly node: string | null;
}

export function problemFrom(row: Shape): FlowProblem {
  return {
    code: row.text('code'),
    severity: oneOf(row.text('severity'), ['error', 'warning', 'info']),
    message: row.text('message'),
    remedy: row.text('remedy'),
    tr: row.has('tr') ? wordsFrom(row.child('tr')) : null,
    file: row.text('file'),
    line: row.number('line'),
    column: row.number('column'),
    node: row.optionalText('node'),
  };
}

function wordsFrom(row: Shape): ProblemWords {
  return { message: row.text('message'), remedy: row.text('remedy') };
}

/** A word as the engine says it; the first one stands in for those that are not known here. */
export function oneOf<const T extends string>(value: string, known: readonly [T, ...T[]]): T {
  return known.find((one) => one === value) ?? known[0];
}
