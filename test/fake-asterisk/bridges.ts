import { bridgeJson, channelJson, type FakeBridge, type FakeChannel, type FakeState, type Reply } from './model.ts';
import { instant } from './thread.ts';

/** POST /bridges/ID */
export function createBridge(state: FakeState, id: string, type: string): Reply {
  if (state.bridges.has(id)) return { status: 409, body: { message: `Bridge with id '${id}' already exists` } };
  const bridge: FakeBridge = {
    id,
    createdAt: state.time.now(),
    kind: type.split(',').includes('holding') ? 'holding' : 'mixing',
    channels: new Set(),
  };
  state.bridges.set(id, bridge);
  return { status: 200, body: bridgeJson(bridge) };
}

/** Waits for each channel's thread, as Asterisk does: behind a playing prompt this takes as long as the prompt. */
export async function addToBridge(state: FakeState, id: string, channelIds: readonly string[]): Promise<Reply> {
  const bridge = state.bridges.get(id);
  if (bridge === undefined) return { status: 404, body: { message: 'Bridge not found' } };
  const channels = channelIds.map((channelId) => state.channels.get(channelId));
  if (channels.some((channel) => channel === undefined)) return { status: 400, body: { message: 'Channel not found' } };
  if (channels.some((channel) => channel?.stasis === false)) return { status: 422, body: { message: 'Channel not in Stasis application' } };
  for (const channel of channels) {
    if (channel === undefined) continue;
    const there = await inTurn(channel, () => {
      leave(state, channel);
      channel.bridge = bridge;
      bridge.channels.add(channel);
      state.emit({ type: 'ChannelEnteredBridge', bridge: bridgeJson(bridge), channel: channelJson(channel) });
      introduce(bridge);
    });
    if (!there) return { status: 409, body: { message: 'Channel hung up' } };
  }
  return { status: 204 };
}

export async function removeFromBridge(state: FakeState, id: string, channelId: string): Promise<Reply> {
  const bridge = state.bridges.get(id);
  if (bridge === undefined) return { status: 404, body: { message: 'Bridge not found' } };
  const channel = state.channels.get(channelId);
  if (channel === undefined) return { status: 400, body: { message: 'Channel not found' } };
  if (channel.bridge !== bridge) return { status: 422, body: { message: 'Channel not in this bridge' } };
  await inTurn(channel, () => leave(state, channel));
  return { status: 204 };
}

/** DELETE /bridges/ID: its channels stay, each by itself. */
export function destroyBridge(state: FakeState, id: string): Reply {
  const bridge = state.bridges.get(id);
  if (bridge === undefined) return { status: 404, body: { message: 'Bridge not found' } };
  for (const channel of bridge.channels) leave(state, channel);
  state.bridges.delete(id);
  state.emit({ type: 'BridgeDestroyed', bridge: bridgeJson(bridge) });
  return { status: 204 };
}

export function leave(state: FakeState, channel: FakeChannel): void {
  const { bridge } = channel;
  if (bridge === null) return;
  bridge.channels.delete(channel);
  channel.bridge = null;
  state.emit({ type: 'ChannelLeftBridge', bridge: bridgeJson(bridge), channel: channelJson(channel) });
  channel.phone.became({ partners: [], music: false });
  introduce(bridge);
}

function introduce(bridge: FakeBridge): void {
  // In a holding bridge each hears music, and nobody the others.
  for (const channel of bridge.channels)
    if (bridge.kind === 'holding') channel.phone.became({ partners: [], music: true });
    else
      channel.phone.became({ music: false, partners: [...bridge.channels].filter((other) => other !== channel).map(({ phone }) => phone) });
}

/** Does something on the channel's own thread; false when it hung up first. */
export function inTurn(channel: FakeChannel, run: () => void): Promise<boolean> {
  return new Promise((resolve) => {
    channel.thread.add(
      instant(
        () => {
          if (!channel.gone) run();
          resolve(!channel.gone);
        },
        () => resolve(false),
      ),
    );
  });
}
