import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { EVENT_TYPES, hear } from '../../src/asterisk/events.ts';
import { recordingTimes } from '../../src/asterisk/recordings.ts';
import { parseTimestamp } from '../../src/asterisk/timestamps.ts';

const AT = Date.UTC(2026, 10, 21, 19, 41, 41, 204);
const timestamp = '2026-11-21T19:41:41.204+0000';
const channel = {
  id: 'ch_1',
  name: 'PJSIP/trunk-00000001',
  state: 'Ring',
  caller: { name: '', number: '02125550099' },
  dialplan: { exten: '02125550010' },
  creationtime: '2026-11-21T19:41:41.100+0000',
};
const playback = { id: 'pb_1', target_uri: 'channel:ch_1', state: 'done' };
const recording = { name: 'rec_1', target_uri: 'channel:ch_1', state: 'done', duration: 2, talking_duration: 1, silence_duration: 1 };
const end = { channelId: 'ch_1', name: 'rec_1', done: true, seconds: 2, talkingSeconds: 1, silenceSeconds: 1 };
const key = { kind: 'key', channelId: 'ch_1', key: '5', durationMs: 120, at: AT };

describe('hear puts ARI events into the engine’s words', () => {
  it.each([
    [
      { type: 'StasisStart', args: ['inbound', 'from-trunk'], channel },
      {
        kind: 'started',
        args: ['inbound', 'from-trunk'],
        at: AT,
        channel: {
          id: 'ch_1',
          name: 'PJSIP/trunk-00000001',
          state: 'ringing',
          ani: '02125550099',
          did: '02125550010',
          createdAt: AT - 104,
        },
      },
    ],
    [
      { type: 'StasisEnd', channel },
      { kind: 'left', channelId: 'ch_1', at: AT },
    ],
    [{ type: 'ChannelDtmfReceived', digit: '5', duration_ms: 120, channel }, key],
    [
      { type: 'ChannelDtmfReceived', digit: '5', channel },
      { ...key, durationMs: 0 },
    ],
    [
      { type: 'ChannelStateChange', channel: { ...channel, state: 'Up' } },
      { kind: 'state', channelId: 'ch_1', state: 'up', at: AT },
    ],
    [
      { type: 'ChannelStateChange', channel: { ...channel, state: 'Busy' } },
      { kind: 'state', channelId: 'ch_1', state: 'other', at: AT },
    ],
    [
      { type: 'ChannelHangupRequest', cause: 17, channel },
      { kind: 'hangup-requested', channelId: 'ch_1', cause: 17, at: AT },
    ],
    [
      { type: 'ChannelHangupRequest', channel },
      { kind: 'hangup-requested', channelId: 'ch_1', cause: 0, at: AT },
    ],
    [
      { type: 'ChannelHangupRequest', cause: 32, soft: true, channel },
      { kind: 'hangup-requested', channelId: 'ch_1', cause: 0, at: AT },
    ],
    [
      { type: 'ChannelDestroyed', cause: 17, cause_txt: 'User busy', tech_cause: 486, channel },
      { kind: 'destroyed', channelId: 'ch_1', cause: 17, sipCode: 486, at: AT },
    ],
    [
      { type: 'ChannelDestroyed', cause: 16, channel },
      { kind: 'destroyed', channelId: 'ch_1', cause: 16, sipCode: null, at: AT },
    ],
    [
      { type: 'PlaybackFinished', playback },
      { kind: 'playback-finished', channelId: 'ch_1', playbackId: 'pb_1', ok: true, at: AT },
    ],
    [
      { type: 'PlaybackFinished', playback: { ...playback, state: 'failed' } },
      { kind: 'playback-finished', channelId: 'ch_1', playbackId: 'pb_1', ok: false, at: AT },
    ],
  ])('%j', (raw, event) => {
    expect(hear({ timestamp, ...raw }, 0)).toEqual({ kind: 'event', event });
  });

  it.each([
    [
      { type: 'RecordingStarted', recording },
      { kind: 'recording-started', name: 'rec_1', at: AT },
    ],
    [
      { type: 'RecordingFinished', recording },
      { kind: 'recording-ended', end, at: AT },
    ],
    [
      { type: 'RecordingFailed', recording: { name: 'rec_1', target_uri: 'channel:ch_1', state: 'failed' } },
      {
        kind: 'recording-ended',
        end: { ...end, done: false, seconds: undefined, talkingSeconds: undefined, silenceSeconds: undefined },
        at: AT,
      },
    ],
    [
      { type: 'ApplicationReplaced', application: 'santral' },
      { kind: 'replaced', app: 'santral' },
    ],
    [
      { type: 'Dial', peer: channel },
      { kind: 'ignored', type: 'Dial' },
    ],
    [
      { type: 'PlaybackFinished', playback: { ...playback, target_uri: 'bridge:br_1' } },
      { kind: 'ignored', type: 'PlaybackFinished' },
    ],
    [
      { type: 'RecordingFinished', recording: { ...recording, target_uri: 'bridge:br_1' } },
      { kind: 'ignored', type: 'RecordingFinished' },
    ],
    [
      { type: 'ChannelDtmfReceived', digit: 'x', channel },
      { kind: 'malformed', why: expect.stringContaining('digit') },
    ],
    [{ type: 'constructor' }, { kind: 'ignored', type: 'constructor' }],
  ])('%j is no event for the engine', (raw, heard) => {
    expect(hear({ timestamp, ...raw }, 0)).toEqual(heard);
  });

  it('uses the time it is given where Asterisk’s can’t be read', () => {
    expect(hear({ type: 'StasisEnd', channel, timestamp: 'yesterday' }, 7)).toEqual({
      kind: 'event',
      event: { kind: 'left', channelId: 'ch_1', at: 7 },
    });
  });

  it('never throws, whatever arrives', () => {
    const anyEvent = fc.oneof(
      fc.anything(),
      fc.record(
        {
          type: fc.constantFrom(...EVENT_TYPES),
          timestamp: fc.anything(),
          channel: fc.anything(),
          playback: fc.anything(),
          recording: fc.anything(),
          args: fc.anything(),
          digit: fc.anything(),
        },
        { requiredKeys: ['type'] },
      ),
    );
    fc.assert(
      fc.property(anyEvent, (raw) =>
        ['event', 'recording-started', 'recording-ended', 'replaced', 'ignored', 'malformed'].includes(hear(raw, 0).kind),
      ),
    );
  });
});

describe('parseTimestamp', () => {
  it('reads what Asterisk writes, to the millisecond', () => {
    fc.assert(
      fc.property(fc.integer({ min: 0, max: 4_000_000_000_000 }), (ms) => {
        expect(parseTimestamp(new Date(ms).toISOString().replace('Z', '+0000'))).toBe(ms);
      }),
    );
  });

  it.each([
    ['2026-11-21T22:41:41.204+0300', AT],
    ['2026-11-21T19:41:41.204Z', AT],
    ['2026-11-21T19:41:41.2x4+0000', Number.NaN],
    ['', Number.NaN],
  ])('%s', (text, ms) => {
    expect(parseTimestamp(text)).toBe(ms);
  });
});

describe('recordingTimes', () => {
  const whole = { talkingSeconds: undefined, silenceSeconds: undefined };

  // `told` as Asterisk 22.10.1 counts (main/app.c): whole seconds less (silence - 200) / 1000.
  it.each([
    ['1.2 s of talk, ended by 2 s of silence', 2, { seconds: 2, talkingSeconds: 2, silenceSeconds: 0 }, 3_249, 1_449, 1_249],
    ['2 s of silence and nothing else', 2, { seconds: 1, talkingSeconds: 1, silenceSeconds: 0 }, 2_005, 205, 0],
    ['5 s of silence and nothing else', 5, { seconds: 1, talkingSeconds: 1, silenceSeconds: 0 }, 5_020, 220, 0],
    ['talk with a pause of 3 s, ended by 2 s of silence', 2, { seconds: 8, talkingSeconds: 6, silenceSeconds: 2 }, 9_300, 7_500, 5_300],
    ['4.3 s of talk, ended by a key', 3, { seconds: 4, talkingSeconds: 4, silenceSeconds: 0 }, 4_300, 4_300, 4_300],
    ['0.8 s of talk, ended by a key', 3, { seconds: 0, talkingSeconds: 0, silenceSeconds: 0 }, 800, 800, 800],
    ['a key at once', 3, { seconds: 0, talkingSeconds: 0, silenceSeconds: 0 }, 120, 120, 0],
    // A phone that sends no packets while nobody speaks: given up by Asterisk after 6.7 s.
    ['no packet at all', 2, { seconds: 0, talkingSeconds: 0, silenceSeconds: 0 }, 6_705, 0, 0],
    ['no packet at all, longer silence allowed', 6, { seconds: 0, talkingSeconds: 0, silenceSeconds: 0 }, 6_705, 0, 0],
    ['no packet at all, and no silence listened for', 0, { seconds: 0, ...whole }, 6_705, 0, 0],
    ['1.5 s of talk, then no packet any more', 2, { seconds: 1, talkingSeconds: 1, silenceSeconds: 0 }, 6_707, 1_000, 1_000],
    ['without listening for silence', 0, { seconds: 3, ...whole }, 3_400, 3_400, 3_400],
  ])('%s', (_name, limit, told, ms, durationMs, talkingMs) => {
    const times = recordingTimes();
    times.expect('rec_1', limit);
    times.started('rec_1', AT);
    expect(times.ended({ ...end, ...told }, AT + ms)).toMatchObject({ durationMs, talkingMs, ok: true, name: 'rec_1' });
  });

  it('believes Asterisk’s whole seconds where the start was not seen', () => {
    const times = recordingTimes();
    times.started('rec_1', AT);
    expect(times.ended(end, AT + 2_900)).toMatchObject({ durationMs: 2_000, talkingMs: 1_000 });
  });

  it('calls a recording without a length failed', () => {
    expect(recordingTimes().ended({ ...end, seconds: undefined }, AT)).toMatchObject({ ok: false, durationMs: 0 });
  });

  it('does not keep what never ended', () => {
    const times = recordingTimes();
    for (let i = 0; i < 1_001; i += 1) times.expect(`rec_${i}`, 0);
    times.started('rec_0', AT);
    times.started('rec_1', AT);
    expect(times.ended({ ...end, name: 'rec_0', ...whole }, AT + 2_600)).toMatchObject({ durationMs: 2_000 });
    expect(times.ended({ ...end, name: 'rec_1', ...whole }, AT + 2_600)).toMatchObject({ durationMs: 2_600 });
  });
});
