import { describe, expect, test } from 'vitest';
import { createGroupCommit } from '../../src/store/group-commit.ts';

const HURRIED = { isUnhurried: () => false, patienceMs: 0 };

/** One turn of the event loop. */
const turn = () => new Promise<string>((resolve) => setImmediate(() => resolve('on')));

/** A write that waits until it is let go, and keeps the batches it saw. */
function gatedWrite(bad: (item: number) => boolean = () => false) {
  const batches: number[][] = [];
  const gates: (() => void)[] = [];
  const write = async (items: readonly number[]) => {
    batches.push([...items]);
    await new Promise<void>((open) => gates.push(open));
    if (items.some(bad)) throw new Error(`bad among ${items.join()}`);
  };
  /** Opens every gate until all is written. */
  const letGo = async (drained: Promise<void>) => {
    const end = drained.then(() => 'over');
    do gates.shift()?.();
    while ((await Promise.race([turn(), end])) === 'on');
  };
  return { batches, write, letGo };
}

describe('group commit', () => {
  test('what arrives together is written together, in order and at most so many at once', async () => {
    const { batches, write, letGo } = gatedWrite();
    const commits = createGroupCommit({ write, concernsAll: () => false, maxBatch: 3, ...HURRIED });
    const all = [1, 2, 3, 4, 5, 6, 7].map((item) => commits.add(item));
    await letGo(commits.drained());
    await Promise.all(all);
    expect(batches).toEqual([[1, 2, 3], [4, 5, 6], [7]]);
  });

  test('what arrives while a batch is under way shares the next one', async () => {
    const { batches, write, letGo } = gatedWrite();
    const commits = createGroupCommit({ write, concernsAll: () => false, maxBatch: 10, ...HURRIED });
    const first = commits.add(1);
    while (batches.length === 0) await new Promise((resolve) => setImmediate(resolve));
    const rest = [2, 3].map((item) => commits.add(item));
    expect(batches).toEqual([[1]]);
    await letGo(commits.drained());
    await Promise.all([first, ...rest]);
    expect(batches).toEqual([[1], [2, 3]]);
  });

  test('after a failure each is tried alone, and only the bad one fails', async () => {
    const { batches, write, letGo } = gatedWrite((item) => item === 2);
    const commits = createGroupCommit({ write, concernsAll: () => false, maxBatch: 10, ...HURRIED });
    const settled = Promise.allSettled([1, 2, 3].map((item) => commits.add(item)));
    await letGo(commits.drained());
    expect((await settled).map(({ status }) => status)).toEqual(['fulfilled', 'rejected', 'fulfilled']);
    expect(batches).toEqual([[1, 2, 3], [1], [2], [3]]);
  });

  test('when the database itself is at fault all that wait fail with it, and later ones are tried again', async () => {
    let away = true;
    const batches: number[][] = [];
    const write = async (items: readonly number[]) => {
      batches.push([...items]);
      if (away) throw new Error('away');
    };
    const commits = createGroupCommit({ write, concernsAll: () => true, maxBatch: 2, ...HURRIED });
    const settled = await Promise.allSettled([1, 2, 3, 4, 5].map((item) => commits.add(item)));
    expect(settled.map(({ status }) => status)).toEqual(Array(5).fill('rejected'));
    expect(batches).toEqual([[1, 2]]);
    away = false;
    await Promise.all([6, 7, 8].map((item) => commits.add(item)));
    expect(batches).toEqual([[1, 2], [6, 7], [8]]);
  });

  describe('what nobody waits for', () => {
    const MINUTE = 60_000;
    const isUnhurried = (item: number) => item >= 100;
    const open = (patienceMs: number) => {
      const batches: number[][] = [];
      const write = async (items: readonly number[]) => void batches.push([...items]);
      return { batches, commits: createGroupCommit({ write, concernsAll: () => false, maxBatch: 10, isUnhurried, patienceMs }) };
    };

    test('goes with the next one that is in a hurry, before it', async () => {
      const { batches, commits } = open(MINUTE);
      const unhurried = [100, 101].map((item) => commits.add(item));
      await turn();
      await turn();
      expect(batches).toEqual([]);
      await Promise.all([...unhurried, commits.add(1)]);
      expect(batches).toEqual([[100, 101, 1]]);
    });

    test('goes at once when somebody is in a hurry for what comes behind it', async () => {
      const { batches, commits } = open(MINUTE);
      const added = commits.add(100);
      commits.hurry();
      await added;
      expect(batches).toEqual([[100]]);
    });

    test('goes alone when nothing comes', async () => {
      const { batches, commits } = open(1);
      await commits.add(100);
      await commits.add(101);
      expect(batches).toEqual([[100], [101]]);
    });

    test('goes at once when all is to be written', async () => {
      const { batches, commits } = open(MINUTE);
      const added = commits.add(100);
      await commits.drained();
      await added;
      expect(batches).toEqual([[100]]);
    });
  });
});
