import type { AgentCounts, QueueCounts } from '../../acd/counts.ts';
import type { FigureRules } from '../../acd/live-figures.ts';
import type { BrandId } from '../../domain/brand.ts';
import { type DispositionTree, NOT_SET } from '../../domain/disposition.ts';
import type { UserId } from '../../domain/ids.ts';
import type { Label } from '../../domain/label.ts';
import type { Queue } from '../../domain/queue.ts';
import type { AcdLog, AcdPlace } from '../../ports/acd-log.ts';
import type { Clock } from '../../ports/clock.ts';
import type { AgentStore } from '../../ports/floor-store.ts';
import { closedQuarters } from './closed-quarters.ts';
import type { Interval, Span } from './period.ts';
import { agentRows, type CountRow, queueRows } from './rows.ts';
import { type DispositionRow, dispositionsIn, type TalkRow, talksIn } from './talks.ts';

/** Of a queue that is no longer in flows/queues.yaml: as queues are where nothing else is written. */
const USUAL_RULES: FigureRules = { serviceLevelMs: 20_000, shortAbandonMs: 5000 };

export interface ReportNeeds {
  readonly log: AcdLog;
  readonly agents: Pick<AgentStore, 'list'>;
  readonly queues: ReadonlyMap<string, Queue>;
  readonly dispositions: ReadonlyMap<string, DispositionTree>;
  readonly brand: BrandId;
  /** IANA; days and hours are this zone's. */
  readonly zone: string;
  readonly clock: Clock;
}

export interface CountWish {
  readonly span: Span;
  readonly interval: Interval;
  /** Id of the one queue or agent; all when nothing is said. */
  readonly only?: string;
}

export interface TalksWish {
  readonly span: Span;
  readonly queue?: string;
  readonly agent?: UserId;
  readonly after?: AcdPlace;
}

/** What people call queues, agents and dispositions; what is no longer there keeps its id. */
export interface Names {
  queue(id: string | null): Label;
  agent(id: string): string;
  disposition(queue: string | null, path: string): Label;
}

/** Figures of the past and of today, all from the floor's facts. Rows come one by one, so that their number does not matter. */
export interface Reports {
  queues(wish: CountWish): AsyncIterable<CountRow<QueueCounts>>;
  agents(wish: CountWish): AsyncIterable<CountRow<AgentCounts>>;
  talks(wish: TalksWish): AsyncIterable<TalkRow>;
  dispositions(wish: Omit<TalksWish, 'after'>): Promise<readonly DispositionRow[]>;
  names(): Promise<Names>;
}

export function createReports({ log, agents, queues, dispositions, brand, zone, clock }: ReportNeeds): Reports {
  const closed = (of: 'queues' | 'agents', span: Span) =>
    closedQuarters({ log, brand, of, now: clock.now(), rulesOf: (id) => queues.get(id) ?? USUAL_RULES }, span);
  const shape = ({ span, interval, only }: CountWish, known: readonly string[]) => ({
    ...{ span: { from: span.from, to: Math.min(span.to, clock.now()) }, interval, zone, known },
    ...(only === undefined ? {} : { only }),
  });
  return {
    queues: (wish) => queueRows(closed('queues', wish.span), shape(wish, [...queues.keys()])),
    async *agents(wish) {
      const known = await agents.list(brand);
      const ids = known.map(({ userId }) => userId);
      yield* agentRows(closed('agents', wish.span), shape(wish, ids));
    },
    talks: (wish) => talksIn({ log, brand, ...wish }),
    dispositions: (wish) => dispositionsIn({ log, brand, ...wish }),
    async names() {
      const names = new Map<string, string>((await agents.list(brand)).map(({ userId, displayName }) => [userId, displayName]));
      return {
        agent: (id) => names.get(id) ?? id,
        queue: (id) => (id === null ? NO_QUEUE : (queues.get(id)?.label ?? { tr: id, en: id })),
        disposition: (queue, path) => dispositionName(dispositions.get(queues.get(queue ?? '')?.dispositions ?? ''), path),
      };
    },
  };
}

const NO_QUEUE: Label = { tr: 'Kuyruksuz', en: 'No queue' };
const CLOSED_BY_TIME: Label = { tr: 'Seçilmedi', en: 'Not set' };

/** The labels on the way to it: `Satış / Randevu verildi`. */
function dispositionName(tree: DispositionTree | undefined, path: string): Label {
  if (path === NOT_SET) return CLOSED_BY_TIME;
  const labels: Label[] = [];
  let choices = tree?.choices ?? [];
  for (const id of path.split('/')) {
    const found = choices.find((choice) => choice.id === id);
    labels.push(found?.label ?? { tr: id, en: id });
    choices = found?.choices ?? [];
  }
  return { tr: labels.map(({ tr }) => tr).join(' / '), en: labels.map(({ en }) => en).join(' / ') };
}
