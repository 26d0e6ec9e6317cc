import { expect, it } from 'vitest';
import type { RecordingId } from '../../../src/domain/ids.ts';
import { sealsOneByOne } from '../../../src/services/recordings/sealing.ts';
import { settle } from '../../kit/virtual-clock.ts';
import { listeningLog } from '../../store/engines.ts';
import { id } from '../../store/fixtures.ts';

const [ONE, TWO, THREE] = [id('recording', 1), id('recording', 2), id('recording', 3)];

/** A folder in which three lie open; whose sealing ends when it is let. */
function folder() {
  const open = new Set<RecordingId>([ONE, TWO, THREE]);
  const bad = new Set<RecordingId>();
  const waiting: (() => void)[] = [];
  let atOnce = 0;
  let mostAtOnce = 0;
  const files = {
    unsealed: async () => [...open],
    async seal(one: RecordingId) {
      atOnce += 1;
      mostAtOnce = Math.max(mostAtOnce, atOnce);
      await new Promise<void>((resolve) => waiting.push(resolve));
      atOnce -= 1;
      if (bad.has(one)) throw new Error('no permission');
      return open.delete(one);
    },
  };
  /** Lets all that is under way, and all that follows from it, end. */
  async function finish(): Promise<void> {
    for (await settle(); waiting.length > 0; await settle()) waiting.shift()?.();
  }
  return { files, open, bad, finish, mostAtOnce: () => mostAtOnce };
}

it('one run at a time: who asks meanwhile gets the one that is under way', async () => {
  const on = folder();
  const sealOver = sealsOneByOne({ files: on.files, log: listeningLog() });
  const both = Promise.all([sealOver(), sealOver()]);
  await on.finish();
  expect(await both).toEqual([3, 3]);
  expect(on.mostAtOnce()).toBe(1);
  on.open.add(ONE);
  const next = sealOver();
  await on.finish();
  expect(await next).toBe(1);
});

it('a bad file is told and left, the others are sealed; the next run tries it again', async () => {
  const on = folder();
  const log = listeningLog();
  on.bad.add(ONE);
  const isDue = async (one: RecordingId): Promise<boolean> => {
    if (one === TWO) throw new Error('no database');
    return true;
  };
  const sealOver = sealsOneByOne({ files: on.files, log, isDue });
  const first = sealOver();
  await on.finish();
  expect(await first).toBe(1);
  expect([...on.open]).toEqual([ONE, TWO]);
  expect(log.lines).toMatchObject([{ fields: { recording: ONE } }, { fields: { recording: TWO } }]);
  on.bad.clear();
  const second = sealOver();
  await on.finish();
  expect(await second).toBe(1);
  expect([...on.open]).toEqual([TWO]);
});

it('a folder that cannot be read is told to who asks, and is read again', async () => {
  let isThere = false;
  const files = {
    unsealed: async () => {
      if (!isThere) throw new Error('no disk');
      return [ONE];
    },
    seal: async () => true,
  };
  const sealOver = sealsOneByOne({ files, log: listeningLog() });
  await expect(sealOver()).rejects.toThrow('no disk');
  isThere = true;
  expect(await sealOver()).toBe(1);
});
