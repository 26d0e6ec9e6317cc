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
