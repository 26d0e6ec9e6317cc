import { describe, expect, it } from 'vitest';
import { repeatedKeys } from '../../src/asterisk/repeated-keys.ts';
import type { TelephonyEvent } from '../../src/ports/telephony.ts';

const key = (at: number, name: string, durationMs: number, channelId = 'c1'): TelephonyEvent => ({
  kind: 'key',
  channelId,
  key: name,
  durationMs,
  at,
});
const quiet = (at: number): TelephonyEvent => ({ kind: 'playback-finished', channelId: 'c1', playbackId: 'p', ok: true, at });
const left = (at: number): TelephonyEvent => ({ kind: 'left', channelId: 'c1', at });

/** The keys that are handed on. */
function handed(...events: readonly TelephonyEvent[]): string {
  const repeats = repeatedKeys();
  return events
    .filter((event) => !repeats.isRepeat(event))
    .map((event) => (event.kind === 'key' ? event.key : ''))
    .join('');
}

describe('keys that Asterisk tells twice', () => {
  it('a key that ends while one is played over again is handed on once', () => {
    // As seen: the prompt ends, a key of 1.5 s ends at 0, the hash after it, and the hash again.
    expect(handed(quiet(-700), key(0, '1', 1500), key(300, '#', 100), key(1545, '#', 100))).toBe('1#');
  });

  it('several keys are handed on once each, in order', () => {
    expect(
      handed(
        quiet(-10),
        key(0, '1', 900),
        key(250, '2', 80),
        key(500, '2', 100),
        key(950, '2', 80),
        key(1000, '2', 100),
        key(2000, '2', 80),
      ),
    ).toBe('1222');
  });

  it.each([
    ['the key began after the prompt', [quiet(-1600), key(0, '1', 1500), key(300, '#', 100), key(1545, '#', 100)], '1##'],
    ['no prompt was heard', [key(0, '1', 1500), key(300, '#', 100), key(1545, '#', 100)], '1##'],
    ['another key comes then', [quiet(-700), key(0, '1', 1500), key(300, '#', 100), key(1545, '2', 100)], '1#2'],
    ['it lasted otherwise', [quiet(-700), key(0, '1', 1500), key(300, '#', 100), key(1545, '#', 120)], '1##'],
    ['it comes later', [quiet(-700), key(0, '1', 1500), key(300, '#', 100), key(1900, '#', 100)], '1##'],
    ['it is another call', [quiet(-700), key(0, '1', 1500), key(300, '#', 100), key(1545, '#', 100, 'c2')], '1##'],
    ['the channel is a new one', [quiet(-700), key(0, '1', 1500), key(300, '#', 100), left(400), key(1545, '#', 100)], '1##'],
  ] as const)('a second press counts when %s', (_, events, keys) => {
    expect(handed(...events)).toBe(keys);
  });

  it('fast typing at the end of a prompt loses nothing', () => {
    const typed = Array.from('1111111111', (name, i) => key(i * 140, name, 80));
    expect(handed(quiet(-20), ...typed)).toBe('1111111111');
  });
});
