import type { Label } from '../domain/label.ts';
import { type AgentCounts, FLOW_OUTS, type QueueCounts } from './counts.ts';

/** A share or a mean; null where nothing was counted, never 0 or 100 instead. */
type Figure = number | null;

/** A way to reckon, with its formula as it is shown under the figure. A, Ab, Ab_s …: the words of `LEGEND`. */
export interface Formula<T> {
  readonly id: string;
  readonly formula: string;
  of(counts: T): Figure;
}

/** What the letters of the formulas mean. */
export const LEGEND: Readonly<Record<string, Label>> = {
  O: { tr: 'Kuyruğa gelen çağrılar', en: 'Calls offered to the queue' },
  A: { tr: 'Yanıtlanan', en: 'Answered' },
  A_T: { tr: 'Süre içinde yanıtlanan', en: 'Answered within T' },
  Ab: { tr: 'Terk eden', en: 'Abandoned' },
  Ab_s: { tr: 'Kısa terk', en: 'Short abandoned' },
  Ab_T: { tr: 'Süre içinde terk eden', en: 'Abandoned within T' },
  F: { tr: 'Başka yolla ayrılan (tuş, taşma, kapanış …)', en: 'Left otherwise (key, overflow, closing …)' },
  W_T: { tr: 'T süresinden az bekleyen', en: 'Still waiting, less than T' },
};

function share(part: number, whole: number): Figure {
  return whole > 0 ? part / whole : null;
}

/** F: all who left neither answered nor hung up. */
export function flowOutsOf({ flowOuts }: QueueCounts): number {
  return FLOW_OUTS.reduce((sum, kind) => sum + flowOuts[kind], 0);
}

const level = (id: string, formula: string, of: (counts: QueueCounts) => Figure): Formula<QueueCounts> => ({ id, formula, of });

/** The product's own service level: shown unless another is asked for. */
export const SERVICE_LEVEL = level('default', 'A_T / (A + Ab − Ab_s)', (c) =>
  share(c.answeredInTime, c.answered + c.abandoned - c.shortAbandoned),
);

/** The same under the formulas of other systems: the same hour can pass by one and miss by another. */
export const SERVICE_LEVELS: readonly Formula<QueueCounts>[] = [
  SERVICE_LEVEL,
  level('sl-1', 'A_T / A', (c) => share(c.answeredInTime, c.answered)),
  level('sl-2', '(A_T + Ab_T) / (A + Ab)', (c) => share(c.answeredInTime + c.abandonedInTime, c.answered + c.abandoned)),
  level('sl-g', 'A_T / (A + Ab)', (c) => genesysLevel(c)),
  level('sl-g-short', 'A_T / (A + Ab − Ab_s)', (c) => genesysLevel(c, { withoutShort: true })),
  level('sl-g-flow', 'A_T / (A + Ab + F)', (c) => genesysLevel(c, { withFlowOuts: true })),
  level('sl-g-answered', 'A_T / A', (c) => genesysLevel(c, { withoutAbandoned: true })),
  level('sl-8', 'A_T / (O − Ab_s − W_T)', (c) => share(c.answeredInTime, c.offered - c.shortAbandoned - c.waitingInTime)),
  level('sl-v', 'A_T / (A + Ab + F)', (c) => share(c.answeredInTime, c.answered + c.abandoned + flowOutsOf(c))),
  level('sl-x', 'A_T / (A + Ab − Ab_T)', (c) => share(c.answeredInTime, c.answered + c.abandoned - c.abandonedInTime)),
];

/** (A − A_late) / (A + Ab [+ F] [− Ab_s] [− Ab]): each bracket as its setting says. */
function genesysLevel(
  c: QueueCounts,
  with_: { readonly withFlowOuts?: boolean; readonly withoutShort?: boolean; readonly withoutAbandoned?: boolean } = {},
): Figure {
  const abandoned = with_.withoutAbandoned === true ? 0 : c.abandoned - (with_.withoutShort === true ? c.shortAbandoned : 0);
  return share(c.answeredInTime, c.answered + abandoned + (with_.withFlowOuts === true ? flowOutsOf(c) : 0));
}

/** Of a queue, all from sums; shares from 0 to 1, means in ms. */
export const QUEUE_FIGURES = {
  serviceLevel: SERVICE_LEVEL,
  abandonRate: level('abandon-rate', '(Ab − Ab_s) / (O − Ab_s)', (c) =>
    share(c.abandoned - c.shortAbandoned, c.offered - c.shortAbandoned),
  ),
  averageAnswerMs: level('asa', 'Σ wait of answered / A', (c) => share(c.waitAnsweredMs, c.answered)),
  averageAbandonMs: level('average-abandon', 'Σ wait of abandoned / Ab', (c) => share(c.waitAbandonedMs, c.abandoned)),
  averageHandleMs: level('aht', '(talk + hold + wrap-up) / handled', (c) => share(c.talkMs + c.holdMs + c.wrapMs, c.handled)),
  transferRate: level('transfer-rate', 'transfers / handled', (c) => share(c.transferred, c.handled)),
  ronaRate: level('rona-rate', 'not answered offers / offers', (c) => share(c.notAnswered, c.agentOffers)),
} as const satisfies Record<string, Formula<QueueCounts>>;

const HANDLING = ['talking', 'held', 'wrap-up'] as const;
const IDLE = ['available', 'reserved', 'ringing'] as const;

function msIn({ stateMs }: AgentCounts, kinds: readonly (keyof AgentCounts['stateMs'])[]): number {
  return kinds.reduce((sum, kind) => sum + stateMs[kind], 0);
}

/** Everything but offline. */
export function loggedInMs(counts: AgentCounts): number {
  return msIn(counts, [...HANDLING, ...IDLE, 'paused', 'unreachable']);
}

const work = (id: string, formula: string, of: (counts: AgentCounts) => Figure): Formula<AgentCounts> => ({ id, formula, of });

/** Of an agent, or of several: the counts are summed first. */
export const AGENT_FIGURES = {
  averageHandleMs: work('aht', '(talk + hold + wrap-up) / handled', (c) => share(c.talkMs + c.holdMs + c.wrapMs, c.handled)),
  occupancy: work('occupancy', 'handle time / (handle time + available)', (c) =>
    share(msIn(c, HANDLING), msIn(c, HANDLING) + msIn(c, IDLE)),
  ),
  utilisation: work('utilisation', 'handle time / logged in', (c) => share(msIn(c, HANDLING), loggedInMs(c))),
  transferRate: work('transfer-rate', 'transfers / handled', (c) => share(c.transferred, c.handled)),
  ronaRate: work('rona-rate', 'not answered offers / offers', (c) => share(c.notAnswered, c.agentOffers)),
} as const satisfies Record<string, Formula<AgentCounts>>;
