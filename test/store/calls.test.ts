import * as fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { parseBrandId } from '../../src/domain/brand.ts';
import { ENGINES, storesFor } from './engines.ts';
import { call, change, endedCall, entry, id, leg, NOON, session } from './fixtures.ts';

describe.each(ENGINES)('calls on $name', ({ place: newPlace }) => {
  const at = storesFor(newPlace);

  test('a call, its legs and its journal come back as they were written', async () => {
    const answered = call(1, { answeredAt: NOON + 3, did: '*', ani: '', language: 'en' });
    const legs = [
      leg(1, answered.id),
      leg(2, answered.id, { role: 'target', outcome: 'busy', hangupCause: 17, sipCode: 486, endedAt: NOON }),
    ];
    const entries = [entry(answered.id, 1), entry(answered.id, 2, { text: 'İyi günler, şöyle: "ç"\n\0', list: [1, null, { a: true }] })];
    await at.stores.calls.commit({ call: answered, legs, session: session(1), entries });
    expect(await at.stores.calls.get(answered.id)).toEqual(answered);
    expect(await at.stores.calls.legs(answered.id)).toEqual(legs);
    expect(await at.stores.calls.journal(answered.id, 0, 100)).toEqual(entries);
    expect(await at.stores.calls.get(id('call', 2))).toBeUndefined();
    expect(await at.stores.calls.legs(id('call', 2))).toEqual([]);
  });

  test('a later change replaces the call and the legs it names, and adds its lines', async () => {
    const { id: callId } = call(1);
    await at.stores.calls.commit(change(1, [1, 3], { legs: [leg(1, callId), leg(2, callId)], session: session(1) }));
    const ended = endedCall(1, { language: 'en', termination: { kind: 'flow-hung-up', node: 'goodbye' } });
    const endedLeg = leg(2, callId, { outcome: 'no-answer', endedAt: NOON + 9 });
    await at.stores.calls.commit({ call: ended, legs: [endedLeg], session: null, entries: [entry(callId, 4)] });
    expect(await at.stores.calls.get(callId)).toEqual(ended);
    expect(await at.stores.calls.legs(callId)).toEqual([leg(1, callId), endedLeg]);
    expect((await at.stores.calls.journal(callId, 0, 100)).map(({ seq }) => seq)).toEqual([1, 2, 3, 4]);
  });

  test('a change of a call that is stored already writes the rest and leaves the call’s row alone', async () => {
    const { id: callId } = call(1);
    await at.stores.calls.commit(change(1, [1, 1], { session: session(1, { step: 1 }) }));
    const other = call(1, { did: 'not this' });
    await at.stores.calls.commit({
      call: other,
      callIsStored: true,
      legs: [],
      session: session(1, { step: 2 }),
      entries: [entry(callId, 2)],
    });
    expect(await at.stores.calls.get(callId)).toEqual(call(1));
    const [open] = await at.stores.calls.open();
    expect(open).toMatchObject({ lastSeq: 2, session: { step: 2 } });
  });

  test('a call ends once: who does not know of the end does not open it again, nor give it another one', async () => {
    const { id: callId } = call(1);
    await at.stores.calls.commit(change(1, [1, 1], { session: session(1) }));
    const ended = endedCall(1, { termination: { kind: 'left-while-away' } });
    await at.stores.calls.commit({ call: ended, legs: [], session: null, entries: [entry(callId, 2)] });
    await at.stores.calls.commit({ call: call(1, { answeredAt: NOON }), legs: [], session: null, entries: [entry(callId, 3)] });
    expect(await at.stores.calls.get(callId)).toEqual(ended);
    const other = endedCall(1, { termination: { kind: 'flow-hung-up' } });
    await at.stores.calls.commit({ call: other, legs: [], session: null, entries: [] });
    expect(await at.stores.calls.get(callId)).toEqual(ended);
    expect(await at.stores.calls.open()).toEqual([]);
    // What happened is told all the same.
    expect((await at.stores.calls.journal(callId, 0, 100)).map(({ seq }) => seq)).toEqual([1, 2, 3]);
  });

  test('the same change again changes nothing', async () => {
    const { id: callId } = call(1);
    const once = change(1, [1, 4], { legs: [leg(1, callId)], session: session(1, { step: 3 }) });
    await at.stores.calls.commit(once);
    const before = [await at.stores.calls.open(), await at.stores.calls.journal(callId, 0, 100)];
    await at.stores.calls.commit(once);
    await Promise.all([at.stores.calls.commit(once), at.stores.calls.commit(once)]);
    expect([await at.stores.calls.open(), await at.stores.calls.journal(callId, 0, 100)]).toEqual(before);
  });

  test('a line that is there stays as it is when its number is written again', async () => {
    const { id: callId } = call(1);
    await at.stores.calls.commit({ call: call(1), legs: [], session: null, entries: [entry(callId, 1, { a: 1 })] });
    await at.stores.calls.commit({ call: call(1), legs: [], session: null, entries: [entry(callId, 1, { a: 2 }), entry(callId, 2)] });
    expect(await at.stores.calls.journal(callId, 0, 100)).toEqual([entry(callId, 1, { a: 1 }), entry(callId, 2)]);
  });

  test('a change that fails half-way writes nothing, and says it is a fault of ours', async () => {
    const { id: callId } = call(1);
    const bad = change(1, [1, 2], { legs: [leg(1, callId)], session: session(1) });
    await expect(at.stores.calls.commit({ ...bad, entries: [entry(callId, 1), entry(callId, 0)] })).rejects.toMatchObject({
      code: 'internal',
    });
    expect(await at.stores.calls.get(callId)).toBeUndefined();
    expect(await at.stores.calls.open()).toEqual([]);
    for (const table of ['legs', 'sessions', 'journal']) expect(await at.place.query(`select * from ${table}`)).toEqual([]);
    await expect(at.stores.calls.commit({ ...bad, legs: [leg(1, id('call', 77))] })).rejects.toMatchObject({ code: 'internal' });
    expect(await at.place.query('select * from journal')).toEqual([]);
  });

  test('a bad change among many at once hurts no other', async () => {
    const commits = Array.from({ length: 50 }, (_, n) =>
      at.stores.calls.commit(change(n, n === 20 ? [0, 1] : [1, 2], { session: session(n) })),
    );
    const settled = await Promise.allSettled(commits);
    expect(settled.flatMap(({ status }, n) => (status === 'rejected' ? [n] : []))).toEqual([20]);
    const open = await at.stores.calls.open();
    expect(open.map((one) => one.call.id)).toEqual(
      Array.from({ length: 50 }, (_, n) => id('call', n)).filter((one) => one !== id('call', 20)),
    );
    expect(open.every((one) => one.lastSeq === 2)).toBe(true);
  });

  test('changes of one call made at once are written in the order they were made', async () => {
    const steps = Array.from({ length: 200 }, (_, i) => i + 1);
    const changes = steps.map((step) =>
      change(1, [step, step], {
        call: call(1, { release: step }),
        legs: [leg(1, id('call', 1), { sipCode: step })],
        session: session(1, { step }),
      }),
    );
    await Promise.all(changes.map((one) => at.stores.calls.commit(one)));
    const [open] = await at.stores.calls.open();
    expect(open).toMatchObject({ call: { release: 200 }, legs: [{ sipCode: 200 }], session: { step: 200 }, lastSeq: 200 });
  });

  test('open gives what is needed to go on, and no ended call', async () => {
    const first = change(1, [1, 5], { legs: [leg(1, id('call', 1)), leg(2, id('call', 1), { role: 'agent' })], session: session(1) });
    await at.stores.calls.commit(first);
    await at.stores.calls.commit({ call: call(2), legs: [], session: null, entries: [] });
    await at.stores.calls.commit(change(3, [1, 2], { call: endedCall(3), session: session(3) }));
    expect(await at.stores.calls.open()).toEqual([
      { call: first.call, legs: first.legs, session: first.session, lastSeq: 5 },
      { call: call(2), legs: [], session: null, lastSeq: 0 },
    ]);
  });

  test('an ended call keeps its session until its after-call section is done, and open gives it', async () => {
    const { id: callId } = call(1);
    const after = session(1, {
      step: 2,
      status: 'after-call',
      end: { how: 'caller-hung-up', node: 'main-menu/menu', late: 'none', since: NOON },
    });
    await at.stores.calls.commit(change(1, [1, 1], { session: session(1), legs: [leg(1, callId)] }));
    await at.stores.calls.commit(change(1, [2, 2], { call: endedCall(1), session: after }));
    expect(await at.stores.calls.open()).toEqual([{ call: endedCall(1), legs: [leg(1, callId)], session: after, lastSeq: 2 }]);
    const done = session(1, { step: 3, status: 'ended', stack: [] });
    // In one batch with the turn before: the last one counts.
    await Promise.all([
      at.stores.calls.commit(change(1, [3, 3], { call: endedCall(1), callIsStored: true, session: after })),
      at.stores.calls.commit(change(1, [4, 4], { call: endedCall(1), callIsStored: true, session: done })),
    ]);
    expect(await at.stores.calls.open()).toEqual([]);
    expect(await at.place.query('select * from sessions')).toEqual([]);
  });

  test('a change without a session leaves the stored one; the end of the call drops it with the number in it', async () => {
    await at.stores.calls.commit(change(1, [1, 1], { session: session(1, { step: 7 }) }));
    await at.stores.calls.commit(change(1, [2, 2]));
    expect(await at.stores.calls.open()).toMatchObject([{ session: { step: 7 }, lastSeq: 2 }]);
    await at.stores.calls.commit(change(1, [3, 3], { call: endedCall(1), session: session(1, { status: 'ended', stack: [] }) }));
    expect(await at.stores.calls.open()).toEqual([]);
    expect(await at.place.query('select * from sessions')).toEqual([]);
    expect(await at.stores.calls.get(id('call', 1))).toEqual(endedCall(1));
  });

  test('lists page by page from the newest, each call once', async () => {
    for (let n = 1; n <= 25; n += 1) await at.stores.calls.commit({ call: call(n), legs: [], session: null, entries: [] });
    const seen: string[] = [];
    for (let before: ReturnType<typeof call>['id'] | undefined; ; ) {
      const page = await at.stores.calls.list({ limit: 10, ...(before === undefined ? {} : { before }) });
      seen.push(...page.map((one) => one.id));
      before = page.at(-1)?.id;
      if (page.length < 10) break;
    }
    expect(seen).toEqual(Array.from({ length: 25 }, (_, i) => id('call', 25 - i)));
  });

  test.each([
    ['state', { state: 'open' }, [4, 3, 1]],
    ['brand', { brand: parseBrandId('acme') }, [4]],
    ['flow', { flow: 'night' }, [3]],
    ['start, inclusive', { from: NOON + 3 }, [4, 3]],
    ['end, exclusive', { to: NOON + 3 }, [2, 1]],
    ['both', { from: NOON + 2, to: NOON + 4, state: 'ended' }, [2]],
  ] as const)('lists by %s', async (_name, filter, expected) => {
    const calls = [call(1), endedCall(2), call(3, { flow: 'night' }), call(4, { brand: parseBrandId('acme') ?? call(4).brand })];
    await Promise.all(calls.map((one) => at.stores.calls.commit({ call: one, legs: [], session: null, entries: [] })));
    const found = await at.stores.calls.list({ limit: 10, ...filter } as Parameters<typeof at.stores.calls.list>[0]);
    expect(found.map((one) => one.id)).toEqual(expected.map((n) => id('call', n)));
  });

  test('the journal is read on from any line', async () => {
    await at.stores.calls.commit(change(1, [1, 30]));
    await at.stores.calls.commit(change(2, [1, 3]));
    const read = async (after: number, limit: number) => (await at.stores.calls.journal(id('call', 1), after, limit)).map(({ seq }) => seq);
    expect(await read(0, 3)).toEqual([1, 2, 3]);
    expect(await read(28, 10)).toEqual([29, 30]);
    expect(await read(30, 10)).toEqual([]);
  });

  test('any text of the network and any JSON survives, a NUL in a number apart', async () => {
    const text = fc.string({ unit: fc.constantFrom('a', 'ğ', '😀', '"', '\\', '\n', '\0', "'", '%', '\u2028', '$1') });
    const property = fc.asyncProperty(text, fc.jsonValue(), fc.integer({ min: 0, max: 2 ** 45 }), async (ani, data, ms) => {
      const { id: callId } = call(1);
      const line = { ...entry(callId, 1, { data: JSON.parse(JSON.stringify(data)) as string }), at: ms };
      await at.stores.calls.commit({
        call: call(1, { ani, startedAt: ms }),
        legs: [],
        session: session(1, { language: 'en' }),
        entries: [line],
      });
      expect(await at.stores.calls.get(callId)).toEqual(call(1, { ani: ani.replaceAll('\0', ''), startedAt: ms }));
      expect(await at.stores.calls.journal(callId, 0, 1)).toEqual([line]);
      await at.place.query('delete from calls');
    });
    await fc.assert(property, { numRuns: 40 });
  });

  test('open calls are found by an index among 100 000 ended ones', async () => {
    const numbers =
      at.place.engine === 'sqlite'
        ? 'with recursive n(i) as (select 1 union all select i + 1 from n where i < 100000) '
        : 'with n(i) as (select generate_series(1, 100000)) ';
    const columns = 'id, brand, direction, state, did, ani, flow, release_id, language, session_id, channel_id, started_at';
    const select = `select 'call_' || i, 'b', 'inbound', 'ended', '1', '', 'f', 1, 'tr', 's', 'c', i from n`;
    await at.place.query(
      at.place.engine === 'sqlite'
        ? `insert into calls (${columns}) ${numbers} ${select}`
        : `${numbers} insert into calls (${columns}) ${select}`,
    );
    await at.place.query('analyze');
    await at.stores.calls.commit(change(1, [1, 2], { session: session(1) }));
    const plan = await at.place.query(
      `explain ${at.place.engine === 'sqlite' ? 'query plan' : ''} select * from calls where state = 'open' order by id`,
    );
    expect(JSON.stringify(plan)).toMatch(/calls_by_state/u);
    expect(await at.stores.calls.open()).toHaveLength(1);
  });
});
