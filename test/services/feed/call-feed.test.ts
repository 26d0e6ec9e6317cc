import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { Call } from '../../../src/domain/call.ts';
import type { CallId } from '../../../src/domain/ids.ts';
import type { JournalEntry } from '../../../src/domain/journal.ts';
import { createCallFeed } from '../../../src/services/feed/call-feed.ts';
import type { FeedEnd, FeedSource } from '../../../src/services/feed/subscription.ts';

const CALL = 'call_01jd9v8q4k0000000000000000' as CallId;
const OTHER = 'call_01jd9v8q4k0000000000000001' as CallId;

function line(seq: number, kind: JournalEntry['kind'] = 'prompt', callId = CALL): JournalEntry {
  return { callId, seq, at: seq * 1000, kind, data: {} };
}

/** A journal in memory that is committed to like the real one: the row's end and its last line at once. */
function memoryStore() {
  const lines = new Map<CallId, JournalEntry[]>();
  return {
    commit(entries: readonly JournalEntry[]) {
      for (const entry of entries) {
        const known = lines.get(entry.callId) ?? [];
        lines.set(entry.callId, known);
        if (!known.some(({ seq }) => seq === entry.seq)) known.push(entry);
      }
    },
    async get(id: CallId): Promise<Call | undefined> {
      const known = lines.get(id);
      if (known === undefined) return undefined;
      return { id, state: known.some(({ kind }) => kind === 'call-ended') ? 'ended' : 'open' } as Call;
    },
    async journal(id: CallId, after: number, limit: number): Promise<readonly JournalEntry[]> {
      return (lines.get(id) ?? []).filter(({ seq }) => seq > after).slice(0, limit);
    },
  };
}

function reader() {
  const seqs: number[] = [];
  const ends: FeedEnd[] = [];
  let tellEnd: (end: FeedEnd) => void = () => undefined;
  const ended = new Promise<FeedEnd>((resolve) => {
    tellEnd = resolve;
  });
  return {
    seqs,
    ends,
    ended,
    send(entry: JournalEntry): Promise<void> | undefined {
      seqs.push(entry.seq);
      return undefined;
    },
    end: (reason: FeedEnd): void => {
      ends.push(reason);
      tellEnd(reason);
    },
  };
}

/** Lets everything that is ready to run do so. */
async function settle(): Promise<void> {
  for (let i = 0; i < 50; i += 1) await Promise.resolve();
}

const upTo = (from: number, to: number): number[] => Array.from({ length: to - from + 1 }, (_, i) => from + i);

describe('call feed', () => {
  it('replays the journal, then goes on live, and ends with the call', async () => {
    const store = memoryStore();
    const feed = createCallFeed(store);
    store.commit([line(1), line(2)]);
    const watching = reader();
    feed.subscribe(CALL, 0, watching);
    await settle();
    expect(watching.seqs).toEqual([1, 2]);
    for (const entries of [[line(3)], [line(4), line(5, 'call-ended'), line(6, 'leg-ended')]]) {
      store.commit(entries);
      feed.publish(entries);
    }
    expect(await watching.ended).toEqual({ kind: 'call-ended' });
    expect(watching.seqs).toEqual([1, 2, 3, 4, 5, 6]);
  });

  it('replays only what comes after the given seq, by pages', async () => {
    const store = memoryStore();
    const feed = createCallFeed(store);
    store.commit([...upTo(1, 1234).map((seq) => line(seq)), line(1235, 'call-ended')]);
    const watching = reader();
    feed.subscribe(CALL, 7, watching);
    expect(await watching.ended).toEqual({ kind: 'call-ended' });
    expect(watching.seqs).toEqual(upTo(8, 1235));
  });

  it('ends at once for a reader that has the whole of an ended call', async () => {
    const store = memoryStore();
    store.commit([line(1), line(2, 'call-ended')]);
    const watching = reader();
    createCallFeed(store).subscribe(CALL, 2, watching);
    expect(await watching.ended).toEqual({ kind: 'call-ended' });
    expect(watching.seqs).toEqual([]);
  });

  it('says so when there is no such call, and when the store fails', async () => {
    const nobody = reader();
    createCallFeed(memoryStore()).subscribe(CALL, 0, nobody);
    expect(await nobody.ended).toEqual({ kind: 'unknown-call' });

    const fault = new Error('locked');
    const store = memoryStore();
    store.commit([line(1)]);
    const watching = reader();
    createCallFeed({ ...store, journal: () => Promise.reject(fault) }).subscribe(CALL, 0, watching);
    expect(await watching.ended).toEqual({ kind: 'failed', error: fault });
  });

  it('tells a reader nothing after it unsubscribed, not even an end', async () => {
    const store = memoryStore();
    const feed = createCallFeed(store);
    store.commit([line(1)]);
    const watching = reader();
    const unsubscribe = feed.subscribe(CALL, 0, watching);
    await settle();
    unsubscribe();
    const last = [line(2, 'call-ended')];
    store.commit(last);
    feed.publish(last);
    feed.close();
    await settle();
    expect([watching.seqs, watching.ends]).toEqual([[1], []]);
  });

  it('keeps calls apart', async () => {
    const store = memoryStore();
    const feed = createCallFeed(store);
    store.commit([line(1), line(1, 'prompt', OTHER)]);
    const watching = reader();
    feed.subscribe(CALL, 0, watching);
    await settle();
    feed.publish([line(2, 'prompt', OTHER), line(3, 'call-ended', OTHER)]);
    await settle();
    expect([watching.seqs, watching.ends]).toEqual([[1], []]);
  });

  it('holds a full reader back without keeping lines for it, and gives up one that never takes any', async () => {
    const store = memoryStore();
    const feed = createCallFeed(store);
    store.commit([line(1)]);
    const watching = reader();
    let makeRoom: () => void = () => undefined;
    let giveUp: (error: Error) => void = () => undefined;
    const full = (entry: JournalEntry): Promise<void> | undefined => {
      watching.seqs.push(entry.seq);
      return new Promise<void>((resolve, reject) => {
        makeRoom = resolve;
        giveUp = reject;
      });
    };
    feed.subscribe(CALL, 0, { send: full, end: watching.end });
    await settle();
    for (const seq of [2, 3, 4]) {
      store.commit([line(seq)]);
      feed.publish([line(seq)]);
    }
    await settle();
    expect(watching.seqs).toEqual([1]);
    makeRoom();
    await settle();
    expect(watching.seqs).toEqual([1, 2]);
    giveUp(new Error('stalled'));
    expect((await watching.ended).kind).toBe('failed');
    feed.publish([line(5)]);
    expect(watching.seqs).toEqual([1, 2]);
  });

  it('survives a subscriber that throws', async () => {
    const store = memoryStore();
    const feed = createCallFeed(store);
    store.commit([line(1)]);
    const bad = reader();
    const good = reader();
    const send = (entry: JournalEntry): undefined => {
      if (entry.seq === 2) throw new Error('broken');
      return undefined;
    };
    feed.subscribe(CALL, 0, { send, end: bad.end });
    feed.subscribe(CALL, 0, good);
    await settle();
    store.commit([line(2)]);
    feed.publish([line(2)]);
    expect((await bad.ended).kind).toBe('failed');
    expect(good.seqs).toEqual([1, 2]);
  });

  it('tells of arrivals until it is asked to stop', () => {
    const feed = createCallFeed(memoryStore());
    const heard: string[] = [];
    const stop = feed.onArrival(({ callId }) => heard.push(callId));
    feed.publish([line(1, 'call-arrived'), line(2)]);
    stop();
    feed.publish([line(1, 'call-arrived', OTHER)]);
    expect(heard).toEqual([CALL]);
  });

  it('ends all readers when it is closed', async () => {
    const store = memoryStore();
    const feed = createCallFeed(store);
    store.commit([line(1)]);
    const readers = [reader(), reader()];
    for (const watching of readers) feed.subscribe(CALL, 0, watching);
    await settle();
    feed.close();
    expect(readers.map(({ ends }) => ends)).toEqual([[{ kind: 'closing' }], [{ kind: 'closing' }]]);
  });
});

/** Every answer of the store and every drain of the reader comes when the scheduler says so. */
function raced(s: fc.Scheduler, store: ReturnType<typeof memoryStore>): FeedSource {
  return {
    get: (id) => s.schedule(store.get(id), 'get'),
    // Read first, answer later: what is committed in between is not in the answer.
    journal: async (id, after, limit) => {
      const page = await store.journal(id, after, Math.min(limit, 500));
      return s.schedule(Promise.resolve(page), 'journal');
    },
  };
}

/** Runs everything, what comes to be scheduled meanwhile included; as close together as can be. */
async function runOut(s: fc.Scheduler): Promise<void> {
  while (s.count() > 0) {
    while (s.count() > 0) await s.waitOne();
    await settle();
  }
}

const batches = fc.array(fc.record({ size: fc.integer({ min: 1, max: 3 }), twice: fc.boolean(), full: fc.boolean() }), {
  minLength: 1,
  maxLength: 12,
});

describe('call feed, raced', () => {
  it('never loses a line and never sends one twice, whatever publishes meet whatever reads', async () => {
    await fc.assert(
      fc.asyncProperty(fc.scheduler(), batches, fc.nat(4), fc.nat(6), async (s, plan, after, before) => {
        const store = memoryStore();
        const feed = createCallFeed(raced(s, store));
        const first = upTo(1, after + before + 1).map((seq) => line(seq));
        store.commit(first);
        const watching = reader();
        let seq = first.length;
        const steps = plan.map(({ size, twice }, index) => {
          const entries = upTo(seq + 1, seq + size).map((n) => line(n));
          seq += size;
          if (index === plan.length - 1) entries.push(line((seq += 1), 'call-ended'));
          return { entries, twice };
        });
        const full = new Set(plan.flatMap((batch, index) => (batch.full ? [index] : [])));
        let sent = 0;
        feed.subscribe(CALL, after, {
          send(entry) {
            void watching.send(entry);
            sent += 1;
            return full.has(sent % plan.length) ? s.schedule(Promise.resolve(), 'drain') : undefined;
          },
          end: watching.end,
        });
        s.scheduleSequence(
          steps.flatMap(({ entries, twice }) => [
            async () => store.commit(entries),
            async () => feed.publish(entries),
            ...(twice ? [async () => feed.publish(entries)] : []),
          ]),
        );
        await runOut(s);
        expect(watching.seqs).toEqual(upTo(after + 1, seq));
        expect(watching.ends).toEqual([{ kind: 'call-ended' }]);
      }),
      { numRuns: 400 },
    );
  });
});
