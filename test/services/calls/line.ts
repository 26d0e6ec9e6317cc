import { SantralError } from '../../../src/domain/errors.ts';
import type { Clock } from '../../../src/ports/clock.ts';
import type { ChannelInfo, Media, OriginateRequest, RecordRequest, Telephony, TelephonyEvent } from '../../../src/ports/telephony.ts';

type Listener = Parameters<Telephony['listen']>[0];

/**
 * A telephone line in virtual time behind the telephony port: playbacks last as long as their clips say, stops take
 * effect at once, far ends do as they are told. Keeps every command in `sent`.
 */
export function openLine(clock: Clock, durationOf: (path: string) => number) {
  const channels = new Map<string, ChannelInfo>();
  const bridges = new Map<string, Set<string>>();
  const queue = new Map<string, { id: string; media: readonly Media[] }[]>();
  const playing = new Map<string, { id: string; media: readonly Media[]; since: number; cancel: () => void }>();
  const sent: string[] = [];
  const heard: { path: string; cut: boolean; at: number }[] = [];
  const originated: OriginateRequest[] = [];
  const originatedAt: number[] = [];
  const recordings = new Map<string, { channelId: string; request: RecordRequest }>();
  const unreachable = new Set<string>();
  const monitors = new Map<string, { channelId: string; since: number }>();
  const failures = new Map<string, SantralError>();
  let listener: Listener | null = null;
  let down = false;

  const emit = (event: TelephonyEvent): void => {
    if (!down) listener?.onEvent(event);
  };

  function note(command: string): void {
    if (down) throw new SantralError('telephony.disconnected', 'There is no connection to Asterisk.');
    sent.push(command);
    const failure = failures.get(command.split(' ')[0] as string);
    if (failure !== undefined) throw failure;
  }

  function mustLive(channelId: string): ChannelInfo {
    const channel = channels.get(channelId);
    if (channel === undefined) throw new SantralError('telephony.gone', 'no such channel');
    return channel;
  }

  function startNext(channelId: string): void {
    const next = queue.get(channelId)?.shift();
    if (next === undefined) return;
    const total = next.media.reduce((sum, one) => sum + (one.kind === 'file' ? durationOf(one.path) : 0), 0);
    playing.set(channelId, { ...next, since: clock.now(), cancel: clock.setTimer(total, () => ended(channelId, false)) });
  }

  function ended(channelId: string, cut: boolean, ok = true): void {
    const now = playing.get(channelId);
    if (now === undefined) return;
    now.cancel();
    playing.delete(channelId);
    let left = clock.now() - now.since;
    for (const one of now.media) {
      if (one.kind !== 'file') continue;
      const length = durationOf(one.path);
      if (left > 0 || !cut) heard.push({ path: one.path, cut: cut && left < length, at: now.since });
      left -= length;
    }
    emit({ kind: 'playback-finished', channelId, playbackId: now.id, ok, at: clock.now() });
    startNext(channelId);
  }

  function remove(channelId: string, cause: number, sipCode: number | null): void {
    if (!channels.has(channelId)) return;
    queue.delete(channelId);
    ended(channelId, true, false);
    channels.delete(channelId);
    for (const members of bridges.values()) members.delete(channelId);
    for (const [name, one] of monitors) if (one.channelId === channelId) monitors.delete(name);
    const at = clock.now();
    emit({ kind: 'left', channelId, at });
    emit({ kind: 'destroyed', channelId, cause, sipCode, at });
  }

  const telephony: Telephony = {
    start: () => undefined,
    stop: async () => undefined,
    connection: () => ({ kind: 'up', asteriskVersion: '22.10.1' }),
    listen: (given) => {
      listener = given;
    },
    async answer(channelId) {
      note('answer');
      channels.set(channelId, { ...mustLive(channelId), state: 'up' });
    },
    async hangup(channelId, cause) {
      note(`hangup ${channelId} ${cause}`);
      remove(channelId, cause === 'busy' ? 17 : 16, null);
    },
    async ring(_channelId, on) {
      note(`ring ${on ? 'on' : 'off'}`);
    },
    async play(channelId, playbackId, media) {
      note(`play ${playbackId}`);
      mustLive(channelId);
      queue.set(channelId, [...(queue.get(channelId) ?? []), { id: playbackId, media }]);
      if (!playing.has(channelId)) startNext(channelId);
    },
    async stopPlayback(playbackId) {
      note(`stop ${playbackId}`);
      for (const [channelId, one] of playing) if (one.id === playbackId) ended(channelId, true);
    },
    async record(channelId, request) {
      note('record');
      mustLive(channelId);
      recordings.set(request.name, { channelId, request });
    },
    async stopRecording(name) {
      note(`stop-recording ${name}`);
    },
    async heedTalk(channelId, pauseMs) {
      note(`heed-talk ${pauseMs}`);
      mustLive(channelId);
    },
    async originate(request) {
      note(`originate ${request.endpoint}`);
      originated.push(request);
      originatedAt.push(clock.now());
      channels.set(request.channelId, {
        id: request.channelId,
        name: `${request.endpoint}-0001`,
        state: 'ringing',
        ani: '',
        did: '',
        createdAt: clock.now(),
      });
    },
    async createBridge(bridgeId, kind = 'mixing') {
      note(kind === 'mixing' ? 'create-bridge' : `create-bridge ${kind}`);
      bridges.set(bridgeId, new Set());
    },
    async addToBridge(bridgeId, channelIds) {
      note('add-to-bridge');
      for (const id of channelIds) {
        mustLive(id);
        for (const members of bridges.values()) members.delete(id);
        bridges.get(bridgeId)?.add(id);
      }
    },
    async removeFromBridge(bridgeId, channelId) {
      note('remove-from-bridge');
      bridges.get(bridgeId)?.delete(channelId);
    },
    async destroyBridge(bridgeId) {
      note('destroy-bridge');
      bridges.delete(bridgeId);
    },
    listChannels: async () => ({ ours: [...channels.values()], all: [...channels.values()] }),
    listBridges: async () => [...bridges].map(([id, members]) => ({ id, channelIds: [...members] })),
    putWebEndpoint: async () => undefined,
    removeWebEndpoint: async () => undefined,
    async putSipEndpoint({ name }) {
      note(`put-sip ${name}`);
    },
    async removeSipEndpoint(name) {
      note(`remove-sip ${name}`);
    },
    isReachable: async (name) => !unreachable.has(name),
    async mute(channelId, on) {
      note(`mute ${channelId} ${on ? 'on' : 'off'}`);
    },
    async music(channelId, name) {
      note(`music ${channelId} ${name ?? 'off'}`);
    },
    async spy(spyId, channelId, whisper) {
      note(`spy ${channelId}${whisper ? ' whisper' : ''}`);
      const channel: ChannelInfo = { ...mustLive(channelId), id: spyId, name: `Snoop/${spyId}`, state: 'up' };
      channels.set(spyId, channel);
      emit({ kind: 'started', channel, args: ['leg'], at: clock.now() });
    },
    async monitor(channelId, name) {
      note(`monitor ${name}`);
      mustLive(channelId);
      monitors.set(name, { channelId, since: clock.now() });
    },
    async stopMonitor(name) {
      note(`stop-monitor ${name}`);
      monitors.delete(name);
    },
    isMonitored: async (name) => monitors.has(name),
    async sendKeys(channelId, keys) {
      note(`keys ${channelId} ${keys}`);
    },
  };

  return {
    telephony,
    sent,
    heard,
    originated,
    originatedAt,
    bridges,
    recordings,
    /** What is being recorded now, by the part's name. */
    monitors,
    failures,
    /** Endpoints at which no phone is registered. */
    unreachable,
    emit,
    /** A new call comes in. */
    dial(id: string, did = '1000', ani = '+905550000001'): void {
      const channel: ChannelInfo = { id, name: `PJSIP/trunk-${id}`, state: 'ringing', ani, did, createdAt: clock.now() };
      channels.set(id, channel);
      emit({ kind: 'started', channel, args: ['inbound'], at: clock.now() });
    },
    /** A channel that is simply there, as after a restart of the engine. */
    place(id: string, did = '1000', ani = ''): void {
      channels.set(id, { id, name: `PJSIP/trunk-${id}`, state: 'up', ani, did, createdAt: clock.now() });
    },
    press(id: string, keys: string): void {
      for (const key of keys) emit({ kind: 'key', channelId: id, key, durationMs: 100, at: clock.now() });
    },
    /** The far end hangs up, or refuses with a cause. */
    hangUp(id: string, cause = 16, sipCode: number | null = null): void {
      emit({ kind: 'hangup-requested', channelId: id, cause, at: clock.now() });
      remove(id, cause, sipCode);
    },
    answerLeg(id: string): void {
      const channel = { ...mustLive(id), state: 'up' as const };
      channels.set(id, channel);
      const request = originated.find((one) => one.channelId === id);
      emit({ kind: 'started', channel, args: request?.args ?? [], at: clock.now() });
    },
    /** The channel is gone and nobody was told (the socket was down). */
    vanish(id: string): void {
      playing.get(id)?.cancel();
      playing.delete(id);
      channels.delete(id);
      for (const members of bridges.values()) members.delete(id);
    },
    /** The socket drops: what happens in Asterisk from now on is told to nobody, commands are refused. */
    drop(): void {
      down = true;
      listener?.onDown('the socket dropped');
    },
    /** The socket is back; stock is taken before the next event. */
    async comeBack(): Promise<void> {
      down = false;
      await listener?.onUp();
    },
    isUp: (id: string): boolean => channels.has(id),
  };
}
