import type { Shape } from './shape.ts';

export interface FlowProblem {
  /** What kind of fault: `flow.unknown-target`. */
  readonly code: string;
  readonly severity: 'error' | 'warning' | 'info';
  readonly message: string;
  readonly remedy: string;
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
    file: row.text('file'),
    line: row.number('line'),
    column: row.number('column'),
    node: row.optionalText('node'),
  };
}

/** A word as the engine says it; the first one stands in for those that are not known here. */
export function oneOf<const T extends string>(value: string, known: readonly [T, ...T[]]): T {
  return known.find((one) => one === value) ?? known[0];
}
