import { randomBytes } from 'node:crypto';
import { setTimeout as pause } from 'node:timers/promises';
import { parseArgs } from 'node:util';
import { asAdmin } from '../kit/api.ts';
import { calledTwice, mannerOf, NEVER_AGAIN, startCampaign, withoutEnd } from '../kit/campaign-run.ts';
import { startTestPostgres } from '../kit/postgres.ts';
import { openTrunk } from '../kit/trunk.ts';
import { openCampaignHouse, untilDone } from './campaign-house.ts';

/** After so many calls the engine that does not dial is started anew, and after so many the one that dials loses its power. */
const RESTART_AT = 0.2;
const CUT_AT = 0.5;
const LOOK_MS = 200;
const PATIENCE_MS = 400_000;

/**
 * Two engines on one PostgreSQL, each with an Asterisk of its own, share a campaign. The one that does not dial is killed and
 * started again: the calls of the other are none of its business. Then the power of the other one is cut, Asterisk and all, for
 * good: the first goes on with the campaign, and closes what the other left open. Every contact is called once, by one of them.
 */
export async function twoEngines(args: readonly string[]): Promise<string[]> {
  const options = { contacts: { type: 'string', default: '400' }, rate: { type: 'string', default: '10' } } as const;
  const { values } = parseArgs({ args: [...args], options });
  const contacts = Number(values.contacts);
  const postgres = await startTestPostgres();
  const trunk = await openTrunk(mannerOf);
  const env = { DATABASE_URL: await postgres.createDatabase('campaigns'), SANTRAL_SESSION_KEY: randomBytes(24).toString('hex') };
  const open = () => openCampaignHouse(env, mannerOf, trunk);
  const one = await open();
  const other = await open();
  const called = (share: number) => reached(() => trunk.seen.length >= contacts * share);
  try {
    const plan = { callsPerSecond: Number(values.rate), channels: 1000, retries: NEVER_AGAIN };
    const id = await startCampaign(one.ask, contacts, plan);
    await called(RESTART_AT);
    const leads = trunk.seen[0]?.fromPort === one.asterisk.sipPort ? one : other;
    const idle = leads === one ? other : one;
    await idle.killEngine();
    await called(CUT_AT);
    const [before, underWay] = [trunk.seen.length, trunk.underWay()];
    await leads.cutPower();
    const { state, counts } = await untilDone(
      { ask: await asAdmin({ url: idle.engine().url, adminPassword: undefined }) },
      id,
      PATIENCE_MS,
    );
    const sum = Object.values(counts).reduce((total, count) => total + count, 0);
    const byIdle = trunk.seen.filter(({ fromPort }) => fromPort === idle.asterisk.sipPort).length;
    const figures = { contacts, calls: trunk.seen.length, calledTwice: calledTwice(trunk.seen), lost: contacts - sum };
    const line = {
      ...figures,
      stuck: withoutEnd(counts),
      unknown: counts['unknown'] ?? 0,
      underWay,
      before,
      byIdle,
      database: 'postgresql',
    };
    process.stdout.write(`${JSON.stringify(line)}\n`);
    return [
      ...(state === 'done' ? [] : [`the campaign is ${state}, not done`]),
      ...(line.calledTwice + line.lost + line.stuck === 0 ? [] : ['contacts were called twice, are lost or stuck']),
      // Calls that were up, or about to be made, when the power was cut have no other end; all others have the one that the trunk saw.
      ...(line.unknown <= underWay + Number(values.rate) ? [] : [`${line.unknown} ends are unknown, and ${underWay} calls were under way`]),
      ...(byIdle > 0 ? [] : ['the other engine never went on with the campaign']),
    ];
  } finally {
    await one.close();
    await other.close();
    trunk.close();
    await postgres.stop();
  }
}

/** Resolves once it is so: the trunk has nobody to tell. */
async function reached(is: () => boolean): Promise<void> {
  for (const end = Date.now() + PATIENCE_MS; !is(); await pause(LOOK_MS))
    if (Date.now() > end) throw new Error('the calls were never made');
}
