/**
 * The way to Asterisk, in the engine's words. Commands reject with a SantralError of the `telephony.*` codes and never
 * stay pending for ever. Ids are chosen by the caller of the port and registered before the command is sent: an event
 * may arrive before the reply. Times in ms.
 */
export type Media = { readonly kind: 'file'; readonly path: string } | { readonly kind: 'tone'; readonly name: string };

export interface ChannelInfo {
  readonly id: string;
  /** `PJSIP/trunk-00000001` */
  readonly name: string;
  readonly state: 'down' | 'ringing' | 'up' | 'other';
  /** As presented; empty when withheld. */
  readonly ani: string;
  /** The dialled number. */
  readonly did: string;
  /** UTC ms. */
  readonly createdAt: number;
}

export type TelephonyEvent =
  /** A channel came under the engine's control: a new inbound call, or a leg of ours that was answered. */
  | { readonly kind: 'started'; readonly channel: ChannelInfo; readonly args: readonly string[]; readonly at: number }
  | { readonly kind: 'key'; readonly channelId: string; readonly key: string; readonly durationMs: number; readonly at: number }
  | { readonly kind: 'state'; readonly channelId: string; readonly state: ChannelInfo['state']; readonly at: number }
  | {
      readonly kind: 'playback-finished';
      readonly channelId: string;
      readonly playbackId: string;
      readonly ok: boolean;
      readonly at: number;
    }
  | {
      readonly kind: 'recording-finished';
      readonly channelId: string;
      readonly name: string;
      readonly durationMs: number;
      readonly talkingMs: number;
      readonly ok: boolean;
      readonly at: number;
    }
  /** Of a channel that is listened to by `heedTalk`: it began to speak, or has been silent for the pause asked for. */
  | { readonly kind: 'talk'; readonly channelId: string; readonly talking: boolean; readonly at: number }
  /** The far end asked to hang up. */
  | { readonly kind: 'hangup-requested'; readonly channelId: string; readonly cause: number; readonly at: number }
  /** The channel left the engine's control (hang-up, or on its way elsewhere). */
  | { readonly kind: 'left'; readonly channelId: string; readonly at: number }
  /**
   * The channel is gone. `sipCode` is the SIP final response when there was one. Comes for legs we dialled; of a call that
   * came in, Asterisk says no more after `left`.
   */
  | {
      readonly kind: 'destroyed';
      readonly channelId: string;
      readonly cause: number;
      readonly sipCode: number | null;
      readonly at: number;
    };

/** up: events flow and commands work · down: `reason` says why and that it is being tried again. */
export type ConnectionState =
  | { readonly kind: 'up'; readonly asteriskVersion: string }
  | { readonly kind: 'down'; readonly reason: string; readonly since: number };

export interface OriginateRequest {
  readonly channelId: string;
  /** `PJSIP/100`, `PJSIP/+90…@trunk` */
  readonly endpoint: string;
  readonly callerId: string | null;
  readonly ringMs: number;
  /** Handed back in `started`. */
  readonly args: readonly string[];
  /** The channel whose call this leg belongs to (codecs, linked id). */
  readonly originator: string | null;
}

export type BridgeKind = 'mixing' | 'holding';

export interface BridgeInfo {
  readonly id: string;
  readonly channelIds: readonly string[];
}

/** A desk phone's account. `ha1`: MD5 of `name:realm:password`, so that the password itself is kept nowhere. */
export interface SipAccount {
  readonly name: string;
  readonly realm: string;
  readonly ha1: string;
}

export interface RecordRequest {
  /** Relative to the recording directory, without extension. */
  readonly name: string;
  readonly maxMs: number;
  readonly silenceMs: number;
  readonly terminator: string | null;
  readonly beep: boolean;
}

export interface Telephony {
  /** Starts the supervisor; returns at once, and never gives up until `stop`. */
  start(): void;
  stop(): Promise<void>;
  connection(): ConnectionState;
  /** One listener each; set before `start`. `onUp` runs after every connect, before any event of that connection is handed out. */
  listen(listener: { onEvent(event: TelephonyEvent): void; onUp(): Promise<void>; onDown(reason: string): void }): void;

  answer(channelId: string): Promise<void>;
  /** Idempotent: a channel that is gone is success. */
  hangup(channelId: string, cause: 'normal' | 'busy' | 'congestion'): Promise<void>;
  ring(channelId: string, on: boolean): Promise<void>;
  /** Plays all media in order as one playback. */
  play(channelId: string, playbackId: string, media: readonly Media[]): Promise<void>;
  /** Idempotent; the whole list stops. `playback-finished` follows. */
  stopPlayback(playbackId: string): Promise<void>;
  record(channelId: string, request: RecordRequest): Promise<void>;
  stopRecording(name: string): Promise<void>;
  originate(request: OriginateRequest): Promise<void>;
  /** mixing: its channels hear each other · holding: each hears music by itself. */
  createBridge(bridgeId: string, kind?: BridgeKind): Promise<void>;
  /** `kind` is the bridge's: in a holding bridge only who is added so hears music. */
  addToBridge(bridgeId: string, channelIds: readonly string[], kind?: BridgeKind): Promise<void>;
  removeFromBridge(bridgeId: string, channelId: string): Promise<void>;
  /** Idempotent. */
  destroyBridge(bridgeId: string): Promise<void>;
  /** Channels under the engine's control now, and all channels that exist. */
  listChannels(): Promise<{ readonly ours: readonly ChannelInfo[]; readonly all: readonly ChannelInfo[] }>;
  listBridges(): Promise<readonly BridgeInfo[]>;
  /** Makes or replaces a SIP endpoint that lives in Asterisk's memory only. */
  putWebEndpoint(name: string, secret: string): Promise<void>;
  removeWebEndpoint(name: string): Promise<void>;
  /** The same for a desk phone's account, by what its password hashes to. */
  putSipEndpoint(account: SipAccount): Promise<void>;
  removeSipEndpoint(name: string): Promise<void>;
  /** Whether a phone is registered there; false also for an endpoint that does not exist. */
  isReachable(name: string): Promise<boolean>;
  /** What the channel says is heard by nobody while it is on. */
  mute(channelId: string, on: boolean): Promise<void>;
  /** Music for one channel outside of a holding bridge; a name of musiconhold.conf, null ends it. */
  music(channelId: string, name: string | null): Promise<void>;
  /** Sends keys to the far end. */
  sendKeys(channelId: string, keys: string): Promise<void>;
  /** From now on `talk` tells when the channel speaks, and when it has been silent for so long after it; asked again, the newest pause holds. */
  heedTalk(channelId: string, pauseMs: number): Promise<void>;
  /**
   * A listener at a channel: it hears the channel and whom the channel hears; whisper: what it says is heard at that channel
   * alone. Comes as `started`, and ends with the channel.
   */
  spy(spyId: string, channelId: string, whisper: boolean): Promise<void>;
  /**
   * Records the channel into `<monitor directory>/<name>.raw` until `stopMonitor`, or the channel's end: 16-bit samples at
   * 8 kHz, what the channel says on the left, what it hears on the right. Resolves when it is being recorded. The recording
   * goes on while there is no line to Asterisk.
   */
  monitor(channelId: string, name: string): Promise<void>;
  /** Idempotent. */
  stopMonitor(name: string): Promise<void>;
  isMonitored(name: string): Promise<boolean>;
}
