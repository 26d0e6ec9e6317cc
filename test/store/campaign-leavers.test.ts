import { describe, expect, test } from 'vitest';
import { contactGate } from '../../src/dialer/gate.ts';
import { DEFAULT_BRAND as BRAND } from '../../src/domain/brand.ts';
import type { Campaign } from '../../src/domain/campaign.ts';
import type { AppointmentId, AttemptId, CallId, CampaignId, ContactId, ListId, UserId } from '../../src/domain/ids.ts';
import { USUAL_RETRIES } from '../../src/domain/retry-table.ts';
import type { Gate } from '../../src/ports/campaign-store.ts';
import { campaignOf } from '../kit/campaigns.ts';
import { TEST_SEAL } from '../kit/seal.ts';
import { ENGINES, storesFor } from './engines.ts';
import { id, NOON } from './fixtures.ts';

const LIST = id('list', 1) as ListId;
const CAMPAIGN = id('campaign', 1) as CampaignId;
const CAP = { calls: 3, withinMs: 86_400_000 };
const numberOf = (n: number) => `+9055500000${String(n).padStart(2, '0')}`;
const tokenOf = (n: number) => TEST_SEAL.token('recipient', numberOf(n));
const GATE: Gate = { campaign: () => ({ kind: 'open', until: null }), contact: (facts) => contactGate(facts, CAP, NOON + 10) };

describe.each(ENGINES)('people who leave campaigns on $name', ({ place: newPlace }) => {
  const at = storesFor(newPlace);
  const store = () => at.stores.campaigns;

  async function running(changes: Partial<Campaign> = {}): Promise<void> {
    const campaign = campaignOf({ id: CAMPAIGN, lists: [LIST], ...changes });
    await store().create(campaign);
    const rows = [1, 2].map((n) => ({ id: id('contact', n) as ContactId, rowNo: n, numberToken: tokenOf(n) }));
    await store().fill(BRAND, campaign.id, LIST, 0, rows);
    await store().move(BRAND, campaign.id, { from: ['draft'], to: 'running', at: NOON });
  }
  const lease = (n: number) =>
    store().lease({
      ...{ brand: BRAND, campaign: CAMPAIGN, attemptId: id('attempt', n) as AttemptId, callId: id('call', n) as CallId },
      ...{ now: NOON + 10, leaseMs: 10_000, cap: CAP, gate: GATE, callerIdOf: () => null, look: 10 },
    });
  const states = async () =>
    Object.fromEntries((await store().counts(BRAND, CAMPAIGN)).map((one) => [one.outcome ?? one.state, one.count]));
  const talked = (caller: string, when: number) =>
    at.stores.floor.write({
      events: [],
      agents: [],
      waits: [],
      endedWaits: [],
      lastTalks: [{ brand: BRAND, caller, agent: id('user', 1) as UserId, at: when }],
    });

  test('who is taken out is not called, also between lease and call, and counts by that name', async () => {
    await running();
    await lease(1);
    const how = { at: NOON + 5, by: 'crm' };
    expect(await store().exclude(BRAND, CAMPAIGN, [tokenOf(1), tokenOf(2)], how)).toBe(2);
    expect(await store().exclude(BRAND, CAMPAIGN, [tokenOf(2)], how)).toBe(0);
    expect(await store().confirm({ brand: BRAND, attempt: id('attempt', 1) as AttemptId, now: NOON + 11, gate: GATE })).toBe('withdrawn');
    expect((await lease(2)).kind).toBe('passed');
    expect(await states()).toEqual({ excluded: 2 });
  });

  test('who is taken out of one campaign stays in another', async () => {
    await running();
    await store().exclude(BRAND, id('campaign', 2) as CampaignId, [tokenOf(1)], { at: NOON, by: 'crm' });
    expect((await lease(1)).kind).toBe('leased');
  });

  test('who called in and talked with an agent meanwhile leaves, however the exchange writes the number; who did before stays', async () => {
    await running({ leaveOn: ['served'] });
    await talked('05550000001', NOON + 5);
    await talked(numberOf(2), NOON - 5);
    await talked('anonymous', NOON + 5);
    expect(await lease(1)).toMatchObject({ kind: 'leased', attempt: { contact: id('contact', 2) } });
    expect(await states()).toEqual({ served: 1, leased: 1 });
    expect(JSON.stringify(await at.place.query('select * from campaign_leavers'))).not.toContain('5550000');
    await store().forgetLeavers(NOON);
    expect(await at.place.query('select number_token from campaign_leavers')).toEqual([{ number_token: tokenOf(1) }]);
  });

  test('who confirmed an appointment meanwhile leaves a campaign that says so, and no other', async () => {
    await running({ leaveOn: ['appointment-confirmed'] });
    const appointment = id('appointment', 1) as AppointmentId;
    const person = { caller: numberOf(1), phone: null, name: 'Deniz' };
    await at.stores.appointments.hold({
      ...{
        id: appointment,
        brand: BRAND,
        dealer: 'IST-01',
        service: 'bakim',
        startsAt: NOON + 1000,
        endsAt: NOON + 2000,
        capacity: 2,
        codes: ['200001'],
      },
      ...{
        person,
        customer: null,
        language: 'tr',
        callId: null,
        key: 'k1',
        holder: 'h1',
        now: NOON,
        heldUntil: NOON + 1000,
        mostAhead: 100,
      },
    });
    const request = { id: appointment, now: NOON + 5, messages: [], withdraw: [] };
    const booked = await at.stores.appointments.book({ ...request, key: 'k2', person, customer: null, mostAhead: 100 } as never);
    expect(booked.kind).toBe('done');
    await at.stores.appointments.confirm({ ...request, key: 'k3' } as never);
    expect(await lease(1)).toMatchObject({ kind: 'leased', attempt: { contact: id('contact', 2) } });
    expect(await states()).toEqual({ 'appointment-confirmed': 1, leased: 1 });
  });

  test('plans of before people could leave, and of before machines were listened for, are read as they were meant', async () => {
    await running();
    const [row] = await at.place.query('select plan from campaigns');
    const { leaveOn: _leave, machines: _machines, retries, ...old } = JSON.parse(String(row?.['plan']));
    const { machine: _machine, ...table } = retries;
    await at.place.query(`update campaigns set plan = '${JSON.stringify({ ...old, retries: table })}'`);
    const read = await store().get(BRAND, CAMPAIGN);
    expect(read).toMatchObject({ leaveOn: [], machines: null });
    expect(read?.retries).toEqual({ ...table, machine: USUAL_RETRIES.machine });
  });
});
