import type { Telephony } from '../ports/telephony.ts';
import { channelInfoOf, isRaw } from './channel-info.ts';
import { type Command, orGone, refuse } from './command.ts';
import { isMonitors } from './monitors.ts';

type Channels = Pick<
  Telephony,
  'answer' | 'hangup' | 'ring' | 'mute' | 'music' | 'sendKeys' | 'heedTalk' | 'originate' | 'spy' | 'listChannels'
>;

/** Mean magnitude of a frame's samples, of 32767. */
const LOUDNESS_OF_SPEECH = 256;

/** Commands on channels. */
export function channelCommands(command: Command, app: string, now: () => number): Channels {
  return {
    // Without RTP from the far end this can take 500 ms; behind a playing prompt, as long as the prompt.
    async answer(channelId) {
      await command('channels.answer', channelId, { channelId });
    },
    hangup: (channelId, reason) => orGone(command('channels.hangup', channelId, { channelId, reason })),
    async ring(channelId, on) {
      await command(on ? 'channels.ring' : 'channels.ringStop', channelId, { channelId });
    },
    async mute(channelId, on) {
      await command(on ? 'channels.mute' : 'channels.unmute', channelId, { channelId, direction: 'in' });
    },
    async music(channelId, name) {
      if (name === null) await command('channels.stopMoh', channelId, { channelId });
      else await command('channels.startMoh', channelId, { channelId, mohClass: name });
    },
    async sendKeys(channelId, keys) {
      if (!/^[0-9*#A-D]{1,32}$/.test(keys)) refuse('Keys are 1 to 32 of 0 to 9, *, # and A to D');
      await command('channels.sendDTMF', channelId, { channelId, dtmf: keys, between: 100, duration: 100 });
    },
    async heedTalk(channelId, pauseMs) {
      // The second number is how loud speech is, as Asterisk itself has it.
      const value = `${Math.round(pauseMs)},${LOUDNESS_OF_SPEECH}`;
      await command('channels.setChannelVar', channelId, { channelId, variable: 'TALK_DETECT(set)', value });
    },
    async originate({ channelId, endpoint, callerId, ringMs, args, originator }) {
      if (args.some((arg) => arg.includes(','))) refuse(`An argument of leg ${channelId} holds a comma, which would split it`);
      await command('channels.originate', channelId, {
        channelId,
        endpoint,
        app,
        appArgs: args.length > 0 ? args.join(',') : undefined,
        callerId: callerId ?? undefined,
        // Whole seconds; 0 would ring for ever.
        timeout: Math.max(1, Math.ceil(ringMs / 1000)),
        originator: originator ?? undefined,
        // Without a call to take codecs from, Asterisk would offer signed linear only.
        formats: originator === null ? 'ulaw,alaw' : undefined,
      });
    },
    async spy(spyId, channelId, whisper) {
      const how = { spy: 'both', whisper: whisper ? 'out' : 'none', app, appArgs: 'leg' };
      await command('channels.snoopChannelWithId', channelId, { channelId, snoopId: spyId, ...how });
    },
    async listChannels() {
      const [all, ours] = await Promise.all([command('channels.list', '', {}), command('applications.get', app, { applicationName: app })]);
      const ids = new Set<unknown>(isRaw(ours) && Array.isArray(ours['channel_ids']) ? ours['channel_ids'] : []);
      const listed = (Array.isArray(all) ? all : []).flatMap((raw) => channelInfoOf(raw, now()) ?? []);
      const channels = listed.filter(({ id }) => !isMonitors(id));
      return { ours: channels.filter(({ id }) => ids.has(id) && !isFarHalf(id, ids)), all: channels };
    },
  };
}

/** A leg to `Local/…` has a far half `<id>;2`, which the dialplan runs; the application is subscribed to it all the same. */
function isFarHalf(id: string, ids: ReadonlySet<unknown>): boolean {
  return id.endsWith(';2') && ids.has(id.slice(0, -2));
}
