import { parseArgs } from 'node:util';
import { openCampaignHouse } from '../faults/campaign-house.ts';
import { mostInOneSecond, post, startCampaign } from '../kit/campaign-run.ts';

const SECONDS = 60;
/** The first calls find code that was never run before. */
const WARM_UP_MS = 5000;
const MOST_OFF_PERCENT = 2;

/** Calls per second of a campaign at the trunk, for a minute at each rate. Gives why the figures do not hold. */
export async function benchDialler(args: readonly string[]): Promise<string[]> {
  const { values } = parseArgs({ args: [...args], options: { rates: { type: 'string', default: '5,20,40' } } });
  const wrong: string[] = [];
  for (const rate of values.rates.split(',').map(Number)) {
    // Busy at once: what is measured is how calls are made, not how they are talked.
    const house = await openCampaignHouse({}, () => 'busy');
    try {
      const id = await startCampaign(house.ask, rate * (SECONDS + 20), { callsPerSecond: rate, channels: 1000 });
      await new Promise((resolve) => setTimeout(resolve, WARM_UP_MS + SECONDS * 1000));
      await post(house.ask, `/api/v1/campaigns/${id}/stop`);
      const from = (house.trunk.seen[0]?.at ?? 0) + WARM_UP_MS;
      const seen = house.trunk.seen.filter(({ at }) => at >= from && at < from + SECONDS * 1000);
      const heldPercent = Math.round((seen.length / (rate * SECONDS)) * 1000) / 10;
      const maxInOneSecond = mostInOneSecond(seen);
      process.stdout.write(`${JSON.stringify({ rate, heldPercent, maxInOneSecond })}\n`);
      if (Math.abs(100 - heldPercent) > MOST_OFF_PERCENT) wrong.push(`${rate} per second: held ${heldPercent} %`);
      if (maxInOneSecond > rate) wrong.push(`${rate} per second: ${maxInOneSecond} in one second`);
    } finally {
      await house.close();
    }
  }
  return wrong;
}
