import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { type CallId, makeId } from '../../../src/domain/ids.ts';
import type { JournalKind } from '../../../src/domain/journal.ts';
import { call } from '../../store/fixtures.ts';
import { CALL, NOON, openSurveyHouse, type SurveyHouse } from './house.ts';

let house: SurveyHouse;
beforeEach(async () => {
  house = await openSurveyHouse();
});
afterEach(() => house.close());

const RECORDING = makeId('recording', NOON, [7]);
const begin = (params = {}, call?: CallId) => house.act('surveys.begin', params, call);
const answer = (question: string, given: string | null, call?: CallId) => house.act('surveys.answer', { question, answer: given }, call);

function happens(kind: JournalKind, data = {}): Promise<void> {
  return house.surveys.heard([{ callId: CALL, seq: 1, at: NOON, kind, data }]);
}

describe('a survey by telephone', () => {
  it('asks one question after the other, and each answer is there at once', async () => {
    expect(await begin({ dealer: 'IST-001', agent: '100' })).toMatchObject({
      question: { id: 'score', kind: 'nps', low: 0, high: 10 },
      thanks: { tr: expect.any(String), en: expect.any(String) },
    });
    expect(await answer('score', '3')).toMatchObject({ id: 'reason', kind: 'choice', low: 1, high: 4 });
    expect(await house.report()).toMatchObject({ invited: 1, answered: 1, dealers: [{ key: 'IST-001', figures: { detractors: 1 } }] });
    expect(await answer('reason', '2')).toMatchObject({ id: 'comment', kind: 'comment', low: null });
    expect(await house.act('surveys.answer', { question: 'comment', answer: { name: RECORDING, seconds: 4 } })).toBeNull();
    expect(await house.comments()).toMatchObject([
      { recording: RECORDING, seconds: 4, score: 3, dealer: 'IST-001', agent: '100', channel: 'phone' },
    ]);
  });

  it('takes 10 for 10 and 1 for 1', async () => {
    const calls = [1, 2].map((n) => makeId('call', NOON, [n, 9]));
    for (const [i, keys] of ['10', '1'].entries()) {
      await begin({}, calls[i]);
      await answer('score', keys, calls[i]);
    }
    expect((await house.report()).questions[0]?.figures).toMatchObject({ promoters: 1, detractors: 1, score: 0 });
  });

  it('told the same answer twice has one; an answer once given stands', async () => {
    await begin();
    await answer('score', '9');
    await answer('score', '9');
    // What was heard after a restart of the engine leads on from what was answered first.
    expect(await answer('score', '2')).toMatchObject({ id: 'comment' });
    expect((await house.report()).questions[0]?.figures).toMatchObject({ answers: 1, promoters: 1 });
  });

  it('is begun once per call: begun again before any answer it goes on, after one it is over', async () => {
    await begin();
    expect(await begin()).toMatchObject({ question: { id: 'score' } });
    await answer('score', '9');
    expect(await begin()).toBeNull();
    expect(await house.report()).toMatchObject({ invited: 1 });
  });

  it('counts who was asked and said nothing as invited', async () => {
    await begin();
    expect(await house.report()).toMatchObject({ invited: 1, answered: 0, responseRate: 0 });
  });

  it('of somebody we called is of the channel call', async () => {
    await begin({ direction: 'outbound' });
    await answer('score', '9');
    await house.act('surveys.answer', { question: 'comment', answer: { name: RECORDING, seconds: 4 } });
    expect(await house.comments()).toMatchObject([{ channel: 'call' }]);
  });

  it.each([
    ['score', '11'],
    ['score', '*'],
    ['reason', '9'],
    ['nothing', '1'],
  ])('question %s: the answer %j is none, and nothing is stored', async (question, given) => {
    await begin();
    await expect(answer(question, given)).rejects.toThrow();
    expect(await house.report()).toMatchObject({ answered: 0 });
  });

  it('passes over a question that was not answered', async () => {
    await begin();
    expect(await answer('score', '')).toMatchObject({ id: 'comment' });
    expect(await house.act('surveys.answer', { question: 'comment' })).toBeNull();
    expect(await house.report()).toMatchObject({ invited: 1, answered: 0 });
  });

  it('that is not there is not begun', async () => {
    expect(await begin({ survey: 'nowhere' })).toBeNull();
    expect(await house.report()).toMatchObject({ invited: 0 });
  });
});

describe('a caller who hangs up', () => {
  it('midway has answered what was answered until then', async () => {
    await begin();
    await answer('score', '7');
    await happens('call-ended');
    expect((await house.report()).questions.map(({ figures }) => figures.answers)).toEqual([1, 0]);
  });

  it('while speaking has left a comment', async () => {
    await begin();
    await answer('score', '9');
    await happens('recording', { name: RECORDING, durationMs: 2600 });
    await happens('call-ended');
    expect(await house.comments()).toMatchObject([{ recording: RECORDING, seconds: 3, score: 9 }]);
  });

  it('after deleting what was said has left none', async () => {
    await begin();
    await answer('score', '9');
    house.discarded.add(RECORDING);
    await happens('recording', { name: RECORDING, durationMs: 2600 });
    await happens('call-ended');
    expect(await house.comments()).toEqual([]);
  });

  it('after another recording of the same call has left none', async () => {
    await begin();
    await happens('recording', { name: RECORDING, durationMs: 2600 });
    await answer('score', '9');
    await happens('call-ended');
    expect(await house.comments()).toEqual([]);
  });
});

describe('the engine is killed while a caller speaks', () => {
  /** The line that the last engine, or this one, stored. */
  function recordedAt(at: number): Promise<void> {
    const entry = { callId: CALL, seq: 1, at, kind: 'recording', data: { name: RECORDING, durationMs: 2600 } } as const;
    return house.stores.calls.commit({ call: { ...call(1), id: CALL }, legs: [], session: null, entries: [entry] });
  }

  it('and the caller hangs up before anything else: the comment is kept', async () => {
    await begin({ dealer: 'IST-001' });
    await answer('score', '9');
    house.restart();
    await recordedAt(NOON + 5000);
    await happens('call-resumed');
    await happens('call-ended');
    expect(await house.comments()).toMatchObject([{ recording: RECORDING, seconds: 3, score: 9, dealer: 'IST-001' }]);
  });

  it('what was recorded before the survey began is no comment on it', async () => {
    await recordedAt(NOON - 5000);
    await begin();
    await answer('score', '9');
    house.restart();
    await happens('call-ended');
    expect(await house.comments()).toEqual([]);
  });

  it('nor is one that was stored as an answer already, or that was discarded, or to which another question was open', async () => {
    await begin();
    await recordedAt(NOON + 5000);
    house.restart();
    // The score comes first.
    await happens('call-ended');
    expect(await house.comments()).toEqual([]);
    await answer('score', '9');
    house.discarded.add(RECORDING);
    house.restart();
    await happens('call-ended');
    expect(await house.comments()).toEqual([]);
    house.discarded.clear();
    await house.act('surveys.answer', { question: 'comment', answer: { name: RECORDING, seconds: 4 } });
    house.restart();
    await happens('call-ended');
    expect(await house.comments()).toMatchObject([{ seconds: 4 }]);
  });
});
