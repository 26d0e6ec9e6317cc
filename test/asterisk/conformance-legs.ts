import { expect, it } from 'vitest';
import { type Bench, DID, file } from './bench.ts';
import { codeOf } from './hearing.ts';

/** Calls that go out, and calls put together. */
export function legCases(bench: Bench): void {
  it('bridges two calls; everything about bridges can be said twice or too late', async () => {
    const a = await bench.incoming();
    const b = await bench.incoming();
    const { telephony } = bench.hearing;
    const bridge = bench.id('br');
    expect(await codeOf(telephony.addToBridge(bridge, [a.channelId]))).toBe('telephony.gone');
    await telephony.createBridge(bridge);
    expect(await codeOf(telephony.createBridge(bridge))).toBe('telephony.conflict');
    await telephony.addToBridge(bridge, [a.channelId, b.channelId]);
    const members = async () => (await telephony.listBridges()).find((one) => one.id === bridge)?.channelIds.toSorted();
    expect(await members()).toEqual([a.channelId, b.channelId].toSorted());
    expect(await codeOf(telephony.addToBridge(bridge, ['nobody']))).toBe('telephony.gone');
    const name = `conformance/${bench.id('rec')}`;
    await telephony.record(a.channelId, { name, maxMs: 1_000, silenceMs: 0, terminator: null, beep: false });
    await bench.exchange.until(
      'recording in a bridge fails',
      () => bench.hearing.find('recording-finished', (e) => e.name === name) !== undefined,
    );
    expect(bench.hearing.find('recording-finished', (event) => event.name === name)).toMatchObject({ ok: false });
    await telephony.removeFromBridge(bridge, b.channelId);
    await telephony.removeFromBridge(bridge, b.channelId);
    expect(await codeOf(telephony.removeFromBridge(bridge, 'nobody'))).toBe('telephony.gone');
    await telephony.destroyBridge(bridge);
    await telephony.destroyBridge(bridge);
    expect(await members()).toBeUndefined();
  });

  it('plays to a call that is in a bridge', async () => {
    const { channelId } = await bench.incoming();
    const [bridge, playback] = [bench.id('br'), bench.id('pb')];
    await bench.hearing.telephony.createBridge(bridge);
    await bench.hearing.telephony.addToBridge(bridge, [channelId]);
    await bench.hearing.telephony.play(channelId, playback, [file(bench.exchange.clip(200))]);
    expect(await bench.whenFinished(playback)).toMatchObject({ ok: true });
  });

  it('takes other commands while one waits behind a prompt', async () => {
    const { channelId } = await bench.incoming();
    const [bridge, playback] = [bench.id('br'), bench.id('pb')];
    await bench.hearing.telephony.createBridge(bridge);
    await bench.hearing.telephony.play(channelId, playback, [file(bench.exchange.clip(5_000))]);
    let joined = false;
    const joining = bench.hearing.telephony.addToBridge(bridge, [channelId]).then(() => {
      joined = true;
    });
    await bench.exchange.pass(150);
    await bench.hearing.telephony.listChannels();
    expect(joined).toBe(false);
    await bench.hearing.telephony.stopPlayback(playback);
    await joining;
    expect(joined).toBe(true);
  });

  it('calls out under our own id: rings, is answered, comes back with our arguments, ends with its cause', async () => {
    const { telephony } = bench.hearing;
    const channelId = bench.id('leg');
    const request = {
      channelId,
      endpoint: bench.exchange.endpoints.answers,
      callerId: DID,
      ringMs: 5_000,
      args: ['out', 'x'],
      originator: null,
    };
    await telephony.originate(request);
    await bench.exchange.until(
      'it is answered',
      () => bench.hearing.find('started', (event) => event.channel.id === channelId) !== undefined,
    );
    expect(bench.hearing.find('started', (event) => event.channel.id === channelId)).toMatchObject({
      args: ['out', 'x'],
      channel: { state: 'up' },
    });
    expect(await codeOf(telephony.originate(request))).toBe('telephony.conflict');
    await telephony.hangup(channelId, 'normal');
    expect(await bench.whenDestroyed(channelId)).toMatchObject({ cause: 16 });
    expect(bench.hearing.of(channelId).map(({ kind }) => kind)).toContain('left');
  });

  it('tells a busy end by cause and SIP status', async () => {
    const channelId = bench.id('leg');
    await bench.hearing.telephony.originate({
      channelId,
      endpoint: bench.exchange.endpoints.busy,
      callerId: DID,
      ringMs: 5_000,
      args: [],
      originator: null,
    });
    expect(await bench.whenDestroyed(channelId)).toMatchObject({ cause: 17, sipCode: 486 });
    expect(bench.hearing.find('started', (event) => event.channel.id === channelId)).toBeUndefined();
  });

  it('gives up an end that does not answer in time', async () => {
    const channelId = bench.id('leg');
    await bench.hearing.telephony.originate({
      channelId,
      endpoint: bench.exchange.endpoints.rings,
      callerId: DID,
      ringMs: 1_000,
      args: [],
      originator: null,
    });
    expect(await bench.whenDestroyed(channelId)).toMatchObject({ cause: 19 });
    expect(bench.hearing.find('state', (event) => event.channelId === channelId)).toMatchObject({ state: 'ringing' });
  });

  it('lets a ringing end go; until it answers it takes no prompt', async () => {
    const channelId = bench.id('leg');
    const caller = await bench.incoming();
    await bench.hearing.telephony.originate({
      channelId,
      endpoint: bench.exchange.endpoints.rings,
      callerId: DID,
      ringMs: 20_000,
      args: [],
      originator: caller.channelId,
    });
    await bench.exchange.until('it rings', () => bench.hearing.find('state', (event) => event.channelId === channelId) !== undefined);
    expect(await codeOf(bench.hearing.telephony.play(channelId, bench.id('pb'), [file(bench.exchange.clip(20))]))).toBe(
      'telephony.conflict',
    );
    await bench.hearing.telephony.hangup(channelId, 'busy');
    expect(await bench.whenDestroyed(channelId)).toMatchObject({ cause: 17 });
  });

  it('refuses an endpoint that does not exist, in Asterisk’s words and without the number', async () => {
    const channelId = bench.id('leg');
    const { unknown } = bench.exchange.endpoints;
    const refused = bench.hearing.telephony.originate({
      channelId,
      endpoint: unknown,
      callerId: DID,
      ringMs: 1_000,
      args: [],
      originator: null,
    });
    await expect(refused).rejects.toMatchObject({
      code: 'telephony.refused',
      message: expect.stringContaining('Allocation failed'),
    });
    await expect(refused).rejects.not.toMatchObject({ message: expect.stringContaining(unknown) });
  });

  it('refuses a caller’s leg for a call that is gone', async () => {
    const request = { endpoint: bench.exchange.endpoints.answers, callerId: null, ringMs: 1_000, args: [] };
    expect(await codeOf(bench.hearing.telephony.originate({ ...request, channelId: bench.id('leg'), originator: 'nobody' }))).toBe(
      'telephony.refused',
    );
  });

  it('makes, replaces and removes a browser’s endpoint', async () => {
    const { telephony } = bench.hearing;
    await telephony.putWebEndpoint('web-conformance', 'first');
    await telephony.putWebEndpoint('web-conformance', 'second');
    await telephony.removeWebEndpoint('web-conformance');
    await telephony.removeWebEndpoint('web-conformance');
  });

  it('makes, replaces and removes a desk phone’s account, and tells whether a phone is there', async () => {
    const { telephony } = bench.hearing;
    const account = { name: 'desk-conformance', realm: 'santral', ha1: '0123456789abcdef0123456789abcdef' };
    expect(await telephony.isReachable(account.name)).toBe(false);
    await telephony.putSipEndpoint(account);
    await telephony.putSipEndpoint({ ...account, ha1: 'fedcba9876543210fedcba9876543210' });
    expect(await telephony.isReachable(account.name)).toBe(false);
    expect(await codeOf(telephony.putSipEndpoint({ ...account, ha1: 'a password' }))).toBe('telephony.refused');
    await telephony.removeSipEndpoint(account.name);
    await telephony.removeSipEndpoint(account.name);
  });

  it('keeps a call with music in a holding bridge, plays to it there, and takes it over into a talk', async () => {
    const a = await bench.incoming();
    const b = await bench.incoming();
    const { telephony } = bench.hearing;
    const [waiting, talk, playback] = [bench.id('br'), bench.id('br'), bench.id('pb')];
    await telephony.createBridge(waiting, 'holding');
    await telephony.addToBridge(waiting, [a.channelId]);
    await telephony.play(a.channelId, playback, [file(bench.exchange.clip(5_000))]);
    await bench.exchange.pass(150);
    await telephony.stopPlayback(playback);
    expect(await bench.whenFinished(playback)).toMatchObject({ ok: true });
    await telephony.createBridge(talk);
    await telephony.addToBridge(talk, [a.channelId, b.channelId]);
    await telephony.destroyBridge(waiting);
    const bridges = await telephony.listBridges();
    expect(bridges.find(({ id }) => id === talk)?.channelIds.toSorted()).toEqual([a.channelId, b.channelId].toSorted());
    expect(bridges.find(({ id }) => id === waiting)).toBeUndefined();
  });

  it('mutes, gives music, sends keys', async () => {
    const { channelId } = await bench.incoming();
    const { telephony } = bench.hearing;
    await telephony.mute(channelId, true);
    await telephony.mute(channelId, false);
    await telephony.music(channelId, 'default');
    await telephony.music(channelId, null);
    await telephony.sendKeys(channelId, '12#');
    expect(await codeOf(telephony.sendKeys(channelId, '1,2'))).toBe('telephony.refused');
    expect(await codeOf(telephony.mute('nobody', true))).toBe('telephony.gone');
  });
}
