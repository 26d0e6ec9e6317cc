import type { AppLink } from './app-link.ts';
import { addToBridge, createBridge, destroyBridge, inTurn, removeFromBridge } from './bridges.ts';
import { bridgeJson, channelJson, type FakeChannel, type FakeState, playbackJson, type Reply } from './model.ts';
import { endpointState, putObject, removeObject } from './objects.ts';
import type { OriginateWish } from './originate.ts';
import { play, stopPlayback } from './playbacks.ts';
import { record, stopRecording } from './recordings.ts';
import type { FakeOperation, Routed } from './routes.ts';
import { heedTalk } from './talk.ts';
import { instant } from './thread.ts';

export interface CommandDeps {
  readonly state: () => FakeState;
  readonly app: string;
  readonly version: string;
  readonly link: AppLink;
  readonly appExists: () => boolean;
  readonly originate: (wish: OriginateWish) => Reply;
  readonly answered: (channel: FakeChannel) => void;
  /** A listener at a channel; undefined where the id is in use. */
  readonly snoop: (channel: FakeChannel, id: string, args: readonly string[]) => FakeChannel | undefined;
  readonly monitored: (channel: FakeChannel) => void;
}

/** One parameter, from the query or a JSON body (Asterisk takes both). */
type Get = (name: string) => string;
type Handler = (routed: Routed, get: Get, body: unknown) => Reply | Promise<Reply>;

const NO_CHANNEL: Reply = { status: 404, body: { message: 'Channel not found' } };
const NOT_OURS: Reply = { status: 409, body: { message: 'Channel not in Stasis application' } };
const DONE: Reply = { status: 204 };
const REASONS: { readonly [reason: string]: number } = { normal: 16, busy: 17, congestion: 34, no_answer: 19, timeout: 19, rejected: 21 };

/** What each operation does to the state. */
export function commandTable(deps: CommandDeps): { readonly [O in FakeOperation]: Handler } {
  const { app, link, state } = deps;
  const onStasis =
    (use: (channel: FakeChannel, get: Get, body: unknown, routed: Routed) => Reply | Promise<Reply>): Handler =>
    (routed, get, body) => {
      const channel = state().channels.get(routed.params['channelId'] ?? '');
      if (channel === undefined) return NO_CHANNEL;
      return channel.stasis ? use(channel, get, body, routed) : NOT_OURS;
    };
  const onApp =
    (use: (body: unknown) => Reply): Handler =>
    (routed, _get, body) =>
      routed.params['applicationName'] === app && deps.appExists()
        ? use(body)
        : { status: 404, body: { message: 'Application not found' } };
  const appJson = (): Reply => {
    const ours = [...state().channels.values()].filter(({ stasis, outbound }) => stasis || outbound);
    return { status: 200, body: { name: app, channel_ids: ours.map(({ id }) => id), bridge_ids: [], endpoint_ids: [], device_names: [] } };
  };

  return {
    'asterisk.getInfo': () => ({ status: 200, body: { system: { version: `${deps.version}+fake`, entity_id: '02:fc:00:00:00:01' } } }),
    'asterisk.updateObject': ({ params }, _get, body) => putObject(state(), params, body),
    'asterisk.deleteObject': ({ params }) => removeObject(state(), params),
    'applications.get': onApp(appJson),
    'applications.filter': onApp((body) => {
      const { allowed, disallowed } = body as { readonly allowed?: Types; readonly disallowed?: Types };
      link.filter.allowed = (allowed ?? []).map(({ type }) => type);
      link.filter.disallowed = (disallowed ?? []).map(({ type }) => type);
      return appJson();
    }),
    'channels.list': () => ({ status: 200, body: [...state().channels.values()].map(channelJson) }),
    'channels.get': ({ params }) => {
      const channel = state().channels.get(params['channelId'] ?? '');
      return channel === undefined ? NO_CHANNEL : { status: 200, body: channelJson(channel) };
    },
    'channels.snoopChannelWithId': ({ params }, get) => {
      const channel = state().channels.get(params['channelId'] ?? '');
      if (channel === undefined) return NO_CHANNEL;
      const snoop = deps.snoop(channel, params['snoopId'] ?? '', argsOf(get('appArgs')));
      return snoop === undefined
        ? { status: 500, body: { message: 'Snoop channel could not be created' } }
        : { status: 200, body: channelJson(snoop) };
    },
    // The dialplan of recordings: out of the application, and back at once.
    'channels.continueInDialplan': onStasis((channel) => later(channel, () => deps.monitored(channel))),
    'channels.originate': (_routed, get) => deps.originate(wishOf(get)),
    'channels.hangup': ({ params }, get) => {
      const channel = state().channels.get(params['channelId'] ?? '');
      if (channel === undefined) return NO_CHANNEL;
      const cause = REASONS[get('reason') || 'normal'];
      if (cause === undefined) return { status: 400, body: { message: 'Invalid reason for hangup reason provided' } };
      state().hangUp(channel, { by: 'engine', cause });
      return DONE;
    },
    // Waits for the channel's thread: behind a playing prompt, as long as the prompt.
    'channels.answer': onStasis(async (channel) => ((await inTurn(channel, () => deps.answered(channel))) ? DONE : NO_CHANNEL)),
    'channels.ring': onStasis((channel) => later(channel, () => ring(channel, true))),
    'channels.ringStop': onStasis((channel) => later(channel, () => ring(channel, false))),
    'channels.mute': onStasis((channel) => mute(channel, true)),
    'channels.unmute': onStasis((channel) => mute(channel, false)),
    'channels.setChannelVar': onStasis((channel, get) => {
      const [pauseMs = 0] = get('value').split(',').map(Number);
      if (get('variable') === 'TALK_DETECT(set)') heedTalk(state(), channel, pauseMs);
      return DONE;
    }),
    'channels.startMoh': onStasis((channel) => later(channel, () => channel.phone.became({ music: true }))),
    'channels.stopMoh': onStasis((channel) => later(channel, () => channel.phone.became({ music: false }))),
    'channels.sendDTMF': onStasis((channel, get) => later(channel, () => channel.phone.hearsKeys(get('dtmf')))),
    'endpoints.get': ({ params }) => endpointState(state(), params['resource'] ?? ''),
    'channels.playWithId': onStasis((channel, get, body, { params }) => {
      const media = (body as { readonly media?: string | readonly string[] } | undefined)?.media ?? get('media');
      return play(state(), channel, params['playbackId'] ?? '', typeof media === 'string' ? media.split(',') : media);
    }),
    'channels.record': onStasis((channel, get) =>
      record(state(), channel, {
        name: get('name'),
        format: get('format'),
        maxSeconds: Number(get('maxDurationSeconds') || 0),
        silenceSeconds: Number(get('maxSilenceSeconds') || 0),
        ifExists: get('ifExists') || 'fail',
        beep: get('beep') === 'true',
        terminateOn: get('terminateOn') || 'none',
      }),
    ),
    'playbacks.get': ({ params }) => {
      const playback = state().playbacks.get(params['playbackId'] ?? '');
      return playback === undefined
        ? { status: 404, body: { message: 'Playback not found' } }
        : { status: 200, body: playbackJson(playback) };
    },
    'playbacks.stop': ({ params }) => stopPlayback(state(), params['playbackId'] ?? ''),
    'recordings.stop': ({ params }) => stopRecording(state(), params['recordingName'] ?? ''),
    'bridges.list': () => ({ status: 200, body: [...state().bridges.values()].map(bridgeJson) }),
    'bridges.createWithId': ({ params }, get) => createBridge(state(), params['bridgeId'] ?? '', get('type')),
    'bridges.addChannel': ({ params }, get) => addToBridge(state(), params['bridgeId'] ?? '', get('channel').split(',')),
    'bridges.removeChannel': ({ params }, get) => removeFromBridge(state(), params['bridgeId'] ?? '', get('channel')),
    'bridges.destroy': ({ params }) => destroyBridge(state(), params['bridgeId'] ?? ''),
  };
}

type Types = readonly { readonly type: string }[];

function mute(channel: FakeChannel, on: boolean): Reply {
  channel.muted = on;
  return DONE;
}

function ring(channel: FakeChannel, on: boolean): void {
  channel.ringing = on;
  channel.phone.became({});
}

/** Taken at once, done in its turn. */
function later(channel: FakeChannel, run: () => void): Reply {
  channel.thread.add(instant(run, () => undefined));
  return DONE;
}

function argsOf(text: string): readonly string[] {
  return text === '' ? [] : text.split(',');
}

function wishOf(get: Get): OriginateWish {
  return {
    endpoint: get('endpoint'),
    app: get('app') || undefined,
    args: argsOf(get('appArgs')),
    callerId: get('callerId'),
    timeoutS: Number(get('timeout') || 30),
    channelId: get('channelId') || undefined,
    originator: get('originator') || undefined,
  };
}
