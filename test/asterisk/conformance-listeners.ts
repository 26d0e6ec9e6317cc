import { expect, it } from 'vitest';
import type { Bench } from './bench.ts';
import { codeOf } from './hearing.ts';

const LOOKS = 100;
const LOOK_EVERY_MS = 50;

/** Listeners at a call: supervisors, and recordings of whole calls. */
export function listenerCases(bench: Bench): void {
  const started = (id: string) => bench.hearing.find('started', (event) => event.channel.id === id);
  const left = (id: string) => bench.hearing.find('left', (event) => event.channelId === id);

  /** Recordings are nobody's events: whether one is over can only be asked. */
  async function isOver(name: string): Promise<boolean> {
    for (let look = 0; look < LOOKS; look += 1) {
      if (!(await bench.hearing.telephony.isMonitored(name))) return true;
      await bench.exchange.pass(LOOK_EVERY_MS);
    }
    return false;
  }

  it.each([false, true])('a listener comes under our own id, and goes without the call (whisper: %s)', async (whisper) => {
    const { channelId, far } = await bench.incoming();
    const spy = bench.id('spy');
    await bench.hearing.telephony.spy(spy, channelId, whisper);
    await bench.exchange.until('the listener is there', () => started(spy) !== undefined);
    expect(started(spy)).toMatchObject({ args: ['leg'], channel: { state: 'up' } });
    // Asterisk does not say that it is for the id.
    expect(await codeOf(bench.hearing.telephony.spy(spy, channelId, whisper))).toBe('telephony.refused');
    await bench.hearing.telephony.hangup(spy, 'normal');
    await bench.exchange.until('the listener left', () => left(spy) !== undefined);
    await far.press('7');
    await bench.exchange.until('the call goes on', () => bench.hearing.find('key', (event) => event.channelId === channelId) !== undefined);
  });

  it('a listener ends with the channel it listens to; there is none at a call that is gone', async () => {
    const { channelId, far } = await bench.incoming();
    const spy = bench.id('spy');
    await bench.hearing.telephony.spy(spy, channelId, false);
    await bench.exchange.until('the listener is there', () => started(spy) !== undefined);
    await far.hangUp();
    await bench.exchange.until('both left', () => left(channelId) !== undefined && left(spy) !== undefined);
    expect(await codeOf(bench.hearing.telephony.spy(bench.id('spy'), 'nobody', false))).toBe('telephony.gone');
  });

  it('records a call until told to stop, and neither the call nor anybody who asks for channels and bridges notices', async () => {
    const { channelId, far } = await bench.incoming();
    const { telephony } = bench.hearing;
    const name = bench.id('talk');
    const before = { channels: await telephony.listChannels(), bridges: await telephony.listBridges() };
    expect(await telephony.isMonitored(name)).toBe(false);
    const turns = bench.hearing.turns.length;
    await telephony.monitor(channelId, name);
    expect(await telephony.isMonitored(name)).toBe(true);
    expect(await telephony.listBridges()).toEqual(before.bridges);
    const ids = ({ ours, all }: typeof before.channels) => [ours, all].map((list) => list.map(({ id }) => id).toSorted());
    expect(ids(await telephony.listChannels())).toEqual(ids(before.channels));
    await far.press('7');
    await bench.exchange.until('the call goes on', () => bench.hearing.find('key', (event) => event.channelId === channelId) !== undefined);
    await telephony.stopMonitor(name);
    expect(await isOver(name)).toBe(true);
    await telephony.stopMonitor(name);
    await telephony.stopMonitor('talk_never');
    expect(bench.hearing.turns.slice(turns)).toEqual(['key']);
  });

  it('a recording goes on while the engine is away, and ends with the call', async () => {
    const { channelId, far } = await bench.incoming();
    const name = bench.id('talk');
    await bench.hearing.telephony.monitor(channelId, name);
    await bench.hearing.telephony.stop();
    expect(await codeOf(bench.hearing.telephony.isMonitored(name))).toBe('telephony.disconnected');
    bench.hearing = bench.listen();
    await bench.exchange.until('the new connection is up', bench.hearing.isUp);
    expect(await bench.hearing.telephony.isMonitored(name)).toBe(true);
    await far.hangUp();
    await bench.exchange.until('the call left', () => left(channelId) !== undefined);
    expect(await isOver(name)).toBe(true);
  });

  it('tells when somebody speaks and when they have been silent for the pause asked for', async () => {
    const { channelId, far } = await bench.incoming();
    const talks = () => bench.hearing.events.flatMap((event) => (event.kind === 'talk' && event.channelId === channelId ? [event] : []));
    expect(talks()).toEqual([]);
    await bench.hearing.telephony.heedTalk(channelId, 400);
    // Silence is told only after speech.
    await bench.exchange.pass(1000);
    expect(talks()).toEqual([]);
    await far.speak();
    await bench.exchange.until('speech and its end are told', () => talks().length === 2);
    expect(talks().map(({ talking }) => talking)).toEqual([true, false]);
    const [began, ended] = talks();
    // 1.2 s of speech and the pause.
    expect((ended?.at ?? 0) - (began?.at ?? 0)).toBeGreaterThan(1300);
    expect((ended?.at ?? 0) - (began?.at ?? 0)).toBeLessThan(2500);
    expect(await codeOf(bench.hearing.telephony.heedTalk('nobody', 400))).toBe('telephony.gone');
  });

  it('does not record a call that is gone', async () => {
    const name = bench.id('talk');
    expect(await codeOf(bench.hearing.telephony.monitor('nobody', name))).toBe('telephony.gone');
    expect(await bench.hearing.telephony.isMonitored(name)).toBe(false);
  });
}
