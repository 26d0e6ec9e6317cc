import { parseArgs } from 'node:util';
import { mostInOneSecond, NEVER_AGAIN, seenAs, startCampaign } from '../kit/campaign-run.ts';
import { openCampaignHouse, untilDone } from './campaign-house.ts';

const PATIENCE_MS = 900_000;

/** A whole campaign on the real Asterisk: its outcomes must be what the trunk saw. */
export async function campaignRun(args: readonly string[]): Promise<string[]> {
  const options = { contacts: { type: 'string', default: '5000' }, rate: { type: 'string', default: '20' } } as const;
  const { values } = parseArgs({ args: [...args], options });
  const contacts = Number(values.contacts);
  const house = await openCampaignHouse();
  try {
    const plan = { callsPerSecond: Number(values.rate), channels: 1000, retries: NEVER_AGAIN };
    const id = await startCampaign(house.ask, contacts, plan);
    const { state, counts } = await untilDone(house, id, PATIENCE_MS);
    const { seen } = house.trunk;
    const saw = seenAs(seen);
    const differs = [...new Set([...Object.keys(saw), ...Object.keys(counts)])].filter((outcome) => saw[outcome] !== counts[outcome]);
    const calledTwice = seen.length - new Set(seen.map(({ number }) => number)).size;
    process.stdout.write(
      `${JSON.stringify({ contacts, calls: seen.length, calledTwice, maxInOneSecond: mostInOneSecond(seen), saw, counts })}\n`,
    );
    return [
      ...(state === 'done' ? [] : [`the campaign is ${state}, not done`]),
      ...differs.map((outcome) => `${outcome}: the trunk saw ${saw[outcome] ?? 0}, the campaign says ${counts[outcome] ?? 0}`),
      ...(calledTwice === 0 ? [] : [`${calledTwice} calls too many`]),
    ];
  } finally {
    await house.close();
  }
}
