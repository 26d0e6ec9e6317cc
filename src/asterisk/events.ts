import { isKey } from '../domain/keys.ts';
import type { TelephonyEvent } from '../ports/telephony.ts';
import { channelInfoOf, isRaw, type Raw, stateOf, textOf } from './channel-info.ts';
import { parseTimestamp } from './timestamps.ts';

/** What became of one message of the event socket. */
export type Heard =
  | { readonly kind: 'event'; readonly event: TelephonyEvent }
  | { readonly kind: 'recording-started'; readonly name: string; readonly at: number }
  | { readonly kind: 'recording-ended'; readonly end: RecordingEnd; readonly at: number }
  /** Another engine opened a socket for the application: we hear no events any more, though the socket stays open. */
  | { readonly kind: 'replaced'; readonly app: string }
  | { readonly kind: 'ignored'; readonly type: string }
  | { readonly kind: 'malformed'; readonly why: string };

/** As Asterisk counts: whole seconds, rounded down; undefined where it says nothing. */
export interface RecordingEnd {
  readonly channelId: string;
  readonly name: string;
  readonly done: boolean;
  readonly seconds: number | undefined;
  /** Told when silence was listened for. */
  readonly talkingSeconds: number | undefined;
  readonly silenceSeconds: number | undefined;
}

/** The event types `hear` makes use of: what the event filter lets through. */
export const EVENT_TYPES = [
  'StasisStart',
  'StasisEnd',
  'ChannelDtmfReceived',
  'ChannelStateChange',
  // Sent for channels that were asked for it only (`heedTalk`).
  'ChannelTalkingStarted',
  'ChannelTalkingFinished',
  'ChannelHangupRequest',
  'ChannelDestroyed',
  'PlaybackFinished',
  'RecordingStarted',
  'RecordingFinished',
  'RecordingFailed',
  // Filtered like any other event, and the only sign of the takeover (tried on 22.10.1).
  'ApplicationReplaced',
] as const;
type EventType = (typeof EVENT_TYPES)[number];

/** Puts an ARI event into the engine's words. Never throws; `now` stands in for a time that can't be read. */
export function hear(raw: unknown, now: number): Heard {
  if (!isRaw(raw) || typeof raw['type'] !== 'string') return { kind: 'malformed', why: 'an event without a type' };
  const type = raw['type'];
  if (!Object.hasOwn(HEARERS, type)) return { kind: 'ignored', type };
  const stamp = parseTimestamp(textOf(raw['timestamp']));
  return HEARERS[type as EventType](raw, Number.isNaN(stamp) ? now : stamp);
}

type Hearer = (raw: Raw, at: number) => Heard;

const HEARERS: { readonly [T in EventType]: Hearer } = {
  StasisStart: (raw, at) => {
    const channel = channelInfoOf(raw['channel'], at);
    if (channel === undefined) return lacking('StasisStart', 'channel');
    const args = Array.isArray(raw['args']) ? raw['args'].filter((arg) => typeof arg === 'string') : [];
    return happened({ kind: 'started', channel, args, at });
  },
  StasisEnd: (raw, at) => onChannel(raw, 'StasisEnd', (channelId) => happened({ kind: 'left', channelId, at })),
  ChannelDtmfReceived: (raw, at) =>
    onChannel(raw, 'ChannelDtmfReceived', (channelId) => {
      const key = raw['digit'];
      if (!isKey(key)) return lacking('ChannelDtmfReceived', 'digit');
      return happened({ kind: 'key', channelId, key, durationMs: numberOf(raw['duration_ms']) ?? 0, at });
    }),
  ChannelStateChange: (raw, at) =>
    onChannel(raw, 'ChannelStateChange', (channelId) => {
      const { state } = raw['channel'] as Raw;
      return happened({ kind: 'state', channelId, state: stateOf(state), at });
    }),
  ChannelTalkingStarted: (raw, at) =>
    onChannel(raw, 'ChannelTalkingStarted', (channelId) => happened({ kind: 'talk', channelId, talking: true, at })),
  ChannelTalkingFinished: (raw, at) =>
    onChannel(raw, 'ChannelTalkingFinished', (channelId) => happened({ kind: 'talk', channelId, talking: false, at })),
  ChannelHangupRequest: (raw, at) =>
    onChannel(raw, 'ChannelHangupRequest', (channelId) => {
      // A soft hang-up (ours, or a time-out) carries Asterisk's AST_SOFTHANGUP flags where the cause would be.
      const cause = raw['soft'] === true ? 0 : (numberOf(raw['cause']) ?? 0);
      return happened({ kind: 'hangup-requested', channelId, cause, at });
    }),
  ChannelDestroyed: (raw, at) =>
    onChannel(raw, 'ChannelDestroyed', (channelId) =>
      happened({
        kind: 'destroyed',
        channelId,
        cause: numberOf(raw['cause']) ?? 0,
        // Of a PJSIP channel: the SIP status of the final response.
        sipCode: numberOf(raw['tech_cause']) || null,
        at,
      }),
    ),
  PlaybackFinished: (raw, at) => {
    const playback = raw['playback'];
    if (!isRaw(playback) || typeof playback['id'] !== 'string') return lacking('PlaybackFinished', 'playback');
    const channelId = targetOf(playback);
    if (channelId === undefined) return { kind: 'ignored', type: 'PlaybackFinished' };
    return happened({ kind: 'playback-finished', channelId, playbackId: playback['id'], ok: playback['state'] === 'done', at });
  },
  RecordingStarted: (raw, at) => {
    const name = isRaw(raw['recording']) ? textOf(raw['recording']['name']) : '';
    return name === '' ? lacking('RecordingStarted', 'recording') : { kind: 'recording-started', name, at };
  },
  RecordingFinished: (raw, at) => recordingEnded(raw, at),
  RecordingFailed: (raw, at) => recordingEnded(raw, at),
  ApplicationReplaced: (raw) => ({ kind: 'replaced', app: textOf(raw['application']) }),
};

function recordingEnded(raw: Raw, at: number): Heard {
  const recording = raw['recording'];
  if (!isRaw(recording) || textOf(recording['name']) === '') return lacking('RecordingFinished', 'recording');
  const channelId = targetOf(recording);
  if (channelId === undefined) return { kind: 'ignored', type: 'RecordingFinished' };
  return {
    kind: 'recording-ended',
    at,
    end: {
      channelId,
      name: textOf(recording['name']),
      done: recording['state'] === 'done',
      seconds: numberOf(recording['duration']),
      talkingSeconds: numberOf(recording['talking_duration']),
      silenceSeconds: numberOf(recording['silence_duration']),
    },
  };
}

function happened(event: TelephonyEvent): Heard {
  return { kind: 'event', event };
}

function lacking(type: string, what: string): Heard {
  return { kind: 'malformed', why: `a ${type} without a usable ${what}` };
}

function onChannel(raw: Raw, type: string, use: (channelId: string) => Heard): Heard {
  const channel = raw['channel'];
  if (!isRaw(channel) || typeof channel['id'] !== 'string' || channel['id'] === '') return lacking(type, 'channel');
  return use(channel['id']);
}

/** `channel:ID`; bridges have playbacks and recordings too, which are not ours. */
function targetOf(thing: Raw): string | undefined {
  const target = textOf(thing['target_uri']);
  return target.startsWith('channel:') ? target.slice('channel:'.length) : undefined;
}

function numberOf(value: unknown): number | undefined {
  return typeof value === 'number' && Number.isFinite(value) ? value : undefined;
}
