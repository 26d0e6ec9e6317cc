import type { Callback } from '../../../src/domain/callback.ts';
import type { UserId } from '../../../src/domain/ids.ts';
import type { E164 } from '../../../src/domain/phone-number.ts';
import { parseQueues } from '../../../src/domain/queue-file.ts';
import type { CallbackStore } from '../../../src/ports/callbacks.ts';
import { type Callbacks, createCallbacks } from '../../../src/services/callbacks/callbacks.ts';
import type { CallbackDeps } from '../../../src/services/callbacks/deps.ts';
import { silentLog } from '../../kit/asterisk.ts';
import { FLOOR_BRAND, profileOf } from '../../kit/floor.ts';
import { openTemporaryStores } from '../../kit/temporary-stores.ts';
import { openBench } from '../calls/bench.ts';

const MAIN = `flow: main
start: wait
languages: [en]
nodes:
  wait: { type: queue, queue: support, keys: { 1: voicemail }, next: bye, exits: { failed: bye } }
  voicemail: { type: say, prompt: { text: { en: leave a message } }, next: bye }
  bye: { type: hangup }
`;
const RETURN_CALL = `flow: return-call
start: talk
languages: [en]
parameters: { queue: "", since: 0, mode: "" }
nodes:
  talk: { type: queue, queue: "{{params.queue}}", since: params.since, next: bye, exits: { failed: sorry } }
  sorry: { type: say, prompt: { text: { en: nobody is there } }, next: bye }
  bye: { type: hangup }
`;
const queues = (rules: string, group: string) => `queues:
  support:
    label: { tr: Destek, en: Support }
    offer: 15s
    wrapUp: { mode: none }
    empty: { atJoin: wait, whenLastLeaves: wait }
    comfort: { every: none }
    whisper: none
    callbackGroup: ${group}
callbacks:
  ${group}: ${rules}
`;

export const AYSE = 'ayse' as UserId;
export const BORA = 'bora' as UserId;
export const DENIZ = '+905550000017' as E164;

export interface CallbackBenchOptions {
  readonly agents?: readonly UserId[];
  /** The flow that callers go through; by default it leads to the queue. */
  readonly main?: string;
  /** Of the group, as flows/queues.yaml has them. */
  readonly rules?: string;
  /** The one callback group there is: `support`. */
  readonly group?: string;
  /** Another engine's store, to share. */
  readonly store?: CallbackStore;
  readonly openness?: CallbackDeps['openness'];
  readonly settings?: Partial<CallbackDeps['settings']>;
  /** In their real form, for what goes over the API; absent: they count. */
  readonly ids?: CallbackDeps['ids'];
}

/** Calls, floor and callbacks on a virtual line and clock; the entries on a real database. */
export async function openCallbackBench({
  agents = [AYSE],
  main = MAIN,
  rules = '{}',
  group = 'support',
  openness,
  settings,
  ids,
  store: shared,
}: CallbackBenchOptions = {}) {
  const stores = await openTemporaryStores();
  const store = shared ?? stores.callbacks;
  const text = queues(rules, group);
  const defined = parseQueues({ path: 'flows/queues.yaml', text }, FLOOR_BRAND);
  let callbacks: Callbacks | null = null;
  const now = (): Callbacks => {
    if (callbacks === null) throw new Error('there are no callbacks yet');
    return callbacks;
  };
  const bench = openBench({
    flows: { main, 'return-call': RETURN_CALL },
    queues: text,
    ...(ids === undefined ? {} : { ids }),
    agents: agents.map((id) => profileOf(id)),
    callbacks: {
      findingOf: (...args) => now().onFloor.findingOf(...args),
      contactOf: (...args) => now().onFloor.contactOf(...args),
      joined: (...args) => now().onFloor.joined(...args),
    },
    hungUp: (call) => now().hungUp(call),
    watch: {
      arrived: (...args) => now().watch.arrived(...args),
      ended: (...args) => now().watch.ended(...args),
      asked: (...args) => now().watch.asked?.(...args),
      dropped: (...args) => now().watch.dropped(...args),
    },
  });
  const { write, open } = bench.floorMemory.store;
  // As the real store does, which takes one transaction for it.
  bench.floorMemory.store.write = async (change) => {
    await write(change);
    for (const promise of change.promises ?? [])
      await (promise.kind === 'served' ? store.served(promise.contact) : store.found(promise.finding));
  };
  // With what the calls tell, as well.
  bench.floorMemory.store.open = async (brand) => {
    const rows = await open(brand);
    const waits = rows.waits.map((wait) => {
      const call = bench.memory.rows.get(wait.callId)?.call;
      return call === undefined ? wait : { ...wait, caller: call.direction === 'inbound' ? call.ani : call.did, direction: call.direction };
    });
    return { ...rows, waits };
  };
  const deps: CallbackDeps = {
    store,
    callStore: bench.memory.store,
    floor: bench.floor,
    calls: bench.calls,
    isUp: () => true,
    queues: () => defined.queues,
    rules: () => defined.callbacks,
    openness: openness ?? (() => ({ open: true, until: null })),
    own: () => new Set(['+902125550001']),
    acceptWords: () => [],
    clock: bench.clock,
    ids: bench.ids,
    log: silentLog,
    settings: { brand: FLOOR_BRAND, callerId: '+902125550001', pollMs: 20_000, staleMs: 60_000, keepAgentMs: 10_000, ...settings },
  };
  callbacks = createCallbacks(deps);
  /** Time passes, and everything that was promised settles. */
  const pass = async (ms = 0): Promise<void> => {
    await bench.clock.pass(ms);
    for (let i = 0; i < 6; i += 1) {
      await now().settled();
      await bench.clock.pass(0);
    }
  };
  for (const id of agents) bench.floor().act(id, { kind: 'login' });
  callbacks.start();
  await pass();
  const { line } = bench;
  return {
    ...bench,
    deps,
    stores,
    store,
    pass,
    callbacks: now,
    state: (id: UserId) => bench.floor().agent(id)?.state.kind,
    open: () => store.open(FLOOR_BRAND),
    all: () => store.list({ brand: FLOOR_BRAND, limit: 100 }),
    async only(): Promise<Callback> {
      const [one] = await store.list({ brand: FLOOR_BRAND, limit: 1 });
      if (one === undefined) throw new Error('nobody is to be called back');
      return one;
    },
    /** Endpoints in the order they were rung. */
    rung: () => line.originated.map(({ endpoint }) => endpoint.replace('PJSIP/', '')),
    customers: () => line.originated.flatMap(({ endpoint }) => (endpoint.endsWith('@trunk') ? [endpoint.slice(6, -6)] : [])),
    /** The newest leg at that endpoint. */
    leg: (endpoint: string): string => line.originated.findLast((one) => one.endpoint.includes(endpoint))?.channelId ?? 'none',
    async calls_(id: string, ani: string = DENIZ): Promise<void> {
      line.dial(id, '1000', ani);
      await pass(1000);
    },
    async abandons(id: string, ani: string = DENIZ, waitMs = 10_000): Promise<void> {
      line.dial(id, '1000', ani);
      await pass(1000);
      await pass(waitMs);
      line.hangUp(id);
      await pass(1000);
    },
    async answer(endpoint: string): Promise<void> {
      line.answerLeg(line.originated.findLast((one) => one.endpoint.includes(endpoint))?.channelId ?? 'none');
      await pass(100);
    },
    async close(): Promise<void> {
      now().stop();
      await stores.close();
    },
  };
}
