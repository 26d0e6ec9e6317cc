import { expect, it } from 'vitest';
import { type Bench, file } from './bench.ts';
import { codeOf } from './hearing.ts';

/** Connecting, going away, coming back. */
export function connectionCases(bench: Bench): void {
  it('is up once Asterisk told its version', () => {
    const state = bench.hearing.telephony.connection();
    expect(state).toMatchObject({ kind: 'up', asteriskVersion: expect.stringMatching(/^\d+\.\d+\.\d+$/) });
    expect(bench.hearing.turns[0]).toBe('up');
  });

  it('goes on with live calls after a restart of the engine', async () => {
    const { channelId, far } = await bench.incoming();
    const playback = bench.id('pb');
    await bench.hearing.telephony.play(channelId, playback, [file(bench.exchange.clip(60_000))]);
    await bench.hearing.telephony.stop();
    expect(await codeOf(bench.hearing.telephony.answer(channelId))).toBe('telephony.disconnected');
    bench.hearing = bench.listen();
    await bench.exchange.until('the new connection is up', bench.hearing.isUp);
    expect((await bench.hearing.telephony.listChannels()).ours.map((channel) => channel.id)).toContain(channelId);
    await far.press('5');
    await bench.exchange.until('a key arrives', () => bench.hearing.find('key', (event) => event.channelId === channelId) !== undefined);
    await bench.hearing.telephony.stopPlayback(playback);
    expect(await bench.whenFinished(playback)).toMatchObject({ channelId });
  });

  it('behaviour 49: another engine takes its name: only that one acts; the first says so, waits, and comes back when the name is free', async () => {
    const other = bench.listen();
    await bench.exchange.until('the other one is up', other.isUp);
    await bench.exchange.until('the first one knows', () => bench.hearing.reason().includes('Another engine'));
    await bench.exchange.pass(6_000);
    expect(other.isUp()).toBe(true);
    expect(bench.hearing.isUp()).toBe(false);
    expect(await codeOf(bench.hearing.telephony.listChannels())).toBe('telephony.disconnected');
    await other.telephony.stop();
    await bench.exchange.until('the first one is back', bench.hearing.isUp, 15_000);
  });

  it('says so when the password is wrong, and rejects commands at once', async () => {
    await bench.hearing.telephony.stop();
    bench.hearing = bench.listen({ password: 'wrong' });
    await bench.exchange.until('it knows', () => bench.hearing.reason().includes('password'));
    expect(bench.hearing.lines.filter(({ level }) => level === 'warn').map(({ message }) => message)).toEqual([
      expect.stringContaining('password'),
    ]);
    expect(await codeOf(bench.hearing.telephony.listChannels())).toBe('telephony.disconnected');
    expect(bench.hearing.turns).toEqual([]);
  });
}
