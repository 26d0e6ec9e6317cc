import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { DeskNews } from '../../../src/domain/desk-view.ts';
import type { UserId } from '../../../src/domain/ids.ts';
import { type AgentStream, catchUp, MOST_KEPT, REPLAY_MS, startStream, tell } from '../../../src/services/desk/stream.ts';
import { agentView } from '../../kit/pretend-floor.ts';

/** A place of its own for each: what is told does not matter here. */
const news = (extension: string): DeskNews => ({
  ...{ type: 'state', callId: null, legId: null },
  data: agentView('usr_1' as UserId, { place: { kind: 'sip', extension } }),
});

function told(times: readonly number[]): AgentStream {
  return times.reduce((stream, at, index) => tell(stream, news(String(index + 1)), at).stream, startStream('s'));
}

const missed = (stream: AgentStream, lastSeq: number | null, now: number, name: string | null = 's') => {
  const answer = catchUp(stream, { stream: name, lastSeq }, now);
  return answer.kind === 'replay' ? answer.messages.map(({ seq }) => seq) : answer.kind;
};

describe('an agent’s stream', () => {
  it('numbers from 1 on, and gives each message an id of its own', () => {
    const first = tell(startStream('s'), news('a'), 5);
    const second = tell(first.stream, news('b'), 6);
    expect([first.message, second.message].map(({ seq, eventId, at }) => [seq, eventId, at])).toEqual([
      [1, 's.1', 5],
      [2, 's.2', 6],
    ]);
  });

  it.each([
    ['nothing, to one who has everything', 3, [], 's'],
    ['what was missed', 1, [2, 3], 's'],
    ['all of it', 0, [1, 2, 3], 's'],
    ['everything anew, to one who has nothing yet', null, 'anew', null],
    ['everything anew, to one who knows another stream', 1, 'anew', 'before the restart'],
    ['everything anew, to one who knows more than there is', 4, 'anew', 's'],
  ] as const)('gives %s', (_what, lastSeq, expected, name) => {
    expect(missed(told([10, 20, 30]), lastSeq, 40, name)).toEqual(expected);
  });

  it('gives everything anew where the first that was missed is older than 5 minutes', () => {
    const stream = told([0, 60_000, 120_000]);
    expect(missed(stream, 0, REPLAY_MS)).toEqual([1, 2, 3]);
    expect(missed(stream, 0, REPLAY_MS + 1)).toBe('anew');
    expect(missed(stream, 1, REPLAY_MS + 1)).toEqual([2, 3]);
  });

  it('keeps no more than it may', () => {
    const stream = told(Array.from({ length: MOST_KEPT + 5 }, () => 0));
    expect(stream.kept).toHaveLength(MOST_KEPT);
    expect(missed(stream, 5, 0)).toHaveLength(MOST_KEPT);
    expect(missed(stream, 4, 0)).toBe('anew');
    expect(tell(stream, news('later'), REPLAY_MS + 1).stream.kept).toHaveLength(1);
  });

  it('never leaves a gap and never repeats, however news and absences are mixed', () => {
    const moves = fc.array(fc.oneof(fc.constant('news' as const), fc.constant('lost' as const), fc.integer({ min: 1, max: 200_000 })));
    fc.assert(
      fc.property(moves, (all) => {
        let stream = startStream('s');
        let now = 0;
        let there = true;
        const has: number[] = [];
        for (const move of all) {
          if (typeof move === 'number') now += move;
          else if (move === 'lost') there = false;
          else {
            const next = tell(stream, news('x'), now);
            stream = next.stream;
            if (there) has.push(next.message.seq);
          }
          if (there || typeof move !== 'number') continue;
          const answer = catchUp(stream, { stream: 's', lastSeq: has.at(-1) ?? 0 }, now);
          // A snapshot stands for everything up to here.
          if (answer.kind === 'anew') has.splice(0, has.length, ...Array.from({ length: stream.seq }, (_, index) => index + 1));
          else has.push(...answer.messages.map(({ seq }) => seq));
          there = true;
        }
        expect(has).toEqual(has.map((_, index) => index + 1));
        if (there) expect(has).toHaveLength(stream.seq);
      }),
    );
  });
});
