import { DEFAULT_BRAND } from '../../../src/domain/brand.ts';
import type { Campaign } from '../../../src/domain/campaign.ts';
import type { CampaignId, ListId } from '../../../src/domain/ids.ts';
import type { DialDeps, DialSettings } from '../../../src/services/campaigns/deps.ts';
import { createDialler } from '../../../src/services/campaigns/dialler.ts';
import { silentLog } from '../../kit/asterisk.ts';
import { campaignOf } from '../../kit/campaigns.ts';
import { memoryLists } from '../../kit/memory-lists.ts';
import { openTemporaryStores } from '../../kit/temporary-stores.ts';
import { openBench } from '../calls/bench.ts';

const FLOW = `
flow: main
title: { tr: Duyuru, en: Announcement }
start: hello
parameters: { name: "" }
nodes:
  hello: { type: say, prompt: { text: { tr: "merhaba {{params.name}}", en: "hello {{params.name}} this is a message" } }, next: ask }
  ask: { type: menu, prompt: { text: { tr: bir, en: press one } }, options: { 1: bye } }
  bye: { type: hangup, prompt: { text: { tr: x, en: bye } } }
`;
export const LIST = 'lst_1' as ListId;
export const CAMPAIGN = 'cmp_1' as CampaignId;
const numberOf = (n: number) => `+9055500${String(n).padStart(5, '0')}`;
export const numbers = (count: number, first = 1) => Array.from({ length: count }, (_, n) => numberOf(first + n));

/** The dialler on the call services, on a virtual line and clock, with campaigns in a database of their own. */
export async function openHouse(settings: Partial<DialSettings> = {}) {
  const bench = openBench({ flows: { main: FLOW } });
  const stores = await openTemporaryStores();
  const lists = memoryLists();
  const { clock, line, memory } = bench;
  let dialler: ReturnType<typeof createDialler> | undefined;
  const free = new Map<string, number>();
  let stale = false;
  const deps: DialDeps = {
    store: stores.campaigns,
    lists,
    calls: {
      place: (order) => bench.calls().place(order),
      live: () => bench.calls().live(),
      hangup: (id, by) => bench.calls().hangup(id, by),
    },
    callStore: memory.store,
    releases: bench.releases,
    isUp: () => line.telephony.connection().kind === 'up',
    freeAgents: (queue) => free.get(queue) ?? 0,
    consentsStale: () => stale,
    clock,
    ids: bench.ids,
    log: silentLog,
    holder: 'engine-a',
    settings: {
      brand: DEFAULT_BRAND,
      callsPerSecond: 40,
      channels: 100,
      trunkChannels: 200,
      inboundPercent: 10,
      cap: { calls: 3, withinMs: 86_400_000 },
      leaseMs: 10_000,
      ...settings,
    },
  };
  bench.onPublish((entries) => dialler?.note(entries));
  const open = async (changes: Partial<DialDeps> = {}) => {
    dialler = createDialler({ ...deps, ...changes });
    await dialler.up();
    await clock.pass(0);
    return dialler;
  };
  /** When telephones were rung, in ms since the first. */
  const rung = (): number[] => line.originatedAt.map((at) => at - (line.originatedAt[0] ?? 0));
  const start = async (changes: Partial<Campaign> = {}): Promise<Campaign> => {
    const campaign = campaignOf({ id: CAMPAIGN, lists: [LIST], language: 'en', ...changes });
    await stores.campaigns.create(campaign);
    const at = clock.now();
    return (await stores.campaigns.move(DEFAULT_BRAND, campaign.id, { from: ['draft'], to: 'running', at })) as Campaign;
  };
  const move = (to: Campaign['state'], id = CAMPAIGN) =>
    stores.campaigns.move(DEFAULT_BRAND, id, { from: ['draft', 'running', 'paused', 'stopped', 'done'], to, at: clock.now() });
  const states = async (id = CAMPAIGN) =>
    Object.fromEntries((await stores.campaigns.counts(DEFAULT_BRAND, id)).map((one) => [one.outcome ?? one.state, one.count]));
  const close = async () => {
    await dialler?.stop();
    await stores.close();
  };
  return { ...bench, deps, stores, lists, free, open, rung, start, move, states, close, beStale: (is: boolean) => void (stale = is) };
}
