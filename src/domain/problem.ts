/** A fault in a file that somebody wrote by hand: where it is, what is wrong, and what to do. Lines and columns count from 1. */
export interface Problem {
  readonly severity: 'error' | 'warning' | 'info';
  /** `calendar.bad-hours`: the room, then the fault. */
  readonly code: string;
  readonly message: string;
  readonly remedy: string;
  readonly file: string;
  readonly line: number;
  readonly column: number;
  /** The node of a flow that it is about. */
  readonly node?: string;
}
