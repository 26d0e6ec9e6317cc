import { afterEach, describe, expect, it } from 'vitest';
import { startHearing } from '../asterisk/hearing.ts';
import { type FakeAsterisk, type FakeOptions, startFakeAsterisk } from './fake.ts';

const durations = (path: string) => (path.startsWith('/clips/') ? Number(path.slice(7)) : undefined);
const clip = (ms: number) => ({ kind: 'file', path: `/clips/${ms}` }) as const;

describe('the fake Asterisk', () => {
  const open: (() => Promise<void>)[] = [];
  afterEach(async () => {
    for (const close of open.splice(0).reverse()) await close();
  });
  async function begin(options: FakeOptions = {}) {
    const fake = await startFakeAsterisk({ durations, ...options });
    open.push(() => fake.stop());
    return fake;
  }
  async function engineOn(fake: FakeAsterisk) {
    const hearing = startHearing(fake);
    open.push(() => hearing.telephony.stop());
    await fake.until('the engine is there', hearing.isUp);
    return hearing;
  }
  async function callOn(fake: FakeAsterisk) {
    const hearing = await engineOn(fake);
    const phone = fake.call({ did: '02125550010' });
    await fake.until('the call arrives', () => hearing.find('started') !== undefined);
    return { hearing, phone, telephony: hearing.telephony };
  }

  it('lets a phone hear what is played, and how far', async () => {
    const fake = await begin();
    const { phone, telephony } = await callOn(fake);
    await telephony.answer(phone.channelId);
    await phone.answered();
    await telephony.play(phone.channelId, 'pb_1', [clip(1_000), clip(2_000), clip(3_000)]);
    await phone.hears('/clips/2000');
    await fake.advance(500);
    await telephony.stopPlayback('pb_1');
    await phone.silent();
    expect(phone.heard.map(({ media, complete, ms }) => ({ media, complete, ms }))).toEqual([
      { media: '/clips/1000', complete: true, ms: 1_000 },
      { media: '/clips/2000', complete: false, ms: 500 },
    ]);
  });

  it('says what was never heard', async () => {
    const fake = await begin();
    const { phone } = await callOn(fake);
    await expect(phone.hears('/clips/1', 5_000)).rejects.toThrow(/within 5000 ms: the caller hears \/clips\/1[\s\S]*StasisStart/);
  });

  it('sends no event of a call before its StasisStart, nor after its end', async () => {
    const fake = await begin();
    const early = fake.call({ did: '02125550010' });
    early.press('1');
    const hearing = await engineOn(fake);
    await fake.until('the call arrives', () => hearing.find('started') !== undefined);
    early.hangUp();
    early.press('2');
    await early.ended();
    await fake.settle();
    expect(hearing.of(early.channelId).map(({ kind }) => kind)).toEqual(['started', 'hangup-requested', 'left']);
  });

  it('gives a held call up after its time, and lets a caller go who does not wait', async () => {
    const fake = await begin({ holdMs: 10_000 });
    const patient = fake.call({ did: '02125550010' });
    const hasty = fake.call({ did: '02125550010' });
    hasty.hangUp();
    expect(await patient.ended()).toMatchObject({ by: 'network' });
    expect(hasty.ending).toMatchObject({ by: 'phone' });
    expect(fake.channelIds).toEqual([]);
  });

  it('ends a recording by silence; the beep before it takes its time', async () => {
    const fake = await begin();
    const { hearing, phone, telephony } = await callOn(fake);
    phone.speak(2_500);
    await telephony.record(phone.channelId, { name: 'rec_1', maxMs: 60_000, silenceMs: 3_000, terminator: '#', beep: true });
    await fake.until('the recording is over', () => hearing.find('recording-finished') !== undefined);
    expect(hearing.find('recording-finished')).toMatchObject({ ok: true, durationMs: 2_450, talkingMs: 2_250 });
  });

  it.each([
    [{ outcome: 'busy' }, { cause: 17, sipCode: 486 }],
    [{ outcome: 'rejected' }, { cause: 21, sipCode: 603 }],
    [{ outcome: 'invalid' }, { cause: 1, sipCode: 404 }],
    [{ outcome: 'congestion' }, { cause: 34, sipCode: 503 }],
    [{ outcome: 'no-answer' }, { cause: 19, sipCode: 480 }],
    [
      { outcome: 'fails', cause: 20 },
      { cause: 20, sipCode: null },
    ],
  ] as const)('ends a leg as the script %j says', async (script, ending) => {
    const fake = await begin();
    const hearing = await engineOn(fake);
    fake.endpoint('PJSIP/100', script);
    const leg = { channelId: 'leg_1', endpoint: 'PJSIP/100', callerId: null, ringMs: 3_000, args: [], originator: null };
    await hearing.telephony.originate(leg);
    await fake.until('the leg is gone', () => hearing.find('destroyed') !== undefined);
    expect(hearing.find('destroyed')).toMatchObject(ending);
  });

  it('lets a called phone be picked up by hand, talk, and hang up', async () => {
    const fake = await begin();
    const { hearing, phone, telephony } = await callOn(fake);
    fake.endpoint('PJSIP/100', { outcome: 'no-answer' });
    await telephony.originate({
      channelId: 'leg_1',
      endpoint: 'PJSIP/100',
      callerId: null,
      ringMs: 30_000,
      args: ['out'],
      originator: null,
    });
    const agent = await fake.leg('PJSIP/100');
    await fake.until('it rings', () => hearing.find('state', (event) => event.channelId === 'leg_1') !== undefined);
    agent.pickUp();
    await fake.until('it is answered', () => hearing.find('started', (event) => event.channel.id === 'leg_1') !== undefined);
    await telephony.createBridge('br_1');
    await telephony.addToBridge('br_1', [phone.channelId, 'leg_1']);
    await phone.bridged();
    expect(phone.partners).toEqual([agent]);
    agent.hangUp();
    await fake.until('the leg is gone', () => hearing.find('destroyed') !== undefined);
    expect(hearing.of('leg_1').map(({ kind }) => kind)).toEqual(['state', 'state', 'started', 'hangup-requested', 'left', 'destroyed']);
    expect(phone.partners).toEqual([]);
    expect(fake.bridges).toEqual([{ id: 'br_1', channelIds: [phone.channelId] }]);
  });

  it('cuts a leg that answers while the application is away', async () => {
    const fake = await begin();
    const hearing = await engineOn(fake);
    fake.endpoint('PJSIP/100', { outcome: 'answer', afterMs: 2_000 });
    await hearing.telephony.originate({
      channelId: 'leg_1',
      endpoint: 'PJSIP/100',
      callerId: null,
      ringMs: 9_000,
      args: [],
      originator: null,
    });
    const agent = await fake.leg('PJSIP/100');
    await hearing.telephony.stop();
    expect(await agent.ended()).toMatchObject({ by: 'network' });
  });

  it('types keys apart in its own time', async () => {
    const fake = await begin();
    const { hearing, phone } = await callOn(fake);
    await phone.type('123', 140);
    await fake.settle();
    const times = hearing.events.flatMap((event) => (event.kind === 'key' ? [event.at] : []));
    expect(times.map((at) => at - (times[0] ?? 0))).toEqual([0, 140, 280]);
  });

  it('runs in real time too', async () => {
    const fake = await begin({ time: 'real' });
    const { phone, telephony } = await callOn(fake);
    const began = performance.now();
    await telephony.play(phone.channelId, 'pb_1', [clip(60), clip(60)]);
    await phone.hears('/clips/60');
    await phone.hears('/clips/60');
    expect(await phone.hearsOut()).toMatchObject({ complete: true });
    expect(performance.now() - began).toBeGreaterThanOrEqual(110);
  });
});
