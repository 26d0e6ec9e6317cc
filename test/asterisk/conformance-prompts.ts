import { expect, it } from 'vitest';
import { ANI, type Bench, DID, file } from './bench.ts';
import { codeOf } from './hearing.ts';

/** Calls that come in: prompts, keys, recordings, their end. */
export function callCases(bench: Bench): void {
  it('announces a new call with both numbers, and as ours', async () => {
    const { started, channelId } = await bench.incoming(false);
    expect(started.channel).toMatchObject({ did: DID, ani: ANI, state: 'ringing' });
    expect(Math.abs(started.at - started.channel.createdAt)).toBeLessThan(2_000);
    expect(Math.abs(started.at - bench.exchange.clock.now())).toBeLessThan(5_000);
    const { ours, all } = await bench.hearing.telephony.listChannels();
    expect(ours.map((channel) => channel.id)).toContain(channelId);
    expect(all.length).toBeGreaterThanOrEqual(ours.length);
  });

  it('rings, stops ringing, answers, and takes a second answer', async () => {
    const { channelId } = await bench.incoming(false);
    await bench.hearing.telephony.ring(channelId, true);
    await bench.hearing.telephony.ring(channelId, false);
    await bench.hearing.telephony.answer(channelId);
    await bench.hearing.telephony.answer(channelId);
    await bench.exchange.until('the call is up', () => bench.hearing.find('state', (event) => event.state === 'up') !== undefined);
  });

  it('plays a list as one playback', async () => {
    const { channelId } = await bench.incoming();
    const playback = bench.id('pb');
    const began = bench.exchange.clock.now();
    await bench.hearing.telephony.play(channelId, playback, [file(bench.exchange.clip(200)), file(bench.exchange.clip(300))]);
    expect(await bench.whenFinished(playback)).toMatchObject({ channelId, ok: true });
    expect(bench.exchange.clock.now() - began).toBeGreaterThanOrEqual(400);
    expect(bench.hearing.events.filter((event) => event.kind === 'playback-finished')).toHaveLength(1);
  });

  it('plays a list too long for a request line', async () => {
    const { channelId } = await bench.incoming();
    const playback = bench.id('pb');
    await bench.hearing.telephony.play(
      channelId,
      playback,
      Array.from({ length: 100 }, () => file(bench.exchange.clip(20))),
    );
    expect(await bench.whenFinished(playback)).toMatchObject({ ok: true });
  });

  it('stops a whole list at once; stopping again, or what never was, is fine', async () => {
    const { channelId } = await bench.incoming();
    const playback = bench.id('pb');
    await bench.hearing.telephony.play(channelId, playback, [file(bench.exchange.clip(5_000)), file(bench.exchange.clip(5_000))]);
    await bench.exchange.pass(100);
    const before = bench.exchange.clock.now();
    await bench.hearing.telephony.stopPlayback(playback);
    expect(await bench.whenFinished(playback)).toMatchObject({ ok: true });
    expect(bench.exchange.clock.now() - before).toBeLessThan(200);
    await bench.hearing.telephony.stopPlayback(playback);
    await bench.hearing.telephony.stopPlayback('pb_never');
    await bench.exchange.pass(200);
    expect(bench.hearing.events.filter((event) => event.kind === 'playback-finished')).toHaveLength(1);
  });

  it('queues a second playback; one that is stopped while it waits is never heard', async () => {
    const { channelId } = await bench.incoming();
    const [first, second, third] = [bench.id('pb'), bench.id('pb'), bench.id('pb')];
    await bench.hearing.telephony.play(channelId, first, [file(bench.exchange.clip(300))]);
    await bench.hearing.telephony.play(channelId, second, [file(bench.exchange.clip(5_000))]);
    await bench.hearing.telephony.play(channelId, third, [file(bench.exchange.clip(20))]);
    await bench.hearing.telephony.stopPlayback(second);
    await bench.whenFinished(third);
    const order = bench.hearing.events.flatMap((event) => (event.kind === 'playback-finished' ? [event.playbackId] : []));
    expect(order).toEqual([first, second, third]);
  });

  it('tells of a missing file at the end of a list, not in its middle', async () => {
    const { channelId } = await bench.incoming();
    const [alone, amid] = [bench.id('pb'), bench.id('pb')];
    await bench.hearing.telephony.play(channelId, alone, [file(bench.exchange.missing)]);
    expect(await bench.whenFinished(alone)).toMatchObject({ ok: false });
    await bench.hearing.telephony.play(channelId, amid, [
      file(bench.exchange.clip(20)),
      file(bench.exchange.missing),
      file(bench.exchange.clip(20)),
    ]);
    expect(await bench.whenFinished(amid)).toMatchObject({ ok: true });
  });

  it('refuses an empty playback before asking', async () => {
    const { channelId } = await bench.incoming();
    expect(await codeOf(bench.hearing.telephony.play(channelId, bench.id('pb'), []))).toBe('telephony.refused');
  });

  it('hears keys in order', async () => {
    const { channelId, far } = await bench.incoming();
    await far.press('12*#');
    const keys = () => bench.hearing.events.flatMap((event) => (event.kind === 'key' && event.channelId === channelId ? [event] : []));
    await bench.exchange.until('four keys', () => keys().length === 4);
    expect(keys().map(({ key }) => key)).toEqual(['1', '2', '*', '#']);
    expect(keys().every(({ durationMs }) => durationMs >= 0 && durationMs < 1_000)).toBe(true);
  });

  it('tells the end of a call in mid-prompt: asked, prompt over, left; then the channel is gone', async () => {
    const { channelId, far } = await bench.incoming();
    const playback = bench.id('pb');
    await bench.hearing.telephony.play(channelId, playback, [file(bench.exchange.clip(5_000))]);
    await bench.exchange.pass(100);
    await far.hangUp();
    await bench.exchange.until('it left', () => bench.hearing.find('left', (event) => event.channelId === channelId) !== undefined);
    const ends = ['hangup-requested', 'playback-finished', 'left'];
    const seen = bench.hearing.of(channelId).map(({ kind }) => kind);
    expect(seen.filter((kind) => ends.includes(kind))).toEqual(ends);
    expect(bench.finished(playback)).toMatchObject({ ok: false });
    await bench.exchange.pass(50);
    expect(await codeOf(bench.hearing.telephony.answer(channelId))).toBe('telephony.gone');
    expect(await codeOf(bench.hearing.telephony.play(channelId, bench.id('pb'), [file(bench.exchange.clip(20))]))).toBe('telephony.gone');
    expect(await codeOf(bench.hearing.telephony.ring(channelId, true))).toBe('telephony.gone');
    await bench.hearing.telephony.hangup(channelId, 'normal');
    await bench.hearing.telephony.stopPlayback(playback);
  });

  it('hangs up, twice if asked', async () => {
    const { channelId } = await bench.incoming();
    await bench.hearing.telephony.hangup(channelId, 'normal');
    await bench.exchange.until('it left', () => bench.hearing.find('left', (event) => event.channelId === channelId) !== undefined);
    await bench.hearing.telephony.hangup(channelId, 'busy');
  });

  it('records until told to stop, and keeps names apart', async () => {
    const { channelId, far } = await bench.incoming();
    const name = `conformance/${bench.id('rec')}`;
    await bench.hearing.telephony.record(channelId, { name, maxMs: 10_000, silenceMs: 0, terminator: null, beep: false });
    await far.press('1');
    await bench.exchange.pass(1_300);
    await bench.hearing.telephony.stopRecording(name);
    const over = () => bench.hearing.find('recording-finished', (event) => event.name === name);
    await bench.exchange.until('the recording is over', () => over() !== undefined);
    const end = over();
    expect(end).toMatchObject({ channelId, ok: true });
    expect(end?.durationMs).toBeGreaterThanOrEqual(1_200);
    expect(end?.durationMs).toBeLessThan(3_000);
    await bench.hearing.telephony.stopRecording(name);
    expect(
      await codeOf(bench.hearing.telephony.record(channelId, { name, maxMs: 1_000, silenceMs: 0, terminator: null, beep: false })),
    ).toBe('telephony.conflict');
  });

  it('ends a recording by silence, and tells how long somebody spoke', async () => {
    const { channelId, far } = await bench.incoming();
    const name = `conformance/${bench.id('rec')}`;
    const over = () => bench.hearing.find('recording-finished', (event) => event.name === name);
    await bench.hearing.telephony.record(channelId, { name, maxMs: 20_000, silenceMs: 2_000, terminator: null, beep: false });
    await far.speak();
    await bench.exchange.until('the recording is over', () => over() !== undefined);
    const end = over();
    expect(end).toMatchObject({ ok: true });
    expect(end?.talkingMs).toBeGreaterThan(1_000);
    expect(end?.talkingMs).toBeLessThan(2_000);
    expect(end?.durationMs).toBe((end?.talkingMs ?? 0) + 200);
  });

  it('tells a recording in which nobody spoke', async () => {
    const { channelId, far } = await bench.incoming();
    const name = `conformance/${bench.id('rec')}`;
    const over = () => bench.hearing.find('recording-finished', (event) => event.name === name);
    await far.press('1');
    await bench.exchange.pass(200);
    await bench.hearing.telephony.record(channelId, { name, maxMs: 20_000, silenceMs: 2_000, terminator: null, beep: false });
    await bench.exchange.until('the recording is over', () => over() !== undefined);
    expect(over()).toMatchObject({ ok: true, talkingMs: 0 });
  });

  it('beeps before a recording, which does not hear it', async () => {
    const { channelId } = await bench.incoming();
    const name = bench.id('rec');
    const over = () => bench.hearing.find('recording-finished', (event) => event.name === name);
    await bench.hearing.telephony.record(channelId, { name, maxMs: 1_000, silenceMs: 0, terminator: null, beep: true });
    await bench.exchange.until('the recording is over', () => over() !== undefined);
    expect(bench.hearing.find('playback-finished')).toMatchObject({ playbackId: `${name}-beep`, ok: true });
    expect(over()).toMatchObject({ ok: true });
    expect(over()?.durationMs).toBeGreaterThanOrEqual(1_000);
    expect(over()?.durationMs).toBeLessThan(2_200);
  });

  it('ends a recording at its terminator', async () => {
    const { channelId, far } = await bench.incoming();
    const name = `conformance/${bench.id('rec')}`;
    await bench.hearing.telephony.record(channelId, { name, maxMs: 10_000, silenceMs: 5_000, terminator: '#', beep: false });
    await bench.exchange.pass(200);
    await far.press('#');
    await bench.exchange.until(
      'the recording is over',
      () => bench.hearing.find('recording-finished', (event) => event.name === name) !== undefined,
    );
    expect(bench.hearing.find('recording-finished')).toMatchObject({ ok: true });
  });
}
