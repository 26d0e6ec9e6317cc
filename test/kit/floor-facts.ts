import Database from 'better-sqlite3';
import type { AcdEvent } from '../../src/domain/acd-event.ts';
import type { CallId } from '../../src/domain/ids.ts';
import { fromEventRow } from '../../src/store/floor-rows.ts';
import type { AcdEventRow } from '../../src/store/floor-schema.ts';

/** The floor's facts, read from the engine's own SQLite file while it works, in their order. */
export function floorFacts(file: string): readonly AcdEvent[] {
  const db = new Database(file, { readonly: true, fileMustExist: true });
  try {
    return db.prepare<[], AcdEventRow>('select * from acd_events order by id').all().map(fromEventRow);
  } finally {
    db.close();
  }
}

export interface TurnRules {
  /** By how much a class seems to have waited longer, ms. */
  readonly classes: Readonly<Record<string, number>>;
  readonly hardMaxWaitMs: number;
}

/** Between a decision and its fact lies the storing of the reservation; who came, or became overdue, meanwhile is not compared. */
const SLACK_MS = 500;

interface Waiting {
  readonly callId: CallId;
  readonly class: string;
  readonly since: number;
  readonly at: number;
  offered: boolean;
}

/** Offers that were not the turn of the caller who got them, and how often an overdue caller went before somebody of a better class. */
export function turnsOf(
  events: readonly AcdEvent[],
  { classes, hardMaxWaitMs }: TurnRules,
): { readonly outOfTurn: string[]; readonly overdueFirst: number } {
  const waits = new Map<string, Waiting>();
  const outOfTurn: string[] = [];
  let overdueFirst = 0;
  const isOverdue = ({ since }: Waiting, now: number): boolean => now - since >= hardMaxWaitMs;
  const seemsSince = (wait: Waiting, now: number): number => (isOverdue(wait, now) ? wait.since : wait.since - (classes[wait.class] ?? 0));
  const before = (a: Waiting, b: Waiting, now: number): boolean =>
    isOverdue(a, now) === isOverdue(b, now) ? seemsSince(a, now) < seemsSince(b, now) : isOverdue(a, now);
  for (const event of events) {
    if (event.kind === 'entered')
      waits.set(event.id, { callId: event.callId, class: event.class, since: event.since, at: event.at, offered: false });
    else if (event.kind === 'left') waits.delete(event.waitId);
    else if (event.kind === 'offer-ended') {
      const wait = waits.get(event.waitId);
      if (wait !== undefined) wait.offered = false;
    } else if (event.kind === 'offered') {
      const chosen = waits.get(event.waitId);
      if (chosen === undefined) continue;
      chosen.offered = true;
      const others = [...waits.values()].filter(({ offered, at }) => !offered && at <= event.at - SLACK_MS);
      const missed = others.find((one) => before(one, chosen, event.at) && before(one, chosen, event.at - SLACK_MS));
      if (missed !== undefined) outOfTurn.push(`${chosen.callId} (${chosen.class}) before ${missed.callId} (${missed.class})`);
      if (isOverdue(chosen, event.at - SLACK_MS) && others.some((one) => (classes[one.class] ?? 0) > (classes[chosen.class] ?? 0)))
        overdueFirst += 1;
    }
  }
  return { outOfTurn, overdueFirst };
}
