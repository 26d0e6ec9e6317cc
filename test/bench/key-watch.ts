import { WebSocket } from 'ws';
import type { TestAsterisk } from '../kit/asterisk.ts';

interface Watched {
  readonly type: string;
  readonly timestamp: string;
  readonly channel?: { readonly id: string };
  readonly playback?: { readonly target_uri: string };
}

/**
 * Times keys by Asterisk's own events on a socket beside the engine's: from the key (ChannelDtmfReceived) to the next
 * thing the caller hears (PlaybackStarted). `stop` gives the times in ms, sorted.
 */
export async function watchKeys(asterisk: TestAsterisk): Promise<{ stop(): number[] }> {
  const authorization = `Basic ${Buffer.from(`${asterisk.ariUser}:${asterisk.ariPassword}`).toString('base64')}`;
  const url = `${asterisk.ariUrl.replace('http', 'ws')}/ari/events?app=bench-watch&subscribeAll=true`;
  const socket = new WebSocket(url, { headers: { authorization } });
  const pressed = new Map<string, number>();
  const times: number[] = [];
  socket.on('message', (data: Buffer) => {
    const event = JSON.parse(data.toString()) as Watched;
    // Asterisk tells a key twice now and then: the first time counts.
    if (event.type === 'ChannelDtmfReceived' && event.channel !== undefined && !pressed.has(event.channel.id))
      pressed.set(event.channel.id, Date.parse(event.timestamp));
    if (event.type === 'PlaybackStarted' && event.playback !== undefined) {
      const channel = event.playback.target_uri.replace('channel:', '');
      const at = pressed.get(channel);
      if (at !== undefined) times.push(Date.parse(event.timestamp) - at);
      pressed.delete(channel);
    }
  });
  await new Promise<void>((resolve, reject) => {
    socket.once('open', resolve);
    socket.once('error', reject);
  });
  return {
    stop() {
      socket.terminate();
      return times.sort((a, b) => a - b);
    },
  };
}
