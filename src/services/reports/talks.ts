import { setImmediate as nextTurn } from 'node:timers/promises';
import type { AcdEvent, TalkEnd } from '../../domain/acd-event.ts';
import type { BrandId } from '../../domain/brand.ts';
import type { AcdEventId, CallId, UserId } from '../../domain/ids.ts';
import type { AcdLog, AcdPlace } from '../../ports/acd-log.ts';
import type { Span } from './period.ts';

/** One talk, as the floor's facts tell it. Times in ms. */
export interface TalkRow {
  readonly id: AcdEventId;
  readonly callId: CallId;
  /** Its beginning, UTC ms. */
  readonly at: number;
  readonly agent: UserId;
  /** null: no queue led to it. */
  readonly queue: string | null;
  readonly direction: 'inbound' | 'outbound';
  /** null: nobody waited. */
  readonly waitedMs: number | null;
  /** null: it goes on. */
  readonly ended: { readonly how: TalkEnd; readonly talkMs: number; readonly holdMs: number } | null;
  /** null: none yet. */
  readonly wrapMs: number | null;
  /** Whose rules closed it: the queue, or the one it was taken over from. */
  readonly ruledBy: string | null;
  /** A path in that queue's tree, `not_set`, or null where there is nothing to choose. */
  readonly disposition: string | null;
}

export interface TalkWish {
  readonly log: Pick<AcdLog, 'page' | 'ofCalls'>;
  readonly brand: BrandId;
  readonly span: Span;
  readonly queue?: string;
  readonly agent?: UserId;
  readonly after?: AcdPlace;
}

/** Talks that are read at a time, before others have their turn. */
const PAGE = 250;

/** Talks that began in the span, by time. */
export async function* talksIn({ log, brand, span, queue, agent, after }: TalkWish): AsyncGenerator<TalkRow> {
  for (let place = after; ; ) {
    const page = await log.page({
      ...{ brand, from: span.from, to: span.to, kinds: ['connected'], limit: PAGE },
      ...(agent === undefined ? {} : { agent }),
      ...(place === undefined ? {} : { after: place }),
    });
    const begun = page.filter((event) => event.kind === 'connected' && (queue === undefined || event.queue === queue));
    const facts = await log.ofCalls(begun.flatMap((event) => ('callId' in event ? [event.callId] : [])));
    const told = byTalk(facts);
    for (const event of begun) if (event.kind === 'connected') yield talkOf(event, told);
    await nextTurn();
    const end = page.at(-1);
    if (end === undefined || page.length < PAGE) return;
    place = { at: end.at, id: end.id };
  }
}

type Of<K extends AcdEvent['kind']> = Extract<AcdEvent, { readonly kind: K }>;

interface Told {
  readonly left: ReadonlyMap<AcdEventId, Of<'left'>>;
  readonly released: ReadonlyMap<AcdEventId, Of<'released'>>;
  readonly wrapped: ReadonlyMap<AcdEventId, Of<'wrapped-up'>>;
}

function byTalk(facts: readonly AcdEvent[]): Told {
  const left = new Map<AcdEventId, Of<'left'>>();
  const released = new Map<AcdEventId, Of<'released'>>();
  const wrapped = new Map<AcdEventId, Of<'wrapped-up'>>();
  for (const fact of facts) {
    if (fact.kind === 'left') left.set(fact.waitId, fact);
    if (fact.kind === 'released') released.set(fact.talkId, fact);
    if (fact.kind === 'wrapped-up') wrapped.set(fact.talkId, fact);
  }
  return { left, released, wrapped };
}

function talkOf({ id, callId, at, agent, queue, direction, waitId }: Of<'connected'>, { left, released, wrapped }: Told): TalkRow {
  const end = released.get(id);
  const wrap = wrapped.get(id);
  return {
    ...{ id, callId, at, agent, queue, direction },
    waitedMs: waitId === null ? null : (left.get(waitId)?.waitedMs ?? null),
    ended: end === undefined ? null : { how: end.how, talkMs: end.talkMs, holdMs: end.holdMs },
    wrapMs: wrap?.wrapMs ?? null,
    ruledBy: wrap?.queue ?? queue,
    disposition: wrap?.disposition ?? null,
  };
}

/** How often talks were closed so, and how long they took. */
export interface DispositionRow {
  readonly queue: string | null;
  readonly disposition: string;
  readonly talks: number;
  /** Talk, hold and wrap-up. ms. */
  readonly handleMs: number;
}

/** Talks by how they were closed, the most frequent first; those without anything to choose are left out. */
export async function dispositionsIn(wish: TalkWish): Promise<readonly DispositionRow[]> {
  const rows = new Map<string, DispositionRow>();
  for await (const { ruledBy: queue, disposition, ended, wrapMs } of talksIn(wish)) {
    if (disposition === null) continue;
    const key = `${queue} ${disposition}`;
    const before = rows.get(key) ?? { queue, disposition, talks: 0, handleMs: 0 };
    const handleMs = before.handleMs + (ended?.talkMs ?? 0) + (ended?.holdMs ?? 0) + (wrapMs ?? 0);
    rows.set(key, { ...before, talks: before.talks + 1, handleMs });
  }
  return [...rows.values()].toSorted((a, b) => b.talks - a.talks || (a.disposition < b.disposition ? -1 : 1));
}
