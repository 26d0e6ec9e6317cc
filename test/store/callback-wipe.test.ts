import { readFileSync } from 'node:fs';
import DatabaseConnection from 'better-sqlite3';
import { beforeEach, describe, expect, it } from 'vitest';
import type { BrandId } from '../../src/domain/brand.ts';
import type { Call, Leg } from '../../src/domain/call.ts';
import type { Callback, CallbackFinding } from '../../src/domain/callback.ts';
import { makeId } from '../../src/domain/ids.ts';
import type { E164 } from '../../src/domain/phone-number.ts';
import { ENGINES, storesFor } from './engines.ts';
import { call, endedCall, leg, NOON, session } from './fixtures.ts';

const BRAND = 'santral' as BrandId;
/** Another one in each test: what a test removes past the stores stays in the file's free places. */
let NUMBER = '+905550000016' as E164;
let DIGITS = '';
const HOUR = 3_600_000;

let count = 0;
const next = <K extends Parameters<typeof makeId>[0]>(kind: K) => makeId(kind, NOON + (count += 1), [count & 31, count >> 5]);

const found = (changes: Partial<CallbackFinding> = {}): CallbackFinding => ({
  ...{ id: next('acdEvent'), brand: BRAND, group: 'support', at: NOON, kind: 'abandoned', origin: 'queue', callId: next('call') },
  ...{ queue: 'support', language: 'tr', about: '', since: NOON, expiresAt: NOON + 24 * HOUR, who: { kind: 'number', number: NUMBER } },
  ...changes,
});

describe.each(ENGINES)('the wiping of callbacks on $name', ({ place }) => {
  const at = storesFor(place);
  beforeEach(() => {
    NUMBER = `+${Number(NUMBER.slice(1)) + 1}` as E164;
    DIGITS = NUMBER.slice(3);
  });
  const store = () => at.stores.callbacks;
  const put = async (one: Call, legs: readonly Leg[] = [], also: object = {}) => {
    await at.stores.calls.commit({ call: one, legs, session: null, entries: [], ...also });
    return one;
  };
  const hungUp = (ani: string, changes: Partial<Call> = {}) => put(endedCall((count += 1), { id: next('call'), ani, ...changes }));
  const serve = (groups: readonly string[] = ['support'], number: E164 = NUMBER) => {
    const who = { brand: BRAND, groups, names: groups, number, callId: next('call'), agent: next('user') };
    return store().served({ ...who, how: 'served-inbound', at: NOON });
  };
  const wipe = (limit = 100) => store().wipe({ brand: BRAND, limit, closedBefore: () => NOON });
  /** Where anything of the number is left. */
  async function left(digits = DIGITS): Promise<readonly string[]> {
    const tables = ['calls', 'legs', 'journal', 'sessions', 'acd_events', 'callback_entries', 'callback_attempts', 'callback_findings'];
    const rows = await Promise.all(tables.map(async (table) => [table, JSON.stringify(await at.place.query(`select * from ${table}`))]));
    const { file } = at.place.address;
    const files = file === undefined ? [] : [file, `${file}-wal`].map((one) => [one, readFileSync(one).toString('latin1')]);
    return [...rows, ...files].flatMap(([name, text]) => (text?.includes(digits) === true ? [name as string] : []));
  }

  it('takes the number from every call of theirs, in whatever form and whoever called (F13)', async () => {
    const first = await hungUp(`0${DIGITS}`);
    await store().found(found({ callId: first.id }));
    for (const ani of [NUMBER, `00${NUMBER.slice(1)}`, NUMBER.slice(1), DIGITS]) await hungUp(ani);
    const short = await hungUp(NUMBER);
    await store().found(found({ callId: short.id, who: { kind: 'nobody', why: 'short' } }));
    const byHand = endedCall((count += 1), { id: next('call'), direction: 'outbound', did: NUMBER, ani: '02125550001' });
    await put(byHand, [leg(count, byHand.id, { channelId: byHand.channelId, endpoint: `PJSIP/${NUMBER}@trunk`, endedAt: NOON })]);
    const passedOn = endedCall((count += 1), { id: next('call'), ani: NUMBER });
    await put(passedOn, [leg(count, passedOn.id, { role: 'target', endpoint: `PJSIP/${NUMBER}@trunk`, endedAt: NOON })]);
    // Somebody else's number that ends alike, and another brand's call.
    await hungUp(NUMBER.replace('555', '532'));
    await hungUp(NUMBER, { brand: 'other' as BrandId });
    await serve();
    expect(await wipe()).toBe(1);
    expect(await at.place.query("select distinct ani from calls where brand = 'other' or ani like '%532%' order by ani")).toEqual([
      { ani: NUMBER.replace('555', '532') },
      { ani: NUMBER },
    ]);
    await at.place.query("delete from calls where brand = 'other'");
    expect((await left()).filter((name) => !name.endsWith('.db') && !name.endsWith('-wal'))).toEqual([]);
    const shown = `+90 5** *** ** ${NUMBER.slice(-2)}`;
    expect(await at.place.query(`select did, endpoint from calls join legs on call_id = calls.id where direction = 'outbound'`)).toEqual([
      { did: shown, endpoint: shown },
    ]);
  });

  it('waits for a call that is up, or whose flow is not over, and comes again', async () => {
    const first = await hungUp(NUMBER);
    await store().found(found({ callId: first.id }));
    const talks = await put(call((count += 1), { id: next('call'), ani: NUMBER }));
    await serve();
    expect(await wipe()).toBe(0);
    const ended = { ...endedCall(count, { ani: NUMBER }), id: talks.id };
    await put(ended, [], { session: session(1, { status: 'after-call' }) });
    expect(await wipe()).toBe(0);
    expect(await left()).not.toEqual([]);
    await put(ended);
    expect(await wipe()).toBe(1);
    expect(await left()).toEqual([]);
  });

  it('is not held up by those who are on the line', async () => {
    for (let n = 10; n < 14; n += 1) {
      const number = `+9055500000${n}` as E164;
      const one = n < 12 ? await put(call((count += 1), { id: next('call'), ani: number })) : await hungUp(number);
      await store().found(found({ callId: one.id, who: { kind: 'number', number } }));
      await serve(['support'], number);
    }
    expect(await wipe(1)).toBe(1);
    expect(await wipe(1)).toBe(1);
    expect(await wipe(1)).toBe(0);
  });

  it('leaves the calls of who is still to be called elsewhere to that promise', async () => {
    const first = await hungUp(NUMBER);
    const [one] = [await store().found(found({ callId: first.id })), await store().found(found({ group: 'sales' }))];
    await serve();
    expect(await wipe()).toBe(1);
    expect(await store().get(one?.id as Callback['id'])).toMatchObject({ number: null });
    expect(await at.place.query('select ani from calls')).toEqual([{ ani: NUMBER }]);
    await serve(['sales']);
    expect(await wipe()).toBe(1);
    expect(await left()).toEqual([]);
  });

  it('empties the log as soon as nobody reads it any more', async () => {
    const first = await hungUp(NUMBER);
    await store().found(found({ callId: first.id }));
    await serve();
    const { file } = at.place.address;
    if (file === undefined) return expect(await wipe()).toBe(1);
    const reader = new DatabaseConnection(file, { readonly: true });
    reader.exec('begin');
    reader.prepare('select * from calls').all();
    await expect(wipe()).rejects.toMatchObject({ code: 'store.busy' });
    await expect(wipe()).rejects.toMatchObject({ code: 'store.busy' });
    expect(await left()).not.toEqual([]);
    reader.close();
    expect(await wipe()).toBe(0);
    expect(await left()).toEqual([]);
  });

  it('leaves nothing of many numbers in the file, which has moved their rows about since', async () => {
    const callers = Array.from({ length: 600 }, (_, n) => `+90555${String(7_000_000 + n * 7919).slice(0, 7)}` as E164);
    for (const number of callers) {
      const one = await put(call((count += 1), { id: next('call'), ani: number }));
      await store().found(found({ callId: one.id, who: { kind: 'number', number } }));
    }
    const open = await at.stores.calls.open();
    for (const { call: one } of open) await put({ ...endedCall(1, { ani: one.ani }), id: one.id }, [leg((count += 1), one.id)]);
    for (const number of callers) await serve(['support'], number);
    expect(await wipe(1000)).toBe(callers.length);
    expect(await left('90555')).toEqual([]);
  }, 60_000);
});
