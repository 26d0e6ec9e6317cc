import type { Media, Telephony } from '../ports/telephony.ts';
import { type Command, orGone, refuse } from './command.ts';

type Playbacks = Pick<Telephony, 'play' | 'stopPlayback'>;

/** A playback's media must end by themselves and obey a stop: `sound:` and `tone:` do, `digits:`, `number:` and `recording:` don't. */
export function playbackCommands(command: Command): Playbacks {
  return {
    async play(channelId, playbackId, media) {
      if (media.length === 0) refuse(`Playback ${playbackId} has nothing to play`);
      await command('channels.playWithId', channelId, { channelId, playbackId }, { media: media.map(uriOf) });
    },
    stopPlayback: (playbackId) => orGone(command('playbacks.stop', playbackId, { playbackId })),
  };
}

function uriOf(media: Media): string {
  return media.kind === 'file' ? `sound:${media.path}` : `tone:${media.name}`;
}
