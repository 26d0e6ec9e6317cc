import { parseArgs } from 'node:util';
import { startTestPostgres } from '../kit/postgres.ts';
import { AGENT_NUMBER, type CallbackHouse, openCallbackHouse, pause, RETRY_MS, type ShownCallback, stateOf } from './callback-house.ts';

const STATES = ['reserved', 'dialing', 'connected'] as const;
type State = (typeof STATES)[number];

/** The kill comes at random within so long after the state is seen. */
const WITHIN_MS = 300;
const SEEN_MS = 30_000;
const TRIES = 5;
const FOUND_MS = 8000;
/** Until who was killed for is done with, or waits for another try. */
const ROUND_MS = 45_000;
/** Three attempts, a minute apart. */
const PATIENCE_MS = 300_000;
const TALKS = { kind: 'answer', afterMs: 200, talkMs: 1500 } as const;
/** Clocks of two processes, and of the telephone network. */
const SLACK_MS = 3000;

/**
 * The engine is killed again and again while it calls people back: while the agent is asked, while the customer rings, and
 * while both talk. Every customer has one conversation in the end, and no telephone rings twice within the retry delay or
 * once its owner was talked with; entries without an end are stuck, customers without an entry are lost.
 */
export async function callbackKill(args: readonly string[]): Promise<string[]> {
  const { values } = parseArgs({
    args: [...args],
    options: {
      kills: { type: 'string', default: '20' },
      state: { type: 'string', default: 'all' },
      database: { type: 'string', default: 'sqlite' },
    },
  });
  const states = STATES.filter((state) => values.state === 'all' || values.state === state);
  if (states.length === 0) return [`There is no state "${values.state}". There are: all, ${STATES.join(', ')}.`];
  const postgres = values.database === 'postgresql' ? await startTestPostgres() : undefined;
  const url = await postgres?.createDatabase('callbacks');
  const house = await openCallbackHouse(url === undefined ? {} : { DATABASE_URL: url });
  try {
    const line = await killing(house, states, Number(values.kills));
    process.stdout.write(`${JSON.stringify(line)}\n`);
    return line.secondRings + line.stuck + line.lost === 0 ? [] : [`${values.database}: ${JSON.stringify(line)}`, ...(await told(house))];
  } finally {
    await house.close();
    await postgres?.stop();
  }
}

async function killing(house: CallbackHouse, states: readonly State[], kills: number) {
  const numbers: string[] = [];
  for (const state of states)
    for (let n = 0; n < kills; n += 1) {
      const number = `+905550000${String(100 + numbers.length)}`;
      numbers.push(number);
      await killIn(state, house, number, n);
      process.stderr.write(`${numbers.length} killed, the last one ${state}\n`);
    }
  const isOver = (all: readonly ShownCallback[]) => all.every(({ state }) => state === 'closed');
  answersAtOnce(house);
  await house.become((all) => all.length > 0 && isOver(all), PATIENCE_MS);
  const all = await house.callbacks();
  const entryOf = (number: string) => all.find((one) => one.number.endsWith(number.slice(-2)));
  const rings = numbers.map((number) => house.stage.house.rung.filter((one) => one.number === number).map(({ at }) => at));
  return {
    kills: numbers.length,
    secondRings: numbers.reduce((sum, number, at) => sum + tooMany(rings[at] ?? [], entryOf(number)?.closedAt ?? Infinity), 0),
    stuck: all.filter(({ state }) => state !== 'closed').length,
    // Three attempts are more than enough for who answers: another end than a conversation is a customer who was lost.
    lost: numbers.filter((number) => entryOf(number)?.reason !== 'served-outbound').length,
  };
}

/** How each entry ended; of those that ended wrongly, what became of each attempt. */
async function told(house: CallbackHouse): Promise<string[]> {
  const all = await house.callbacks();
  return Promise.all(
    all.map(async ({ id, number, state, reason }) => {
      const end = `…${number.slice(-2)} ${state} ${reason ?? ''}`;
      return reason === 'served-outbound' ? end : `${end}: ${JSON.stringify(await house.attemptsOf(id))}`;
    }),
  );
}

/** Rings that came too early after the one before, or when the customer had been talked with. */
function tooMany(rings: readonly number[], closedAt: number): number {
  const early = rings.filter((at, n) => n > 0 && at - (rings[n - 1] ?? 0) < RETRY_MS - SLACK_MS);
  return early.length + rings.filter((at) => at > closedAt + SLACK_MS).length;
}

async function killIn(state: State, house: CallbackHouse, number: string, n: number): Promise<void> {
  const { stage, agent } = house;
  const suffix = number.slice(-2);
  const mine = (all: readonly ShownCallback[]) => all.find((one) => one.number.endsWith(suffix));
  await house.agentIs('offline');
  await waits(house, number, (all) => mine(all) !== undefined);
  // Whoever waits for another try since an earlier kill may be the one who is asked for: that is a kill like any other.
  const isIn = (what: State, all: readonly ShownCallback[]) =>
    what === 'reserved' ? all.some((one) => one.state === what) : mine(all)?.state === what;
  // Of the state it stands in when the engine dies, everybody does as they must for it to be reached.
  stage.house.expect(AGENT_NUMBER, state === 'reserved' ? { kind: 'ignore' } : { kind: 'answer', afterMs: 200 });
  stage.house.expect(number, state === 'connected' ? { kind: 'answer', afterMs: 200 } : { kind: 'ignore' });
  await house.agentIs('available');
  const reached = await seen(state, house, () => house.become((all) => isIn(state, all), SEEN_MS));
  if (!reached) {
    const entry = JSON.stringify(mine(await house.callbacks()));
    throw new Error(`The callback to …${suffix} was never ${state}: ${entry}; the agent: ${JSON.stringify(await agent.state())}`);
  }
  await pause(Math.random() * WITHIN_MS);
  await house.killEngine();
  // From now on all answer; a telephone that rings still is picked up every other time, and else rings until it is given up.
  answersAtOnce(house);
  stage.house.expect(number, TALKS);
  // It may have been given up in this very moment; then it rings again, once the delay is over.
  if (state === 'dialing' && n % 2 === 0)
    await stage.house.visitors
      .findLast((one) => one.number === number && !one.ended)
      ?.answer()
      .catch(() => undefined);
  if (state === 'reserved') await agent.do('login').catch(() => undefined);
  if (state === 'connected') for (const one of stage.house.visitors) if (!one.ended) await one.hangUp();
  await house.become((all) => ['closed', 'retry-wait'].includes(mine(all)?.state ?? ''), ROUND_MS);
  for (const one of stage.house.visitors) if (!one.ended) await one.hangUp();
}

/** On a busy machine somebody may hang up before they come to the queue: they call again. */
async function waits(house: CallbackHouse, number: string, isFound: (all: readonly ShownCallback[]) => boolean): Promise<void> {
  for (let tries = 0; tries < TRIES; tries += 1) {
    await house.abandons(number);
    if ((await house.become(isFound, FOUND_MS)) !== null) return;
  }
  throw new Error(`Nobody was found who hung up, as often as …${number.slice(-2)} did`);
}

/** Whether it is so: a talk as the agent sees it, else as the entry's state tells. */
async function seen(state: State, house: CallbackHouse, told: () => Promise<unknown>): Promise<boolean> {
  if (state !== 'connected') return (await told()) !== null;
  const end = Date.now() + SEEN_MS;
  while ((await stateOf(house.agent)) !== 'talking') {
    if (Date.now() > end) return false;
    await pause(50);
  }
  return true;
}

/** The agent takes whatever comes; the customers talk a moment, and hang up. */
function answersAtOnce({ stage }: CallbackHouse): void {
  stage.house.expect(AGENT_NUMBER, { kind: 'answer', afterMs: 200 });
}
