import { parseArgs } from 'node:util';
import { calledTwice, ENDS_AS, NEVER_AGAIN, seenAs, startCampaign, withoutEnd } from '../kit/campaign-run.ts';
import { startTestPostgres } from '../kit/postgres.ts';
import { type CampaignHouse, openCampaignHouse, untilDone } from './campaign-house.ts';

/** Between two kills, at random: long enough that calls are made, short enough that calls are cut at every step. */
const LEAST_MS = 500;
const MOST_MS = 4000;
const PATIENCE_MS = 240_000;

/** Who is killed (`kill -9`), and started again as the supervisor does; both: the engine each time, and Asterisk once in the middle. */
const VICTIMS = ['engine', 'asterisk', 'both'] as const;
type Victim = (typeof VICTIMS)[number];

interface Plan {
  readonly contacts: number;
  readonly kills: number;
  readonly rate: number;
  readonly victim: Victim;
}

/**
 * A campaign whose engine, or Asterisk, is killed again and again at random moments. Every number is called at most once: what the
 * trunk saw more often was called twice; contacts without an end are stuck, and those that are nowhere are lost. What became of a
 * call that was cut is unknown, and told so: who is said to be busy, to have rejected the call, to have hung up early or to have a
 * wrong number, where the trunk saw something else, is invented.
 */
export async function campaignKill(args: readonly string[]): Promise<string[]> {
  const { values } = parseArgs({
    args: [...args],
    options: {
      contacts: { type: 'string', default: '1000' },
      kills: { type: 'string', default: '20' },
      kill: { type: 'string', default: 'both' },
      rate: { type: 'string' },
      database: { type: 'string', default: 'both' },
    },
  });
  const victim = VICTIMS.find((one) => one === values.kill);
  if (victim === undefined) return [`Nobody is called "${values.kill}" here. There are: ${VICTIMS.join(', ')}.`];
  const contacts = Number(values.contacts);
  const rate = values.rate === undefined ? Math.max(5, Math.ceil(contacts / 50)) : Number(values.rate);
  const wrong: string[] = [];
  for (const database of ['sqlite', 'postgresql'] as const) {
    if (values.database !== 'both' && values.database !== database) continue;
    const line = await killing(database, { contacts, kills: Number(values.kills), rate, victim });
    process.stdout.write(`${JSON.stringify(line)}\n`);
    const bad = line.calledTwice + line.lost + line.stuck + line.invented;
    if (bad > 0) wrong.push(`${database}: ${JSON.stringify(line)}`);
  }
  return wrong;
}

async function killing(database: 'sqlite' | 'postgresql', { contacts, kills, rate, victim }: Plan) {
  const postgres = database === 'postgresql' ? await startTestPostgres() : undefined;
  const url = await postgres?.createDatabase('campaigns');
  const house = await openCampaignHouse(url === undefined ? {} : { DATABASE_URL: url });
  try {
    const plan = { callsPerSecond: rate, channels: 1000, retries: NEVER_AGAIN };
    const id = await startCampaign(house.ask, contacts, plan);
    await killAgainAndAgain(house, kills, victim);
    const { counts } = await untilDone(house, id, PATIENCE_MS);
    const sum = Object.values(counts).reduce((total, count) => total + count, 0);
    return {
      ...{ contacts, kills, kill: victim },
      calledTwice: calledTwice(house.trunk.seen),
      lost: contacts - sum,
      stuck: withoutEnd(counts),
      invented: invented(counts, seenAs(house.trunk.seen)),
      ...{ counts, database },
    };
  } finally {
    await house.close();
    await postgres?.stop();
  }
}

async function killAgainAndAgain(house: CampaignHouse, kills: number, victim: Victim): Promise<void> {
  for (let n = 0; n < kills; n += 1) {
    await new Promise((resolve) => setTimeout(resolve, LEAST_MS + Math.random() * (MOST_MS - LEAST_MS)));
    if (victim === 'asterisk' || (victim === 'both' && n === Math.floor(kills / 2))) await house.asterisk.restart('kill');
    if (victim !== 'asterisk') await house.killEngine();
  }
}

/** What only the far side can say, and did not. */
const SAID_THERE = new Set([ENDS_AS.busy, ENDS_AS.reject, ENDS_AS.unknown, ENDS_AS.early]);

function invented(counts: Readonly<Record<string, number>>, saw: Readonly<Record<string, number>>): number {
  return [...SAID_THERE].reduce((total, outcome) => total + Math.max(0, (counts[outcome] ?? 0) - (saw[outcome] ?? 0)), 0);
}
