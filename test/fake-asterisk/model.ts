import type { Ending, Phone } from './phone.ts';
import type { ChannelThread } from './thread.ts';
import type { FakeTime } from './time.ts';

/** What the fake answers to one HTTP request. `status` 0: never. */
export interface Reply {
  readonly status: number;
  readonly body?: unknown;
}

export interface FakeChannel {
  readonly id: string;
  readonly name: string;
  readonly caller: string;
  readonly exten: string;
  readonly createdAt: number;
  /** Called out by us: the application hears of its end (ChannelDestroyed); of one that came in it doesn't. */
  readonly outbound: boolean;
  readonly thread: ChannelThread;
  readonly phone: Phone;
  state: 'Down' | 'Ring' | 'Ringing' | 'Up';
  stasis: boolean;
  bridge: FakeBridge | null;
  ringing: boolean;
  muted: boolean;
  /** The pause after which speech is over, in ms; null: nobody asked for it. */
  talkPauseMs: number | null;
  /** Is taken for speaking. */
  talking: boolean;
  gone: boolean;
  /** Listeners at it: they end with it. */
  readonly spies: Set<FakeChannel>;
}

export interface FakeBridge {
  readonly id: string;
  readonly createdAt: number;
  readonly kind: 'mixing' | 'holding';
  readonly channels: Set<FakeChannel>;
}

export interface FakePlayback {
  readonly id: string;
  readonly channel: FakeChannel;
  readonly media: readonly string[];
  index: number;
  state: 'queued' | 'playing' | 'continuing' | 'done' | 'failed';
  stop: () => void;
}

export interface FakeRecording {
  readonly name: string;
  readonly channel: FakeChannel;
  state: 'queued' | 'recording' | 'done' | 'failed';
  stop: () => void;
}

/** One Asterisk's whole state: gone with a restart. */
export interface FakeState {
  readonly time: FakeTime;
  readonly channels: Map<string, FakeChannel>;
  readonly bridges: Map<string, FakeBridge>;
  readonly playbacks: Map<string, FakePlayback>;
  readonly recordings: Map<string, FakeRecording>;
  /** Names of finished recordings: `ifExists=fail` knows them. */
  readonly stored: Set<string>;
  /** `endpoint/name` and the like, with their attributes. */
  readonly objects: Map<string, ReadonlyMap<string, string>>;
  /** Names of endpoints at which a phone is registered. */
  readonly registered: Set<string>;
  emit(event: FakeEvent): void;
  hangUp(channel: FakeChannel, ending: Ending): void;
  durationOf(path: string): number | undefined;
}

export interface FakeEvent {
  readonly type: string;
  readonly [field: string]: unknown;
}

const stamp = (ms: number) => new Date(ms).toISOString().replace('Z', '+0000');

export { stamp as timestampOf };

export function channelJson(channel: FakeChannel): object {
  return {
    id: channel.id,
    name: channel.name,
    state: channel.state,
    protocol_id: '',
    caller: { name: '', number: channel.caller },
    connected: { name: '', number: '' },
    accountcode: '',
    dialplan: { context: 'inbound', exten: channel.exten, priority: 2, app_name: 'Stasis', app_data: '' },
    creationtime: stamp(channel.createdAt),
    language: 'en',
  };
}

export function bridgeJson(bridge: FakeBridge): object {
  return {
    id: bridge.id,
    technology: bridge.kind === 'holding' ? 'holding_bridge' : 'simple_bridge',
    bridge_type: bridge.kind,
    bridge_class: 'stasis',
    creator: 'Stasis',
    name: '',
    channels: [...bridge.channels].map(({ id }) => id),
    creationtime: stamp(bridge.createdAt),
    video_mode: 'talker',
  };
}

export function playbackJson(playback: FakePlayback): object {
  const next = playback.media[playback.index + 1];
  return {
    id: playback.id,
    media_uri: playback.media[playback.index],
    ...(next === undefined ? {} : { next_media_uri: next }),
    target_uri: `channel:${playback.channel.id}`,
    language: 'en',
    state: playback.state,
  };
}

export const CAUSE_TEXTS: { readonly [cause: number]: string } = {
  0: 'Unknown',
  1: 'Unallocated (unassigned) number',
  16: 'Normal Clearing',
  17: 'User busy',
  19: 'User alerting, no answer',
  20: 'Subscriber absent',
  21: 'Call Rejected',
  34: 'Circuit/channel congestion',
};
