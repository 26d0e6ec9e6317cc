import { parseArgs } from 'node:util';
import { startCampaign } from '../kit/campaign-run.ts';
import { startTestPostgres } from '../kit/postgres.ts';
import { type CampaignHouse, openCampaignHouse, untilDone } from './campaign-house.ts';

const NEVER = {
  busy: null,
  'no-answer': null,
  rejected: null,
  congestion: null,
  failed: null,
  unknown: null,
  'hung-up-early': null,
  dropped: null,
};
/** Between two kills, at random: long enough that calls are made, short enough that calls are cut at every step. */
const LEAST_MS = 500;
const MOST_MS = 4000;
const PATIENCE_MS = 240_000;

/**
 * A campaign whose engine is killed again and again at random moments. Every number is called at most once: what the trunk
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
    const plan = { callsPerSecond: Math.max(5, Math.ceil(contacts / 50)), channels: 1000, retries: NEVER };
    const id = await startCampaign(house.ask, contacts, plan);
    const killed = await killAgainAndAgain(house, kills);
    const { counts } = await untilDone(house, id, PATIENCE_MS);
    const times = new Map<string, number>();
    for (const { number } of house.trunk.seen) times.set(number, (times.get(number) ?? 0) + 1);
    const open = ['pending', 'leased', 'dialing', 'waiting-retry'];
    const sum = Object.values(counts).reduce((total, count) => total + count, 0);
    return {
      contacts,
      kills: killed,
      calledTwice: [...times.values()].filter((count) => count > 1).length,
      lost: contacts - sum,
      stuck: open.reduce((total, state) => total + (counts[state] ?? 0), 0),
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
    await house.killEngine();
  }
  return kills;
}
