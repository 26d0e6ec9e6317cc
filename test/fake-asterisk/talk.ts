import { channelJson, type FakeChannel, type FakeState } from './model.ts';

/** From now on the channel's speech is told. */
export function heedTalk(state: FakeState, channel: FakeChannel, pauseMs: number): void {
  channel.talkPauseMs = pauseMs;
  if (channel.phone.talksUntil > state.time.now() || channel.talking) heed(state, channel);
}

/** The channel speaks: told where it was silent before, and when it has been silent again for the pause. */
export function heed(state: FakeState, channel: FakeChannel): void {
  const { talkPauseMs } = channel;
  if (talkPauseMs === null || channel.gone) return;
  if (!channel.talking) state.emit({ type: 'ChannelTalkingStarted', channel: channelJson(channel) });
  channel.talking = true;
  const silentMs = Math.max(0, channel.phone.talksUntil - state.time.now()) + talkPauseMs;
  state.time.setTimer(silentMs, () => {
    const isOver = channel.phone.talksUntil + talkPauseMs <= state.time.now();
    if (!isOver || !channel.talking || channel.gone || channel.talkPauseMs !== talkPauseMs) return;
    channel.talking = false;
    state.emit({ type: 'ChannelTalkingFinished', channel: channelJson(channel) });
  });
}
