import { readFileSync } from 'node:fs';
import { type AgentOffice, openOffice, type TestAgent } from '../kit/agents.ts';
import { openStage, type Stage } from '../kit/engine.ts';

export const AGENT_NUMBER = '7301';
const QUEUE = 'service';
/** The shortest there is; nobody may be rung again sooner. */
export const RETRY_MS = 60_000;
const QUEUES = `queues:
  ${QUEUE}:
    label: { tr: Servis, en: Service }
    offer: 20s
    wrapUp: { mode: none }
    comfort: { every: none }
    whisper: none
    empty: { atJoin: wait, whenLastLeaves: wait }
    serviceLevel: { shortAbandon: 0s }
callbacks:
  ${QUEUE}: { delays: [1m], busy: 1m, attempts: 3, cap: 20, ring: 20s, minTalk: 0s }
`;
const MAIN = `flow: main
start: wait
languages: [en]
nodes:
  wait: { type: queue, queue: ${QUEUE}, next: bye, exits: { failed: bye } }
  bye: { type: hangup }
`;
/** Time to come to the queue. */
const WAITS_MS = 1500;
const SETTLES_MS = 30_000;

export interface ShownCallback {
  readonly id: string;
  readonly state: 'open' | 'reserved' | 'dialing' | 'retry-wait' | 'closed';
  readonly reason: string | null;
  /** Masked: its last two digits tell who it is. */
  readonly number: string;
  readonly closedAt: number | null;
}

/** A real Asterisk, an engine that may be killed, a house of telephones, and one agent who calls back. */
export interface CallbackHouse {
  readonly stage: Stage;
  readonly agent: TestAgent;
  /** Calls the queue, waits, and hangs up. */
  abandons(ani: string): Promise<void>;
  callbacks(): Promise<readonly ShownCallback[]>;
  /** What became of each time that they were rung. */
  attemptsOf(id: string): Promise<unknown>;
  /** Looks again and again, as it is another process that works there; null: it never came to that. */
  become(fits: (all: readonly ShownCallback[]) => boolean, withinMs: number): Promise<readonly ShownCallback[] | null>;
  /** Goes there from whatever the agent does, as soon as that lets them. */
  agentIs(kind: 'offline' | 'available'): Promise<void>;
  /** As a power cut would, and starts it again. */
  killEngine(): Promise<void>;
  close(): Promise<void>;
}

export async function openCallbackHouse(env: Readonly<Record<string, string>>): Promise<CallbackHouse> {
  const stage = await openStage({
    flows: { main: MAIN, 'return-call': readFileSync('flows/return-call.yaml', 'utf8') },
    queues: QUEUES,
    trunk: 'house',
    built: true,
    env: { SANTRAL_RATE_LIMIT: '100000', SANTRAL_CALLBACK_STALE_SECONDS: '10', SANTRAL_CALLBACK_POLL_SECONDS: '1', ...env },
  });
  let office: AgentOffice | null = null;
  try {
    office = await openOffice(stage);
    const agent = await office.agent('ayse', { number: AGENT_NUMBER, queues: [QUEUE] });
    return houseOf(stage, office, agent);
  } catch (error) {
    await office?.stop();
    await stage.close();
    throw error;
  }
}

function houseOf(stage: Stage, office: AgentOffice, agent: TestAgent): CallbackHouse {
  async function read(place: string): Promise<unknown> {
    const answer = await office.admin(place);
    const text = await answer.text();
    if (!answer.ok) throw new Error(`${answer.status} ${text}`);
    return JSON.parse(text) as unknown;
  }
  const callbacks = async () => ((await read('/api/v1/callbacks?limit=500')) as { readonly items: readonly ShownCallback[] }).items;
  return {
    ...{ stage, agent, callbacks },
    attemptsOf: async (id) => ((await read(`/api/v1/callbacks/${id}`)) as { readonly attempts: unknown }).attempts,
    async abandons(ani) {
      const caller = await stage.call('1000', { ani });
      await caller.phone.answered();
      await pause(WAITS_MS);
      await caller.hangUp();
      await caller.ended();
    },
    async become(fits, withinMs) {
      const end = Date.now() + withinMs;
      for (;;) {
        const all = await callbacks().catch(() => []);
        if (fits(all)) return all;
        if (Date.now() > end) return null;
        await pause(100);
      }
    },
    async agentIs(kind) {
      const end = Date.now() + SETTLES_MS;
      // Who is there may be asked at once.
      const fits = kind === 'offline' ? ['offline'] : ['available', 'reserved', 'ringing', 'talking'];
      for (let now = await stateOf(agent); now === null || !fits.includes(now); now = await stateOf(agent)) {
        if (Date.now() > end) throw new Error(`The agent does not become ${kind}: ${now ?? 'the engine is busy'}`);
        // Refused while somebody is on the line: it is tried again.
        if (now !== null) await agent.do(kind === 'offline' || now !== 'offline' ? 'logout' : 'login').catch(() => undefined);
        await pause(100);
      }
    },
    async killEngine() {
      await stage.engine().kill();
      await stage.startEngine();
    },
    async close() {
      await office.stop();
      await stage.close();
    },
  };
}

/** null: an engine that is busy with its calls sends off who asks (503); it is asked again. */
export async function stateOf(agent: TestAgent): Promise<string | null> {
  try {
    return (await agent.state()).kind;
  } catch (error) {
    if (error instanceof Error && error.message.includes('engine.not-ready')) return null;
    throw error;
  }
}

export function pause(ms: number): Promise<void> {
  return new Promise((resolve) => setTimeout(resolve, ms));
}
