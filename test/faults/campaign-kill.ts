import { parseArgs } from 'node:util';
import { calledTwice, NEVER_AGAIN, startCampaign, withoutEnd } from '../kit/campaign-run.ts';
import { startTestPostgres } from '../kit/postgres.ts';
import { type CampaignHouse, openCampaignHouse, untilDone } from './campaign-house.ts';

/** Between two kills, at random: long enough that calls are made, short enough that calls are cut at every step. */
const LEAST_MS = 500;
const MOST_MS = 4000;
const PATIENCE_MS = 240_000;

/**
 * A campaign whose engine is killed again and again at random moments, and Asterisk once in the middle. Every number is called at most once: what the trunk
 * saw more often was called twice; contacts without an end are stuck, and those that are nowhere are lost.
 */
export async function campaignKill(args: readonly string[]): Promise<string[]> {
  const { values } = parseArgs({
    args: [...args],
    options: {
      contacts: { type: 'string', default: '1000' },
      kills: { type: 'string', default: '20' },
      database: { type: 'string', default: 'both' },
    },
  });
  const wrong: string[] = [];
  for (const database of ['sqlite', 'postgresql'] as const) {
    if (values.database !== 'both' && values.database !== database) continue;
    const line = await killing(database, Number(values.contacts), Number(values.kills));
    process.stdout.write(`${JSON.stringify(line)}\n`);
    const bad = line.calledTwice + line.lost + line.stuck;
    if (bad > 0) wrong.push(`${database}: ${JSON.stringify(line)}`);
  }
  return wrong;
}

async function killing(database: 'sqlite' | 'postgresql', contacts: number, kills: number) {
  const postgres = database === 'postgresql' ? await startTestPostgres() : undefined;
  const url = await postgres?.createDatabase('campaigns');
  const house = await openCampaignHouse(url === undefined ? {} : { DATABASE_URL: url });
  try {
    const plan = { callsPerSecond: Math.max(5, Math.ceil(contacts / 50)), channels: 1000, retries: NEVER_AGAIN };
    const id = await startCampaign(house.ask, contacts, plan);
    const killed = await killAgainAndAgain(house, kills);
    const { counts } = await untilDone(house, id, PATIENCE_MS);
    const sum = Object.values(counts).reduce((total, count) => total + count, 0);
    return {
      contacts,
      kills: killed,
      calledTwice: calledTwice(house.trunk.seen),
      lost: contacts - sum,
      stuck: withoutEnd(counts),
      database,
    };
  } finally {
    await house.close();
    await postgres?.stop();
  }
}

async function killAgainAndAgain(house: CampaignHouse, kills: number): Promise<number> {
  for (let n = 0; n < kills; n += 1) {
    await new Promise((resolve) => setTimeout(resolve, LEAST_MS + Math.random() * (MOST_MS - LEAST_MS)));
    if (n === Math.floor(kills / 2)) await house.asterisk.restart('kill');
    await house.killEngine();
  }
  return kills;
}
