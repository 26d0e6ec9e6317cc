import type { AppLink } from './app-link.ts';
import { leave } from './bridges.ts';
import { channelJson, type FakeChannel, type FakeState } from './model.ts';
import { destroyedFields, type OriginateWish } from './originate.ts';
import { createPhone, type Ending, type Phone, type PhoneHost } from './phone.ts';
import { heed } from './talk.ts';
import { channelThread } from './thread.ts';

export interface InboundCall {
  readonly did: string;
  readonly ani?: string;
  /** Where the dialplan says it comes from. */
  readonly context?: string;
}

export interface CallDeps {
  readonly state: () => FakeState;
  readonly link: AppLink;
  readonly holdMs: number;
  readonly drive: PhoneHost['drive'];
  readonly changed: () => void;
  /** A channel left: the application may have become nobody's. */
  readonly tidy: () => void;
}

/** The dialplan's own pace while the engine is away (asterisk-config/extensions.conf). */
const HELD_RETRY_MS = 500;

/** Channels: how they come, live and go. */
export function createCalls(deps: CallDeps) {
  let count = 0;

  function make(given: Pick<FakeChannel, 'id' | 'name' | 'caller' | 'exten' | 'outbound' | 'state'>): FakeChannel {
    const state = deps.state();
    const phone: Phone = createPhone(given.id, {
      time: state.time,
      drive: deps.drive,
      changed: deps.changed,
      keyed: (key, durationMs) => keyed(channel, key, durationMs),
      hungUp: (cause) => state.hangUp(channel, { by: 'phone', cause }),
      pickedUp: () => {
        if (channel.outbound && !channel.gone && channel.state !== 'Up') start(channel, args.get(channel) ?? []);
      },
      spoke: () => heed(state, channel),
    });
    const channel: FakeChannel = {
      ...given,
      createdAt: state.time.now(),
      thread: channelThread(),
      phone,
      stasis: false,
      bridge: null,
      ringing: false,
      muted: false,
      talkPauseMs: null,
      talking: false,
      gone: false,
      spies: new Set(),
    };
    state.channels.set(channel.id, channel);
    return channel;
  }

  const args = new WeakMap<FakeChannel, readonly string[]>();

  function keyed(channel: FakeChannel, key: string, durationMs: number): void {
    if (channel.gone || !channel.stasis) return;
    // Told before a recording is ended by it: reading the key is what tells (measured).
    deps.state().emit({ type: 'ChannelDtmfReceived', digit: key, duration_ms: durationMs, channel: channelJson(channel) });
    channel.phone.keyDown(key);
    deps.changed();
  }

  /** Into Stasis; a leg that was called is answered by it. */
  function start(channel: FakeChannel, given: readonly string[]): void {
    const state = deps.state();
    if (channel.outbound) {
      channel.state = 'Up';
      channel.phone.became({ answered: true });
      state.emit({ type: 'ChannelStateChange', channel: channelJson(channel) });
      // Answered while the application is away: Asterisk cuts the call.
      if (!deps.link.connected) return state.hangUp(channel, { by: 'network', cause: 16 });
    }
    channel.stasis = true;
    state.emit({ type: 'StasisStart', args: given, channel: channelJson(channel) });
  }

  function hangUp(state: FakeState, channel: FakeChannel, ending: Ending): void {
    if (channel.gone) return;
    channel.gone = true;
    if (channel.stasis || channel.outbound) {
      if (ending.by === 'engine') state.emit({ type: 'ChannelHangupRequest', cause: 32, soft: true, channel: channelJson(channel) });
      else if (ending.by === 'phone') state.emit({ type: 'ChannelHangupRequest', channel: channelJson(channel) });
    }
    channel.thread.end();
    for (const spy of channel.spies) hangUp(state, spy, { by: 'network', cause: 16 });
    leave(state, channel);
    state.channels.delete(channel.id);
    if (channel.stasis) {
      channel.stasis = false;
      state.emit({ type: 'StasisEnd', channel: channelJson(channel) });
    }
    if (channel.outbound)
      state.emit({ type: 'ChannelDestroyed', ...destroyedFields(ending.cause, ending.sipCode), channel: channelJson(channel) });
    channel.phone.became({ ending });
    deps.tidy();
  }

  /** The dialplan's part: Stasis, or ring and try again while the engine is away, and in the end the announcement. */
  function knock(state: FakeState, channel: FakeChannel, context: string, until: number): void {
    if (channel.gone || state !== deps.state()) return;
    if (deps.link.connected) return start(channel, ['inbound', context]);
    if (state.time.now() >= until) return state.hangUp(channel, { by: 'network', cause: 16 });
    channel.ringing = true;
    state.time.setTimer(HELD_RETRY_MS, () => knock(state, channel, context, until));
  }

  const nextId = () => {
    count += 1;
    return `fake-${Math.floor(deps.state().time.now() / 1000)}.${count}`;
  };

  return {
    hangUp,
    start,
    answered(channel: FakeChannel): void {
      if (channel.state === 'Up') return;
      channel.state = 'Up';
      channel.ringing = false;
      channel.phone.became({ answered: true });
      deps.state().emit({ type: 'ChannelStateChange', channel: channelJson(channel) });
    },
    call({ did, ani = '+905550000099', context = 'from-trunk' }: InboundCall): Phone {
      const state = deps.state();
      const id = nextId();
      const channel = make({ id, name: `PJSIP/trunk-${id}`, caller: ani, exten: did, outbound: false, state: 'Ring' });
      knock(state, channel, context, state.time.now() + deps.holdMs);
      return channel.phone;
    },
    snoop(spied: FakeChannel, id: string, given: readonly string[]): FakeChannel | undefined {
      const state = deps.state();
      if (state.channels.has(id)) return undefined;
      const channel = make({ id, name: `Snoop/${spied.id}-${id}`, caller: '', exten: 's', outbound: false, state: 'Up' });
      spied.spies.add(channel);
      channel.stasis = true;
      state.emit({ type: 'StasisStart', args: given, channel: channelJson(channel) });
      return channel;
    },
    monitored(channel: FakeChannel): void {
      const state = deps.state();
      state.emit({ type: 'StasisEnd', channel: channelJson(channel) });
      state.emit({ type: 'StasisStart', args: ['monitor'], channel: channelJson(channel) });
    },
    leg(wish: OriginateWish): FakeChannel {
      const id = wish.channelId ?? nextId();
      const channel = make({ id, name: `${wish.endpoint}-${id}`, caller: wish.callerId, exten: 's', outbound: true, state: 'Down' });
      args.set(channel, wish.args);
      return channel;
    },
  };
}
