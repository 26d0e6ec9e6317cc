import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { KEYS } from '../../src/domain/keys.ts';
import type { PromptGroup } from '../../src/flow/dialogue.ts';
import { digits, firm, menu, phone, taken } from './dialogue-phone.ts';

describe('barge-in', () => {
  it('behaviour 1: a key on a one-key option stops the prompt at once and takes the option', () => {
    const p = phone();
    p.begin(['welcome'], menu('1', '2'));
    p.wait(300);
    p.press('2');
    p.wait(0);
    expect(p.log).toEqual(['stop@300']);
    expect(p.results).toEqual([{ at: 300, input: taken('2') }]);
  });

  it('behaviour 2: a key in the first file silences the whole list', () => {
    const p = phone();
    p.begin([{ media: ['a', 'b', 'c'], bargeIn: true, durationMs: 3000 }, 'd'], menu('1'));
    p.wait(200);
    p.press('1');
    p.wait(60_000);
    expect(p.heard).toEqual(['a+b+c@0']);
  });

  it('behaviour 3: without barge-in the notice completes and a kept key is taken with no first-digit wait', () => {
    const p = phone();
    p.durations.set('legal', 4000);
    p.begin([{ media: ['legal'], bargeIn: false, durationMs: 4000 }], menu('2'));
    p.wait(1000);
    p.press('2');
    p.wait(10_000);
    expect(p.log).toEqual([]);
    expect(p.results).toEqual([{ at: 4000, input: taken('2') }]);
  });

  it('behaviour 3: without barge-in a flushing node throws the key away', () => {
    const p = phone();
    p.begin([firm('legal')], menu('2'), 'flush');
    p.wait(500);
    p.press('2');
    p.wait(5400);
    expect(p.results).toEqual([]);
    p.wait(200);
    expect(p.results).toEqual([{ at: 6000, input: { kind: 'silence', step: 1 } }]);
  });

  it('behaviour 4: a key held during the mandatory part cuts the next part before its first sample', () => {
    const p = phone();
    p.begin([firm('legal'), 'options'], menu('1', '2'));
    p.wait(400);
    p.press('2');
    p.wait(5000);
    expect(p.heard).toEqual(['legal@0']);
    expect(p.results).toEqual([{ at: 1000, input: taken('2') }]);
  });

  it('a mandatory part after a cut part is still heard before the result', () => {
    const p = phone();
    p.begin(['ad', firm('legal')], menu('1'));
    p.wait(100);
    p.press('1');
    p.wait(5000);
    expect(p.heard).toEqual(['ad@0', 'legal@100']);
    expect(p.results).toEqual([{ at: 1100, input: taken('1') }]);
  });

  it('a say prompt is cut by a key, and the key stays for the next menu', () => {
    const p = phone();
    p.begin(['welcome'], null);
    p.wait(100);
    p.press('1');
    p.wait(0);
    expect(p.last()).toEqual({ kind: 'finished', step: 1, heard: 'cut' });
    p.begin(['menu'], menu('1'));
    expect(p.heard).toEqual(['welcome@0']);
    expect(p.last()).toEqual(taken('1'));
  });
});

describe('type-ahead', () => {
  it('behaviour 5: three keys ahead walk three menus whose prompts are not heard', () => {
    const p = phone();
    p.begin(['level 1'], menu('1'));
    p.press('132', 0);
    p.wait(0);
    expect(p.last()).toEqual(taken('1'));
    p.begin(['level 2'], menu('3'));
    expect(p.last()).toEqual(taken('3'));
    p.begin(['level 3'], menu('2'));
    expect(p.last()).toEqual(taken('2'));
    expect(p.heard).toEqual(['level 1@0']);
  });

  it('behaviour 6: keys pressed while nothing is collected go to the next collecting node', () => {
    const p = phone();
    p.press('42');
    p.begin(['code'], digits(2, 2));
    expect(p.last()).toEqual(taken('42'));
  });

  it('behaviour 7: a flushing re-prompt throws away what was typed ahead', () => {
    const p = phone();
    p.begin(['menu'], menu('1', '2'));
    p.press('712');
    p.wait(0);
    expect(p.last()).toEqual(taken('7', 'no-match'));
    p.begin(['again'], menu('1', '2'), 'flush');
    p.wait(100);
    expect(p.results).toHaveLength(1);
    expect(p.heard).toEqual(['menu@0', 'again@0']);
  });

  it('behaviour 8: keys above the bound are dropped and counted, the rest work', () => {
    const p = phone({ typeAheadKeys: 3, playbackMarginMs: 3000, stopMarginMs: 1000 });
    p.press('12345');
    expect(p.dialogue.dropped).toBe(2);
    expect(p.log).toEqual(['key-dropped@0', 'key-dropped@0']);
    p.begin([], digits(3, 3));
    expect(p.last()).toEqual(taken('123'));
  });

  it('keys during a recording or a conversation are nobody’s', () => {
    const p = phone();
    p.send({ kind: 'deaf', on: true });
    p.press('123');
    p.send({ kind: 'deaf', on: false });
    p.begin([], menu('1'));
    expect(p.results).toEqual([]);
  });
});

describe('prompts', () => {
  it('behaviour 26: a playback that never ends is given up and the flow goes on', () => {
    const p = phone();
    p.killPlayback();
    p.begin(['lost'], null);
    p.wait(4000);
    expect(p.log).toEqual(['stuck@4000', 'stop@4000']);
    expect(p.last()).toEqual({ kind: 'finished', step: 1, heard: 'failed' });
  });

  it('behaviour 26: a playback that fails is told, and the next prompt is heard; one that was stopped is not', () => {
    const p = phone();
    p.begin([firm('gone'), firm('next')], null);
    p.send({ kind: 'playback-finished', playback: 's1.1', ok: false });
    expect(p.log).toEqual(['failed@0']);
    expect(p.heard).toEqual(['gone@0', 'next@0']);
    p.begin(['cut'], menu('1'));
    p.press('1');
    p.send({ kind: 'playback-finished', playback: 's2.1', ok: false });
    expect(p.log).toEqual(['failed@0', 'stop@0']);
  });

  it('a stop that is never confirmed does not hold the caller', () => {
    const p = phone();
    p.killPlayback();
    p.begin(['lost'], menu('1'));
    p.wait(100);
    p.press('1');
    p.wait(1000);
    expect(p.results).toEqual([{ at: 1100, input: taken('1') }]);
  });

  it('behaviour 27: an empty list of prompts takes no time', () => {
    const p = phone();
    p.begin([], null);
    expect(p.results).toEqual([{ at: 0, input: { kind: 'finished', step: 1, heard: 'all' } }]);
  });

  it('a late or double end of a playback changes nothing', () => {
    const p = phone();
    p.begin(['one'], null);
    p.wait(1000);
    p.begin(['two'], menu('1'));
    p.send({ kind: 'playback-finished', playback: 's1.1', ok: true });
    p.send({ kind: 'playback-finished', playback: 's1.1', ok: false });
    expect(p.results).toHaveLength(1);
  });
});

describe('long prompts', () => {
  it('behaviour 29: a key during spoken numbers cuts the whole list of them', () => {
    const p = phone();
    const number: PromptGroup<string> = { media: ['you have', 'bin', 'iki yüz', 'lira'], bargeIn: true, durationMs: 4000 };
    p.begin([number, 'menu'], menu('1'));
    p.wait(1500);
    p.press('1');
    p.wait(60_000);
    expect(p.log).toEqual(['stop@1500']);
    expect(p.heard).toEqual(['you have+bin+iki yüz+lira@0']);
    expect(p.results).toEqual([{ at: 1500, input: taken('1') }]);
  });

  it('behaviour 30: a hang-up a minute into ten stops what is heard and leaves no timer', () => {
    const p = phone();
    p.durations.set('terms', 600_000);
    p.begin(['terms', 'more'], menu('1'));
    p.wait(60_000);
    expect(p.timers()).toEqual(['watchdog']);
    p.send({ kind: 'abort' });
    expect(p.log).toEqual(['stop@60000']);
    expect(p.timers()).toEqual([]);
    expect(p.dialogue.job).toBeNull();
    p.wait(3_600_000);
    expect(p.heard).toEqual(['terms@0']);
    expect(p.results).toEqual([]);
  });

  it('behaviour 30: a hang-up between the keys of a number leaves no timer either', () => {
    const p = phone();
    p.begin([], digits(4, 4));
    p.press('12');
    expect(p.timers()).toEqual(['digit']);
    p.send({ kind: 'abort' });
    expect(p.timers()).toEqual([]);
    p.wait(60_000);
    expect(p.results).toEqual([]);
  });

  it('behaviour 30: right after a full number only the wait for its terminator is left, for a second', () => {
    const p = phone();
    p.begin([], digits(4, 4));
    p.press('1234');
    expect(p.timers()).toEqual(['swallow']);
    p.send({ kind: 'abort' });
    p.wait(1000);
    expect(p.timers()).toEqual([]);
  });
});

it('whatever the caller does, each job ends exactly once, after its prompts, and no timer is left', () => {
  const act = fc.oneof(
    fc.record({ kind: fc.constant('key' as const), key: fc.constantFrom(...KEYS) }),
    fc.record({ kind: fc.constant('wait' as const), ms: fc.constantFrom(0, 1, 500, 2000, 5000) }),
    fc.record({
      kind: fc.constant('begin' as const),
      barge: fc.boolean(),
      flush: fc.boolean(),
      which: fc.constantFrom('say', 'menu', 'digits'),
    }),
  );
  fc.assert(
    fc.property(fc.array(act, { maxLength: 60 }), (acts) => {
      const p = phone();
      let begun = 0;
      for (const one of acts) {
        if (one.kind === 'key') p.press(one.key);
        else if (one.kind === 'wait') p.wait(one.ms);
        else if (p.results.length === begun) {
          begun += 1;
          const spec = one.which === 'say' ? null : one.which === 'menu' ? menu('1', '12', '*') : digits(2, 4);
          p.begin(one.barge ? ['a', 'b'] : [firm('a'), 'b'], spec, one.flush ? 'flush' : 'keep');
        }
        expect(p.results.length).toBeLessThanOrEqual(begun);
      }
      p.wait(60_000);
      expect(p.results).toHaveLength(begun);
      expect(p.dialogue.job).toBeNull();
    }),
  );
});
