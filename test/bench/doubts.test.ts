import { expect, it } from 'vitest';
import { doubtsAbout, type Evidence } from './doubts.ts';

const SOUND: Evidence = { rate: 20, failed: 0, dialplanFailed: 0, watchedCalls: 240, keysWatched: 240 };

it.each<[what: string, evidence: Partial<Evidence>, doubts: RegExp[]]>([
  ['nothing amiss', {}, []],
  ['no key timed', { keysWatched: 0 }, [/only 0 keys were timed in 240 calls/]],
  ['one key missed', { keysWatched: 239 }, [/only 239 keys/]],
  ['a failed call', { failed: 1 }, [/1 calls through the engine failed/]],
  ['a failed comparison', { dialplanFailed: 2 }, [/2 calls as plain dialplan failed/]],
  ['all of it', { failed: 1, dialplanFailed: 1, keysWatched: 1 }, [/engine/, /dialplan/, /keys/]],
])('of a run with %s', (_what, evidence, doubts) => {
  const found = doubtsAbout({ ...SOUND, ...evidence });
  expect(found).toHaveLength(doubts.length);
  doubts.forEach((doubt, index) => expect(found[index]).toMatch(doubt));
});
