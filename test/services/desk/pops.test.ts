import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import type { AgentOnFloor } from '../../../src/domain/agent.ts';
import type { DeskNews, Pop } from '../../../src/domain/desk-view.ts';
import type { CallId, UserId } from '../../../src/domain/ids.ts';
import type { Stores } from '../../../src/ports/stores.ts';
import type { ToldAgent, ToldCall } from '../../../src/services/crm/call-events.ts';
import { createPops, type Pops } from '../../../src/services/desk/pops.ts';
import type { FloorListener } from '../../../src/services/floor/floor-shape.ts';
import type { Offer } from '../../../src/services/floor/seat.ts';
import type { Wait } from '../../../src/services/floor/waits.ts';
import { createMatching, type Matching } from '../../../src/services/matching/matching.ts';
import { createNumberTokens } from '../../../src/services/matching/number-tokens.ts';
import { silentLog } from '../../kit/asterisk.ts';
import { countedIds, importHouse, MATCH_BRAND, TEST_TOKEN_KEYS } from '../../kit/imports.ts';
import { openTemporaryStores } from '../../kit/temporary-stores.ts';

const AYSE = { id: 'usr_a' as UserId, name: 'ayse' };
const CALL = 'call_1' as CallId;
const CALLER = '05321234567';
const TABLE = [
  'telefon;ad soyad;müşteri no;doğum yılı;şehir',
  '05321234567;Ayşe Yılmaz;17;1984;İzmir',
  ...Array.from({ length: 12 }, (_, i) => `05${30 + i}1234599;Müşteri ${i};M${i};${1960 + i};Van`),
  '05321234588;Can Er;3;1990;Van',
  '05339934588;Ali Kaya;4;;Ankara',
];

let stores: Stores;
let matching: Matching;
let line: CallId | null;
let listener: FloorListener;
let told: DeskNews[];
let heard: [string, ToldCall, ToldAgent][];
let pops: Pops;

beforeEach(async () => {
  stores = await openTemporaryStores();
  const house = importHouse(stores.matching.imports);
  await house.load(TABLE.join('\n'));
  await house.close();
  [line, told, heard] = [CALL, [], []];
  const callOfAgent = () => line;
  const clock = { now: () => 1_790_000_000_000 };
  matching = createMatching({ stores, tokens: createNumberTokens(TEST_TOKEN_KEYS), clock, ids: countedIds(), log: silentLog, callOfAgent });
  pops = createPops({
    floor: {
      watch: (given) => {
        listener = given;
        return () => undefined;
      },
    },
    matching,
    events: {
      offered: async (call, agent) => void heard.push(['offered', call, agent]),
      answered: async (call, agent) => void heard.push(['answered', call, agent]),
    },
    callOf: (id) => ({ id, brand: MATCH_BRAND, direction: 'inbound', number: CALLER, did: '1000' }),
    callOfAgent,
    nameOf: () => AYSE.name,
    tell: (_agent, news) => void told.push(news),
    log: silentLog,
  });
});
afterEach(async () => {
  pops.stop();
  await stores.close();
});

/** The call arrives and is offered; resolves with the pop. */
async function offered(ani: string) {
  matching.arrived({ id: CALL, brand: MATCH_BRAND, ani, dealer: null });
  listener.offerMade?.({ agent: AYSE.id } as Offer, { callId: CALL, queue: 'support' } as Wait);
  return lastOf('pop');
}

interface News {
  readonly pop: Pop;
  readonly verification: Extract<DeskNews, { readonly type: 'verification' }>['data'];
}

/** The newest news of a type, as soon as there are more than `after`. */
async function lastOf<T extends keyof News>(type: T, after = 0): Promise<News[T] | undefined> {
  await expect.poll(() => told.filter((news) => news.type === type).length).toBeGreaterThan(after);
  return told.filter((news) => news.type === type).at(-1)?.data as News[T] | undefined;
}

describe('who calls, on the agent’s screen', () => {
  it('case D1: two customers are two masked cards, and nobody is chosen', async () => {
    const pop = await offered('05051234588');
    expect(pop).toMatchObject({ kind: 'many', count: 2, question: null, verification: { state: 'open', candidate: null, triesLeft: 3 } });
    expect(pop?.candidates.map(({ name }) => name).toSorted()).toEqual(['A*** K***', 'C*** E***']);
    const asked = Object.fromEntries((pop?.candidates ?? []).map(({ name, fields }) => [name, fields.map(({ field }) => field)]));
    expect(asked['C*** E***']).toContain('birth-year');
    // Each card asks what is known of its own customer, and no more.
    expect(asked['A*** K***']).toContain('customer-no');
    expect(asked['A*** K***']).not.toContain('birth-year');
    expect(JSON.stringify(told)).not.toMatch(/Kaya|1990|0533/);
  });

  it('case D2: one match is a card to be verified; a right answer opens the record, and a page opened anew has it again', async () => {
    const pop = await offered(CALLER);
    expect(pop).toMatchObject({ kind: 'one', count: 1, candidates: [{ name: 'A*** Y***', city: 'İzmir' }] });
    const card = pop?.candidates[0]?.id ?? '';
    const { right } = await matching.verify(AYSE, card, 'birth-year', '1984');
    expect(right).toBe(true);
    const news = await lastOf('verification');
    const record = {
      name: 'Ayşe Yılmaz',
      customerNumber: '17',
      fields: [{ label: { tr: 'Doğum yılı', en: 'Year of birth' }, value: '1984' }],
    };
    expect(news).toMatchObject({ verification: { state: 'verified', candidate: card }, customer: record });
    expect(pops.of(AYSE.id)).toMatchObject({ kind: 'one', verification: { state: 'verified' } });
    const before = told.length;
    pops.again(AYSE.id);
    expect(told.slice(before)).toMatchObject([{ type: 'verification', data: { customer: record } }]);
  });

  it('cases D3 and D4: nobody, and too many: one question first, which shortens the list', async () => {
    expect(await offered('05051230000')).toMatchObject({ kind: 'none', count: 0, candidates: [] });
    const pop = await offered('05551234599').then(() => lastOf('pop', 1));
    expect(pop).toMatchObject({ kind: 'too-many', count: 12, candidates: [], question: { field: 'birth-year', kind: 'digits' } });
    await matching.question(AYSE, 'birth-year', '1900');
    expect(await lastOf('pop', 2)).toMatchObject({ kind: 'too-many', verification: { state: 'open', triesLeft: 2 } });
    await matching.question(AYSE, 'birth-year', '1963');
    expect(await lastOf('pop', 3)).toMatchObject({ kind: 'one', candidates: [{ name: 'M*** 3***' }] });
  });

  it('case D8: after three wrong answers nothing opens; "none of these" is told, too', async () => {
    const pop = await offered(CALLER);
    for (const answer of ['1950', '1951', '1952']) await matching.verify(AYSE, pop?.candidates[0]?.id ?? '', 'birth-year', answer);
    await expect.poll(() => pops.of(AYSE.id)?.verification).toMatchObject({ state: 'locked', triesLeft: 0 });
    expect(pops.of(AYSE.id)).toMatchObject({ kind: 'none', candidates: [] });
    expect(told.some((news) => news.type === 'verification' && news.data.customer !== null)).toBe(false);

    await offered('05051234588');
    await matching.none(AYSE);
    await expect.poll(() => pops.of(AYSE.id)?.verification.noneOfThese).toBe(true);
  });

  it('is gone with the call, and is not told to an agent who has another one by then', async () => {
    await offered(CALLER);
    line = null;
    listener.agentChanged?.({ userId: AYSE.id } as AgentOnFloor, { userId: AYSE.id } as AgentOnFloor);
    expect(pops.of(AYSE.id)).toBeNull();
    const before = told.length;
    listener.offerMade?.({ agent: AYSE.id } as Offer, { callId: CALL, queue: 'support' } as Wait);
    await matching.popFor(CALL, AYSE);
    expect(told).toHaveLength(before);
  });

  it('other systems hear of the offer and of the answer', async () => {
    await offered(CALLER);
    const talk = { kind: 'connected', callId: CALL, agent: AYSE.id, queue: 'support' } as const;
    listener.fact?.({ ...talk, waitId: null, direction: 'inbound' } as never);
    expect(heard.map(([what, { number }, agent]) => [what, number, agent])).toEqual([
      ['offered', CALLER, { name: 'ayse', queue: 'support' }],
      ['answered', CALLER, { name: 'ayse', queue: 'support' }],
    ]);
  });
});
