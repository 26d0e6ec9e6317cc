import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import type { Media } from '../../src/ports/telephony.ts';
import { codeOf, type Hearing, type Place, startHearing, type Transport } from './hearing.ts';

/** The far end of a call that came in. */
export interface FarEnd {
  press(keys: string): Promise<void>;
  hangUp(): Promise<void>;
}

/** An Asterisk to be tried: the fake or the real one. */
export interface Exchange extends Place {
  call(did: string, ani: string): Promise<FarEnd>;
  /** A sound of about this length that exists, as a path without extension. */
  clip(ms: number): string;
  readonly missing: string;
  /** Dial strings of endpoints: one answers at once, one rings for ever, one is busy (486), one does not exist. */
  readonly endpoints: { readonly answers: string; readonly rings: string; readonly busy: string; readonly unknown: string };
  /** Waits for something, within real or virtual ms. */
  until(what: string, done: () => boolean, withinMs?: number): Promise<void>;
  /** Lets time pass. */
  pass(ms: number): Promise<void>;
  stop(): Promise<void>;
}

const DID = '02125550010';
const ANI = '02125550099';
const file = (path: string): Media => ({ kind: 'file', path });

/** What every way to Asterisk must do, whichever transport and whichever Asterisk. */
export function conformance(name: string, transport: Transport, open: () => Promise<Exchange>): void {
  describe(name, () => {
    let exchange: Exchange;
    let hearing: Hearing;
    let count = 0;
    const hearings: Hearing[] = [];

    beforeAll(async () => {
      exchange = await open();
    });
    afterAll(() => exchange.stop());
    beforeEach(async () => {
      hearing = listen();
      await exchange.until('the connection is up', hearing.isUp);
    });
    afterEach(async () => {
      const last = hearings.findLast((one) => one.isUp());
      if (last !== undefined) {
        for (const channel of (await last.telephony.listChannels()).all) await last.telephony.hangup(channel.id, 'normal');
        await exchange.until('all channels are gone', () => true);
        for (const bridge of await last.telephony.listBridges()) await last.telephony.destroyBridge(bridge.id);
      }
      for (const one of hearings.splice(0)) await one.telephony.stop();
    });

    const listen = (options: Parameters<typeof startHearing>[1] = {}) => {
      const one = startHearing(exchange, { transport, ...options });
      hearings.push(one);
      return one;
    };
    const id = (kind: string) => {
      count += 1;
      return `${kind}_${Date.now()}_${count}`;
    };

    /** A call that came in; answered unless told otherwise. */
    async function incoming(answered = true) {
      const known = new Set(hearing.events);
      const far = await exchange.call(DID, ANI);
      const begun = () => hearing.find('started', (event) => !known.has(event) && event.args[0] === 'inbound');
      await exchange.until('the call arrives', () => begun() !== undefined);
      const started = begun();
      if (started === undefined) throw new Error('unreachable');
      const channelId = started.channel.id;
      if (answered) {
        await hearing.telephony.answer(channelId);
        await exchange.until('it is up', () => hearing.find('state', (e) => e.channelId === channelId && e.state === 'up') !== undefined);
      }
      return { far, started, channelId };
    }
    const finished = (playbackId: string) => hearing.find('playback-finished', (event) => event.playbackId === playbackId);
    const whenFinished = async (playbackId: string) => {
      await exchange.until(`${playbackId} is over`, () => finished(playbackId) !== undefined);
      return finished(playbackId);
    };
    const whenDestroyed = async (channelId: string) => {
      const look = () => hearing.find('destroyed', (event) => event.channelId === channelId);
      await exchange.until(`${channelId} is gone`, () => look() !== undefined);
      return look();
    };

    it('is up once Asterisk told its version', () => {
      const state = hearing.telephony.connection();
      expect(state).toMatchObject({ kind: 'up', asteriskVersion: expect.stringMatching(/^\d+\.\d+\.\d+$/) });
      expect(hearing.turns[0]).toBe('up');
    });

    it('announces a new call with both numbers, and as ours', async () => {
      const { started, channelId } = await incoming(false);
      expect(started.channel).toMatchObject({ did: DID, ani: ANI, state: 'ringing' });
      expect(Math.abs(started.at - started.channel.createdAt)).toBeLessThan(2_000);
      expect(Math.abs(started.at - exchange.clock.now())).toBeLessThan(5_000);
      const { ours, all } = await hearing.telephony.listChannels();
      expect(ours.map((channel) => channel.id)).toContain(channelId);
      expect(all.length).toBeGreaterThanOrEqual(ours.length);
    });

    it('rings, stops ringing, answers, and takes a second answer', async () => {
      const { channelId } = await incoming(false);
      await hearing.telephony.ring(channelId, true);
      await hearing.telephony.ring(channelId, false);
      await hearing.telephony.answer(channelId);
      await hearing.telephony.answer(channelId);
      await exchange.until('the call is up', () => hearing.find('state', (event) => event.state === 'up') !== undefined);
    });

    it('plays a list as one playback', async () => {
      const { channelId } = await incoming();
      const playback = id('pb');
      const began = exchange.clock.now();
      await hearing.telephony.play(channelId, playback, [file(exchange.clip(200)), file(exchange.clip(300))]);
      expect(await whenFinished(playback)).toMatchObject({ channelId, ok: true });
      expect(exchange.clock.now() - began).toBeGreaterThanOrEqual(400);
      expect(hearing.events.filter((event) => event.kind === 'playback-finished')).toHaveLength(1);
    });

    it('plays a list too long for a request line', async () => {
      const { channelId } = await incoming();
      const playback = id('pb');
      await hearing.telephony.play(
        channelId,
        playback,
        Array.from({ length: 100 }, () => file(exchange.clip(20))),
      );
      expect(await whenFinished(playback)).toMatchObject({ ok: true });
    });

    it('stops a whole list at once; stopping again, or what never was, is fine', async () => {
      const { channelId } = await incoming();
      const playback = id('pb');
      await hearing.telephony.play(channelId, playback, [file(exchange.clip(5_000)), file(exchange.clip(5_000))]);
      await exchange.pass(100);
      const before = exchange.clock.now();
      await hearing.telephony.stopPlayback(playback);
      expect(await whenFinished(playback)).toMatchObject({ ok: true });
      expect(exchange.clock.now() - before).toBeLessThan(200);
      await hearing.telephony.stopPlayback(playback);
      await hearing.telephony.stopPlayback('pb_never');
      await exchange.pass(200);
      expect(hearing.events.filter((event) => event.kind === 'playback-finished')).toHaveLength(1);
    });

    it('queues a second playback; one that is stopped while it waits is never heard', async () => {
      const { channelId } = await incoming();
      const [first, second, third] = [id('pb'), id('pb'), id('pb')];
      await hearing.telephony.play(channelId, first, [file(exchange.clip(300))]);
      await hearing.telephony.play(channelId, second, [file(exchange.clip(5_000))]);
      await hearing.telephony.play(channelId, third, [file(exchange.clip(20))]);
      await hearing.telephony.stopPlayback(second);
      await whenFinished(third);
      const order = hearing.events.flatMap((event) => (event.kind === 'playback-finished' ? [event.playbackId] : []));
      expect(order).toEqual([first, second, third]);
    });

    it('tells of a missing file at the end of a list, not in its middle', async () => {
      const { channelId } = await incoming();
      const [alone, amid] = [id('pb'), id('pb')];
      await hearing.telephony.play(channelId, alone, [file(exchange.missing)]);
      expect(await whenFinished(alone)).toMatchObject({ ok: false });
      await hearing.telephony.play(channelId, amid, [file(exchange.clip(20)), file(exchange.missing), file(exchange.clip(20))]);
      expect(await whenFinished(amid)).toMatchObject({ ok: true });
    });

    it('refuses an empty playback before asking', async () => {
      const { channelId } = await incoming();
      expect(await codeOf(hearing.telephony.play(channelId, id('pb'), []))).toBe('telephony.refused');
    });

    it('hears keys in order', async () => {
      const { channelId, far } = await incoming();
      await far.press('12*#');
      const keys = () => hearing.events.flatMap((event) => (event.kind === 'key' && event.channelId === channelId ? [event] : []));
      await exchange.until('four keys', () => keys().length === 4);
      expect(keys().map(({ key }) => key)).toEqual(['1', '2', '*', '#']);
      expect(keys().every(({ durationMs }) => durationMs >= 0 && durationMs < 1_000)).toBe(true);
    });

    it('tells the end of a call in mid-prompt: asked, prompt over, left; then the channel is gone', async () => {
      const { channelId, far } = await incoming();
      const playback = id('pb');
      await hearing.telephony.play(channelId, playback, [file(exchange.clip(5_000))]);
      await exchange.pass(100);
      await far.hangUp();
      await exchange.until('it left', () => hearing.find('left', (event) => event.channelId === channelId) !== undefined);
      const ends = ['hangup-requested', 'playback-finished', 'left'];
      const seen = hearing.of(channelId).map(({ kind }) => kind);
      expect(seen.filter((kind) => ends.includes(kind))).toEqual(ends);
      expect(finished(playback)).toMatchObject({ ok: false });
      await exchange.pass(50);
      expect(await codeOf(hearing.telephony.answer(channelId))).toBe('telephony.gone');
      expect(await codeOf(hearing.telephony.play(channelId, id('pb'), [file(exchange.clip(20))]))).toBe('telephony.gone');
      expect(await codeOf(hearing.telephony.ring(channelId, true))).toBe('telephony.gone');
      await hearing.telephony.hangup(channelId, 'normal');
      await hearing.telephony.stopPlayback(playback);
    });

    it('hangs up, twice if asked', async () => {
      const { channelId } = await incoming();
      await hearing.telephony.hangup(channelId, 'normal');
      await exchange.until('it left', () => hearing.find('left', (event) => event.channelId === channelId) !== undefined);
      await hearing.telephony.hangup(channelId, 'busy');
    });

    it('records until told to stop, and keeps names apart', async () => {
      const { channelId, far } = await incoming();
      const name = `conformance/${id('rec')}`;
      await hearing.telephony.record(channelId, { name, maxMs: 10_000, silenceMs: 0, terminator: null, beep: false });
      await far.press('1');
      await exchange.pass(1_300);
      await hearing.telephony.stopRecording(name);
      const over = () => hearing.find('recording-finished', (event) => event.name === name);
      await exchange.until('the recording is over', () => over() !== undefined);
      const end = over();
      expect(end).toMatchObject({ channelId, ok: true });
      expect(end?.durationMs).toBeGreaterThanOrEqual(1_200);
      expect(end?.durationMs).toBeLessThan(3_000);
      await hearing.telephony.stopRecording(name);
      expect(await codeOf(hearing.telephony.record(channelId, { name, maxMs: 1_000, silenceMs: 0, terminator: null, beep: false }))).toBe(
        'telephony.conflict',
      );
    });

    it('ends a recording at its terminator', async () => {
      const { channelId, far } = await incoming();
      const name = `conformance/${id('rec')}`;
      await hearing.telephony.record(channelId, { name, maxMs: 10_000, silenceMs: 5_000, terminator: '#', beep: false });
      await exchange.pass(200);
      await far.press('#');
      await exchange.until('the recording is over', () => hearing.find('recording-finished', (event) => event.name === name) !== undefined);
      expect(hearing.find('recording-finished')).toMatchObject({ ok: true });
    });

    it('bridges two calls; everything about bridges can be said twice or too late', async () => {
      const a = await incoming();
      const b = await incoming();
      const { telephony } = hearing;
      const bridge = id('br');
      expect(await codeOf(telephony.addToBridge(bridge, [a.channelId]))).toBe('telephony.gone');
      await telephony.createBridge(bridge);
      expect(await codeOf(telephony.createBridge(bridge))).toBe('telephony.conflict');
      await telephony.addToBridge(bridge, [a.channelId, b.channelId]);
      const members = async () => (await telephony.listBridges()).find((one) => one.id === bridge)?.channelIds.toSorted();
      expect(await members()).toEqual([a.channelId, b.channelId].toSorted());
      expect(await codeOf(telephony.addToBridge(bridge, ['nobody']))).toBe('telephony.gone');
      const name = `conformance/${id('rec')}`;
      await telephony.record(a.channelId, { name, maxMs: 1_000, silenceMs: 0, terminator: null, beep: false });
      await exchange.until('recording in a bridge fails', () => hearing.find('recording-finished', (e) => e.name === name) !== undefined);
      expect(hearing.find('recording-finished', (event) => event.name === name)).toMatchObject({ ok: false });
      await telephony.removeFromBridge(bridge, b.channelId);
      await telephony.removeFromBridge(bridge, b.channelId);
      expect(await codeOf(telephony.removeFromBridge(bridge, 'nobody'))).toBe('telephony.gone');
      await telephony.destroyBridge(bridge);
      await telephony.destroyBridge(bridge);
      expect(await members()).toBeUndefined();
    });

    it('plays to a call that is in a bridge', async () => {
      const { channelId } = await incoming();
      const [bridge, playback] = [id('br'), id('pb')];
      await hearing.telephony.createBridge(bridge);
      await hearing.telephony.addToBridge(bridge, [channelId]);
      await hearing.telephony.play(channelId, playback, [file(exchange.clip(200))]);
      expect(await whenFinished(playback)).toMatchObject({ ok: true });
    });

    it('takes other commands while one waits behind a prompt', async () => {
      const { channelId } = await incoming();
      const [bridge, playback] = [id('br'), id('pb')];
      await hearing.telephony.createBridge(bridge);
      await hearing.telephony.play(channelId, playback, [file(exchange.clip(5_000))]);
      let joined = false;
      const joining = hearing.telephony.addToBridge(bridge, [channelId]).then(() => {
        joined = true;
      });
      await exchange.pass(150);
      await hearing.telephony.listChannels();
      expect(joined).toBe(false);
      await hearing.telephony.stopPlayback(playback);
      await joining;
      expect(joined).toBe(true);
    });

    it('calls out under our own id: rings, is answered, comes back with our arguments, ends with its cause', async () => {
      const { telephony } = hearing;
      const channelId = id('leg');
      const request = {
        channelId,
        endpoint: exchange.endpoints.answers,
        callerId: DID,
        ringMs: 5_000,
        args: ['out', 'x'],
        originator: null,
      };
      await telephony.originate(request);
      await exchange.until('it is answered', () => hearing.find('started', (event) => event.channel.id === channelId) !== undefined);
      expect(hearing.find('started', (event) => event.channel.id === channelId)).toMatchObject({
        args: ['out', 'x'],
        channel: { state: 'up' },
      });
      expect(await codeOf(telephony.originate(request))).toBe('telephony.conflict');
      await telephony.hangup(channelId, 'normal');
      expect(await whenDestroyed(channelId)).toMatchObject({ cause: 16 });
      expect(hearing.of(channelId).map(({ kind }) => kind)).toContain('left');
    });

    it('tells a busy end by cause and SIP status', async () => {
      const channelId = id('leg');
      await hearing.telephony.originate({
        channelId,
        endpoint: exchange.endpoints.busy,
        callerId: DID,
        ringMs: 5_000,
        args: [],
        originator: null,
      });
      expect(await whenDestroyed(channelId)).toMatchObject({ cause: 17, sipCode: 486 });
      expect(hearing.find('started', (event) => event.channel.id === channelId)).toBeUndefined();
    });

    it('gives up an end that does not answer in time', async () => {
      const channelId = id('leg');
      await hearing.telephony.originate({
        channelId,
        endpoint: exchange.endpoints.rings,
        callerId: DID,
        ringMs: 1_000,
        args: [],
        originator: null,
      });
      expect(await whenDestroyed(channelId)).toMatchObject({ cause: 19 });
      expect(hearing.find('state', (event) => event.channelId === channelId)).toMatchObject({ state: 'ringing' });
    });

    it('lets a ringing end go; until it answers it takes no prompt', async () => {
      const channelId = id('leg');
      const caller = await incoming();
      await hearing.telephony.originate({
        channelId,
        endpoint: exchange.endpoints.rings,
        callerId: DID,
        ringMs: 20_000,
        args: [],
        originator: caller.channelId,
      });
      await exchange.until('it rings', () => hearing.find('state', (event) => event.channelId === channelId) !== undefined);
      expect(await codeOf(hearing.telephony.play(channelId, id('pb'), [file(exchange.clip(20))]))).toBe('telephony.conflict');
      await hearing.telephony.hangup(channelId, 'busy');
      expect(await whenDestroyed(channelId)).toMatchObject({ cause: 17 });
    });

    it('refuses an endpoint that does not exist, in Asterisk’s words and without the number', async () => {
      const channelId = id('leg');
      const { unknown } = exchange.endpoints;
      const refused = hearing.telephony.originate({
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
      const request = { endpoint: exchange.endpoints.answers, callerId: null, ringMs: 1_000, args: [] };
      expect(await codeOf(hearing.telephony.originate({ ...request, channelId: id('leg'), originator: 'nobody' }))).toBe(
        'telephony.refused',
      );
    });

    it('makes, replaces and removes a browser’s endpoint', async () => {
      const { telephony } = hearing;
      await telephony.putWebEndpoint('web-conformance', 'first');
      await telephony.putWebEndpoint('web-conformance', 'second');
      await telephony.removeWebEndpoint('web-conformance');
      await telephony.removeWebEndpoint('web-conformance');
    });

    it('goes on with live calls after a restart of the engine', async () => {
      const { channelId, far } = await incoming();
      const playback = id('pb');
      await hearing.telephony.play(channelId, playback, [file(exchange.clip(60_000))]);
      await hearing.telephony.stop();
      expect(await codeOf(hearing.telephony.answer(channelId))).toBe('telephony.disconnected');
      hearing = listen();
      await exchange.until('the new connection is up', hearing.isUp);
      expect((await hearing.telephony.listChannels()).ours.map((channel) => channel.id)).toContain(channelId);
      await far.press('5');
      await exchange.until('a key arrives', () => hearing.find('key', (event) => event.channelId === channelId) !== undefined);
      await hearing.telephony.stopPlayback(playback);
      expect(await whenFinished(playback)).toMatchObject({ channelId });
    });

    it('says so when another engine takes its name, waits, and comes back when the name is free', async () => {
      const other = listen();
      await exchange.until('the other one is up', other.isUp);
      await exchange.until('the first one knows', () => hearing.reason().includes('Another engine'));
      await exchange.pass(6_000);
      expect(other.isUp()).toBe(true);
      expect(hearing.isUp()).toBe(false);
      expect(await codeOf(hearing.telephony.listChannels())).toBe('telephony.disconnected');
      await other.telephony.stop();
      await exchange.until('the first one is back', hearing.isUp, 15_000);
    });

    it('says so when the password is wrong, and rejects commands at once', async () => {
      await hearing.telephony.stop();
      hearing = listen({ password: 'wrong' });
      await exchange.until('it knows', () => hearing.reason().includes('password'));
      expect(hearing.lines.filter(({ level }) => level === 'warn').map(({ message }) => message)).toEqual([
        expect.stringContaining('password'),
      ]);
      expect(await codeOf(hearing.telephony.listChannels())).toBe('telephony.disconnected');
      expect(hearing.turns).toEqual([]);
    });
  });
}
