import { describe, expect, it } from 'vitest';
import type { CampaignId } from '../../../src/domain/ids.ts';
import { Lane } from '../../../src/services/campaigns/lane.ts';
import { virtualClock } from '../../kit/virtual-clock.ts';

const CAMPAIGN = 'cmp_1' as CampaignId;

/** Calls made through a lane of 20 a second, each asked about for so long; when they were made. */
async function calls(count: number, asksFor: (n: number) => number, may: (n: number) => boolean = () => true): Promise<number[]> {
  const clock = virtualClock(0);
  const lane = new Lane(clock);
  const made: number[] = [];
  const all = Array.from({ length: count }, (_, n) =>
    lane
      .turn(
        CAMPAIGN,
        () => ({ campaign: 20, all: 40 }),
        async () => {
          await new Promise<void>((resolve) => clock.setTimer(asksFor(n), resolve));
          return may(n);
        },
      )
      .then((went) => void (went && made.push(clock.now()))),
  );
  await clock.pass(60_000);
  await Promise.all(all);
  return made;
}
const mostInOneSecond = (times: readonly number[]) =>
  Math.max(...times.map((from) => times.filter((at) => at >= from && at < from + 1000).length));

describe('the last step before calls are made', () => {
  it('holds the speed although each call is asked about for a while', async () => {
    const made = await calls(1000, () => 30);
    const seconds = ((made.at(-1) ?? 0) - (made[0] ?? 0)) / 1000;
    expect(mostInOneSecond(made)).toBeLessThanOrEqual(20);
    expect(999 / seconds).toBeGreaterThan(20 * 0.98);
  });

  it('never makes more in a second than it may, however unevenly asking goes', async () => {
    const made = await calls(600, (n) => (n % 7 === 0 ? 180 : n % 3));
    expect(made).toHaveLength(600);
    expect(mostInOneSecond(made)).toBeLessThanOrEqual(20);
  });

  it('asks about several at the same time where asking takes longer than lies between two calls', async () => {
    const made = await calls(400, (n) => 90 + (n % 5) * 20);
    const seconds = ((made.at(-1) ?? 0) - (made[0] ?? 0)) / 1000;
    expect(mostInOneSecond(made)).toBeLessThanOrEqual(20);
    expect(399 / seconds).toBeGreaterThan(20 * 0.98);
  });

  it('asks about nobody long before they are called', async () => {
    const clock = virtualClock(0);
    const lane = new Lane(clock);
    const waits: number[] = [];
    const speeds = () => ({ campaign: 5, all: 10 });
    const all = Array.from({ length: 30 }, async () => {
      let asked = 0;
      await lane.turn(CAMPAIGN, speeds, async () => {
        asked = clock.now();
        return true;
      });
      waits.push(clock.now() - asked);
    });
    expect(lane.waiting).toBe(30);
    await clock.pass(60_000);
    await Promise.all(all);
    expect(lane.waiting).toBe(0);
    expect(Math.max(...waits)).toBeLessThanOrEqual(250);
    expect(clock.pending).toBe(0);
  });

  it('holds up nobody when asking about one fails or takes for ever', async () => {
    const clock = virtualClock(0);
    const lane = new Lane(clock);
    const speeds = () => ({ campaign: 20, all: 20 });
    void lane.turn(CAMPAIGN, speeds, () => new Promise(() => undefined));
    const failed = expect(lane.turn(CAMPAIGN, speeds, () => Promise.reject(new Error('no database')))).rejects.toThrow('no database');
    const made = lane.turn(CAMPAIGN, speeds, async () => true);
    await clock.pass(1000);
    await failed;
    expect(await made).toBe(true);
    expect(lane.waiting).toBe(1);
  });

  it('gives the place of who may not be called to the next one', async () => {
    const made = await calls(
      40,
      () => 5,
      (n) => n % 2 === 1,
    );
    expect(made).toHaveLength(20);
    expect((made.at(-1) ?? 0) - (made[0] ?? 0)).toBeLessThan(1000);
  });
});
