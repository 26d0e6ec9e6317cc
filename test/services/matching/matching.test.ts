import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import type { Appointment } from '../../../src/domain/appointments/appointment.ts';
import type { CallId, UserId } from '../../../src/domain/ids.ts';
import type { MatchMode } from '../../../src/domain/matching/match-mode.ts';
import type { Stores } from '../../../src/ports/stores.ts';
import { createExpectations } from '../../../src/services/matching/expectations.ts';
import { createLookUp, DEFAULT_SETTINGS } from '../../../src/services/matching/look-up.ts';
import { createMatching, type Matching } from '../../../src/services/matching/matching.ts';
import { createNumberTokens } from '../../../src/services/matching/number-tokens.ts';
import { silentLog } from '../../kit/asterisk.ts';
import { countedIds, importHouse, MATCH_BRAND, TEST_TOKEN_KEYS } from '../../kit/imports.ts';
import { openTemporaryStores } from '../../kit/temporary-stores.ts';

const AGENT = { id: 'usr_a' as UserId, name: 'ayse' };
const CALL = 'call_1' as CallId;
const HEADER = 'telefon;ad soyad;müşteri no;doğum yılı;şehir';

let stores: Stores;
let line: Map<UserId, CallId>;
let matching: Matching;
let now: number;
beforeEach(async () => {
  stores = await openTemporaryStores();
  line = new Map([[AGENT.id, CALL]]);
  now = 1_790_000_000_000;
  matching = matchingWith(TEST_TOKEN_KEYS);
});
afterEach(() => stores.close());

function matchingWith(keys: typeof TEST_TOKEN_KEYS): Matching {
  const tokens = createNumberTokens(keys);
  return createMatching({
    stores,
    tokens,
    clock: { now: () => now },
    ids: countedIds(),
    log: silentLog,
    callOfAgent: (id) => line.get(id) ?? null,
  });
}

async function load(rows: readonly string[], mode?: MatchMode): Promise<void> {
  const house = importHouse(stores.matching.imports, mode === undefined ? {} : { mode });
  await house.load([HEADER, ...rows].join('\n'));
  await house.close();
}

const arrive = (ani: string, id = CALL) => matching.arrived({ id, brand: MATCH_BRAND, ani, dealer: null });
const audited = async () => (await stores.audit.list({ brand: MATCH_BRAND, subject: CALL, limit: 50 })).toReversed();

describe('who calls', () => {
  it('case D1: the last digits of two customers bring up two cards, none selected', async () => {
    await load(['05321234567;Ayşe Yılmaz;1;1984;İzmir', '02129934567;Ali Kaya;2;1970;Ankara', '05321234568;Can Er;3;1990;Van']);
    arrive('0505 123 34567'.replaceAll(' ', ''));
    const { view } = await matching.candidates(AGENT);
    expect(view).toMatchObject({ kind: 'many' });
    expect(view.kind === 'many' && view.cards.map(({ name }) => name).toSorted()).toEqual(['A*** K***', 'A*** Y***']);
  });

  it('case D2: one match is to be verified; the record opens after a right answer only', async () => {
    await load(['05321234567;Ayşe Yılmaz;17;1984;İzmir']);
    arrive('+905321234567');
    expect((await matching.candidates(AGENT)).view).toMatchObject({
      kind: 'one',
      cards: [{ id: 'c1', fields: ['customer-no', 'birth-year'] }],
    });
    await expect(matching.customer(AGENT)).rejects.toMatchObject({ code: 'request.forbidden' });
    expect(await matching.verify(AGENT, 'c1', 'birth-year', '1985')).toMatchObject({ right: false, view: { triesLeft: 2 } });
    expect(await matching.verify(AGENT, 'c1', 'birth-year', '1984')).toMatchObject({ right: true, view: { kind: 'verified' } });
    expect(await matching.customer(AGENT)).toMatchObject({ name: 'Ayşe Yılmaz', birthYear: '1984' });
    expect((await audited()).map(({ what }) => what)).toEqual(['match-shown', 'match-refused', 'match-verified', 'match-customer-read']);
  });

  it.each(['', 'anonymous', '100', '05559998877'])('case D3: nobody is known of %j', async (ani) => {
    await load(['05321234567;Ayşe Yılmaz;17;1984;İzmir']);
    arrive(ani);
    expect((await matching.candidates(AGENT)).view).toEqual({ kind: 'none' });
  });

  it('case D4: 25 matches and a limit of 10: no list, one question first', async () => {
    await load(Array.from({ length: 25 }, (_, i) => `05${30 + i}1234567;Müşteri ${i};${i};${1960 + i};İzmir`));
    arrive('05301234567');
    expect((await matching.candidates(AGENT)).view).toMatchObject({ kind: 'too-many', count: 25 });
    await expect(matching.verify(AGENT, 'c1', 'birth-year', '1960')).rejects.toMatchObject({ code: 'request.conflict' });
    const asked = await matching.question(AGENT, 'birth-year', '1961');
    expect(asked).toMatchObject({ view: { kind: 'one' }, narrowedBy: ['birth-year'] });
    await expect(matching.question(AGENT, 'city', 'İzmir')).rejects.toMatchObject({ code: 'request.conflict' });
  });

  it('case D8: three wrong answers lock the customer for this call; the audit has no answers', async () => {
    await load(['05321234567;Ayşe Yılmaz;17;1984;İzmir']);
    arrive('05321234567');
    for (const answer of ['7771', '7772', '7773']) await matching.verify(AGENT, 'c1', 'birth-year', answer);
    await expect(matching.verify(AGENT, 'c1', 'birth-year', '1984')).rejects.toMatchObject({ code: 'request.forbidden' });
    expect((await matching.candidates(AGENT)).view).toEqual({ kind: 'locked' });
    const lines = await audited();
    expect(lines.map(({ what }) => what)).toEqual(['match-refused', 'match-refused', 'match-refused', 'match-locked', 'match-shown']);
    expect(JSON.stringify(lines)).not.toMatch(/777|1984/);
    arrive('05321234567', 'call_2' as CallId);
    line.set(AGENT.id, 'call_2' as CallId);
    expect((await matching.candidates(AGENT)).view).toMatchObject({ kind: 'one', triesLeft: 3 });
  });

  it('is told for the call on the agent’s own line only, and for no other, and not after its end', async () => {
    await load(['05321234567;Ayşe Yılmaz;17;1984;İzmir']);
    arrive('05321234567');
    line.clear();
    await expect(matching.candidates(AGENT)).rejects.toMatchObject({ code: 'request.not-found' });
    line.set(AGENT.id, CALL);
    matching.ended(CALL);
    await expect(matching.candidates(AGENT)).rejects.toMatchObject({ code: 'request.not-found' });
  });

  it('is looked at no more than sixty times within a minute', async () => {
    arrive('05321234567');
    for (let i = 0; i < 60; i += 1) await matching.candidates(AGENT);
    await expect(matching.candidates(AGENT)).rejects.toMatchObject({ code: 'request.too-many' });
    now += 60_001;
    await matching.candidates(AGENT);
  });

  it('a customer number that the caller keyed remakes the match; another answer narrows; both are shown as keyed', async () => {
    await load(['05321234567;Ayşe Yılmaz;17;1984;İzmir', '05331234567;Ali Kaya;18;1970;Ankara', '05441112233;Can Er;19;1990;Van']);
    arrive('05321234567');
    await matching.preVerified(CALL, 'birth-year', '1970');
    expect(await matching.candidates(AGENT)).toMatchObject({
      view: { kind: 'one', cards: [{ name: 'A*** K***' }] },
      keyed: ['birth-year'],
    });
    expect(await matching.identified(CALL, '99')).toBe(false);
    expect(await matching.identified(CALL, '019')).toBe(true);
    expect(await matching.candidates(AGENT)).toMatchObject({
      view: { kind: 'one', cards: [{ name: 'C*** E***' }] },
      keyed: ['customer-no'],
    });
  });

  it('shows the nearest of several appointments, of the customer number however it was typed', async () => {
    await load(['05321234567;Ayşe Yılmaz;M-017;1984;İzmir', '02129934567;Ali Kaya;;1970;Ankara']);
    const [nearest, far] = [now + 86_400_000, now + 30 * 86_400_000];
    const ahead = [
      { customer: 'm 017', startsAt: nearest },
      { customer: 'M-017', startsAt: far },
      { customer: null, startsAt: now + 1 },
    ] as readonly Pick<Appointment, 'customer' | 'startsAt'>[] as readonly Appointment[];
    const booked = { ...stores, appointments: { ...stores.appointments, byCaller: async () => ahead } };
    const tokens = createNumberTokens(TEST_TOKEN_KEYS);
    const lookUp = createLookUp({ stores: booked, tokens, clock: { now: () => now } });
    const { candidates } = await lookUp.candidates({ id: CALL, brand: MATCH_BRAND, ani: '05321234567', dealer: null });
    expect(candidates.map(({ record }) => [record.customerNo, record.appointmentAt])).toEqual([
      ['M-017', nearest],
      ['', null],
    ]);
  });

  it('"none of these" ends the search of this call', async () => {
    await load(['05321234567;Ayşe Yılmaz;17;1984;İzmir']);
    arrive('05321234567');
    expect((await matching.none(AGENT)).view).toEqual({ kind: 'dismissed' });
    await expect(matching.verify(AGENT, 'c1', 'birth-year', '1984')).rejects.toMatchObject({ code: 'request.conflict' });
  });

  it('by whole tokens no other number with the same digits brings anybody up', async () => {
    await load(['05321234567;Ayşe Yılmaz;17;1984;İzmir'], { kind: 'hmac-full' });
    arrive('05331234567');
    expect((await matching.candidates(AGENT)).view).toEqual({ kind: 'none' });
    arrive('905321234567');
    expect((await matching.candidates(AGENT)).view).toMatchObject({ kind: 'one' });
  });

  it('a key that was changed still finds who was imported with the old one, and is replaced once they are verified', async () => {
    await load(['05321234567;Ayşe Yılmaz;17;1984;İzmir'], { kind: 'hmac-full' });
    const both = { current: 2, keys: new Map([...TEST_TOKEN_KEYS.keys, [2, 'the second key of the tests, long enough']]) };
    await stores.matching.putSettings(
      MATCH_BRAND,
      { ...DEFAULT_SETTINGS, mode: { kind: 'hmac-full' } },
      {
        id: countedIds().next('audit'),
        brand: MATCH_BRAND,
        at: now,
        actor: 'a',
        via: 'api',
        what: 'match-settings-set',
        subject: 'matching',
        details: {},
      },
    );
    matching = matchingWith(both);
    arrive('05321234567');
    await matching.verify(AGENT, 'c1', 'birth-year', '1984');
    expect(await stores.matching.forms(MATCH_BRAND)).toEqual(['fv2']);
    arrive('05321234567');
    expect((await matching.candidates(AGENT)).view).toMatchObject({ kind: 'one', cards: [{ lastContactAt: now }] });
  });

  it('a database that fails makes the caller unknown, not the call', async () => {
    const tokens = createNumberTokens(TEST_TOKEN_KEYS);
    const broken = { ...stores, matching: { ...stores.matching, forms: () => Promise.reject(new Error('gone')) } };
    matching = createMatching({
      stores: broken,
      tokens,
      clock: { now: () => now },
      ids: countedIds(),
      log: silentLog,
      callOfAgent: () => CALL,
    });
    arrive('05321234567');
    expect((await matching.candidates(AGENT)).view).toEqual({ kind: 'none' });
  });

  it('an administrator is told of lists as they will be', async () => {
    await load(['05321234567;A;1;1984;İzmir', '05331234567;B;2;1970;Ankara', '05441112233;C;3;1990;Van']);
    const figures = await createExpectations(stores.matching, { now: () => now }).of(MATCH_BRAND);
    expect(figures).toMatchObject({
      customers: 3,
      forms: [{ form: 's5', keys: 3, real: { expectedList: 5 / 3, unique: 1 / 3, falsePop: 0.00002, p99: 2, longest: 2 } }],
      advice: { tooMany: false, digits: 5 },
    });
  });
});
