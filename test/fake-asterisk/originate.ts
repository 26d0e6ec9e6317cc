import { CAUSE_TEXTS, channelJson, type FakeChannel, type FakeState, type Reply } from './model.ts';

/**
 * What becomes of a call to an endpoint. `ringAfterMs` is when it begins to ring (100 unless told), `afterMs` when the
 * rest happens, both from the originate on.
 */
export type Script = { readonly ringAfterMs?: number; readonly afterMs?: number } & (
  | { readonly outcome: 'answer' }
  /** Rings until the time-out. */
  | { readonly outcome: 'no-answer' }
  | { readonly outcome: 'busy' }
  | { readonly outcome: 'rejected' }
  | { readonly outcome: 'invalid' }
  | { readonly outcome: 'congestion' }
  /** Asterisk's own ending of a leg, such as cause 20 (absent). */
  | { readonly outcome: 'fails'; readonly cause: number; readonly sipCode?: number }
  /** No such endpoint, or nobody registered: the command itself is refused. */
  | { readonly outcome: 'unreachable' }
);

export interface OriginateWish {
  readonly endpoint: string;
  readonly app: string | undefined;
  readonly args: readonly string[];
  readonly callerId: string;
  readonly timeoutS: number;
  readonly channelId: string | undefined;
  readonly originator: string | undefined;
}

const RING_AFTER_MS = 100;
const REFUSALS = {
  busy: { cause: 17, sipCode: 486 },
  rejected: { cause: 21, sipCode: 603 },
  invalid: { cause: 1, sipCode: 404 },
  congestion: { cause: 34, sipCode: 503 },
} as const;

/** POST /channels */
export function originate(
  state: FakeState,
  wish: OriginateWish,
  script: Script,
  make: (wish: OriginateWish) => FakeChannel,
  start: (channel: FakeChannel, args: readonly string[]) => void,
): Reply {
  if (wish.endpoint === '') return { status: 400, body: { message: 'Endpoint must be specified' } };
  if (wish.originator !== undefined && !state.channels.has(wish.originator))
    return { status: 400, body: { message: 'Provided originator channel was not found' } };
  if (wish.channelId !== undefined && state.channels.has(wish.channelId))
    return { status: 409, body: { message: 'Channel with given unique ID already exists' } };
  if (script.outcome === 'unreachable') return { status: 500, body: { error: 'Allocation failed' } };
  const channel = make(wish);
  const body = channelJson(channel);
  dial(state, channel, wish, script, start);
  return { status: 200, body };
}

function dial(
  state: FakeState,
  channel: FakeChannel,
  wish: OriginateWish,
  script: Script,
  start: (channel: FakeChannel, args: readonly string[]) => void,
): void {
  const later = (ms: number, run: () => void) =>
    state.time.setTimer(ms, () => {
      if (!channel.gone && channel.state !== 'Up') run();
    });
  const rings = script.outcome === 'answer' || script.outcome === 'no-answer' || script.ringAfterMs !== undefined;
  const ringAt = script.ringAfterMs ?? RING_AFTER_MS;
  if (rings)
    later(ringAt, () => {
      channel.state = 'Ringing';
      state.emit({ type: 'ChannelStateChange', channel: channelJson(channel) });
      channel.phone.became({});
    });
  if (wish.timeoutS > 0) later(wish.timeoutS * 1000, () => state.hangUp(channel, { by: 'network', cause: 19, sipCode: 480 }));
  switch (script.outcome) {
    case 'answer':
      later(Math.max(ringAt, script.afterMs ?? 1000), () => start(channel, wish.args));
      return;
    case 'no-answer':
    case 'unreachable':
      return;
    case 'fails': {
      const { cause, sipCode } = script;
      later(script.afterMs ?? 50, () => state.hangUp(channel, { by: 'network', cause, ...(sipCode === undefined ? {} : { sipCode }) }));
      return;
    }
    default:
      later(script.afterMs ?? 50, () => state.hangUp(channel, { by: 'network', ...REFUSALS[script.outcome] }));
  }
}

/** What ChannelDestroyed carries. */
export function destroyedFields(cause: number, sipCode: number | undefined): object {
  return { cause, cause_txt: CAUSE_TEXTS[cause] ?? 'Unknown', ...(sipCode === undefined ? {} : { tech_cause: sipCode }) };
}
