/** Work that comes to a group of agents. */
export interface Load {
  /** Calls in the interval. */
  readonly calls: number;
  readonly intervalMs: number;
  /** Talk, hold and wrap-up of one call. */
  readonly handleMs: number;
}

/** How it goes with so many agents; unstable: no more agents than work, so the queue would grow without end. */
export type ErlangC =
  | {
      readonly kind: 'stable';
      /** Probability that a caller has to wait at all. */
      readonly waitProbability: number;
      /** Share of calls answered within the time. */
      readonly serviceLevel: number;
      /** Of all calls, those that need not wait as well. */
      readonly averageWaitMs: number;
      readonly occupancy: number;
    }
  | { readonly kind: 'unstable' };

/** As above, with callers who lose patience: never unstable. */
export interface ErlangA {
  readonly waitProbability: number;
  /** Share of calls that hang up while waiting. */
  readonly abandoned: number;
  /** Of all calls, of those that hang up as well. */
  readonly averageWaitMs: number;
  readonly occupancy: number;
}

/** More agents than this are not tried. */
export const MOST_AGENTS = 5_000;
/** Queue lengths with a smaller share than this no longer count. */
const NEGLIGIBLE = 1e-15;

/** Agents' worth of work: calls that are handled at the same time on average, in erlang. */
export function offeredLoad({ calls, intervalMs, handleMs }: Load): number {
  return (calls * handleMs) / intervalMs;
}

/** Probability that all agents are busy where callers do not wait: B(0) = 1, B(n) = A·B/(n + A·B). */
export function erlangB(erlang: number, agents: number): number {
  let blocked = 1;
  for (let n = 1; n <= agents; n += 1) blocked = (erlang * blocked) / (n + erlang * blocked);
  return blocked;
}

/** Callers wait as long as it takes: Pw = B/(1 − (A/N)(1 − B)); SL = 1 − Pw·e^(−(N−A)T/AHT); ASA = Pw·AHT/(N−A). */
export function erlangC(load: Load, agents: number, withinMs: number): ErlangC {
  const erlang = offeredLoad(load);
  if (agents <= erlang) return { kind: 'unstable' };
  const blocked = erlangB(erlang, agents);
  const occupancy = erlang / agents;
  const waitProbability = blocked / (1 - occupancy * (1 - blocked));
  const spare = agents - erlang;
  // No work at all: nobody waits, and 0 ms of handling must not divide.
  const late = waitProbability === 0 ? 0 : waitProbability * Math.exp((-spare * withinMs) / load.handleMs);
  return { kind: 'stable', waitProbability, serviceLevel: 1 - late, averageWaitMs: (waitProbability * load.handleMs) / spare, occupancy };
}

/** Callers hang up after `patienceMs` on average (exponential): birth and death of the number of calls, from all agents busy both ways. */
export function erlangA(load: Load, agents: number, patienceMs: number): ErlangA {
  const erlang = offeredLoad(load);
  if (erlang === 0) return { waitProbability: 0, abandoned: 0, averageWaitMs: 0, occupancy: 0 };
  let below = 0;
  let busyBelow = 0;
  for (let n = agents, share = 1; n > 0; n -= 1) {
    share *= n / erlang;
    below += share;
    busyBelow += share * (n - 1);
  }
  let waiting = 0;
  let queue = 0;
  for (let length = 0, share = 1; share > NEGLIGIBLE * (below + waiting); length += 1) {
    waiting += share;
    queue += share * length;
    share *= erlang / (agents + (length + 1) * (load.handleMs / patienceMs));
  }
  const all = below + waiting;
  const averageWaitMs = ((queue / all) * load.intervalMs) / load.calls;
  return {
    waitProbability: waiting / all,
    abandoned: averageWaitMs / patienceMs,
    averageWaitMs,
    occupancy: agents === 0 ? 0 : (busyBelow + waiting * agents) / all / agents,
  };
}

/** Mean patience as measured: mean wait of all calls / share of them that hung up; null without either. */
export function measuredPatience(waitedMs: number, abandoned: number): number | null {
  return waitedMs > 0 && abandoned > 0 ? waitedMs / abandoned : null;
}

/** The fewest agents that answer the share of calls within the time (Erlang C), no busier than `mostBusy`; null: not with MOST_AGENTS. */
export function agentsNeeded(
  load: Load,
  goal: { readonly serviceLevel: number; readonly withinMs: number; readonly mostBusy?: number },
): number | null {
  for (let agents = Math.floor(offeredLoad(load)) + 1; agents <= MOST_AGENTS; agents += 1) {
    const result = erlangC(load, agents, goal.withinMs);
    if (result.kind === 'stable' && result.serviceLevel >= goal.serviceLevel && result.occupancy <= (goal.mostBusy ?? 1)) return agents;
  }
  return null;
}
