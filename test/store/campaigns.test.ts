import { describe, expect, test } from 'vitest';
import { DEFAULT_BRAND } from '../../src/domain/brand.ts';
import type { Campaign } from '../../src/domain/campaign.ts';
import type { AttemptId, AuditId, CallId, CampaignId, ConsentEntryId, ContactId, ListId } from '../../src/domain/ids.ts';
import type { AttemptEnd, Gate, Leased, LeaseOrder } from '../../src/ports/campaign-store.ts';
import { campaignOf } from '../kit/campaigns.ts';
import { TEST_SEAL } from '../kit/seal.ts';
import { ENGINES, storesFor } from './engines.ts';
import { id, NOON } from './fixtures.ts';

const BRAND = DEFAULT_BRAND;
const LIST = id('list', 1) as ListId;
const CAMPAIGN = id('campaign', 1) as CampaignId;
const numberOf = (n: number) => `+9055500000${String(n).padStart(2, '0')}`;
const tokenOf = (n: number) => TEST_SEAL.token('recipient', numberOf(n));
const OPEN: Gate = {
  campaign: ({ campaign, emergency }) =>
    emergency === null && campaign.state === 'running'
      ? { kind: 'open', until: null }
      : { kind: 'shut', reason: 'not-running', wakeAt: null },
  contact: ({ standing, calledAt, isBusy }) => {
    if (standing.doNotContact) return { kind: 'suppress', outcome: 'do-not-contact' };
    if (isBusy || calledAt.length >= 3) return { kind: 'wait', until: NOON + 86_400_000, reason: 'cap' };
    return { kind: 'call' };
  },
};
const CHOICES = [
  { flow: 'main', node: 'ask', keys: '1' },
  { flow: 'main', node: 'ask', keys: '1' },
];
const ANSWERED: AttemptEnd = {
  ...{ outcome: 'delivered', answeredAt: NOON + 5, endedAt: NOON + 9, sipCode: null, messageLeft: false, heardShare: 1 },
  ...{ keys: 2, choices: CHOICES },
};

describe.each(ENGINES)('campaigns on $name', ({ place: newPlace }) => {
  const at = storesFor(newPlace);
  const store = () => at.stores.campaigns;

  async function running(contacts = 3, changes: Partial<Campaign> = {}): Promise<Campaign> {
    const campaign = campaignOf({ id: CAMPAIGN, lists: [LIST], ...changes });
    await store().create(campaign);
    const rows = Array.from({ length: contacts }, (_, n) => ({
      id: id('contact', n + 1) as ContactId,
      rowNo: n + 1,
      numberToken: tokenOf(n + 1),
    }));
    await store().fill(BRAND, campaign.id, LIST, 0, rows);
    return (await store().move(BRAND, campaign.id, { from: ['draft'], to: 'running', at: NOON })) as Campaign;
  }

  const lease = (n: number, changes: Partial<LeaseOrder> = {}) =>
    store().lease({
      brand: BRAND,
      campaign: CAMPAIGN,
      attemptId: id('attempt', n) as AttemptId,
      callId: id('call', n) as CallId,
      now: NOON,
      leaseMs: 10_000,
      cap: { calls: 3, withinMs: 86_400_000 },
      gate: OPEN,
      callerIdOf: (_campaign, seq) => `+90212555001${seq}`,
      look: 10,
      ...changes,
    });
  const confirm = (n: number, now = NOON + 1) => store().confirm({ brand: BRAND, attempt: id('attempt', n) as AttemptId, now, gate: OPEN });
  const settle = (n: number, end: AttemptEnd, next: { kind: 'done'; outcome: 'delivered' } | { kind: 'retry'; at: number }) =>
    store().settle(
      BRAND,
      id('attempt', n) as AttemptId,
      end,
      () => ({ next, counted: true }),
      () => [],
    );
  const states = async () =>
    Object.fromEntries((await store().counts(BRAND, CAMPAIGN)).map((one) => [one.outcome ?? one.state, one.count]));

  test('take each contact once, whichever order they are asked in, and sum to the list at every instant', async () => {
    await running(3);
    expect(await states()).toEqual({ pending: 3 });
    const leased = (await lease(1)) as Leased & { kind: 'leased' };
    expect(leased).toMatchObject({ attempt: { no: 1, state: 'leased', callerId: '+902125550011', contact: id('contact', 1) } });
    expect(await states()).toEqual({ pending: 2, leased: 1 });
    expect(await confirm(1)).toBe('go');
    expect(await states()).toEqual({ pending: 2, dialing: 1 });
    expect(await store().openAttempts(BRAND)).toMatchObject([{ id: id('attempt', 1), originatedAt: NOON + 1 }]);
    expect(await settle(1, ANSWERED, { kind: 'done', outcome: 'delivered' })).toMatchObject({
      contact: { state: 'done', attempts: 1 },
      attempt: { outcome: 'delivered', keys: 2, heardShare: 1 },
    });
    expect(await settle(1, ANSWERED, { kind: 'done', outcome: 'delivered' })).toBeUndefined();
    expect(await states()).toEqual({ pending: 2, delivered: 1 });
    expect(await store().sums(BRAND, CAMPAIGN)).toMatchObject({
      attempts: 1,
      tried: 1,
      answered: 1,
      interacted: 1,
      heardShare: 1,
      talkMs: 4,
    });
  });

  test('of twenty leases at once each is another contact', async () => {
    await running(12);
    const all = await Promise.all(Array.from({ length: 20 }, (_, n) => lease(n + 1)));
    const contacts = all.flatMap((one) => (one.kind === 'leased' ? [one.attempt.contact] : []));
    expect(new Set(contacts).size).toBe(12);
    expect(contacts).toHaveLength(12);
    expect(all.filter(({ kind }) => kind === 'none')).toHaveLength(8);
  });

  test('a retry keeps the number that was shown, and comes before those who were never called, when it is due', async () => {
    await running(3);
    await lease(1);
    await confirm(1);
    await settle(1, { ...ANSWERED, outcome: 'busy', answeredAt: null }, { kind: 'retry', at: NOON + 600_000 });
    expect(await lease(2)).toMatchObject({ attempt: { contact: id('contact', 2) } });
    expect(await lease(3, { now: NOON + 600_000, callerIdOf: () => 'other' })).toMatchObject({
      attempt: { contact: id('contact', 1), no: 2, callerId: '+902125550011' },
    });
  });

  test('who is never to be contacted is passed over and suppressed, also between lease and call', async () => {
    await running(2);
    await lease(1);
    for (const n of [1, 2])
      await at.stores.consents.setDoNotContact(
        { brand: BRAND, recipient: numberOf(n), reason: '', since: NOON, by: 'ayse' },
        id('consent', n),
      );
    expect(await confirm(1)).toBe('withdrawn');
    expect((await lease(2)).kind).toBe('passed');
    expect(await states()).toEqual({ 'do-not-contact': 2 });
    expect(await at.place.query('select * from number_calls')).toEqual([]);
  });

  test('a pause voids what was leased before it, and the contact is as it was', async () => {
    await running(1);
    await lease(1);
    await store().move(BRAND, CAMPAIGN, { from: ['running'], to: 'paused', at: NOON });
    expect(await confirm(1)).toBe('withdrawn');
    expect((await lease(2)).kind).toBe('shut');
    expect(await states()).toEqual({ pending: 1 });
  });

  test('a lease that ran out is void, and can no longer be confirmed', async () => {
    await running(1);
    await lease(1);
    expect(await store().releaseStale(BRAND, NOON + 9_999)).toBe(0);
    expect(await store().releaseStale(BRAND, NOON + 10_000)).toBe(1);
    expect(await confirm(1)).toBe('withdrawn');
    expect(await states()).toEqual({ pending: 1 });
    expect(await lease(2)).toMatchObject({ attempt: { no: 2 } });
    expect(await confirm(2, NOON + 10_000)).toBe('withdrawn');
  });

  test('stop keeps who waits, cancel closes them, and who is being called keeps the outcome of the call', async () => {
    await running(3);
    await lease(1);
    await confirm(1);
    await store().move(BRAND, CAMPAIGN, { from: ['running'], to: 'stopped', at: NOON });
    expect(await states()).toEqual({ pending: 2, dialing: 1 });
    await store().move(BRAND, CAMPAIGN, { from: ['stopped'], to: 'cancelled', at: NOON });
    expect(await states()).toEqual({ cancelled: 2, dialing: 1 });
    await settle(1, { ...ANSWERED, outcome: 'busy' }, { kind: 'retry', at: NOON + 1 });
    expect(await states()).toEqual({ cancelled: 3 });
  });

  test('the cap counts over campaigns, and a number that one campaign calls is left alone by the others', async () => {
    await running(1);
    const other = campaignOf({ id: id('campaign', 2) as CampaignId, lists: [LIST] });
    await store().create(other);
    await store().fill(BRAND, other.id, LIST, 0, [{ id: id('contact', 1) as ContactId, rowNo: 1, numberToken: tokenOf(1) }]);
    await store().move(BRAND, other.id, { from: ['draft'], to: 'running', at: NOON });
    await lease(1);
    expect((await lease(2, { campaign: other.id })).kind).toBe('passed');
    expect(await store().counts(BRAND, other.id)).toMatchObject([
      { state: 'waiting-retry', waitReason: 'cap', firstAt: NOON + 86_400_000 },
    ]);
    expect(await at.stores.numberCalls.since(BRAND, tokenOf(1), NOON - 1)).toEqual([NOON]);
  });

  test('a list is taken once from each place, and a number once', async () => {
    await running(2);
    const again = [{ id: id('contact', 9) as ContactId, rowNo: 3, numberToken: tokenOf(2) }];
    expect(await store().fill(BRAND, CAMPAIGN, LIST, 0, again)).toBe(false);
    expect(await store().fill(BRAND, CAMPAIGN, LIST, 2, again)).toBe(true);
    expect(await states()).toEqual({ pending: 2 });
    expect(await store().filled(BRAND, CAMPAIGN)).toEqual([{ list: LIST, upTo: 3 }]);
  });

  test('a change needs the version that was seen', async () => {
    const campaign = await running();
    expect(await store().change(BRAND, CAMPAIGN, campaign.version, { ...campaign, weight: 3 })).toMatchObject({ weight: 3 });
    await expect(store().change(BRAND, CAMPAIGN, campaign.version, campaign)).rejects.toMatchObject({ code: 'store.conflict' });
  });

  test('the emergency stop shuts every campaign until it is lifted', async () => {
    await running();
    await store().setEmergency({ brand: BRAND, since: NOON, by: 'ayse', reason: 'wrong file' });
    await store().setEmergency({ brand: BRAND, since: NOON + 1, by: 'ali', reason: 'me too' });
    expect(await store().emergency(BRAND)).toMatchObject({ by: 'ayse' });
    expect((await lease(1)).kind).toBe('shut');
    expect(await store().liftEmergency(BRAND)).toBe(true);
    expect((await lease(1)).kind).toBe('leased');
  });

  test('one engine leads, and another one when it is silent', async () => {
    expect(await store().lead(BRAND, 'a', NOON, NOON + 10)).toBe(true);
    expect(await store().lead(BRAND, 'b', NOON + 9, NOON + 20)).toBe(false);
    expect(await store().lead(BRAND, 'a', NOON + 9, NOON + 20)).toBe(true);
    expect(await store().lead(BRAND, 'b', NOON + 20, NOON + 30)).toBe(true);
    expect(await store().lead(BRAND, 'a', NOON + 21, NOON + 31)).toBe(false);
  });

  test('a contact and its attempts are found by its number', async () => {
    await running();
    await lease(1);
    await confirm(1);
    expect(await store().contacts(BRAND, CAMPAIGN, { number: tokenOf(1), limit: 5 })).toMatchObject([
      { contact: { seq: 1, state: 'dialing' }, attempts: [{ no: 1, state: 'dialing' }] },
    ]);
    expect(await store().history(BRAND, tokenOf(1), 5)).toMatchObject([{ contact: { campaign: CAMPAIGN } }]);
    expect(await store().history(BRAND, tokenOf(9), 5)).toEqual([]);
  });

  test('a consent of which nobody knows what the registry says of it is none, and a refusal is one all the same', async () => {
    await running(3);
    const said = { brand: BRAND, recipientType: 'BIREYSEL', type: 'ARAMA', source: 'HS_WEB', consentDate: NOON, evidence: 'form' } as const;
    for (const [n, status] of [
      [1, 'ONAY'],
      [2, 'ONAY'],
      [3, 'RET'],
    ] as const) {
      const how = { id: id('consent', n) as ConsentEntryId, at: NOON, by: 'ayşe' };
      await at.stores.consents.record({ ...said, status, recipient: numberOf(n) }, how);
    }
    const unread = [2, 3].map((n) => ({ token: tokenOf(n), recipient: null, recipientType: 'BIREYSEL', type: 'ARAMA' }) as const);
    const line = { brand: BRAND, at: NOON, actor: 'iys', via: 'api', what: 'registry-unread', subject: 'iys', details: {} } as const;
    await at.stores.consentRegistry.markUnread(BRAND, unread, NOON, () => ({ ...line, id: id('audit', 1) as AuditId }));
    const heard: unknown[] = [];
    const gate: Gate = {
      ...OPEN,
      contact: (facts) => {
        heard.push(facts.standing.consents.map(({ status }) => status));
        return OPEN.contact(facts);
      },
    };
    for (const n of [1, 2, 3]) await lease(n, { gate });
    expect(heard).toEqual([['ONAY'], [], ['RET']]);
  });

  test('what is shown of them is counted: standings, choices, and calls over time', async () => {
    await running(4);
    const other = campaignOf({ id: id('campaign', 2) as CampaignId });
    await store().create(other);
    const MINUTE = 60_000;
    for (const [n, madeAt] of [NOON, NOON + 20_000, NOON + 3 * MINUTE].entries()) {
      await lease(n + 1, { now: madeAt });
      await confirm(n + 1, madeAt);
      const end = n === 1 ? { ...ANSWERED, outcome: 'busy' as const, answeredAt: null, choices: [] } : ANSWERED;
      await settle(n + 1, end, n === 1 ? { kind: 'retry', at: NOON + 9 * MINUTE } : { kind: 'done', outcome: 'delivered' });
    }
    expect(await store().standings(BRAND, [CAMPAIGN, other.id])).toEqual([
      { campaign: CAMPAIGN, contacts: 4, waiting: 2, calling: 0, delivered: 2 },
    ]);
    expect(await store().standings(BRAND, [])).toEqual([]);
    expect(await store().choices(BRAND, CAMPAIGN)).toEqual([{ flow: 'main', node: 'ask', keys: '1', count: 2 }]);
    const first = Math.floor(NOON / MINUTE) * MINUTE;
    expect(await store().madeBy(BRAND, CAMPAIGN, MINUTE)).toEqual([
      { at: first, made: 2, answered: 1, delivered: 1 },
      { at: first + 3 * MINUTE, made: 1, answered: 1, delivered: 1 },
    ]);
    expect(await store().madeBetween(BRAND, CAMPAIGN)).toEqual({ first: NOON, last: NOON + 3 * MINUTE });
    expect(await store().madeBetween(BRAND, other.id)).toBeNull();
    expect(await store().madeSince(BRAND, CAMPAIGN, NOON + 20_000)).toBe(2);
    const [found] = await store().contacts(BRAND, CAMPAIGN, { number: tokenOf(1), limit: 10 });
    expect(found?.choices).toEqual(CHOICES.map((choice) => ({ ...choice, attempt: id('attempt', 1) })));
  });

  test('calls that no cap counts any more are forgotten, and only those', async () => {
    const { numberCalls } = at.stores;
    for (const [n, when] of [NOON - 90_000_000, NOON - 1000, NOON].entries()) await numberCalls.note(BRAND, tokenOf(1), `call-${n}`, when);
    expect(await numberCalls.forgetBefore(NOON - 86_400_000)).toBe(1);
    expect(await numberCalls.since(BRAND, tokenOf(1), 0)).toEqual([NOON - 1000, NOON]);
    expect(await numberCalls.forgetBefore(NOON - 86_400_000)).toBe(0);
  });
});
