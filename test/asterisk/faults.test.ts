import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { TRANSPORTS } from '../../src/asterisk/transports.ts';
import { type FakeAsterisk, startFakeAsterisk } from '../fake-asterisk/fake.ts';
import { codeOf, type Hearing, type HearingOptions, startHearing } from './hearing.ts';

const MEDIA = [{ kind: 'file', path: '/clips/1000' }] as const;

describe.each(Object.entries(TRANSPORTS))('%s transport when things go wrong', (kind, transport) => {
  let fake: FakeAsterisk;
  const hearings: Hearing[] = [];

  beforeEach(async () => {
    fake = await startFakeAsterisk({ durations: (path) => (path.startsWith('/clips/') ? Number(path.slice(7)) : undefined) });
  });
  afterEach(async () => {
    for (const one of hearings.splice(0)) await one.telephony.stop();
    await fake.crash();
    expect(fake.clock.pending, 'no timer is left').toBe(0);
  });

  const listen = (options: HearingOptions = {}) => {
    const one = startHearing(fake, { transport, ...options });
    hearings.push(one);
    return one;
  };
  async function connected(options: HearingOptions = {}) {
    const hearing = listen(options);
    await fake.until('it is up', hearing.isUp);
    return hearing;
  }
  async function inCall(hearing: Hearing) {
    const phone = fake.call({ did: '02125550010' });
    await fake.until('it arrives', () => hearing.find('started') !== undefined);
    await hearing.telephony.answer(phone.channelId);
    return phone;
  }
  const count = (operation: string) => fake.requests.filter((request) => request.operation === operation).length;

  it('gives up a command that is never answered', async () => {
    const hearing = await connected({ timeoutMs: 700 });
    const phone = await inCall(hearing);
    fake.fail('channels.playWithId', { kind: 'hang' });
    const code = codeOf(hearing.telephony.play(phone.channelId, 'pb_1', MEDIA));
    await fake.advance(699);
    let over = false;
    void code.then(() => {
      over = true;
    });
    await fake.settle();
    expect(over).toBe(false);
    await fake.advance(1);
    expect(await code).toBe('telephony.timeout');
    expect(hearing.isUp()).toBe(true);
  });

  it('says that a lost answer leaves it open whether the command was carried out; its events come all the same', async () => {
    const hearing = await connected({ timeoutMs: 700 });
    const phone = await inCall(hearing);
    fake.fail('channels.playWithId', { kind: 'lose-reply' });
    const playing = hearing.telephony.play(phone.channelId, 'pb_1', MEDIA);
    const failure = expect(playing).rejects.toMatchObject({ code: 'telephony.timeout', details: { sent: true } });
    await phone.hears('/clips/1000');
    await fake.until('it is over', () => hearing.find('playback-finished') !== undefined);
    await failure;
    expect(count('channels.playWithId')).toBe(1);
  });

  it('passes on a slow answer', async () => {
    const hearing = await connected();
    const phone = await inCall(hearing);
    fake.fail('channels.ring', { kind: 'slow', ms: 900 });
    const ringing = hearing.telephony.ring(phone.channelId, true);
    await fake.advance(900);
    await ringing;
  });

  it.each([
    [500, { message: 'Internal Server Error' }, 'telephony.refused'],
    [412, { message: 'Channel in invalid state' }, 'telephony.not-usable'],
    [409, { message: 'Channel not in Stasis application' }, 'telephony.conflict'],
    [404, { message: 'Channel not found' }, 'telephony.gone'],
    [401, { message: 'Authentication required' }, 'telephony.unauthorized'],
    [503, '<html><h1>Busy</h1><p>Too many sessions</p></html>', 'telephony.refused'],
  ])('makes an error of its own of status %i', async (status, body, code) => {
    const hearing = await connected();
    const phone = await inCall(hearing);
    fake.fail('channels.ring', { kind: 'status', status, body });
    expect(await codeOf(hearing.telephony.ring(phone.channelId, true))).toBe(code);
    await hearing.telephony.ring(phone.channelId, true);
  });

  it('hands on doubled and reordered events as they come, without harm', async () => {
    const hearing = await connected();
    const phone = await inCall(hearing);
    fake.eventFaults.duplicate('PlaybackFinished');
    fake.eventFaults.delay('ChannelDtmfReceived', 1);
    await hearing.telephony.play(phone.channelId, 'pb_1', MEDIA);
    phone.press('1');
    await fake.until('all is heard', () => hearing.find('key') !== undefined);
    await fake.settle();
    expect(hearing.of(phone.channelId).map(({ kind: seen }) => seen)).toEqual([
      'started',
      'state',
      'playback-finished',
      'playback-finished',
      'key',
    ]);
  });

  it('ignores event types it does not know, and what is no event, and says so without the contents', async () => {
    const hearing = await connected();
    const phone = await inCall(hearing);
    fake.sendRaw('{"type":"ChannelSomethingNew","channel":{"id":"x"}}');
    fake.sendRaw('{"type":"ChannelSomethingNew","channel":{"id":"x"}}');
    fake.sendRaw('{"type":"StasisStart","channel":{"caller":{"number":"+905550000042"}}}');
    fake.sendRaw('{"type":"__proto__"}');
    fake.sendRaw('{"half a');
    fake.sendRaw('"text"');
    fake.sendRaw('null');
    phone.press('7');
    await fake.until('the key behind them is heard', () => hearing.find('key') !== undefined);
    expect(hearing.telephony.heard().ignored.get('ChannelSomethingNew')).toBe(2);
    expect(hearing.telephony.heard().garbage).toBe(4);
    expect(JSON.stringify(hearing.lines)).not.toContain('5550000042');
    expect(hearing.isUp()).toBe(true);
  });

  it('survives a lost socket: calls go on, the listener is told, stock is taken before any event', async () => {
    let release: () => void = () => undefined;
    const stock = { wait: false };
    const hearing = await connected({
      onUp: () => (stock.wait ? new Promise<void>((resolve) => (release = resolve)) : Promise.resolve()),
    });
    const phone = await inCall(hearing);
    await hearing.telephony.play(phone.channelId, 'pb_1', [{ kind: 'file', path: '/clips/60000' }]);
    stock.wait = true;
    fake.dropSocket();
    await fake.until('it knows', () => !hearing.isUp());
    expect(hearing.reason()).toContain('trying again');
    await fake.until('it takes stock', () => hearing.turns.filter((turn) => turn === 'up').length === 2);
    expect(hearing.isUp()).toBe(false);
    phone.press('4');
    await fake.settle();
    expect(hearing.find('key')).toBeUndefined();
    // Commands work while stock is taken.
    expect((await hearing.telephony.listChannels()).ours.map(({ id }) => id)).toEqual([phone.channelId]);
    release();
    await fake.until('the key is heard', () => hearing.find('key') !== undefined);
    expect(hearing.turns.slice(hearing.turns.findIndex((turn) => turn.startsWith('down')))).toEqual([
      expect.stringContaining('down: '),
      'up',
      'key',
    ]);
    expect(phone.heard.at(-1)?.complete).toBeUndefined();
  });

  it('comes back when the listener could not take stock', async () => {
    let failures = 2;
    const hearing = listen({
      onUp: async () => {
        failures -= 1;
        if (failures >= 0) throw new Error('the database is locked');
      },
    });
    await fake.until('it is up', hearing.isUp);
    expect(hearing.lines.some(({ message }) => message.includes('the database is locked'))).toBe(true);
  });

  it('notices an Asterisk that falls silent, by its missing pongs', async () => {
    const hearing = await connected();
    fake.mutePongs(true);
    await fake.until('it knows', () => hearing.turns.some((turn) => turn.startsWith('down')));
    expect(hearing.turns.find((turn) => turn.startsWith('down'))).toContain('ping');
    fake.mutePongs(false);
    await fake.until('it is back', hearing.isUp);
  });

  it('waits for Asterisk for as long as it takes, and says so once', async () => {
    await fake.crash();
    const hearing = listen();
    const before = fake.clock.now();
    await fake.advance(600_000);
    expect(hearing.telephony.connection()).toMatchObject({
      kind: 'down',
      since: before,
      reason: expect.stringMatching(/^Asterisk is not reachable at http:\/\/127\.0\.0\.1:\d+ \(connection refused.*trying again$/),
    });
    expect(hearing.lines.filter(({ level }) => level === 'warn')).toHaveLength(1);
    await fake.boot();
    await fake.until('it is up', hearing.isUp, 10_000);
    expect(hearing.turns).toEqual(['up']);
  });

  it('survives Asterisk’s restart, which loses every call', async () => {
    const hearing = await connected();
    const phone = await inCall(hearing);
    await fake.crash();
    await fake.until('it knows', () => !hearing.isUp());
    expect(await codeOf(hearing.telephony.ring(phone.channelId, true))).toBe('telephony.disconnected');
    await fake.advance(3_000);
    await fake.boot();
    await fake.until('it is back', hearing.isUp);
    expect(await hearing.telephony.listChannels()).toEqual({ ours: [], all: [] });
    expect(phone.ending).toMatchObject({ by: 'lost' });
    await hearing.telephony.hangup(phone.channelId, 'normal');
  });

  it('tries again after a wrong password was set right, not faster than every ten seconds', async () => {
    fake.setPassword('the right one');
    const hearing = listen({ password: 'the right one' });
    await fake.until('it is up', hearing.isUp);
    const wrong = listen({ password: 'a wrong one' });
    await fake.until('it knows', () => wrong.reason().includes('password'));
    const asked = fake.requests.length;
    await fake.advance(9_000);
    expect(fake.requests.length - asked).toBeLessThan(3);
  });

  it('sets the event filter after each connect', async () => {
    const hearing = await connected();
    fake.dropSocket();
    await fake.until('it is back', () => hearing.turns.filter((turn) => turn === 'up').length === 2 && hearing.isUp());
    expect(count('applications.filter')).toBe(2);
    const phone = await inCall(hearing);
    await hearing.telephony.play(phone.channelId, 'pb_1', MEDIA);
    await fake.until('it is over', () => hearing.find('playback-finished') !== undefined);
    expect([...hearing.telephony.heard().ignored.keys()], 'no event is sent that nobody uses').toEqual([]);
  });

  it('keeps a call ringing that comes while the engine is away', async () => {
    const phone = fake.call({ did: '02125550010' });
    await fake.advance(4_000);
    const hearing = await connected();
    await fake.until('it arrives', () => hearing.find('started') !== undefined);
    expect(hearing.find('started')?.channel.id).toBe(phone.channelId);
  });

  it('stops in the middle of anything', async () => {
    const hearing = await connected();
    const phone = await inCall(hearing);
    fake.fail('channels.ring', { kind: 'hang' });
    const code = codeOf(hearing.telephony.ring(phone.channelId, true));
    await fake.until('it was asked', () => count('channels.ring') === 1);
    await hearing.telephony.stop();
    expect(await code).toBe('telephony.disconnected');
    const early = listen();
    await early.telephony.stop();
    expect(early.telephony.connection()).toMatchObject({ kind: 'down', reason: 'Stopped' });
    const waiting = listen({ onUp: () => new Promise(() => undefined) });
    await fake.until('it takes stock', () => waiting.turns.includes('up'));
    await waiting.telephony.stop();
  });

  it.runIf(kind === 'own')('repeats what may be done twice when a kept connection breaks under it, and nothing else', async () => {
    const hearing = await connected();
    const phone = await inCall(hearing);
    fake.fail('channels.list', { kind: 'cut' });
    await hearing.telephony.listChannels();
    fake.fail('bridges.destroy', { kind: 'cut' });
    await hearing.telephony.destroyBridge('br_none');
    fake.fail('channels.ring', { kind: 'cut' });
    expect(await codeOf(hearing.telephony.ring(phone.channelId, true))).toBe('telephony.disconnected');
    expect(count('channels.ring')).toBe(1);
  });

  it.runIf(kind === 'own')('does not send late what timed out while it waited for a connection', async () => {
    const hearing = await connected({ connections: 1, timeoutMs: 500 });
    const phone = await inCall(hearing);
    fake.fail('channels.ring', { kind: 'hang' });
    const first = codeOf(hearing.telephony.ring(phone.channelId, true));
    const second = hearing.telephony.createBridge('br_late');
    const failure = expect(second).rejects.toMatchObject({ code: 'telephony.timeout', details: { sent: false } });
    await fake.until('the first holds the only connection', () => count('channels.ring') === 1);
    // Both run out in the same moment: the second never had a connection.
    fake.clock.fireNext();
    fake.clock.fireNext();
    expect(await first).toBe('telephony.timeout');
    await failure;
    await fake.advance(3_000);
    expect(count('bridges.createWithId')).toBe(0);
  });

  it.runIf(kind === 'own')('quick commands need no connection: they go while another one holds the only one', async () => {
    const hearing = await connected({ connections: 1 });
    const phone = await inCall(hearing);
    fake.fail('channels.ring', { kind: 'slow', ms: 900 });
    const ringing = hearing.telephony.ring(phone.channelId, true);
    await hearing.telephony.play(phone.channelId, 'pb_1', MEDIA);
    await hearing.telephony.stopPlayback('pb_1');
    await hearing.telephony.hangup(phone.channelId, 'normal');
    await fake.advance(900);
    expect(await codeOf(ringing)).not.toBe('telephony.timeout');
  });

  it.runIf(kind === 'own')('a quick command whose socket breaks is told so at once, and is not sent again', async () => {
    const hearing = await connected();
    const phone = await inCall(hearing);
    fake.fail('channels.playWithId', { kind: 'cut' });
    expect(await codeOf(hearing.telephony.play(phone.channelId, 'pb_1', MEDIA))).toBe('telephony.disconnected');
    await fake.until('it is back', hearing.isUp);
    expect(count('channels.playWithId')).toBe(1);
  });

  it.runIf(kind === 'own')('a playback too long for a message of the socket takes the other way', async () => {
    const hearing = await connected();
    const phone = await inCall(hearing);
    const path = `/clips/10${'0'.repeat(100)}`;
    const long = Array.from({ length: 300 }, () => ({ kind: 'file', path }) as const);
    fake.fail('channels.playWithId', { kind: 'cut' });
    expect(await codeOf(hearing.telephony.play(phone.channelId, 'pb_1', long))).toBe('telephony.disconnected');
    expect(hearing.isUp()).toBe(true);
  });
});
