import { expect, it } from 'vitest';
import type { Draft } from '../../../src/ports/drafts.ts';
import type { Looked } from '../../../src/services/flows/check-definitions.ts';
import { createFlowStates } from '../../../src/services/flows/flow-states.ts';

const DRAFTS = ['a', 'b', 'c'].map(
  (flow): Draft => ({ flow, source: flow, scenarios: null, version: 1, basedOn: null, author: 'ayse', updatedAt: 0 }),
);
const LOOKED: Looked = { problems: [], outlines: new Map(), scenarioProblems: [] };

function house() {
  const checked: string[] = [];
  const drafts = [...DRAFTS];
  let fails = false;
  const states = createFlowStates({
    releases: {
      newest: () => null,
      list: async () => [],
      look: async ([change]) => {
        checked.push(change?.flow ?? '');
        await Promise.resolve();
        if (fails) throw new Error('the disk is gone');
        return LOOKED;
      },
    },
    drafts: {
      list: async () => drafts,
      get: async () => undefined,
      save: async () => ({ kind: 'changed', draft: undefined }),
      discard: async () => true,
    },
  });
  return { states, checked, drafts, failing: (now: boolean) => void (fails = now) };
}

it('lists that are asked for at the same time check each draft once', async () => {
  const { states, checked } = house();
  const lists = await Promise.all([states.list(), states.list(), states.list()]);
  expect(checked).toEqual(['a', 'b', 'c']);
  expect(lists.map((list) => list.length)).toEqual([3, 3, 3]);
  await states.list();
  expect(checked).toHaveLength(3);
});

it('a draft that was saved is checked again, and so is one that could not be checked', async () => {
  const { states, checked, drafts, failing } = house();
  await states.list();
  drafts[1] = { ...(DRAFTS[1] as Draft), version: 2 };
  failing(true);
  await expect(states.list()).rejects.toThrow('the disk is gone');
  failing(false);
  expect(await states.list()).toHaveLength(3);
  expect(checked).toEqual(['a', 'b', 'c', 'b', 'b']);
});
