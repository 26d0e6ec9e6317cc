import { afterEach, describe, expect, it } from 'vitest';
import { DEFAULT_BRAND } from '../../../src/domain/brand.ts';
import type { CampaignId, ListId } from '../../../src/domain/ids.ts';
import { CAMPAIGN, LIST, numbers, openHouse } from './house.ts';

const houses: Awaited<ReturnType<typeof openHouse>>[] = [];
async function house(settings: Parameters<typeof openHouse>[0] = {}) {
  const opened = await openHouse(settings);
  houses.push(opened);
  return opened;
}
afterEach(async () => {
  for (const one of houses.splice(0)) await one.close();
});

type House = Awaited<ReturnType<typeof openHouse>>;
const channels = ({ line }: House) => line.originated.map(({ channelId }) => channelId);
const dialled = ({ line }: House) => line.originated.map(({ endpoint }) => endpoint.replace(/^PJSIP\/|@trunk$/g, ''));
/** Most of them within any second that begins with one of them. */
const mostInOneSecond = (times: readonly number[]) =>
  Math.max(...times.map((from) => times.filter((at) => at >= from && at < from + 1000).length));

describe('the dialler', () => {
  it('calls everybody on the list once, each outcome is what the telephone said, and then it is done', async () => {
    const one = await house();
    one.lists.add(LIST, numbers(5), { name: 'Ayşe' });
    await one.start({ callerIds: ['+902125550010', '+902125550011'] });
    await one.open();
    await one.clock.pass(1000);
    expect(dialled(one)).toEqual(numbers(5));
    expect(one.line.originated.map(({ callerId }) => callerId)).toEqual([
      '+902125550011',
      '+902125550010',
      '+902125550011',
      '+902125550010',
      '+902125550011',
    ]);
    const [a, b, c, d, e] = channels(one) as [string, string, string, string, string];
    one.line.hangUp(a, 17, 486);
    one.line.hangUp(b, 1, 404);
    one.line.answerLeg(c);
    one.line.answerLeg(d);
    await one.clock.pass(1500);
    one.line.hangUp(d);
    await one.clock.pass(4000);
    one.line.press(c, '1');
    await one.clock.pass(4000);
    expect(one.heard()).toContain('hello Ayşe this is a message');
    one.line.hangUp(e, 21, 603);
    await one.clock.pass(1000);
    expect(await one.states()).toEqual({ 'waiting-retry': 2, 'invalid-number': 1, delivered: 1, 'hung-up-early': 1 });
    expect(one.line.originated).toHaveLength(5);
    expect((await one.stores.campaigns.get(DEFAULT_BRAND, CAMPAIGN))?.state).toBe('running');
    const sums = await one.stores.campaigns.sums(DEFAULT_BRAND, CAMPAIGN);
    expect(sums).toMatchObject({ attempts: 5, answered: 2, interacted: 1 });
    expect(await one.stores.campaigns.choices(DEFAULT_BRAND, CAMPAIGN)).toEqual([{ flow: 'main', node: 'ask', keys: '1', count: 1 }]);
  });

  it('ends a campaign when nobody is left, unless it waits for those who are appended', async () => {
    const one = await house();
    const other = 'cmp_2' as CampaignId;
    one.lists.add(LIST, numbers(1));
    one.lists.add('lst_2' as ListId, numbers(1, 50));
    await one.start();
    await one.start({ id: other, lists: ['lst_2' as ListId], staysOpen: true });
    await one.open();
    await one.clock.pass(1000);
    for (const channel of channels(one)) one.line.hangUp(channel, 1, 404);
    await one.clock.pass(3000);
    expect((await one.stores.campaigns.get(DEFAULT_BRAND, CAMPAIGN))?.state).toBe('done');
    expect((await one.stores.campaigns.get(DEFAULT_BRAND, other))?.state).toBe('running');
  });

  it('takes rows that are appended while it runs (B25)', async () => {
    const one = await house();
    one.lists.add(LIST, numbers(2));
    await one.start();
    await one.open();
    await one.clock.pass(1000);
    one.lists.add(LIST, numbers(10, 20));
    await one.clock.pass(3000);
    expect(dialled(one)).toEqual([...numbers(2), ...numbers(10, 20)]);
  });

  it('makes five calls in no second more (B5)', async () => {
    const one = await house();
    one.lists.add(LIST, numbers(60));
    await one.start({ callsPerSecond: 5, channels: 100 });
    await one.open();
    await one.clock.pass(10_000);
    expect(mostInOneSecond(one.rung())).toBe(5);
    expect(one.rung().length).toBeGreaterThanOrEqual(49);
  });

  it('never has more calls than its channels, also after a restart (B6)', async () => {
    const one = await house();
    one.lists.add(LIST, numbers(30));
    await one.start({ channels: 10 });
    const dialler = await one.open();
    await one.clock.pass(3000);
    expect(one.line.originated).toHaveLength(10);
    await dialler.stop();
    await one.crash();
    await one.open();
    await one.clock.pass(3000);
    expect(one.line.originated).toHaveLength(10);
    one.line.hangUp(channels(one)[0] as string, 17, 486);
    await one.clock.pass(3000);
    expect(one.line.originated).toHaveLength(11);
  });

  it('calls nobody twice who was called when the engine died, and takes the outcome from the call (B1)', async () => {
    const one = await house();
    one.lists.add(LIST, numbers(3));
    await one.start();
    const dialler = await one.open();
    await one.clock.pass(1000);
    await dialler.stop();
    one.line.hangUp(channels(one)[0] as string, 17, 486);
    await one.crash();
    await one.open();
    await one.clock.pass(2000);
    expect(one.line.originated).toHaveLength(3);
    expect(await one.states()).toEqual({ 'waiting-retry': 1, dialing: 2 });
    await one.clock.pass(40_000);
    expect(await one.states()).toEqual({ 'waiting-retry': 3 });
  });

  it('dials nobody within a second of a pause, and goes on where it was (B7)', async () => {
    const one = await house();
    one.lists.add(LIST, numbers(40));
    await one.start({ callsPerSecond: 5 });
    await one.open();
    await one.clock.pass(2000);
    await one.move('paused');
    const before = one.line.originated.length;
    await one.clock.pass(20_000);
    expect(one.line.originated.length).toBe(before);
    await one.move('running');
    await one.clock.pass(3000);
    expect(one.line.originated.length).toBeGreaterThan(before + 9);
    expect(new Set(dialled(one)).size).toBe(dialled(one).length);
  });

  it('lets ringing telephones go where a pause says so, and they are called again', async () => {
    const one = await house();
    one.lists.add(LIST, numbers(2));
    await one.start();
    const dialler = await one.open();
    await one.clock.pass(1000);
    one.line.answerLeg(channels(one)[0] as string);
    await one.clock.pass(100);
    await one.move('paused');
    expect(await dialler.hangUpRinging(CAMPAIGN, 'ayse')).toBe(1);
    await one.clock.pass(2000);
    expect(await one.states()).toEqual({ dialing: 1, pending: 1 });
  });

  it('stands still in an emergency', async () => {
    const one = await house();
    one.lists.add(LIST, numbers(50));
    await one.start({ callsPerSecond: 5 });
    await one.open();
    await one.clock.pass(1000);
    await one.stores.campaigns.setEmergency({ brand: DEFAULT_BRAND, since: one.clock.now(), by: 'ayse', reason: '' });
    const before = one.line.originated.length;
    await one.clock.pass(10_000);
    expect(one.line.originated.length).toBe(before);
  });

  it('never calls without a consent that advertising needs (F1, F2), nor when the registry’s copy is too old (F11)', async () => {
    const one = await house();
    one.lists.add(LIST, numbers(2));
    await one.start({ messageClass: 'commercial' });
    await one.start({ id: 'cmp_2' as CampaignId, messageClass: 'commercial', recipientType: 'TACIR' });
    one.beStale(true);
    await one.open();
    await one.clock.pass(3000);
    expect(one.line.originated).toEqual([]);
    expect(await one.states()).toEqual({ pending: 2 });
    one.beStale(false);
    await one.clock.pass(3000);
    expect(await one.states()).toEqual({ 'no-consent': 2 });
    expect(await one.states('cmp_2' as CampaignId)).toEqual({ dialing: 2 });
  });

  it('shares its speed by weight, and who has nobody lends its share', async () => {
    const one = await house({ callsPerSecond: 10 });
    const other = 'cmp_2' as CampaignId;
    one.lists.add(LIST, numbers(200));
    one.lists.add('lst_2' as ListId, numbers(200, 1000));
    await one.start({ callsPerSecond: 40, channels: 200, weight: 3 });
    await one.start({ id: other, lists: ['lst_2' as ListId], callsPerSecond: 40, channels: 200 });
    await one.open();
    await one.clock.pass(8000);
    const of = dialled(one).filter((number) => number < '+905550001000').length;
    expect(of / dialled(one).length).toBeCloseTo(0.75, 1);
  });

  it('keeps lines for who calls in', async () => {
    const one = await house({ trunkChannels: 10, inboundPercent: 30 });
    one.lists.add(LIST, numbers(30));
    await one.start({ channels: 100 });
    await one.open();
    await one.clock.pass(2000);
    expect(one.line.originated).toHaveLength(7);
  });

  it('slows down and rests when the trunk is congested, and that costs nobody an attempt', async () => {
    const one = await house({ callsPerSecond: 2 });
    one.lists.add(LIST, numbers(100));
    await one.start({ callsPerSecond: 40 });
    const dialler = await one.open();
    for (let n = 0; n < 80; n += 1) {
      await one.clock.pass(500);
      for (const channel of channels(one)) one.line.hangUp(channel, 34, 503);
    }
    expect(dialler.state().breaker.openUntil).toBeGreaterThan(0);
    expect(await one.stores.campaigns.contacts(DEFAULT_BRAND, CAMPAIGN, { limit: 1 })).toMatchObject([{ contact: { attempts: 0 } }]);
  });

  it('dials progressively for free agents only', async () => {
    const one = await house();
    one.lists.add(LIST, numbers(10));
    await one.start({ pacing: { kind: 'progressive', queue: 'sales', dropPercent: 3 } });
    await one.open();
    await one.clock.pass(2000);
    expect(one.line.originated).toHaveLength(0);
    one.free.set('sales', 2);
    await one.clock.pass(3000);
    expect(one.line.originated).toHaveLength(2);
  });

  it('of two engines on one database one dials, and the other goes on when it is gone (B4)', async () => {
    const one = await house();
    one.lists.add(LIST, numbers(20));
    await one.start({ callsPerSecond: 4 });
    const first = await one.open();
    const second = await one.open({ holder: 'engine-b' });
    await one.clock.pass(2000);
    expect([first.state().leads, second.state().leads]).toEqual([true, false]);
    await first.stop();
    await one.clock.pass(12_000);
    expect(second.state().leads).toBe(true);
    expect(dialled(one).length).toBe(new Set(dialled(one)).size);
    expect(dialled(one).length).toBe(20);
    await second.stop();
  });
});
