import { request } from 'undici';
import { WebSocket } from 'ws';

/** A second application on a real Asterisk: it calls the dialplan under test through Local channels and acts the far end. */
export async function openFarApp(place: {
  /** A sound to speak with. */
  readonly voice: string;
  /** A long silence: a phone sends audio all the time, and without frames a recording does not move. */
  readonly silence: string;
  readonly ariUrl: string;
  readonly ariUser: string;
  readonly ariPassword: string;
}) {
  const authorization = `Basic ${Buffer.from(`${place.ariUser}:${place.ariPassword}`).toString('base64')}`;
  const answered = new Map<string, () => void>();
  const ws = new WebSocket(`${place.ariUrl.replace('http', 'ws')}/ari/events?app=far`, { headers: { authorization } });
  ws.on('message', (data: Buffer) => {
    const event = JSON.parse(data.toString()) as { readonly type: string; readonly channel?: { readonly id: string } };
    if (event.type === 'StasisStart' && event.channel !== undefined) answered.get(event.channel.id)?.();
  });
  await new Promise<void>((resolve, reject) => {
    ws.once('open', resolve);
    ws.once('error', reject);
  });

  async function ask(method: 'POST' | 'DELETE', path: string, query: { readonly [name: string]: string } = {}): Promise<void> {
    const { statusCode, body } = await request(`${place.ariUrl}/ari${path}`, { method, headers: { authorization }, query });
    const text = await body.text();
    if (statusCode >= 300 && statusCode !== 404) throw new Error(`${method} ${path}: ${statusCode} ${text}`);
  }

  let count = 0;
  return {
    async call(did: string, ani: string) {
      count += 1;
      const channelId = `far_${Date.now()}_${count}`;
      const play = (...media: readonly string[]) =>
        ask('POST', `/channels/${channelId}/play/${channelId}-sound`, { media: media.map((sound) => `sound:${sound}`).join(',') });
      const up = new Promise<void>((resolve) => answered.set(channelId, resolve)).then(() => play(place.silence));
      await ask('POST', '/channels', {
        endpoint: `Local/${did}@from-trunk/n`,
        app: 'far',
        channelId,
        callerId: ani,
        timeout: '30',
        formats: 'ulaw',
      });
      return {
        async press(keys: string) {
          await up;
          // Keys would wait behind the sound.
          await ask('DELETE', `/playbacks/${channelId}-sound`);
          await ask('POST', `/channels/${channelId}/dtmf`, { dtmf: keys, between: '60', duration: '100' });
          await play(place.silence);
        },
        async speak() {
          await up;
          await ask('DELETE', `/playbacks/${channelId}-sound`);
          await play(place.voice, place.silence);
        },
        hangUp: () => ask('DELETE', `/channels/${channelId}`),
      };
    },
    stop: () =>
      new Promise<void>((resolve) => {
        ws.once('close', () => resolve());
        ws.close();
      }),
  };
}
