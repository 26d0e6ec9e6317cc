import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { Key } from '../../src/domain/keys.ts';
import { KEYS } from '../../src/domain/keys.ts';
import type { CollectSpec, Input } from '../../src/flow/commands.ts';
import { type DialogueEffect, type DialogueInput, dialogueStep, openDialogue, type PromptGroup } from '../../src/flow/dialogue.ts';

/** A caller and a clock around the pure dialogue: time is a number, prompts last as long as they say. */
function phone(limits = { typeAheadKeys: 32, playbackMarginMs: 3000, stopMarginMs: 1000 }) {
  const dialogue = openDialogue<string>(limits);
  let now = 0;
  let playing: { id: string; media: readonly string[]; endsAt: number } | null = null;
  const timers = new Map<string, { token: number; at: number }>();
  const heard: string[] = [];
  const results: { at: number; input: Input }[] = [];
  const log: string[] = [];
  const durations = new Map<string, number>();
  let deadAsterisk = false;

  function apply(effects: DialogueEffect<string>[]): void {
    for (const effect of effects) {
      if (effect.kind === 'play') {
        const duration = effect.media.reduce((sum, media) => sum + (durations.get(media) ?? 1000), 0);
        playing = { id: effect.playback, media: effect.media, endsAt: now + duration };
        heard.push(`${effect.media.join('+')}@${now}`);
      } else if (effect.kind === 'stop') {
        log.push(`stop@${now}`);
        if (!deadAsterisk && playing?.id === effect.playback) playing = { ...playing, endsAt: now };
      } else if (effect.kind === 'set-timer') timers.set(effect.name, { token: effect.token, at: now + effect.ms });
      else if (effect.kind === 'clear-timer') timers.delete(effect.name);
      else if (effect.kind === 'done') results.push({ at: now, input: effect.input });
      else log.push(`${effect.kind}@${now}`);
    }
  }
  const send = (input: DialogueInput<string>): void => apply(dialogueStep(dialogue, input));

  /** Runs until `until`: whatever is due first happens first. */
  function wait(ms: number): void {
    const until = now + ms;
    for (;;) {
      const due = [...timers.entries()].map(([name, timer]) => ({ name, ...timer })).sort((a, b) => a.at - b.at)[0];
      const playEnd = playing !== null && !deadAsterisk ? playing.endsAt : Number.POSITIVE_INFINITY;
      const next = Math.min(due?.at ?? Number.POSITIVE_INFINITY, playEnd);
      if (next > until) break;
      now = Math.max(now, next);
      if (playEnd <= (due?.at ?? Number.POSITIVE_INFINITY)) {
        const { id } = playing as unknown as { id: string };
        playing = null;
        send({ kind: 'playback-finished', playback: id, ok: true });
      } else if (due !== undefined) {
        timers.delete(due.name);
        send({ kind: 'timer', name: due.name as 'digit', token: due.token });
      }
    }
    now = until;
  }
  let step = 0;
  return {
    heard,
    results,
    log,
    durations,
    dialogue,
    send,
    wait,
    press: (keys: string, gapMs = 0): void => {
      for (const key of keys) {
        send({ kind: 'key', key: key as Key });
        wait(gapMs);
      }
    },
    begin: (groups: readonly (PromptGroup<string> | string)[], collect: CollectSpec | null, typeAhead: 'keep' | 'flush' = 'keep'): void => {
      step += 1;
      const all = groups.map((group) =>
        typeof group === 'string' ? { media: [group], bargeIn: true, durationMs: durations.get(group) ?? 1000 } : group,
      );
      send({ kind: 'begin', step, idPrefix: `s${step}`, groups: all, collect, typeAhead });
      wait(0);
    },
    killPlayback: (): void => {
      deadAsterisk = true;
    },
    last: () => results.at(-1)?.input,
    now: () => now,
  };
}

const menu = (...options: string[]): CollectSpec => ({
  match: { kind: 'options', options },
  firstDigitMs: 5000,
  interDigitMs: 2000,
  terminator: null,
  terminatorSwallowMs: 1000,
  typeAhead: 'keep',
  secret: false,
});
const digits = (min: number, max: number, terminator: Key | null = '#'): CollectSpec => ({
  match: { kind: 'digits', min, max, keys: ['0', '1', '2', '3', '4', '5', '6', '7', '8', '9'] },
  firstDigitMs: 5000,
  interDigitMs: 2000,
  terminator,
  terminatorSwallowMs: 1000,
  typeAhead: 'keep',
  secret: false,
});
const firm = (name: string): PromptGroup<string> => ({ media: [name], bargeIn: false, durationMs: 1000 });
const taken = (value: string, end = 'matched') => expect.objectContaining({ kind: 'digits', digits: value, end });

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

describe('timers', () => {
  it('behaviour 9: the first-digit time starts when the prompt has ended', () => {
    const p = phone();
    p.durations.set('long', 30_000);
    p.begin([{ media: ['long'], bargeIn: true, durationMs: 30_000 }], menu('1'));
    p.wait(34_999);
    expect(p.results).toEqual([]);
    p.wait(1);
    expect(p.results).toEqual([{ at: 35_000, input: { kind: 'silence', step: 1 } }]);
  });

  it('behaviour 10: a key during the prompt starts the inter-digit time', () => {
    const p = phone();
    p.begin(['enter code'], digits(4, 4));
    p.wait(500);
    p.press('1');
    p.wait(1999);
    expect(p.results).toEqual([]);
    p.wait(1);
    expect(p.results).toEqual([{ at: 2500, input: taken('1', 'incomplete') }]);
  });

  it('behaviour 11: one of four keys, then silence, is incomplete after the inter-digit time', () => {
    const p = phone();
    p.begin([], digits(4, 4));
    p.wait(3000);
    p.press('1');
    p.wait(2000);
    expect(p.results).toEqual([{ at: 5000, input: taken('1', 'incomplete') }]);
  });

  it('behaviour 12: the last key of an exact length completes at once', () => {
    const p = phone();
    p.begin([], digits(4, 4));
    p.press('1234', 140);
    expect(p.results[0]).toEqual({ at: 420, input: taken('1234') });
  });

  it('behaviour 13: the terminator ends a variable length and is not part of it', () => {
    const p = phone();
    p.begin([], digits(3, 10));
    p.press('12345#', 100);
    expect(p.results[0]).toEqual({ at: 500, input: taken('12345') });
  });

  it('behaviour 13: too few keys before the terminator are incomplete', () => {
    const p = phone();
    p.begin([], digits(3, 10));
    p.press('12#');
    expect(p.last()).toEqual(taken('12', 'incomplete'));
  });

  it('behaviour 14: a terminator first is an empty input', () => {
    const p = phone();
    p.begin([], digits(3, 10));
    p.press('#');
    expect(p.last()).toEqual(taken('', 'empty'));
  });

  it.each([0, 500, 999])('behaviour 15: a terminator %i ms after the full length does not leak', (gap) => {
    const p = phone();
    p.begin([], digits(4, 4));
    p.press('1234');
    p.wait(gap);
    p.begin(['next'], menu('#', '1'));
    p.press('#');
    p.wait(100);
    expect(p.results).toHaveLength(1);
    p.press('1');
    p.wait(0);
    expect(p.last()).toEqual(taken('1'));
  });

  it('behaviour 15: typed ahead in one go, the terminator after the full length is swallowed too', () => {
    const p = phone();
    p.press('1234#2');
    p.begin([], digits(4, 4));
    p.begin([], menu('#', '2'));
    expect(p.last()).toEqual(taken('2'));
  });

  it('behaviour 15: a second later the same key is a key again', () => {
    const p = phone();
    p.begin([], digits(4, 4));
    p.press('1234');
    p.wait(1001);
    p.begin([], menu('#'));
    p.press('#');
    expect(p.last()).toEqual(taken('#'));
  });
});

describe('matching', () => {
  it('behaviour 16: an option that begins a longer one waits, the longer one does not', () => {
    const p = phone();
    p.begin([], menu('1', '12', '3'));
    p.press('1');
    p.wait(1999);
    expect(p.results).toEqual([]);
    p.wait(1);
    expect(p.last()).toEqual(taken('1'));
    p.begin([], menu('1', '12', '3'));
    p.press('12');
    expect(p.results[1]).toEqual({ at: 2000, input: taken('12') });
    p.begin([], menu('1', '12', '3'));
    p.press('3');
    expect(p.results[2]).toEqual({ at: 2000, input: taken('3') });
  });

  it('behaviour 17: star and pound are options, A to D only where they are listed', () => {
    const p = phone();
    p.begin([], menu('*', '#', 'A'));
    p.press('B');
    expect(p.results).toEqual([]);
    p.press('*');
    expect(p.last()).toEqual(taken('*'));
    p.begin([], menu('*', '#', 'A'));
    p.press('A');
    expect(p.last()).toEqual(taken('A'));
  });

  it('a key that no option begins with is a no-match at once', () => {
    const p = phone();
    p.begin([], menu('1'));
    p.press('9');
    expect(p.last()).toEqual(taken('9', 'no-match'));
  });

  it('behaviour 23: ten digits 140 ms apart arrive in order', () => {
    const p = phone();
    p.begin(['number'], digits(10, 10));
    p.wait(200);
    p.press('5551234567', 140);
    expect(p.last()).toEqual(taken('5551234567'));
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
