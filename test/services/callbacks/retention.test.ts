import { existsSync, mkdtempSync, readFileSync, rmSync } from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { afterEach, describe, expect, it } from 'vitest';
import type { E164 } from '../../../src/domain/phone-number.ts';
import { openStores } from '../../../src/store/open-stores.ts';
import { silentLog } from '../../kit/asterisk.ts';
import { TEST_SEAL } from '../../kit/seal.ts';
import { AYSE, openCallbackBench } from './bench.ts';

const MINUTE = 60_000;
const HOUR = 60 * MINUTE;
const closing: (() => Promise<void> | void)[] = [];
afterEach(async () => {
  for (const close of closing.splice(0)) await close();
});

/** Services whose calls and facts are written to a real file, too. */
async function open(rules: string) {
  const dir = mkdtempSync(path.join(os.tmpdir(), 'santral-retention-'));
  closing.push(() => rmSync(dir, { recursive: true, force: true }));
  const file = path.join(dir, 'test.db');
  const stores = await openStores({ sqliteFile: file, log: silentLog, seal: TEST_SEAL });
  const on = await openCallbackBench({ store: stores.callbacks, rules });
  let isOpen = true;
  const shut = async (): Promise<void> => {
    if (isOpen) await stores.close();
    isOpen = false;
  };
  closing.unshift(async () => {
    await on.close();
    await shut();
  });
  const { commit } = on.memory.store;
  Object.assign(on.memory.store, {
    commit: async (...args: Parameters<typeof commit>) => {
      await commit(...args);
      await stores.calls.commit(...args);
    },
  });
  const { write } = on.floorMemory.store;
  on.floorMemory.store.write = async (change) => {
    await write(change);
    await stores.floor.write({ ...change, promises: [] });
  };
  /** Every minute, as the clock has it. */
  const pass = async (ms: number): Promise<void> => {
    for (let past = 0; past < ms; past += MINUTE) {
      await on.pass(Math.min(MINUTE, ms - past));
      await on.callbacks().sweep();
    }
  };
  /** Which of the numbers, in which of their forms, the file and its log still hold. */
  const found = (numbers: readonly string[]): readonly string[] => {
    const text = [file, `${file}-wal`].map((one) => (existsSync(one) ? readFileSync(one).toString('latin1') : '')).join('\n');
    return numbers.flatMap(formsOf).filter((form) => text.includes(form));
  };
  return { ...on, pass, found, shut, stores };
}

function formsOf(number: string): readonly string[] {
  const ten = number.slice(3);
  const spaced = `${ten.slice(0, 3)} ${ten.slice(3, 6)} ${ten.slice(6, 8)} ${ten.slice(8)}`;
  return [number, number.slice(1), `00${number.slice(1)}`, `0${ten}`, ten, spaced, ten.slice(3)];
}

const N = [1, 2, 3, 4, 5, 6].map((n) => `+9055512340${n}${n}` as E164);
const [EXHAUSTED, CAME_BACK, REACHED, CLOSED, EXPIRED, WAITS] = N as [E164, E164, E164, E164, E164, E164];
const national = (number: E164): string => `0${number.slice(3)}`;

type Bench = Awaited<ReturnType<typeof open>>;

/** One of each: how it ends, and calls besides. */
async function aDay(on: Bench): Promise<void> {
  const away = () => on.floor().act(AYSE, { kind: 'pause', reason: 'break' });
  const there = async () => {
    on.floor().act(AYSE, { kind: 'available' });
    await on.pass(1000);
  };
  away();
  await on.abandons('exhausted', EXHAUSTED);
  await there();
  await on.answer('ayse');
  on.line.hangUp(on.leg(EXHAUSTED), 19, 480);
  await on.pass(1000);
  away();
  await on.abandons('came-1', CAME_BACK.slice(1));
  await on.calls_('came-2', national(CAME_BACK));
  await there();
  await on.answer('ayse');
  await on.pass(9000);
  on.line.hangUp('came-2');
  await on.pass(2000);
  away();
  await on.abandons('reached', `00${REACHED.slice(1)}`);
  await there();
  await on.answer('ayse');
  await on.answer(REACHED);
  await on.pass(9000);
  on.line.hangUp(on.leg(REACHED));
  await on.pass(2000);
  away();
  for (const [n, number] of [CLOSED, EXPIRED].entries()) await on.abandons(`hung-up-${n}`, national(number));
  // Dialled by hand in vain.
  await on.calls().placeByHand({
    ...{ brand: on.deps.settings.brand, agent: AYSE, number: CLOSED, language: 'en', queue: 'support', callerId: null },
    lock: (callId) => on.callbacks().byHand({ callId, agent: AYSE, number: CLOSED }),
    failed: () => undefined,
  });
  await on.pass(1000);
  await on.answer('ayse');
  on.line.hangUp(on.leg(CLOSED), 17, 486);
  await on.pass(1000);
  away();
  await on.pass(1000);
  const closed = (await on.open()).find(({ number }) => number === CLOSED);
  if (closed !== undefined) await on.callbacks().desk.close(closed.id, 'deniz');
  // Again, and too short to be called back.
  on.line.dial('short', '1000', CLOSED);
  await on.pass(3000);
  on.line.hangUp('short');
  await on.pass(1000);
}

describe('a number that is kept no longer', () => {
  it('is nowhere in the database’s file, in whatever form and however its entry was closed (F13)', async () => {
    const on = await open('{ attempts: 1, expire: 2h, keep: 1h }');
    await aDay(on);
    await on.pass(2 * HOUR);
    const reasons = Object.fromEntries((await on.all()).map(({ shown, reason }) => [shown.slice(-2), reason]));
    expect(reasons).toEqual({ 11: 'exhausted', 22: 'served-inbound', 33: 'served-outbound', 44: 'by-user', 55: 'expired' });
    // Hung up a moment ago: still to be called. And this one is what shows that the search finds what there is.
    await on.abandons('waits', national(WAITS));
    const expired = (await on.all()).find(({ reason }) => reason === 'expired')?.closedAt ?? Infinity;
    await on.pass(Math.max(0, expired + HOUR - on.clock.now()));
    await on.shut();
    expect(on.found(N.filter((number) => number !== WAITS))).toEqual([]);
    expect(on.found([WAITS])).toEqual(expect.arrayContaining([national(WAITS), WAITS.slice(3)]));
  });

  it('stays until then', async () => {
    const on = await open('{ attempts: 1, expire: 2h, keep: 1h }');
    await aDay(on);
    await on.pass(30 * MINUTE);
    for (const number of [EXHAUSTED, CAME_BACK, REACHED, CLOSED, EXPIRED]) expect(on.found([number]), number).not.toEqual([]);
    expect((await on.all()).every(({ number }) => number !== null)).toBe(true);
  });

  it('is gone within a minute of a call’s end where nothing is kept', async () => {
    const on = await open('{ keep: 0s }');
    on.floor().act(AYSE, { kind: 'pause', reason: 'break' });
    await on.abandons('first', CAME_BACK);
    await on.calls_('second', national(CAME_BACK));
    on.floor().act(AYSE, { kind: 'available' });
    await on.pass(1000);
    await on.answer('ayse');
    await on.pass(3 * MINUTE);
    expect(await on.only()).toMatchObject({ reason: 'served-inbound', number: CAME_BACK });
    on.line.hangUp('second');
    await on.pass(MINUTE);
    expect(await on.only()).toMatchObject({ number: null });
    await on.shut();
    expect(on.found([CAME_BACK])).toEqual([]);
  });
});
