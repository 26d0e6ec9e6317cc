import type { ContactOutcome, ContactState, WaitReason } from '../domain/contact.ts';
import type { CampaignVerdict, ShutReason } from './gate.ts';

/** Why some contacts are not being called at this moment. */
export type WaitCode = ShutReason | WaitReason | 'ready';
/** What holds back those who are ready. */
export const LIMITERS = [
  'no-line',
  'other-engine',
  'trunk-resting',
  'calls-fail',
  'lines-taken',
  'channels-taken',
  'no-agents',
  'speed',
] as const;
export type Limiter = (typeof LIMITERS)[number];

export interface WhyGroup {
  readonly code: WaitCode;
  readonly count: number;
  /** When the first of them may be called (UTC ms); null: never by itself. */
  readonly wakeAt: number | null;
}

export interface Why {
  /** Of contacts that wait; together with who is being called and who is through they are all there are. */
  readonly groups: readonly WhyGroup[];
  readonly waiting: number;
  readonly calling: number;
  readonly over: number;
  /** null: nothing does, or nobody is ready. */
  readonly limiter: Limiter | null;
  /** The next time at which somebody may be called; null: not without somebody's doing. */
  readonly wakeAt: number | null;
}

export interface WhyFacts {
  readonly now: number;
  readonly verdict: CampaignVerdict;
  readonly counts: readonly {
    readonly state: ContactState;
    readonly outcome: ContactOutcome | null;
    readonly waitReason: WaitReason | null;
    readonly count: number;
    readonly firstAt: number;
  }[];
  /** In the order in which they are asked. */
  readonly limits: Readonly<Record<Limiter, boolean>>;
}

/** Why a campaign is not calling, or not more: from the rows and the gate, so that it is what the dialler itself sees. */
export function explain({ now, verdict, counts, limits }: WhyFacts): Why {
  const sum = (...states: readonly ContactState[]): number =>
    counts.filter(({ state }) => states.includes(state)).reduce((total, { count }) => total + count, 0);
  const groups = waitingGroups(counts, now, verdict);
  const isReady = groups.some(({ code }) => code === 'ready');
  const times = groups.flatMap(({ wakeAt }) => wakeAt ?? []);
  return {
    groups,
    waiting: sum('pending', 'waiting-retry'),
    calling: sum('leased', 'dialing'),
    over: sum('done', 'suppressed'),
    limiter: isReady ? (LIMITERS.find((one) => limits[one]) ?? null) : null,
    wakeAt: times.length === 0 ? null : Math.min(...times),
  };
}

/** While the campaign is shut nobody is called before it opens, whatever they wait for themselves. */
function waitingGroups(counts: WhyFacts['counts'], now: number, verdict: CampaignVerdict): readonly WhyGroup[] {
  const groups = new Map<WaitCode, WhyGroup>();
  for (const { state, waitReason, count, firstAt } of counts) {
    if (state !== 'pending' && state !== 'waiting-retry') continue;
    const waits = state === 'waiting-retry' && firstAt > now ? (waitReason ?? 'retry') : null;
    const code: WaitCode = waits ?? (verdict.kind === 'shut' ? verdict.reason : 'ready');
    const opensAt = verdict.kind === 'shut' ? verdict.wakeAt : now;
    const wakeAt = opensAt === null ? null : Math.max(opensAt, waits === null ? now : firstAt);
    const before = groups.get(code);
    const first = before === undefined || before.wakeAt === null || wakeAt === null ? wakeAt : Math.min(before.wakeAt, wakeAt);
    groups.set(code, { code, count: count + (before?.count ?? 0), wakeAt: first });
  }
  return [...groups.values()].sort((a, b) => b.count - a.count);
}
