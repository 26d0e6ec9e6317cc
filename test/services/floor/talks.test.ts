import { expect, test } from 'vitest';
import { NOT_SET } from '../../../src/domain/disposition.ts';
import { AYSE, openStage } from './stage.ts';

const QUEUES = (wrapUp: string) => `queues:
  support: { label: { tr: Destek, en: Support }, wrapUp: ${wrapUp}, dispositions: service }
`;

test('what an agent chose during a talk is on record also where no wrap-up follows', async () => {
  const on = await openStage({ queues: QUEUES('{ mode: none }') });
  const talk = (await on.caller()).talk();
  on.floor.talks().write(AYSE, { disposition: 'solved', note: '' });
  await on.clock.pass(5000);
  talk.released('agent-hung-up', on.clock.now());
  expect(on.facts.filter(({ kind }) => kind === 'wrapped-up')).toMatchObject([
    { talkId: talk.talkId, agent: AYSE, queue: 'support', wrapMs: 0, disposition: 'solved' },
  ]);
  expect(on.floor.talks().of(AYSE)).toBeUndefined();
  // Nothing chosen is on record as just that.
  const other = (await on.caller()).talk();
  other.released('caller-hung-up', on.clock.now());
  expect(on.facts.findLast(({ kind }) => kind === 'wrapped-up')).toMatchObject({ talkId: other.talkId, disposition: NOT_SET });
});

test('a talk with a wrap-up is closed once, when that is over', async () => {
  const on = await openStage({ queues: QUEUES('{ mode: optional, time: 30s }') });
  const talk = (await on.caller()).talk();
  talk.released('agent-hung-up', on.clock.now());
  expect(on.facts.some(({ kind }) => kind === 'wrapped-up')).toBe(false);
  await on.clock.pass(30_000);
  expect(on.facts.filter(({ kind }) => kind === 'wrapped-up')).toMatchObject([{ talkId: talk.talkId, wrapMs: 30_000 }]);
});
