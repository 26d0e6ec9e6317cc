import type { House } from './house.ts';

/** One way to use an operation that must go well for each role that may use it. Made anew for every role. */
export interface Case {
  /** What is needed first; gives the address and the body. */
  ask(
    house: House,
  ):
    | Promise<{ readonly url: string; readonly body?: unknown; readonly raw?: string | Buffer<ArrayBuffer>; readonly type?: string }>
    | { readonly url: string; readonly body?: unknown; readonly raw?: string | Buffer<ArrayBuffer>; readonly type?: string };
  readonly status: number;
  /** Of whom the thing asked for is none of theirs: an agent without the queue. */
  readonly agentStatus?: number;
}
